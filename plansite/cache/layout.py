"""The cache folder of a site: what lies where, and removing files that a killed process left half written."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from plansite.deferred_pattern import compile_lazily
from plansite.history.git import run_git

CACHE_FOLDER = ".plansite"
#: Below the cache folder: stored values, templates that earlier versions compiled, the history read from git, the
#: output folders, and what commands printed last.
VALUES_FOLDER = "memo"
TEMPLATES_FOLDER = "templates"
HISTORY_FILE = "history.jsonl"
OUTPUTS_FILE = "outputs.json"
ANSWERS_FILE = "answers.json"

#: A file is written under a name like these first, and renamed when it is complete.
_TEMPORARY_NAMES = {
    "": compile_lazily(r"(?:last-build|outputs|answers)\.json\.\d+|outputs\.new|\.history\.jsonl\w+"),
    VALUES_FOLDER: compile_lazily(r"[0-9a-f]{40}(?:\.memo)?\.\d+"),
    TEMPLATES_FOLDER: compile_lazily(r"new-\d+-.+\.template"),
}


def has_link(folder: Path) -> bool:
    """Whether a cache folder or one inside it is a link, which may lead to files of somebody else."""
    return any((folder / below).is_symlink() for below in ("", VALUES_FOLDER, TEMPLATES_FOLDER))


def is_committed(root: Path) -> bool:
    """Whether git tracks files of the cache folder, or there is a repository that git cannot read.

    A committed cache was made by whoever can write to the repository, so nothing is read from it.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.resolve().parents)):
        return False
    tracked = run_git(root, "ls-files", "--", CACHE_FOLDER)
    return tracked.failed or bool(tracked.output)


def remove_leftovers(folder: Path) -> None:
    """Remove half-written files from a cache folder. A process that is writing one just now only loses that file."""
    if has_link(folder):
        return
    for below, name in _TEMPORARY_NAMES.items():
        inner = folder / below
        with suppress(OSError), os.scandir(inner) as entries:
            for entry in entries:
                if name.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        Path(entry.path).unlink()
