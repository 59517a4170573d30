"""A build that is killed at any moment leaves a whole site, and the next build leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.file_access import FileInFolder
from plansite.publish.errors import PublishError
from plansite.publish.publish import publish_files
from plansite.publish.steps import Step
from tests.publish.versions import PAGES, beside, version, whole

pytestmark = pytest.mark.slow

#: How often a build is killed at a random moment. Set PLANSITE_KILLS=200 for a thorough run.
KILLS = int(os.environ.get("PLANSITE_KILLS", "10"))
#: Long enough for several builds, so that every part of one is hit.
SPAN = 0.08
ONE_STEP = sys.platform == "linux"
LATER = (Step.SWAPPED, Step.OLD_REMOVED)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.publish.publisher", *words]


def _recovers(out: Path) -> None:
    """The next build makes its own site, with nothing beside it."""
    publish_files(out, version("c"))
    assert whole(out, "c") == "c"
    assert beside(out) == []


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_a_random_moment(tmp_path: Path, project: Path, seed: int) -> None:
    """The site is one version or the other, whole; before the first build was done, it is whole or not there."""
    out = tmp_path / "public"
    if seed % 4:
        publish_files(out, version("a"))
    with subprocess.Popen(_command("again_and_again", str(out)), cwd=project, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=random.Random(seed).uniform(0, SPAN))  # noqa: S311  (a moment, not a secret)
        child.kill()
    assert child.returncode == -signal.SIGKILL
    if seed % 4 or out.exists():
        assert whole(out, "ab") in "ab"
    _recovers(out)


@pytest.mark.skipif(not ONE_STEP, reason="only Linux exchanges two folders in one step")
@pytest.mark.parametrize(
    ("step", "times"),
    [
        *((step, 1) for step in Step if step is not Step.MOVED_ASIDE),
        (Step.FILE_STAGED, 20),
        (Step.FILE_STAGED, PAGES + 3),
    ],
)
def test_killed_at_each_step(tmp_path: Path, project: Path, step: Step, times: int) -> None:
    """Up to the exchange the old site is whole, after it the new one."""
    out = tmp_path / "public"
    publish_files(out, version("a"))
    ended = subprocess.run(_command("until", str(out), step.name, str(times)), cwd=project, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert whole(out, "ab") == ("b" if step in LATER else "a")
    _recovers(out)


@pytest.mark.skipif(os.name != "posix", reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("step", Step)
def test_killed_at_each_step_in_two_steps(tmp_path: Path, project: Path, step: Step) -> None:
    """Without an exchange in one step the same holds, but for one moment; the next build mends that before all else."""
    out = tmp_path / "public"
    publish_files(out, version("a"))
    command = _command("until_in_two_steps", str(out), step.name, "1")
    assert subprocess.run(command, cwd=project, check=False).returncode == -signal.SIGKILL
    if step is Step.MOVED_ASIDE:
        assert not out.exists()
        with pytest.raises(PublishError):
            publish_files(out, {"report.pdf": FileInFolder(tmp_path, "missing.pdf")})
    assert whole(out, "ab") == ("b" if step in LATER else "a")
    _recovers(out)


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.MOVED_ASIDE])
def test_a_first_build_killed_at_each_step(tmp_path: Path, project: Path, step: Step) -> None:
    """A first build that is killed leaves a whole site or none."""
    out = tmp_path / "public"
    ended = subprocess.run(_command("until", str(out), step.name, "1"), cwd=project, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert out.exists() == (step in LATER)
    if out.exists():
        assert whole(out, "b") == "b"
    _recovers(out)
