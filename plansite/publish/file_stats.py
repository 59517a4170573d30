"""How the files of a published folder lie on the disk: enough to tell that nobody has touched them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class FileStat(NamedTuple):
    """How a file lies on the disk: its size, when it was changed (nanoseconds), its number, and its mode."""

    size: int
    modified_ns: int
    inode: int
    mode: int


def file_stat(facts: os.stat_result) -> FileStat:
    """The mark of a file."""
    return FileStat(facts.st_size, facts.st_mtime_ns, facts.st_ino, facts.st_mode)


def stat_folder(folder: str) -> dict[str, FileStat]:
    """The mark of every file below a folder, by its path with forward slashes. Raises OSError."""
    return dict(_stat_below(folder, ""))


def fingerprint_stats(stats: Mapping[str, FileStat]) -> str:
    """One digest of them all; none of the files is opened for it."""
    whole = hashlib.sha256()
    for path, mark in sorted(stats.items()):
        whole.update(f"{path}\0{tuple(mark)}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def _stat_below(folder: str, below: str) -> Iterator[tuple[str, FileStat]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stat_below(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", file_stat(entry.stat(follow_symlinks=False))
