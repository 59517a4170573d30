"""The command, run in a site as people run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def run(site: Path, *arguments: str, record: Path | None = None) -> str:
    """What a command says; it must have ended well. `record` takes what it does, as `watched.py` tells it."""
    watched = [str(Path(__file__).with_name("watched.py")), str(record)] if record else ["-m", "plansite"]
    # With CI set no passphrase is drawn, since a log would keep it; this log is ours.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON", "CI"))}
    surroundings = clean | {
        "TMPDIR": str(site.parent / "temporary"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    (site.parent / "temporary").mkdir(exist_ok=True)
    ran = subprocess.run(
        [sys.executable, *watched, *arguments],
        cwd=site,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
