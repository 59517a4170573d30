"""The status of published files on the disk, which tells without reading them whether they were changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class FileStat(NamedTuple):
    """A file's size in bytes, time of modification in nanoseconds, inode and mode."""

    size: int
    modified_ns: int
    inode: int
    mode: int


def file_stat(status: os.stat_result) -> FileStat:
    """The status of a file."""
    return FileStat(status.st_size, status.st_mtime_ns, status.st_ino, status.st_mode)


def stat_folder(folder: str) -> dict[str, FileStat]:
    """The status of every file below a folder, by its path with forward slashes. Raises OSError."""
    return dict(_stat_below(folder, ""))


def fingerprint_stats(stats: Mapping[str, FileStat]) -> str:
    """One fingerprint of the status of all files."""
    digest = hashlib.sha256()
    for path, status in sorted(stats.items()):
        digest.update(f"{path}\0{tuple(status)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _stat_below(folder: str, below: str) -> Iterator[tuple[str, FileStat]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stat_below(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", file_stat(entry.stat(follow_symlinks=False))
