"""A disk that is full, faulty or not ours to write leaves the old site, and the message says what and where."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plansite.file_access import FileInFolder
from plansite.publish.errors import PublishError
from plansite.publish.publish import publish_files
from tests.publish.versions import PAGES, beside, version, whole

pytestmark = pytest.mark.slow

_BROKEN = Path("/proc/self/mem")


def _publisher(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.publish.publisher", *words]


@pytest.fixture
def disk(tmp_path: Path) -> list[str]:
    """The start of a command that runs with `tmp_path/disk` as a small disk of its own."""
    (tmp_path / "disk").mkdir()
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    command += [f'mount -t tmpfs -o size=4m,nr_inodes=1000 none "{tmp_path}/disk" && exec "$@"', "sh"]
    if not shutil.which("unshare") or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets no test mount a disk of its own (unshare, tmpfs)")
    return command


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on the size of files")
@pytest.mark.parametrize("nth", [0, 1, 2, 20, PAGES + 3])
def test_a_file_that_cannot_be_written(tmp_path: Path, project: Path, nth: int) -> None:
    """A write that fails at the nth file, or at the manifest, leaves the old site and names the file."""
    out = tmp_path / "public"
    publish_files(out, version("a"))
    command = _publisher("limited", str(out), str(nth))
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "File too large" in ran.stdout
    assert (".plansite.json" if nth == 0 else sorted(version("b"))[nth - 1]) in ran.stdout
    assert whole(out, "a") == "a"
    assert beside(out) == []


@pytest.mark.skipif(not _BROKEN.exists(), reason="needs a file that cannot be read, as Linux has one")
@pytest.mark.parametrize("path", ["a.html", "plans/p1/actions/a1.html", "zz.html"])
def test_a_file_that_cannot_be_read(tmp_path: Path, path: str) -> None:
    """An I/O error at the nth file leaves the old site and names the file that cannot be read."""
    out = tmp_path / "public"
    publish_files(out, version("a"))
    with pytest.raises(PublishError, match=f"nothing was published.*Input/output error: {_BROKEN}"):
        publish_files(out, {**version("b"), path: FileInFolder(_BROKEN.parent, _BROKEN.name)})
    assert whole(out, "a") == "a"
    assert beside(out) == []


@pytest.mark.parametrize("what", ["short_of_names", "short_of_room"])
def test_a_full_disk(tmp_path: Path, project: Path, disk: list[str], what: str) -> None:
    """However far a build gets before the disk is full, the old site is whole and nothing is left of the new one."""
    command = [*disk, *_publisher(what, str(tmp_path / "disk/public"))]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) >= PAGES


@pytest.mark.parametrize(
    ("deed", "word"),
    [("read_only", "Read-only file system"), ("mounted", "Name a folder inside it"), ("from_image", "image")],
)
def test_a_folder_that_cannot_be_exchanged(
    tmp_path: Path, project: Path, disk: list[str], deed: str, word: str
) -> None:
    """On a read-only disk, a mount point or a container's image, the old site stays and the message says why."""
    command = [*disk, *_publisher(deed, str(tmp_path / "disk/public"))]
    ran = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert word in ran.stdout


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_parent_that_may_not_be_written(tmp_path: Path) -> None:
    """Where nothing may be made beside the folder, the old site stays and the message names the place."""
    out = tmp_path / "parent/public"
    publish_files(out, version("a"))
    out.parent.chmod(0o555)
    try:
        with pytest.raises(PublishError, match=r"Permission denied: .*parent"):
            publish_files(out, version("b"))
    finally:
        out.parent.chmod(0o755)
    assert whole(out, "a") == "a"
