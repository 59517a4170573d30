"""How the files of a published folder lie on the disk: enough to tell that nobody has touched them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Mark(NamedTuple):
    """How a file lies on the disk: its size, when it was changed (nanoseconds), its number, and its mode."""

    size: int
    changed: int
    number: int
    mode: int


def mark_of(facts: os.stat_result) -> Mark:
    """The mark of a file."""
    return Mark(facts.st_size, facts.st_mtime_ns, facts.st_ino, facts.st_mode)


def marks_in(folder: str) -> dict[str, Mark]:
    """The mark of every file below a folder, by its path with forward slashes. Raises OSError."""
    return dict(_marks(folder, ""))


def tree_of(marks: Mapping[str, Mark]) -> str:
    """One digest of them all; none of the files is opened for it."""
    whole = hashlib.sha256()
    for path, mark in sorted(marks.items()):
        whole.update(f"{path}\0{tuple(mark)}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def _marks(folder: str, below: str) -> Iterator[tuple[str, Mark]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _marks(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", mark_of(entry.stat(follow_symlinks=False))
