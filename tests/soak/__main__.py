"""What publishing has to bear, as figures: `python -m tests.soak [--kills 200] [--reads 500000] [--every 1] …`.

Kills real builds at moments spread over their whole length, has readers open pages while others publish, lets disks
fail at each call, fills them, and starts two builds at once. Says what came of it, and ends with 1 where anything
that must hold does not. On Linux; a disk of its own is used where mounting is allowed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.soak.call_kills import call_kills
from tests.soak.command import Clean, ground
from tests.soak.disks import on_disks, why_not
from tests.soak.faults import KINDS, READING, Kind, faults_in
from tests.soak.kills import random_kills, step_kills
from tests.soak.modes import bound, modes_of
from tests.soak.pairs import pairs_of
from tests.soak.readers import reads_during
from tests.soak.site import Site

Ground = tuple[Site, Clean]

#: So few plans make a site whose every call can be failed in turn.
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part of the soak came to, in figures and in words; `faults` is what did not hold."""

    figures: dict[str, int]
    words: str
    faults: tuple[str, ...]


def kills(wanted: argparse.Namespace, many: Ground, _: Ground) -> Part:
    """Builds killed at random moments."""
    came = random_kills(*many, wanted.kills, wanted.seed)
    figures = {"kills": came.done, "survived": came.survived, **came.where}
    words = f"{came.survived} of {came.done} kills at random moments survived ({_counts(came.where)})"
    return Part(figures=figures, words=words, faults=tuple(came.faults))


def steps(wanted: argparse.Namespace, many: Ground, _: Ground) -> Part:
    """Builds killed at each named step."""
    came = step_kills(*many, whole=wanted.every == 1)
    figures = {"steps": came.done, "survived": came.survived}
    words = f"{came.survived} of {came.done} kills at named steps survived ({_counts(came.where)})"
    return Part(figures=figures, words=words, faults=tuple(came.faults))


def calls(_: argparse.Namespace, __: Ground, few: Ground) -> Part:
    """Builds killed before each kind of call to the disk."""
    came = call_kills(*few)
    figures = {"calls": came.done, "survived": came.survived, **came.where}
    words = f"{came.survived} of {came.done} kills before calls to the disk survived ({_counts(came.where)})"
    return Part(figures=figures, words=words, faults=tuple(came.faults))


def reads(wanted: argparse.Namespace, many: Ground, _: Ground) -> Part:
    """Readers beside builds."""
    came = reads_during(*many, least=wanted.reads, publishes=wanted.publishes, readers=wanted.readers)
    figures = {"reads": came.reads, "publishes": came.publishes, "changes": came.changes, "gaps": len(came.faults)}
    words = (
        f"{came.reads:,} reads while {came.publishes} builds published: {len(came.faults)} pages missing or torn "
        f"({came.changes:,} times a reader met the other version)"
    )
    return Part(figures=figures, words=words, faults=came.faults)


def faults(wanted: argparse.Namespace, _: Ground, few: Ground) -> Part:
    """A disk that fails at the nth call."""
    return _faults(wanted, few, KINDS)


def reading(wanted: argparse.Namespace, _: Ground, few: Ground) -> Part:
    """Files of the site that cannot be read for a moment."""
    return _faults(wanted, few, READING)


def _faults(wanted: argparse.Namespace, few: Ground, kinds: Sequence[Kind]) -> Part:
    figures, said = {"injected": 0, "stopped": 0}, []
    for kind in kinds:
        came = faults_in(*few, kind, every=wanted.every, offset=wanted.seed)
        figures["injected"] += came.injected
        figures["stopped"] += came.stopped
        said.extend(came.faults)
    words = (
        f"{figures['injected']:,} faults of the disk injected, {figures['injected'] - len(said):,} survived "
        f"({figures['stopped']:,} builds stopped and said why)"
    )
    return Part(figures=figures, words=words, faults=tuple(said))


def disks(wanted: argparse.Namespace, _: Ground, __: Ground) -> Part:
    """Disks that are full or read-only."""
    if reason := why_not():
        return Part(figures={}, words=f"no disk of our own: {reason.strip()}", faults=())
    came = on_disks(wanted.levels)
    figures = {"full": came.full, "fitted": came.fitted, "others": came.others}
    words = (
        f"a disk filled to {came.full + came.fitted} levels: full at {came.full}, enough at {came.fitted}; "
        f"{came.others} ways of being read-only"
    )
    return Part(figures=figures, words=words, faults=tuple(came.faults))


def pairs(wanted: argparse.Namespace, _: Ground, few: Ground) -> Part:
    """Two builds at once."""
    came = pairs_of(*few, wanted.races)
    figures = {"pairs": came.met, "waited": came.waited}
    words = f"{came.met} pairs of builds at once, {came.waited} of them told to wait"
    return Part(figures=figures, words=words, faults=tuple(came.faults))


def modes(_: argparse.Namespace, __: Ground, few: Ground) -> Part:
    """Folders whose modes forbid writing."""
    if bound() is None:
        return Part(figures={}, words="nobody here is bound by the modes of folders", faults=())
    came = modes_of(*few)
    words = f"{came.met} folders whose modes forbid writing"
    return Part(figures={"modes": came.met}, words=words, faults=tuple(came.faults))


_PARTS: dict[str, Callable[[argparse.Namespace, Ground, Ground], Part]] = {
    part.__name__: part for part in (kills, steps, calls, reads, faults, reading, disks, modes, pairs)
}


def _counts(where: dict[str, int]) -> str:
    return ", ".join(f"{number} {part}" for part, number in sorted(where.items()))


def _told(wanted: argparse.Namespace, *grounds: Ground) -> Iterator[tuple[str, Part]]:
    for name in wanted.parts.split(","):
        began = time.monotonic()
        for site, _ in grounds:
            site.forget(published=True)
        part = _PARTS[name](wanted, *grounds)
        if not wanted.json:
            _say(f"{name}: {part.words} [{time.monotonic() - began:.0f} s]")
            for fault in part.faults:
                _say(f"  NOT HELD: {fault}")
        yield name, part


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Do what the command line asks for; 1 where anything does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="builds killed at random moments (200)")
    parser.add_argument("--reads", type=int, default=500_000, help="pages read at the least (500000)")
    parser.add_argument("--publishes", type=int, default=100, help="builds beside the readers at the least (100)")
    parser.add_argument("--readers", type=int, default=2, help="processes that read (2)")
    parser.add_argument("--every", type=int, default=1, help="fail each so-many-th call of the disk (1)")
    parser.add_argument("--levels", type=int, default=24, help="fill levels of a small disk (24)")
    parser.add_argument("--races", type=int, default=20, help="pairs of builds that start together (20)")
    parser.add_argument("--seed", type=int, default=1, help="which moments are chosen (1)")
    parser.add_argument("--parts", default=",".join(_PARTS), help="which parts, with commas between (all)")
    parser.add_argument("--json", action="store_true", help="say it as JSON")
    wanted = parser.parse_args()
    with ground() as many, ground(_FEW) as few:
        parts = dict(_told(wanted, many, few))
    if wanted.json:
        _say(json.dumps({name: {"figures": part.figures, "faults": part.faults} for name, part in parts.items()}))
    return int(any(part.faults for part in parts.values()))


if __name__ == "__main__":
    sys.exit(main())
