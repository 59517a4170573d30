"""Two builds into one folder at the same time."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from plansite.publish.steps import Step
from tests.soak.command import Build, Clean, build_words, built, stands
from tests.soak.site import Site
from tests.soak.wholeness import Broken, same, tidy, tree_in

_MACHINE = 4
_SAID = "another build is publishing there"


@dataclass(slots=True)
class Pairs:
    """What came of them: how many pairs of builds met, and how many of these were told to wait."""

    met: int = 0
    waited: int = 0
    faults: list[str] = field(default_factory=list)


def pairs_of(site: Site, clean: Clean, races: int) -> Pairs:
    """One build stopped at each of some steps while another starts, and races of two that start together."""
    met = Pairs()
    for step in (Step.LOCKED, Step.FILE_STAGED, Step.VERIFIED, Step.SWAPPED):
        _judged(met, step.name, partial(_beside_one_at, site, clean, step))
    for race in range(races):
        _judged(met, f"race {race}", partial(_race, site, clean, race % 2 * 3))
    return met


def _judged(met: Pairs, name: str, pair: Callable[[], bool]) -> None:
    try:
        met.waited += pair()
    except Broken as broken:
        met.faults.append(f"{name}: {broken}")
    met.met += 1


def _beside_one_at(site: Site, clean: Clean, step: Step) -> bool:
    stands(site, clean, 0)
    site.lay(1)
    surroundings = {"SOAK_STEP": step.name, "SOAK_NTH": "1", "SOAK_PAUSE": "1"}
    first = Build(build_words(site, module="tests.soak.child"), surroundings)
    try:
        os.waitid(os.P_PID, first.process.pid, os.WSTOPPED)
        second = built(site)
        if second.code != _MACHINE or _SAID not in second.said:
            raise Broken(f"the second build ended with {second.code}: {second.said}")
        same(tree_in(site.out), clean.tree(1 if step is Step.SWAPPED else 0), "while both are there")
    finally:
        os.killpg(first.process.pid, signal.SIGCONT)
        ended = first.end()
    if ended.code:
        raise Broken(f"the first build ended with {ended.code}: {ended.said}")
    same(tree_in(site.out), clean.tree(1), "after both")
    tidy(site, "after both")
    return True


def _race(site: Site, clean: Clean, state: int) -> bool:
    """Neither fails but for the other; who comes second finds nothing to do, builds the same again, or says why not."""
    site.lay(state)
    ended = [build.end() for build in [Build(build_words(site)) for _ in range(2)]]
    refused = [each for each in ended if each.code]
    if len(refused) == 2 or any(each.code != _MACHINE or _SAID not in each.said for each in refused):
        raise Broken(f"they ended with {[each.code for each in ended]}: {[each.said for each in ended]}")
    same(tree_in(site.out), clean.tree(state), "after both")
    tidy(site, "after both")
    return bool(refused)
