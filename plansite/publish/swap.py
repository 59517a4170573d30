"""Putting the new site in the place of the old one."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from plansite.publish.errors import PublishError
from plansite.publish.manifest import read_manifest
from plansite.publish.output_folder import OutputFolder
from plansite.publish.steps import Step, StepObserver

_AT_FDCWD = -100  # AT_FDCWD of fcntl.h
_RENAME_EXCHANGE = 2
#: What systems say that do not know the call, file systems that cannot do it, and containers that forbid it.
_UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
_NOT_MOVABLE = frozenset({errno.EBUSY, errno.EXDEV})


def swap_in(place: OutputFolder, watch: StepObserver) -> None:
    """Put `place.next` where `place.out` is. The old site is then at `place.next` or `place.old`.

    On Linux that is one step. Where the system refuses it, there are two renames, and no site for the moment
    between them; `repair` puts the old one back if the build is killed there. Raises OSError with the old site in
    its place.
    """
    try:
        if not place.out.exists():
            place.staging.rename(place.out)
        elif not exchange_folders(place.staging, place.out):
            _rename_twice(place, watch)
    except OSError as error:
        if error.errno not in _NOT_MOVABLE:
            raise
        raise PublishError(
            f"{place.out} cannot be exchanged for the new site ({error.strerror}): it is a mount point or comes with "
            "a container's image. Name a folder inside it, or another one"
        ) from error


def exchange_folders(one: Path, other: Path) -> bool:
    """Exchange two folders so that nobody ever finds either missing; False where this cannot be done here."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _rename_twice(place: OutputFolder, watch: StepObserver) -> None:
    try:
        place.out.rename(place.previous)
        watch(Step.MOVED_ASIDE)
        place.staging.rename(place.out)
    except BaseException:  # somebody who presses Ctrl+C just then has a site too
        if not place.out.exists():
            place.previous.rename(place.out)
        raise


def recover(place: OutputFolder) -> None:
    """Undo what a killed build left: put the old site back if it was moved aside, and remove what was staged.

    Only for the holder of the lock: whatever lies there is then nobody's.
    """
    left = [folder for folder in (place.staging, place.previous) if os.path.lexists(folder)]
    for folder in left:
        if folder.is_symlink() or not folder.is_dir():
            raise PublishError(f"{folder} is in the way: builds need that name for a folder. Move it elsewhere")
    if place.previous in left and not place.out.exists() and read_manifest(place.previous) is not None:
        place.previous.rename(place.out)
        left.remove(place.previous)
    for folder in left:
        discard(folder)
        if folder.exists():
            shutil.rmtree(folder)  # says why it cannot be


def discard(folder: Path) -> None:
    """Remove a folder as far as that goes; what stays is removed by the next build's `repair`."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir() and not folder.is_symlink():
        with contextlib.suppress(OSError):
            _make_writable(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _make_writable(folder: Path) -> None:
    """Let everything be removed from folders that somebody has closed by their modes."""
    folder.chmod(0o755)
    for inside, folders, _ in os.walk(folder):
        for each in (Path(inside, name) for name in folders):
            if not each.is_symlink():
                each.chmod(0o755)
