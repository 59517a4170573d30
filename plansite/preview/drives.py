"""Tells on which drives the system reports every change of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from plansite.deferred_pattern import compile_lazily

#: The mounted drives as Linux lists them, one a line.
_MOUNT_LIST = Path("/proc/self/mountinfo")
#: File systems whose files others can change without this system's knowledge: those of other computers, of the system
#: around a virtual machine or a container, and of Windows in WSL. What this computer itself changes there is reported,
#: so writing a file and waiting for the report would prove nothing.
_SHARED_FILE_SYSTEMS = frozenset(
    {
        *("9p", "afs", "ceph", "cifs", "coda", "davfs", "drvfs", "fakeowner", "gfs2", "glusterfs", "gpfs", "lustre"),
        *("ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"),
    }
)
#: Drives of programs, such as `fuse.sshfs`. A local NTFS drive is `fuseblk`, and reports its changes.
_PROGRAM_FILE_SYSTEM = "fuse."
_OCTAL = compile_lazily(r"\\([0-7]{3})")


def reports_all_changes(folders: Iterable[Path]) -> bool:
    """Whether all of these folders, with their links resolved, lie on drives that report every change of a file.

    So it is taken to be on systems that have no list of mounts.
    """
    try:
        mount_list = _MOUNT_LIST.read_text("utf-8", "surrogateescape")
    except OSError:
        return True
    mounts = tuple(parse_mounts(mount_list))
    return not any(is_shared_file_system(find_file_system(folder, mounts)) for folder in folders)


def parse_mounts(mount_list: str) -> Iterator[tuple[Path, str]]:
    """The folder and the file system of each mount, in the order of mounting. See proc_pid_mountinfo(5)."""
    for line in mount_list.splitlines():
        place, separator, kind = line.partition(" - ")
        fields = place.split(" ")
        if separator and len(fields) > 4:
            folder = _OCTAL.sub(lambda match: chr(int(match[1], 8)), fields[4])
            yield Path(folder), kind.split(" ")[0]


def find_file_system(folder: Path, mounts: Iterable[tuple[Path, str]]) -> str:
    """The file system of an absolute path: that of the innermost mount around it, the last of several at one place."""
    around = [(len(place.parts), kind) for place, kind in mounts if folder.is_relative_to(place)]
    deepest = max((depth for depth, _ in around), default=0)
    return next((kind for depth, kind in reversed(around) if depth == deepest), "")


def is_shared_file_system(kind: str) -> bool:
    """Whether others can change files of such a file system without this system's knowledge."""
    return kind in _SHARED_FILE_SYSTEMS or kind.startswith(_PROGRAM_FILE_SYSTEM)
