"""What was seen, and where. A sighting holds places alone and never the text itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a stretch of text looks like, the surest first: where two overlap, the first counts."""

    NHS = "nhs"
    INSURANCE = "national insurance"
    BIRTH = "birth"
    NAME = "name"
    MAIL = "mail"
    TELEPHONE = "telephone"
    TEN_DIGITS = "ten digits"
    POSTCODE = "postcode"


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stretch of text, from `start` up to `end`, counted in characters from 0."""

    kind: Kind
    start: int
    end: int


def apart(seen: Iterable[Sighting]) -> Iterator[Sighting]:
    """The same sightings in order of place, without those that overlap a surer one."""
    taken: list[Sighting] = []
    for each in sorted(seen, key=lambda each: (each.start, _RANK[each.kind], -each.end)):
        if not taken or each.start >= taken[-1].end:
            taken.append(each)
        elif _RANK[each.kind] < _RANK[taken[-1].kind]:
            taken[-1] = each
    return iter(taken)


class Lines:
    """Turns places in a text into lines and columns, both counted from 1."""

    def __init__(self, text: str) -> None:
        """Line ends are `\\n`."""
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a character."""
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1
