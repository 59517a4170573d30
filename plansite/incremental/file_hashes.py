"""Content hashes of files. The module imports nothing large, so that a build with nothing to do stays quick."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from plansite.file_access import NotPlainFileError, OutsideFolderError, open_inside, open_listed_file, open_plain_file

#: Path, relative to the site and with forward slashes, to content hash (SHA-256 in hexadecimal).
FileHashes = Mapping[str, str]

#: Hashes a plain file of a folder listing.
HashEntry = Callable[["os.DirEntry[str]"], str]

_CHUNK = 1 << 20
#: File systems record times in steps of up to two seconds.
_RECENT_NS = 3_000_000_000


def is_hidden_name(name: str) -> bool:
    """Whether a build passes over a file or folder of this name. It reads all others, whatever their names end in."""
    return name.startswith(".")


def hash_folder(
    root: Path, folder: str, hash_entry: HashEntry | None = None, is_left_out: Callable[[str], bool] = is_hidden_name
) -> dict[str, str]:
    """The hashes of all files below `root/folder`, sorted by path; none if there is no such folder, or it is a file.

    Files and folders with a name that `is_left_out` are not looked into, by default hidden ones. A link is hashed by
    its target and the bytes there, and what is no plain file by its kind. `hash_entry` hashes a plain file; left out,
    its bytes are read. Raises OSError for a file or folder that cannot be read: were it left out, a build would publish
    a site that has lost it.
    """
    base = os.path.normpath(folder).replace(os.sep, "/")
    return dict(sorted(_hash_below(root / base, base, hash_entry or _hash_entry, is_left_out)))


def _hash_entry(entry: os.DirEntry[str]) -> str:
    try:
        return _hash_descriptor(open_listed_file(entry))
    except (NotPlainFileError, FileNotFoundError) as error:
        return f"refused {error.strerror}"


class HashCache:
    """Hashes the same files again and again in one process, and reads only those that may have changed.

    A file counts as unchanged while its size, inode and both its times are the same. A file that was changed within
    `_RECENT_NS` before it was hashed might change again with the same times, so it is read once more.
    """

    def __init__(self) -> None:
        """Nothing is cached yet."""
        self._by_path: dict[str, tuple[tuple[int, ...], str]] = {}

    def hash_files(self, root: Path, settings: str, folders: Iterable[str]) -> dict[str, str]:
        """The hashes of the settings file and of all files below these folders of `root`. Raises OSError."""
        hashes = {settings: hash_file_inside(root, settings)}
        for folder in folders:
            hashes.update(hash_folder(root, folder, self._hash_entry))
        return hashes

    def _hash_entry(self, entry: os.DirEntry[str]) -> str:
        now = time.time_ns()
        status = entry.stat()
        stat_key = (status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
        cached = self._by_path.get(entry.path)
        if cached and cached[0] == stat_key:
            return cached[1]
        content_hash = hash_file(entry.path)
        if now - max(stat_key[2:]) > _RECENT_NS:
            self._by_path[entry.path] = (stat_key, content_hash)
        return content_hash


def _hash_below(
    base: Path, prefix: str, hash_entry: HashEntry, is_left_out: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    folders = [(str(base), prefix)]
    while folders:
        folder, path = folders.pop()
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            continue
        except NotADirectoryError:
            if path == prefix:
                return  # whoever names this folder is told that it is a file
            raise
        with entries:
            for entry in entries:
                if is_left_out(entry.name):
                    continue
                entry_path = f"{path}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, entry_path))
                elif entry.is_symlink():
                    yield entry_path, _hash_link(base, entry.path)
                else:
                    yield entry_path, hash_entry(entry)


def _hash_link(base: Path, path: str) -> str:
    """A link has another hash than its target, because a link that leaves the folder is refused."""
    target = f"link {os.readlink(path)} to {os.path.realpath(path)}"  # noqa: PTH115  (as it stands, not normalised)
    return f"{target} {hash_file_inside(base, os.path.relpath(path, base).replace(os.sep, '/'))}"


def hash_file(path: str) -> str:
    """The hash of one file, or a description of its kind where it is not a plain file. Raises OSError.

    A file that was removed just now is hashed as one that is missing.
    """
    try:
        return _hash_descriptor(open_plain_file(path))
    except (NotPlainFileError, FileNotFoundError) as error:
        return f"refused {error.strerror}"


def hash_file_inside(folder: Path, path: str) -> str:
    """The same for a file that may be a link. One that leaves the folder is not opened. Raises OSError."""
    try:
        return _hash_descriptor(open_inside(folder, path))
    except (NotPlainFileError, OutsideFolderError, FileNotFoundError) as error:
        return f"refused {error.strerror}"


def _hash_descriptor(descriptor: int) -> str:
    try:
        return _hash_handle(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def _hash_handle(handle: int, size: int) -> str:
    data = os.read(handle, min(size, _CHUNK) + 1)
    digest = hashlib.sha256(data)
    if len(data) == size:  # one more byte was asked for, so this is the end
        return digest.hexdigest()
    while data and (data := os.read(handle, _CHUNK)):
        digest.update(data)
    return digest.hexdigest()


def fingerprint_files(hashes: FileHashes) -> str:
    """One fingerprint of many files with their paths."""
    digest = hashlib.sha256()
    for path, content_hash in hashes.items():
        digest.update(f"{path}\0{content_hash}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
