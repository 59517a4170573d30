"""Writing files atomically, and new files without overwriting others."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from plansite.model.formatting import format_list
from plansite.model.slugs import collision_key


class AlreadyExistsError(Exception):
    """New files would overwrite existing ones; nothing was written."""

    def __init__(self, paths: Iterable[str]) -> None:
        """`paths` are the existing files, as they are shown to users."""
        self.paths = tuple(paths)
        exist = "exists" if len(self.paths) == 1 else "exist"
        super().__init__(f"{format_list(self.paths)} {exist} already; nothing was written")


def write_new_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write new files, given by paths below `root`, and the folders they need. Raises AlreadyExistsError, OSError.

    If a file cannot be written, the files and folders that were created before it are removed again.
    """
    ensure_new(root, files)
    created_files: list[Path] = []
    created_folders: list[Path] = []
    try:
        for path, data in files.items():
            target = root / path
            _make_folders(target.parent, created_folders)
            replace_file(target, data.encode() if isinstance(data, str) else data)
            created_files.append(target)
    except BaseException:
        for target in created_files:
            target.unlink(missing_ok=True)
        for folder in reversed(created_folders):
            with contextlib.suppress(OSError):  # another process may have put files into it
                folder.rmdir()
        raise


def ensure_new(root: Path, paths: Iterable[str]) -> None:
    """Raise AlreadyExistsError if there are files at any of these paths below `root`."""
    existing = [path for path in paths if find_existing(root / path)]
    if existing:
        raise AlreadyExistsError(existing)


def _make_folders(folder: Path, created: list[Path]) -> None:
    """Create a folder and its parents. Each is appended to `created` at once, so it can be removed after an error."""
    for path in (*reversed(folder.parents), folder):
        if not path.exists():
            path.mkdir(exist_ok=True)
            created.append(path)


def replace_file(target: Path, data: bytes, *, sync: bool = True) -> None:
    """Replace a file atomically, or create it. A present file keeps its permissions, and a link stays a link.

    Without `sync` the data may still be on its way to the disk: whoever writes many files calls `os.sync` at the end.
    """
    with open_replacement(target, sync=sync) as file:
        file.write(data)


def write_many_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write or replace files by their paths below `root`, each as a whole; wait once for the disk. Raises OSError."""
    folders: set[Path] = set()
    mode = 0o666 & ~_umask()
    for path, data in files.items():
        target = root / path
        if target.parent not in folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            folders.add(target.parent)
        if os.path.lexists(target):
            replace_file(target, data, sync=False)
        else:
            _create_file(target, data, mode)
    if hasattr(os, "sync"):
        os.sync()


def _create_file(target: Path, data: bytes, mode: int) -> None:
    """Write a new file as a whole. This is quicker than `replace_file`, which matters for tens of thousands."""
    staged = f"{target.parent}{os.sep}.{target.name[:40]}.{os.getpid()}.new"
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(staged, target)  # noqa: PTH105  (a Path for each of many files takes longer than the file)
    except BaseException:
        Path(staged).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def open_replacement(target: Path, *, sync: bool = True) -> Iterator[BinaryIO]:
    """A new file beside `target` to write to, which takes its place in the end, as a whole, or not at all.

    A present file keeps its permissions, and a link stays a link.
    """
    target = Path(os.path.realpath(target))
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if sync:
                os.fsync(file.fileno())
        staged.chmod(mode)
        staged.replace(target)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The file mode creation mask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def find_existing(target: Path) -> Path | None:
    """The file or folder at a path, or one whose name some file systems do not distinguish from it; None if neither."""
    if os.path.lexists(target):
        return target
    try:
        siblings = list(target.parent.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return None
    return next((other for other in siblings if collision_key(other.name) == collision_key(target.name)), None)
