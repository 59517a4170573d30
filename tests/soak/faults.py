"""Builds on a disk that fails at the nth call: whatever fails, readers have a whole site and the next build mends it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field

from tests.soak.command import Clean, stands
from tests.soak.forks import forked
from tests.soak.layer import CODES, Layer
from tests.soak.site import Site
from tests.soak.wholeness import Broken, same, tree_in

_MACHINE = 4


@dataclass(slots=True)
class Faults:
    """What came of them: how many were met, how many of these stopped the build, and what did not hold."""

    injected: int = 0
    stopped: int = 0
    calls: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of build to fail: from one state to another, with nothing kept or published, on a disk that stays bad."""

    name: str
    before: int = 0
    after: int = 1
    cold: bool = False
    first: bool = False
    lasting: bool = False
    reading: bool = False


KINDS = (
    Kind(name="an edit"),
    Kind(name="an edit, lasting", lasting=True),
    Kind(name="all pages, nothing kept", after=3, cold=True),
    Kind(name="a first build", cold=True, first=True),
)
#: Files of the site that cannot be read for a moment: what was not seen is not kept.
READING = (
    Kind(name="reading the site", reading=True, after=4),
    Kind(name="reading the site, nothing kept", reading=True, cold=True),
)


def faults_in(site: Site, clean: Clean, kind: Kind, *, every: int, offset: int = 0) -> Faults:
    """Fail each call in turn (or each so-many-th of them, from `offset` on) of one kind of build."""
    met = Faults()
    number = _calls(site, clean, kind)
    met.calls = number
    for nth in range(1 + offset % every, number + 1, every):
        prepare(site, clean, kind)
        code = CODES[nth % len(CODES)]
        try:
            met.stopped += _met(site, clean, kind, nth, code)
        except Broken as broken:
            met.faults.append(f"{kind.name}, call {nth} of {number}, {os.strerror(code)}: {broken}")
            site.forget(published=True)
        met.injected += 1
    return met


def _calls(site: Site, clean: Clean, kind: Kind) -> int:
    """How many calls a build of that kind makes when nothing fails."""
    prepare(site, clean, kind)
    layer = layer_of(site, kind)
    with tempfile.NamedTemporaryFile() as told:
        layer.log = told.name
        ended = forked(site, first=layer.install)
        if ended.code:
            raise Broken(f"with nothing in the way it ended with {ended.code}: {ended.said}")
        return len(told.read().splitlines())


def prepare(site: Site, clean: Clean, kind: Kind) -> None:
    """Have the state before such a build published, and lay the state after it."""
    site.lay(kind.before)
    if kind.first:
        site.forget(published=True)
    elif tree_in(site.out) != clean.tree(kind.before) or kind.cold:
        stands(site, clean, kind.before)
    if kind.cold:
        site.forget()
    site.lay(kind.after)


def layer_of(site: Site, kind: Kind, nth: int = 0, code: int = CODES[0]) -> Layer:
    """A layer that meets the calls which that kind is about; the nth fails with `code`."""
    beside = [str(site.out), str(site.root / ".public."), str(site.root / ".plansite")]
    own = [str(site.root / name) for name in ("content", "plansite.yaml")]
    folders = own if kind.reading else beside
    return Layer(folders, nth=nth, code=code, lasting=kind.lasting, reading=kind.reading)


def _met(site: Site, clean: Clean, kind: Kind, nth: int, code: int) -> bool:
    """Whether the fault stopped the build. Fails unless all that must hold afterwards does."""
    ended = forked(site, first=layer_of(site, kind, nth, code).install)
    stopped = ended.code == _MACHINE
    if stopped:
        same(tree_in(site.out), {} if kind.first else clean.tree(kind.before), f"after “{ended.said.strip()}”")
        if os.strerror(code) not in ended.said:
            raise Broken(f"the message does not say why: {ended.said}")
    elif ended.code:
        raise Broken(f"ended with {ended.code}: {ended.said}")
    elif not kind.reading:
        same(tree_in(site.out), clean.tree(kind.after), "published in spite of the fault")
    stands(site, clean, kind.after)
    return stopped
