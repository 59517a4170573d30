"""The digest of every file of a site, taken without importing anything large: what has not changed is not read."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

#: A file's path, relative to the site and with forward slashes, and the digest of all that a build sees of it.
Prints = Mapping[str, str]

Take = Callable[["os.DirEntry[str]"], str]

_CHUNK = 1 << 20
#: File systems tell times in steps of up to two seconds.
_RACE = 3_000_000_000


def prints_of(root: Path, folder: str, take: Take | None = None) -> dict[str, str]:
    """The digest of every file below `root/folder`, in the order of their paths. Hidden files count for nothing.

    What cannot be read counts by what stands in the way; a link counts by where it leads and what lies there. `take`
    takes the digest of a plain entry; left out, its bytes are read.
    """
    base = os.path.normpath(folder).replace(os.sep, "/")
    return dict(sorted(_below(str(root / base), base, take or _read)))


def _read(entry: os.DirEntry[str]) -> str:
    return print_of(entry.path)


class Looker:
    """Takes digests again and again in one process, and opens only files that may have changed since the last time.

    A file is believed to be the same while its size, its number and both its times are. One that was changed within
    `_RACE` before it was looked at might change again without its times showing it, so it is opened once more.
    """

    def __init__(self) -> None:
        """Nothing has been looked at."""
        self._seen: dict[str, tuple[tuple[int, ...], str]] = {}

    def prints(self, root: Path, settings: str, folders: Iterable[str]) -> dict[str, str]:
        """The digests of the settings and of everything below these folders of `root`."""
        prints = {settings: print_of(str(root / settings))}
        for folder in folders:
            prints.update(prints_of(root, folder, self._take))
        return prints

    def _take(self, entry: os.DirEntry[str]) -> str:
        now = time.time_ns()
        facts = entry.stat()
        mark = (facts.st_size, facts.st_ino, facts.st_mtime_ns, facts.st_ctime_ns)
        known = self._seen.get(entry.path)
        if known and known[0] == mark:
            return known[1]
        digest = print_of(entry.path)
        if now - max(mark[2:]) > _RACE:
            self._seen[entry.path] = (mark, digest)
        return digest


def _below(base: str, prefix: str, take: Take) -> Iterator[tuple[str, str]]:
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
                    yield own, _linked(entry.path) if entry.is_symlink() else take(entry)


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
