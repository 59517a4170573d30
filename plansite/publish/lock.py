"""A lock for each output folder. The system releases it when its process ends, even if it is killed."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from plansite.publish.errors import LockedError, PublishError

if sys.platform == "win32":
    import msvcrt

    def _lock_handle(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_handle(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


#: A link or a pipe in place of the lock file must be neither followed nor waited for.
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
#: Each attempt fails only if another build released the lock meanwhile.
_ATTEMPTS = 100


@contextlib.contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, and remove it at the end.

    Raises LockedError if another build holds it, and PublishError where that name is taken by something else.
    """
    handle = _acquire(path)
    try:
        yield
    finally:
        _release(path, handle)


def _acquire(path: Path) -> int:
    for _ in range(_ATTEMPTS):
        _require_plain_file(path)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _FLAGS, 0o644)
        try:
            _lock_handle(handle)
            if _is_at(handle, path):
                return handle
        except (BlockingIOError, PermissionError):
            os.close(handle)
            break
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
    raise LockedError(
        f"another build is publishing there (its lock file is {path}). Wait until it has finished, then build again"
    )


def _require_plain_file(path: Path) -> None:
    """Raise PublishError where something else than a file has the name of the lock."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(path.lstat().st_mode):
            raise PublishError(f"{path} is in the way: builds need that name for a file. Move it elsewhere")


def _is_at(handle: int, path: Path) -> bool:
    """Whether `path` is still the file that was opened: its last holder may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _release(path: Path, handle: int) -> None:
    """Release the lock, and remove the file unless another process holds it.

    That may be another build, or a forked process of this one that is still writing.
    """
    os.close(handle)
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            path.unlink()
        else:
            _remove_free(path)


def _remove_free(path: Path) -> None:
    """Remove the file while holding it, so that nobody can hold a removed file. Raises OSError if others hold it."""
    handle = os.open(path, os.O_RDWR | _FLAGS)
    try:
        _lock_handle(handle)
        if _is_at(handle, path):
            path.unlink()
    finally:
        os.close(handle)
