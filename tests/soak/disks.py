"""Disks of our own, full or not to be written to: `python -m tests.soak.disks LEVELS`, as root of a mount namespace.

Where nobody may mount anything, `why_not` says so, and the layer of `layer.py` has to do.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from tests.soak.command import Clean, built, stands
from tests.soak.site import Ended, Site
from tests.soak.wholeness import Broken, same, tree_in

#: Mounting inside it changes nothing for anybody else.
_APART = ("unshare", "--user", "--map-root-user", "--mount")
_MACHINE = 4
_FULL = os.strerror(errno.ENOSPC)
_READ_ONLY = os.strerror(errno.EROFS)


@dataclass(slots=True)
class Disks:
    """What came of them: at how many fill levels a build was stopped, at how many it fitted, and other disks met."""

    full: int = 0
    fitted: int = 0
    others: int = 0
    faults: list[str] = field(default_factory=list)


def why_not() -> str:
    """Why no disk of our own can be had here; empty where it can."""
    if not shutil.which(_APART[0]):
        return "there is no `unshare` here"
    ran = subprocess.run([*_APART, "mount", "-t", "tmpfs", "none", "/tmp"], capture_output=True, check=False)  # noqa: S108
    return ran.stderr.decode() if ran.returncode else ""


def on_disks(levels: int) -> Disks:
    """Everything below in a process of its own, which may mount what nobody else sees."""
    ran = subprocess.run(
        [*_APART, sys.executable, "-m", "tests.soak.disks", str(levels)], capture_output=True, text=True, check=False
    )
    return Disks(**json.loads(ran.stdout)) if ran.returncode == 0 else Disks(faults=[ran.stderr])


def _all(levels: int) -> Disks:
    met = Disks()
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        disk = Path(name) / "disk"
        disk.mkdir()
        _mount("-t", "tmpfs", "-o", "size=16m", "none", str(disk))
        site = Site(disk / "site", 3)
        site.begin()
        clean = Clean(site)
        _fill(met, site, clean, levels)
        for case in (_beside_is_read_only, _output_is_read_only, _site_is_read_only):
            _try(met, case.__name__, partial(case, site, clean, Path(name)))
        _mount_off(disk)
    return met


def _try(met: Disks, name: str, case: Callable[[], object]) -> None:
    try:
        case()
        met.others += 1
    except Broken as broken:
        met.faults.append(f"{name.strip('_')}: {broken}")


def _fill(met: Disks, site: Site, clean: Clean, levels: int) -> None:
    """Leave less room than a build needs, in even steps from none to enough; then make room and build again."""
    stands(site, clean, 0)
    for level, room in enumerate(_rooms(site, clean, levels)):
        state = 3 if level % 2 else 1
        stands(site, clean, 0)
        if level % 3 == 2:
            site.forget()
        site.lay(state)
        ballast = site.root.parent / "ballast"
        _leave(ballast, room)
        try:
            ended = built(site)
            _judge(met, site, clean, state, ended)
        except Broken as broken:
            met.faults.append(f"with {room} bytes left: {broken}")
        finally:
            ballast.unlink()
        stands(site, clean, state)


def _rooms(site: Site, clean: Clean, levels: int) -> Iterator[int]:
    """Room in bytes, from none to a little more than all that a first build takes."""
    stands(site, clean, 3)
    made = (path for folder in (site.out, site.root / ".plansite") for path in folder.rglob("*"))
    need = sum(path.stat().st_blocks * 512 for path in made)
    yield from (need * level // levels for level in range(levels + 1))


def _leave(ballast: Path, room: int) -> None:
    """Fill the disk but for so much."""
    facts = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(facts.f_bavail * facts.f_bsize - room, 1))


def _judge(met: Disks, site: Site, clean: Clean, state: int, ended: Ended) -> None:
    if ended.code == 0:
        same(tree_in(site.out), clean.tree(state), "it fitted")
        met.fitted += 1
        return
    _refused(site, clean, 0, ended, _FULL)
    met.full += 1


def _refused(site: Site, clean: Clean, stands: int, ended: Ended, word: str) -> None:
    """Fail unless a build has stopped as it should: the old site stands, and the message says why it is there still."""
    if ended.code != _MACHINE or word not in ended.said or "Traceback" in ended.said:
        raise Broken(f"ended with {ended.code}: {ended.said}")
    same(tree_in(site.out), clean.tree(stands), "the old site")


def _beside_is_read_only(site: Site, clean: Clean, _: Path) -> None:
    """Nothing can be put together beside the folder: the disk of both cannot be written to."""
    stands(site, clean, 0)
    site.lay(1)
    disk = site.root.parent
    _mount("-o", "remount,ro", str(disk))
    try:
        _refused(site, clean, 0, built(site), _READ_ONLY)
    finally:
        _mount("-o", "remount,rw", str(disk))
    stands(site, clean, 1)


def _output_is_read_only(site: Site, clean: Clean, _: Path) -> None:
    """The folder itself is a disk that cannot be written to, nor moved."""
    stands(site, clean, 0)
    site.lay(1)
    _mount("--bind", str(site.out), str(site.out))
    _mount("-o", "remount,bind,ro", str(site.out))
    try:
        _refused(site, clean, 0, built(site), "mount point")
    finally:
        _mount_off(site.out)
    stands(site, clean, 1)


def _site_is_read_only(site: Site, clean: Clean, folder: Path) -> None:
    """A site that cannot be written to is published elsewhere, without anything being kept for the next build."""
    out = folder / "elsewhere"
    stands(site, clean, 0)
    for state in (0, 1):
        site.lay(state)
        _mount("--bind", str(site.root), str(site.root))
        _mount("-o", "remount,bind,ro", str(site.root))
        try:
            ended = built(site, out=out)
        finally:
            _mount_off(site.root)
        if ended.code:
            raise Broken(f"ended with {ended.code}: {ended.said}")
        same(tree_in(out), clean.tree(state), "published elsewhere")
    shutil.rmtree(out)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


def _mount_off(folder: Path) -> None:
    subprocess.run(["umount", str(folder)], check=True, capture_output=True)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_all(int(sys.argv[1])))))
