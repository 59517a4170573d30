"""The project's own files, copied to where a test may do with them what it likes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_LEFT = shutil.ignore_patterns(
    ".git", ".venv", "dist", "public", ".plansite", ".hypothesis", "*_cache", "__pycache__", "node_modules"
)


def copied(project: Path, into: Path) -> Path:
    """What the project holds: the files that git would commit, or all that unpacked sources have."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=project,
        capture_output=True,
        check=False,
    )
    if told.returncode:
        return Path(shutil.copytree(project, into, ignore=_LEFT))
    for name in filter(None, told.stdout.decode().split("\0")):
        if (project / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(project / name, into / name)
    return into


def files_of(folder: Path) -> set[str]:
    """The paths of all files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
