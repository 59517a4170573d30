"""Builds killed at moments spread over their whole length, and at each named step."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from plansite.publish.steps import Step
from tests.soak.command import Build, Clean, build_words, stands
from tests.soak.site import STATES, Site
from tests.soak.wholeness import Broken, same, tree_in

_KILLED = -signal.SIGKILL
#: Lengths are measured again so often: other work on the machine changes them.
_OFTEN = 20
#: A build that has ended before its moment came is tried again, so many times at the most.
_TRIES = 20
AUDIENCES = ("", "public")
#: Steps come in this order; the one between two renames is not met where folders are exchanged in one step.
STEPS = tuple(step for step in Step if step is not Step.MOVED_ASIDE)
_MOMENTS = tuple((step, nth) for step in STEPS for nth in ((1, 60) if step is Step.FILE_STAGED else (1,)))
AFTER = (Step.SWAPPED, Step.OLD_REMOVED)


@dataclass(slots=True)
class Lengths:
    """How long each part of a build takes here and now, in seconds: up to the lock, up to the exchange, to the end."""

    start: float = 0.0
    staging: float = 0.0
    tidying: float = 0.0

    def of(self, part: str) -> float:
        """The length of a part."""
        return {"start": self.start, "staging": self.staging, "tidying": self.tidying}[part]


@dataclass(slots=True)
class Kills:
    """What came of them. `where` counts kills by part: before the lock, staging, and after the exchange."""

    done: int = 0
    survived: int = 0
    where: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """A site with the state that was published last, and for whom; there is none at first."""

    site: Site
    clean: Clean
    chance: random.Random
    state: int = 0
    audience: str = ""
    stands: bool = False
    lengths: Lengths = field(default_factory=Lengths)


def random_kills(site: Site, clean: Clean, number: int, seed: int) -> Kills:
    """So many kills, a third of them meant for each part of a build; each with all that must hold after it."""
    scene, kills = Scene(site, clean, random.Random(seed)), Kills()  # noqa: S311  (moments, no secrets)
    for turn in range(number):
        if turn % _OFTEN == 0:
            _measure(scene)
        part = ("start", "staging", "tidying")[turn % 3]
        _prepare(scene, turn)
        _survive(scene, kills, f"kill {turn} ({part})", partial(_killed, scene, part))
    return kills


def step_kills(site: Site, clean: Clean, *, whole: bool) -> Kills:
    """One kill at each step of an ordinary build; as a whole, of one that draws everything and of a first one too."""
    scene, kills = Scene(site, clean, random.Random(0)), Kills()  # noqa: S311  (as above)
    for kind in ("warm", "cold", "first") if whole else ("warm",):
        for step, nth in _MOMENTS:
            if kind != "warm":
                site.forget(published=kind == "first")
                scene.stands = scene.stands and kind != "first"
            _survive(scene, kills, f"{step.name} {nth}, {kind}", partial(_killed_at, scene, step, nth))
    return kills


def _prepare(scene: Scene, turn: int) -> None:
    """Every fifth build has to do without what others kept, every seventh is a first one."""
    if turn % 5 == 4:
        scene.site.forget()
    if turn % 7 == 6:
        scene.site.forget(published=True)
        scene.stands = False


def _survive(scene: Scene, kills: Kills, name: str, kill: Callable[[], str]) -> None:
    kills.done += 1
    try:
        kills.where[kill()] += 1
        _recovers(scene)
        kills.survived += 1
    except Broken as broken:
        kills.faults.append(f"{name}: {broken}")
        scene.site.forget(published=True)
        scene.stands = False


def _another(scene: Scene) -> int:
    """The files of a state that does not stand."""
    state = scene.chance.choice([each for each in range(STATES) if each != scene.state or not scene.stands])
    scene.site.lay(state)
    return state


def _killed(scene: Scene, part: str) -> str:
    """Kill a build at some moment of a part; the part that it was really in."""
    for _ in range(_TRIES):
        state = _another(scene)
        build = Build(build_words(scene.site, scene.audience))
        if _reach(scene, build, part) and not build.wait(scene.chance.uniform(0, scene.lengths.of(part))):
            build.kill()
        ended = build.end()
        if ended.code == _KILLED:
            return _stands(scene, state)
        if ended.code:
            raise Broken(f"ended with {ended.code}: {ended.said}")
        scene.state, scene.stands = state, True
    raise Broken("every build had ended before it could be killed")


def _measure(scene: Scene) -> None:
    """Follow a build to its end, for moments to be chosen by how long its parts take."""
    state = _another(scene)
    build, moments = Build(build_words(scene.site, scene.audience)), []
    before = _number(scene.site.out)
    while build.runs and not scene.site.lock.exists():
        build.pause()
    moments.append(build.age)
    while build.runs and _number(scene.site.out) == before:
        build.pause()
    moments.append(build.age)
    if ended := build.end().code:
        raise Broken(f"with nothing in the way it ended with {ended}")
    lock, exchange, end = *moments, build.age
    scene.lengths = Lengths(start=lock, staging=exchange - lock, tidying=end - exchange)
    scene.state, scene.stands = state, True


def _reach(scene: Scene, build: Build, part: str) -> bool:
    """Follow a build to the beginning of a part; False where it ended before."""
    lock, before = scene.site.lock, _number(scene.site.out)
    if part != "start":
        while build.runs and not lock.exists():
            build.pause()
    if part == "tidying":
        while build.runs and _number(scene.site.out) == before:
            build.pause()
    return build.runs


def _number(folder: Path) -> int:
    try:
        return os.stat(folder).st_ino  # noqa: PTH116  (nothing but this is done while a build is followed)
    except FileNotFoundError:
        return 0


def _killed_at(scene: Scene, step: Step, nth: int) -> str:
    state = _another(scene)
    words = build_words(scene.site, scene.audience, module="tests.soak.child")
    ended = Build(words, {"SOAK_STEP": step.name, "SOAK_NTH": str(nth)}).end()
    if ended.code != _KILLED:
        raise Broken(f"was not killed, but ended with {ended.code}: {ended.said}")
    where = _stands(scene, state)
    if (where == "after the exchange") != (step in AFTER):
        raise Broken(f"was {where}")
    return where


def _stands(scene: Scene, state: int) -> str:
    """Where a build was killed, told by what stands. Fails unless that is the old site or the new one, whole."""
    found, new = tree_in(scene.site.out), scene.clean.tree(state, scene.audience)
    if found == new:
        scene.state, scene.stands = state, True
        return "after the exchange"
    same(found, scene.clean.tree(scene.state, scene.audience) if scene.stands else {}, "after the kill")
    return "staging" if scene.site.lock.exists() else "before the lock"


def _recovers(scene: Scene) -> None:
    """The next build, of what is there now or of another edit, for these readers or for others, is as a clean one."""
    state = scene.chance.choice((scene.state, scene.chance.randrange(STATES)))
    scene.audience = scene.chance.choice((*AUDIENCES, *[scene.audience] * 4))
    scene.stands = False
    stands(scene.site, scene.clean, state, scene.audience)
    scene.state, scene.stands = state, True
