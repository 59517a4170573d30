"""Somebody who reads while the site is published never meets a missing page, nor one of two versions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.publish.publish import publish_files
from tests.publish.versions import version, whole

PUBLISHES = 20


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_a_reader_meets_whole_pages_only(tmp_path: Path, project: Path) -> None:
    """During twenty publishes another process opens pages all the time, and finds every one of them whole."""
    out, stop = tmp_path / "public", tmp_path / "stop"
    publish_files(out, version("a"))
    command = [sys.executable, "-m", "tests.publish.reader", str(out), str(stop)]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for turn in range(PUBLISHES):
            publish_files(out, version("ba"[turn % 2]))
        stop.touch()
        met = json.loads(reader.stdout.read())
    assert reader.returncode == 0
    assert met["whole"] > PUBLISHES
    assert (met["missing"], met["mixed"]) == (0, 0)
    assert whole(out, "a") == "a"
