"""Folders whose modes forbid writing, for somebody who is bound by that."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.command import Build, Clean, build_words, stands
from tests.soak.site import Ended, Site
from tests.soak.wholeness import Broken, same, tree_in

_MACHINE = 4
#: Takes from root what puts it above all modes.
_BOUND = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@dataclass(slots=True)
class Modes:
    """How many such folders were tried, and what did not hold."""

    met: int = 0
    faults: list[str] = field(default_factory=list)


def bound() -> list[str] | None:
    """What a command begins with so that modes hold for it; None where that cannot be had."""
    words = list(_BOUND) if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as name, _closed(Path(name)):
        try:
            ran = subprocess.run([*words, "touch", f"{name}/file"], capture_output=True, check=False)
        except OSError:
            return None
    return words if b"Permission denied" in ran.stderr else None


def modes_of(site: Site, clean: Clean) -> Modes:
    """Each folder in turn closed while a build goes on, and open again for the next one."""
    met = Modes()
    for name, folder, refused in (
        ("what lies around it", site.root, True),
        ("the published site", site.out, False),
        ("what builds keep", site.root / ".plansite", False),
    ):
        try:
            _tried(site, clean, folder, refused=refused)
        except Broken as broken:
            met.faults.append(f"{name}: {broken}")
        met.met += 1
    return met


def _tried(site: Site, clean: Clean, folder: Path, *, refused: bool) -> None:
    """Where a build can do without writing there, it does; else it says why not. The next one is in no way hindered."""
    stands(site, clean, 0)
    site.lay(1)
    with _closed(folder):
        ended = _built(site)
    if refused and (ended.code != _MACHINE or f"Permission denied: {site.root}" not in ended.said):
        raise Broken(f"ended with {ended.code}: {ended.said}")
    if not refused and ended.code:
        raise Broken(f"ended with {ended.code}: {ended.said}")
    same(tree_in(site.out), clean.tree(0 if refused else 1), "the site")
    site.lay(3)
    ended = _built(site)
    if ended.code:
        raise Broken(f"the next build ended with {ended.code}: {ended.said}")
    stands(site, clean, 3)


def _built(site: Site) -> Ended:
    return Build([*(bound() or ()), *build_words(site)]).end()


@contextlib.contextmanager
def _closed(folder: Path) -> Iterator[None]:
    """A folder and those below it that nobody may write to; what is there under that name afterwards is opened."""
    closed = [folder, *(path for path in folder.glob("*/**") if not path.is_relative_to(folder / ".git"))]
    for each in closed:
        each.chmod(0o555)
    try:
        yield
    finally:
        for each in closed:
            if each.exists():
                each.chmod(0o755)
