"""Builds killed just before calls to the disk: the first and the last of each kind of call that a build makes.

Between two calls nothing on the disk changes, so a kill there is one before the later call: what a kill can leave is a
list, and not left to chance.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.soak.command import Clean, stands
from tests.soak.faults import Kind, layer_of, prepare
from tests.soak.forks import forked
from tests.soak.kills import Kills
from tests.soak.layer import Layer, kind_of
from tests.soak.site import Site
from tests.soak.wholeness import Broken, same, tree_in

_EDIT = Kind(name="an edit")


def call_kills(site: Site, clean: Clean) -> Kills:
    """One kill before each such call of a build after an edit, always of the same site; each with all that must hold after it."""
    kills = Kills()
    prepare(site, clean, _EDIT)
    with tempfile.TemporaryDirectory() as name:
        edited = Path(shutil.copytree(site.root, Path(name) / "edited"))
        _restore(site, edited)
        for kind, nth in _moments(_calls(site)):
            _restore(site, edited)
            kills.done += 1
            try:
                kills.where[_killed(site, clean, kind, nth)] += 1
                stands(site, clean, _EDIT.after)
                kills.survived += 1
            except Broken as broken:
                kills.faults.append(f"before call {nth} of {kind}: {broken}")
        _restore(site, edited)
    return kills


def _restore(site: Site, edited: Path) -> None:
    """The site as it was before the build, with all that earlier builds have kept."""
    shutil.rmtree(site.root)
    shutil.copytree(edited, site.root)


def _calls(site: Site) -> list[str]:
    """The calls of a build that is not killed, in order."""
    layer = layer_of(site, _EDIT)
    with tempfile.NamedTemporaryFile("r") as told:
        layer.log = told.name
        ended = forked(site, first=layer.install)
        if ended.code:
            raise Broken(f"with nothing in the way it ended with {ended.code}: {ended.said}")
        return told.read().splitlines()


def _moments(calls: Sequence[str]) -> list[tuple[str, int]]:
    """Each kind of call with 1, and with the number of the last that one process makes."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in calls:
        process, call, path = line.split(" ", 2)
        counts[kind_of(call, path), process] += 1
    return sorted({(kind, nth) for (kind, _), number in counts.items() for nth in (1, number)})


def _killed(site: Site, clean: Clean, kind: str, nth: int) -> str:
    """Kill a build before the nth call of a kind. Fails unless the old site or the new one is there, whole; says which."""
    layer = layer_of(site, _EDIT, nth)
    layer.kill = kind
    ended = forked(site, first=lambda: _lead(layer))
    if ended.code != -signal.SIGKILL:
        raise Broken(f"was not killed, but ended with {ended.code}: {ended.said}")
    found = tree_in(site.out)
    if found == clean.tree(_EDIT.after):
        return "after the exchange"
    same(found, clean.tree(_EDIT.before), "after the kill")
    return "before the exchange"


def _lead(layer: Layer) -> None:
    """The build and all that it starts are a group of their own, which ends at once."""
    os.setpgid(0, 0)
    layer.install()
