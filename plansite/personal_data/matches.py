"""What was seen, and where. A sighting holds places alone and never the text itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class PersonalDataKind(StrEnum):
    """What a stretch of text looks like, the surest first: where two overlap, the first counts."""

    NHS_NUMBER = "nhs"
    INSURANCE_NUMBER = "national insurance"
    DATE_OF_BIRTH = "birth"
    LISTED_NAME = "name"
    PERSONAL_EMAIL = "mail"
    TELEPHONE_NUMBER = "telephone"
    POSSIBLE_NHS_NUMBER = "ten digits"
    POSTCODE = "postcode"


_RANK = {kind: rank for rank, kind in enumerate(PersonalDataKind)}


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of text, from `start` up to `end`, counted in characters from 0."""

    kind: PersonalDataKind
    start: int
    end: int


def drop_overlaps(matches: Iterable[Match]) -> Iterator[Match]:
    """The same sightings in order of place, without those that overlap a surer one."""
    taken: list[Match] = []
    for each in sorted(matches, key=lambda each: (each.start, _RANK[each.kind], -each.end)):
        if not taken or each.start >= taken[-1].end:
            taken.append(each)
        elif _RANK[each.kind] < _RANK[taken[-1].kind]:
            taken[-1] = each
    return iter(taken)


class LineIndex:
    """Turns places in a text into lines and columns, both counted from 1."""

    def __init__(self, text: str) -> None:
        """Line ends are `\\n`."""
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a character."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
