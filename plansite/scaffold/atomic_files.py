"""New files on the disk: whole or not at all, and never over another."""

from __future__ import annotations

import contextlib
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from plansite.model.formatting import format_list


class AlreadyExistsError(Exception):
    """Files that would be overwritten; nothing was written."""

    def __init__(self, paths: Iterable[str]) -> None:
        """`paths` are as they should be shown."""
        self.paths = tuple(paths)
        exist = "exists" if len(self.paths) == 1 else "exist"
        super().__init__(f"{format_list(self.paths)} {exist} already; nothing was written")


def write_new_files(root: Path, files: Mapping[str, str]) -> None:
    """Write files at paths below `root`, with the folders they need. Raises ExistsError, OSError.

    If one cannot be written, those written before it are removed again, and the folders that were made for them.
    """
    there = [path for path in files if find_existing(root / path)]
    if there:
        raise AlreadyExistsError(there)
    done: list[Path] = []
    made: list[Path] = []
    try:
        for path, text in files.items():
            target = root / path
            _make_folders(target.parent, made)
            replace_file(target, text.encode())
            done.append(target)
    except BaseException:
        for target in done:
            target.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):  # somebody else may have put something into it
                folder.rmdir()
        raise


def _make_folders(folder: Path, created: list[Path]) -> None:
    """Make a folder and those above it. Each is noted at once, so that it can be taken back."""
    for each in (*reversed(folder.parents), folder):
        if not each.exists():
            each.mkdir(exist_ok=True)
            created.append(each)


def replace_file(target: Path, data: bytes) -> None:
    """Put these bytes in the place of a file in one step, with the permissions that it has or a new file gets."""
    target = Path(os.path.realpath(target))  # a link stays one
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    staged = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.chmod(mode)
        staged.replace(target)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The permissions that new files do not get. The system tells only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def find_existing(target: Path) -> Path | None:
    """What stands at this path already, or under a name that some computers cannot tell from it."""
    if os.path.lexists(target):
        return target
    try:
        beside = list(target.parent.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return None
    return next((other for other in beside if _collision_key(other.name) == _collision_key(target.name)), None)


def _collision_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
