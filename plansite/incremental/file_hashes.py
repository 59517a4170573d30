"""The digest of every file of a site, taken without importing anything large: what has not changed is not read."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

#: A file's path, relative to the site and with forward slashes, and the digest of all that a build sees of it.
FileHashes = Mapping[str, str]

HashEntry = Callable[["os.DirEntry[str]"], str]

_CHUNK = 1 << 20
#: File systems tell times in steps of up to two seconds.
_RECENT_NS = 3_000_000_000


def hash_folder(root: Path, folder: str, hash_entry: HashEntry | None = None) -> dict[str, str]:
    """The digest of every file below `root/folder`, in the order of their paths. Hidden files count for nothing.

    What cannot be read counts by what stands in the way; a link counts by where it leads and what lies there. `take`
    takes the digest of a plain entry; left out, its bytes are read.
    """
    base = os.path.normpath(folder).replace(os.sep, "/")
    return dict(sorted(_hash_below(str(root / base), base, hash_entry or _hash_entry)))


def _hash_entry(entry: os.DirEntry[str]) -> str:
    return hash_file(entry.path)


class HashCache:
    """Takes digests again and again in one process, and opens only files that may have changed since the last time.

    A file is believed to be the same while its size, its number and both its times are. One that was changed within
    `_RACE` before it was looked at might change again without its times showing it, so it is opened once more.
    """

    def __init__(self) -> None:
        """Nothing has been looked at."""
        self._by_path: dict[str, tuple[tuple[int, ...], str]] = {}

    def hash_files(self, root: Path, settings: str, folders: Iterable[str]) -> dict[str, str]:
        """The digests of the settings and of everything below these folders of `root`."""
        prints = {settings: hash_file(str(root / settings))}
        for folder in folders:
            prints.update(hash_folder(root, folder, self._hash_entry))
        return prints

    def _hash_entry(self, entry: os.DirEntry[str]) -> str:
        now = time.time_ns()
        facts = entry.stat()
        mark = (facts.st_size, facts.st_ino, facts.st_mtime_ns, facts.st_ctime_ns)
        known = self._by_path.get(entry.path)
        if known and known[0] == mark:
            return known[1]
        digest = hash_file(entry.path)
        if now - max(mark[2:]) > _RECENT_NS:
            self._by_path[entry.path] = (mark, digest)
        return digest


def _hash_below(base: str, prefix: str, hash_entry: HashEntry) -> Iterator[tuple[str, str]]:
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
                    yield own, _hash_link(entry.path) if entry.is_symlink() else hash_entry(entry)


def _hash_link(path: str) -> str:
    """A link is never the same as the file it leads to: it may leave the folder, and is then refused."""
    try:
        return f"link {Path(path).readlink()} to {os.path.realpath(path)} {hash_file(path)}"
    except OSError as error:
        return f"link {error.errno}"


def hash_file(path: str) -> str:
    """The digest of one file; of its kind alone where it is no plain file, for a pipe would never end."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            facts = os.fstat(handle)
            return _hash_handle(handle, facts.st_size) if stat.S_ISREG(facts.st_mode) else f"kind {facts.st_mode}"
        finally:
            os.close(handle)
    except OSError as error:
        return f"error {error.errno}"


def _hash_handle(handle: int, size: int) -> str:
    data = os.read(handle, min(size, _CHUNK) + 1)
    whole = hashlib.sha256(data)
    while data and (data := os.read(handle, _CHUNK)):
        whole.update(data)
    return whole.hexdigest()


def fingerprint_files(hashes: FileHashes) -> str:
    """One digest for many files with their paths."""
    whole = hashlib.sha256()
    for path, digest in hashes.items():
        whole.update(f"{path}\0{digest}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
