"""Opens files in folders that others can write into: only plain files, and only inside the folder they belong to.

A link, a pipe or a device in place of a file would let a build read what it should not, or wait for ever. So every
file of a site, a theme, a cache or a published copy is opened here. The kind of a file is asked of the open file, not
of its path, so that it cannot be exchanged in between.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from plansite.deferred_dataclass import dataclass

_BASE_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
#: Without O_NONBLOCK, opening a pipe waits until somebody writes into it.
_FILE_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | _BASE_FLAGS
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | _BASE_FLAGS
_HAS_FOLDER_HANDLES = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
#: Errors of opening a link with O_NOFOLLOW. Linux and macOS give the first, FreeBSD the second.
_LINK_ERRORS = frozenset({errno.ELOOP, errno.EMLINK})


class RefusedFileError(OSError):
    """A file that is not opened because of its kind, its place or its size."""

    def __init__(self, reason: str, path: str) -> None:
        """`reason` completes “the file …”, such as “is not a plain file”."""
        super().__init__(errno.EPERM, f"the file {reason}", path)


class NotPlainFileError(RefusedFileError):
    """A folder, pipe, device or socket, or a link in place of a file."""


class OutsideFolderError(RefusedFileError):
    """A file that a link leads to, outside the folder that it should be in."""


class FileTooLargeError(RefusedFileError):
    """A file with more bytes than its reader takes. `size` is how many it has."""

    def __init__(self, path: str, size: int, max_size: int) -> None:
        super().__init__(f"has {size:,} bytes; the most is {max_size:,}", path)
        self.size = size


@dataclass(frozen=True, slots=True)
class FileInFolder:
    """A file by its folder and its path inside it, with forward slashes.

    No link on that path may leave the folder; unless `follows_links`, there may be none.
    """

    folder: Path
    path: str
    follows_links: bool = True

    def __str__(self) -> str:
        """The whole path, for messages."""
        return str(self.folder / self.path)

    def open_descriptor(self) -> int:
        """A descriptor of the open file. Raises RefusedFileError and OSError."""
        if self.follows_links:
            return open_inside(self.folder, self.path)
        return open_plain_file(self.folder / self.path)

    def open(self) -> BinaryIO:
        """The open file, unbuffered. Raises RefusedFileError and OSError."""
        return os.fdopen(self.open_descriptor(), "rb", buffering=0)

    def read(self) -> bytes:
        """All bytes of the file. Raises RefusedFileError and OSError."""
        with self.open() as file:
            return file.read()


def open_inside(folder: Path, path: str) -> int:
    """A descriptor of a plain file inside a folder. Links are followed as long as they stay in the folder.

    Raises OutsideFolderError where they do not, NotPlainFileError for anything but a plain file, and OSError.
    """
    is_plain_path = not {"", ".", ".."} & set(path.split("/"))
    if is_plain_path and _HAS_FOLDER_HANDLES:  # most often no link is on the way, and nothing has to be resolved
        with contextlib.suppress(OSError):
            return _open_without_links(str(folder), path)
    base = os.path.realpath(folder)
    with contextlib.suppress(NotPlainFileError, NotADirectoryError):
        if is_plain_path:
            return _open_without_links(base, path)
    # There is a link on the way, which may stay inside the folder.
    target = os.path.realpath(os.path.join(base, path))  # noqa: PTH118  (called once for every file)
    if os.path.commonpath((base, target)) != base:
        raise OutsideFolderError("is a link that leaves its folder", str(folder / path))
    return _open_without_links(base, os.path.relpath(target, base))


def open_plain_file(path: Path | str) -> int:
    """A descriptor of a plain file that is not a link. Raises NotPlainFileError and OSError."""
    return _open_plain(os.fspath(path), None, os.fspath(path))


def open_listed_file(entry: os.DirEntry[str]) -> int:
    """The same for an entry of a folder, whose kind is known from the listing."""
    if not entry.is_file(follow_symlinks=False):
        raise NotPlainFileError("is not a plain file", entry.path)
    return _open_known(entry.path, None, entry.path)


def read_plain_file(path: Path | str, max_size: int) -> bytes:
    """The bytes of a plain file that is not a link. Raises NotPlainFileError, FileTooLargeError and OSError."""
    return read_descriptor(open_plain_file(path), str(path), max_size)


def read_inside(folder: Path, path: str, max_size: int) -> bytes:
    """The bytes of a file inside a folder. Raises as `open_inside` does, and FileTooLargeError."""
    return read_descriptor(open_inside(folder, path), str(folder / path), max_size)


def read_descriptor(descriptor: int, path: str, max_size: int) -> bytes:
    """The bytes of an open file, which is closed then. Raises FileTooLargeError and OSError."""
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        size = os.fstat(descriptor).st_size
        if size > max_size:
            raise FileTooLargeError(path, size, max_size)
        data = file.read()
    if len(data) > max_size:  # it has grown since its size was asked for
        raise FileTooLargeError(path, len(data), max_size)
    return data


def read_start(descriptor: int, size: int) -> bytes:
    """At most so many bytes from the start of an open file, which is closed then. Raises OSError."""
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        return file.read(size) or b""


def is_present(path: Path) -> bool:
    """Whether there is anything at a path, if only a link. Raises OSError where that cannot be told.

    `os.path.lexists` takes that for an absence. From Python 3.14 on, so do the methods of `Path`.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder. Raises OSError where that cannot be told."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def replace_kept_file(path: Path, data: bytes) -> None:
    """Replace a file of a cache whole, or create it. Raises OSError, and leaves nothing half written then.

    Its temporary name can be guessed, so somebody may have put a link there, which would lead to another file.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as file:  # never opens what is there
            file.write(data)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def list_files(folder: Path) -> Iterator[str]:
    """The paths of all files and links below a folder, sorted; none where it does not exist. Hidden ones are left out.

    Links to folders are not followed. Raises OSError for a folder that cannot be read.
    """
    yield from sorted(_list_below(str(folder), ""))


def _list_below(folder: str, prefix: str) -> Iterator[str]:
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _list_below(entry.path, f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}"


def _open_without_links(base: str, path: str) -> int:
    """A plain file below a folder, with no link on the way. Each folder on the way is opened from the one before."""
    *folders, name = path.replace(os.sep, "/").split("/")
    full_path = os.path.normpath(os.path.join(base, path))  # noqa: PTH118  (called once for every file)
    if not _HAS_FOLDER_HANDLES:
        return _open_checked(full_path)
    folder = os.open(base, _FOLDER_FLAGS)
    try:
        for part in folders:
            parent, folder = folder, os.open(part, _FOLDER_FLAGS, dir_fd=folder)
            os.close(parent)
        return _open_plain(name, folder, full_path)
    except OSError as error:
        error.filename = full_path  # the system names only the part that it could not open
        raise
    finally:
        os.close(folder)


def _open_checked(path: str) -> int:
    """The same on systems that cannot open a file from its folder: the path must lead to the file that was opened."""
    if os.path.realpath(path) != path:
        raise NotPlainFileError("has a link on its path", path)
    descriptor = _open_plain(path, None, path)
    if os.path.realpath(path) != path:
        os.close(descriptor)
        raise NotPlainFileError("was exchanged while it was opened", path)
    return descriptor


def _open_plain(name: str, folder: int | None, full_path: str) -> int:
    """Open a plain file. Its kind is asked before, since opening a device may have effects, and of the open file."""
    if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
        raise NotPlainFileError("is not a plain file", full_path)
    return _open_known(name, folder, full_path)


def _open_known(name: str, folder: int | None, full_path: str) -> int:
    """Open what was a plain file just now, and ask the open file whether it still is one."""
    try:
        descriptor = os.open(name, _FILE_FLAGS, dir_fd=folder)
    except OSError as error:
        if error.errno in _LINK_ERRORS:
            raise NotPlainFileError("was exchanged for a link", full_path) from error
        raise
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise NotPlainFileError("was exchanged while it was opened", full_path)
