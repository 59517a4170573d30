"""Replacing the old site by the new one, and recovering from a build that was killed meanwhile."""

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
#: Errors of systems without the call, file systems that do not support it, and containers that forbid it.
_UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
_NOT_MOVABLE = frozenset({errno.EBUSY, errno.EXDEV})


def swap_in(output: OutputFolder, observe: StepObserver) -> None:
    """Move the staging folder to the output folder. The old site is then at `staging` or `previous`.

    On Linux that is one step. Where the system does not support it, there are two renames and no site between them;
    `recover` puts the old site back if the build is killed there. Raises OSError; the old site is then in place.
    """
    try:
        if not output.out.exists():
            output.staging.rename(output.out)
        elif not exchange_folders(output.staging, output.out):
            _rename_twice(output, observe)
    except OSError as error:
        if error.errno not in _NOT_MOVABLE:
            raise
        raise PublishError(
            f"{output.out} cannot be exchanged for the new site ({error.strerror}): it is a mount point or comes with "
            "a container's image. Name a folder inside it, or another one"
        ) from error


def exchange_folders(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, so that neither is ever missing; False where the system cannot do that."""
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


def _rename_twice(output: OutputFolder, observe: StepObserver) -> None:
    try:
        output.out.rename(output.previous)
        observe(Step.MOVED_ASIDE)
        output.staging.rename(output.out)
    except BaseException:  # including KeyboardInterrupt between the two renames
        if not output.out.exists():
            output.previous.rename(output.out)
        raise


def recover(output: OutputFolder) -> None:
    """Clean up after a killed build: put the old site back if it was moved aside, and remove staged files.

    The caller must hold the lock, so that no running build uses these folders.
    """
    left = [folder for folder in (output.staging, output.previous) if os.path.lexists(folder)]
    for folder in left:
        if folder.is_symlink() or not folder.is_dir():
            raise PublishError(f"{folder} is in the way: builds need that name for a folder. Move it elsewhere")
    if output.previous in left and not output.out.exists() and read_manifest(output.previous) is not None:
        output.previous.rename(output.out)
        left.remove(output.previous)
    for folder in left:
        discard(folder)
        if folder.exists():
            shutil.rmtree(folder)  # raises the reason


def discard(folder: Path) -> None:
    """Remove a folder as far as possible. What stays is removed by `recover` in the next build."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir() and not folder.is_symlink():
        with contextlib.suppress(OSError):
            _make_writable(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _make_writable(folder: Path) -> None:
    """Make all folders writable, so that their files can be removed."""
    folder.chmod(0o755)
    for inside, folders, _ in os.walk(folder):
        for each in (Path(inside, name) for name in folders):
            if not each.is_symlink():
                each.chmod(0o755)
