"""Matches: the kind and the offsets of personal data, never the text itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import StrEnum

from plansite.deferred_dataclass import dataclass


class PersonalDataKind(StrEnum):
    """Kinds of personal data, the most certain first; of overlapping matches, the most certain one counts."""

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
    """Personal data at the offsets from `start` to before `end` of a text, in characters from 0."""

    kind: PersonalDataKind
    start: int
    end: int


def drop_overlaps(matches: Iterable[Match]) -> Iterator[Match]:
    """The matches in order of their start, without those that overlap a more certain one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, _RANK[match.kind], -match.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
        elif _RANK[match.kind] < _RANK[kept[-1].kind]:
            kept[-1] = match
    return iter(kept)


class LineIndex:
    """Converts offsets in a text to lines and columns, both counted from 1."""

    def __init__(self, text: str) -> None:
        """Lines of `text` end with `\\n`."""
        self._starts = [0]
        line_end = text.find("\n")
        while line_end >= 0:
            self._starts.append(line_end + 1)
            line_end = text.find("\n", line_end + 1)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and column of the character at an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
