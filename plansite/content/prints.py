"""The digest of every file of a site, taken without importing anything large: what has not changed is not read."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

#: A file's path, relative to the site and with forward slashes, and the digest of all that a build sees of it.
Prints = Mapping[str, str]

_CHUNK = 1 << 20


def prints_of(root: Path, folder: str) -> dict[str, str]:
    """The digest of every file below `root/folder`, in the order of their paths. Hidden files count for nothing.

    What cannot be read counts by what stands in the way; a link counts by where it leads and what lies there.
    """
    base = os.path.normpath(folder).replace(os.sep, "/")
    return dict(sorted(_below(str(root / base), base)))


def _below(base: str, prefix: str) -> Iterator[tuple[str, str]]:
    folders = [(base, prefix)]
    while folders:
        folder, path = folders.pop()
        try:
            entries = os.scandir(folder)
        except OSError:
            continue
        with entries:
            for entry in entries:
                if entry.name[0] == ".":
                    continue
                own = f"{path}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, own))
                else:
                    yield own, _linked(entry.path) if entry.is_symlink() else print_of(entry.path)


def _linked(path: str) -> str:
    """A link is never the same as the file it leads to: it may leave the folder, and is then refused."""
    try:
        return f"link {Path(path).readlink()} to {os.path.realpath(path)} {print_of(path)}"
    except OSError as error:
        return f"link {error.errno}"


def print_of(path: str) -> str:
    """The digest of one file; of its kind alone where it is no plain file, for a pipe would never end."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            facts = os.fstat(handle)
            return _digest(handle, facts.st_size) if stat.S_ISREG(facts.st_mode) else f"kind {facts.st_mode}"
        finally:
            os.close(handle)
    except OSError as error:
        return f"error {error.errno}"


def _digest(handle: int, size: int) -> str:
    data = os.read(handle, min(size, _CHUNK) + 1)
    whole = hashlib.sha256(data)
    while data and (data := os.read(handle, _CHUNK)):
        whole.update(data)
    return whole.hexdigest()


def print_of_all(prints: Prints) -> str:
    """One digest for many files with their paths."""
    whole = hashlib.sha256()
    for path, digest in prints.items():
        whole.update(f"{path}\0{digest}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
