"""What the cells of a column are: dates, statuses, numbers, short words or long texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.status import STATUS_SYNONYMS, Status
from plansite.trackers.cells import CellValue, flatten_text
from plansite.trackers.values.dates import looks_like_date
from plansite.trackers.values.people import is_mark

#: So many cells of a column are looked at.
_SAMPLE = 400
_STATUS_WORDS = frozenset({*STATUS_SYNONYMS, *(status.value for status in Status)})
_ANSWERS = frozenset({"yes", "no", "y", "n", "true", "false"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnContent:
    """Shares of the cells of a column that have something in them, from 0 to 1; `filled` is how many have."""

    filled: int
    dates: float
    statuses: float
    answers: float
    distinct: float
    numbers: float
    average_length: float
    marks: float


def describe_content(cells: Sequence[CellValue]) -> ColumnContent:
    """What a column has in its cells."""
    values = [(value, text) for value in cells if (text := flatten_text(value))][:_SAMPLE]
    count = len(values) or 1
    return ColumnContent(
        filled=len(values),
        dates=sum(isinstance(value, date) or looks_like_date(text) for value, text in values) / count,
        statuses=sum(text.casefold() in _STATUS_WORDS for _, text in values) / count,
        answers=sum(text.casefold() in _ANSWERS for _, text in values) / count,
        distinct=len({text.casefold() for _, text in values}) / count,
        numbers=sum(text.lstrip("#").replace(".", "").isdecimal() for _, text in values) / count,
        marks=sum(is_mark(text) for _, text in values) / count,
        average_length=sum(len(text) for _, text in values) / count,
    )
