"""On which drives the system reports every change."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.preview import drives
from plansite.preview.drives import find_file_system, is_shared_file_system, parse_mounts, reports_all_changes

MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /mnt/c rw,noatime - 9p drvfs rw,dirsync
31 22 0:31 / /mnt/our\040plans rw shared:5 master:2 - cifs //server/plans rw
32 22 0:32 / /site rw - nfs4 server:/site rw
33 22 8:2 /cache /site rw - xfs /dev/sda2 rw
34 33 0:34 / /site/content rw - fuse.sshfs me@server:/content rw
35 22 8:3 / /usb rw - fuseblk /dev/sdb1 rw
a line that is none
"""


@pytest.mark.parametrize(
    ("folder", "kind", "is_shared"),
    [
        ("/home/me/site", "ext4", False),
        ("/mnt", "ext4", False),
        ("/mnt/cat", "ext4", False),
        ("/mnt/c", "9p", True),
        ("/mnt/c/Users/me/site", "9p", True),
        ("/mnt/our plans/content", "cifs", True),
        ("/site/themes", "xfs", False),
        ("/site/content/plans", "fuse.sshfs", True),
        ("/usb/site", "fuseblk", False),
    ],
)
def test_the_innermost_mount_counts(folder: str, kind: str, is_shared: bool) -> None:
    """The last one of several at the same place, and names with a space."""
    assert find_file_system(Path(folder), tuple(parse_mounts(MOUNTS))) == kind
    assert is_shared_file_system(kind) == is_shared


@pytest.mark.parametrize(
    ("folders", "reports"),
    [(["/home/me/site"], True), (["/home/me/site", "/mnt/our plans"], False), (["/site", "/site/content"], False)],
)
def test_one_shared_drive_is_enough(
    folders: list[str], reports: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All folders of a site are looked through if one of them lies on such a drive."""
    (tmp_path / "mountinfo").write_text(MOUNTS)
    monkeypatch.setattr(drives, "_MOUNT_LIST", tmp_path / "mountinfo")
    assert reports_all_changes(map(Path, folders)) == reports


def test_without_a_list_of_mounts_the_system_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS and Windows."""
    monkeypatch.setattr(drives, "_MOUNT_LIST", tmp_path / "none")
    assert reports_all_changes([tmp_path])
