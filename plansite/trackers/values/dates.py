"""Reads dates of trackers: whole dates only, in the order of day, month and year that the column has.

"June", "30 Sept", "Ongoing", "5 years" and "2025" are texts. Where a column does not prove another order, the day is
first, as in the United Kingdom.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import CellValue, flatten_text


class DateOrder(StrEnum):
    """The order of the parts of a date in digits."""

    DAY_FIRST = "day, month, year"
    MONTH_FIRST = "month, day, year"
    YEAR_FIRST = "year, month, day"


@dataclass(frozen=True, slots=True)
class TrackerDate:
    """A date that a cell has, and the day before it at which a range begins."""

    day: date
    start: date | None = None
    has_short_year: bool = False


#: Years that plans are about. A date outside them is a slip, and stays a text.
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_MONTH_NAMES = (
    "january/jan", "february/feb", "march/mar", "april/apr", "may", "june/jun", "july/jul", "august/aug",
    "september/sept/sep", "october/oct", "november/nov", "december/dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split("/")}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:(?:,|T|\s)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?(?:Z|[+-]\d\d:?\d\d)?)?"
_DIGITS = compile_lazily(rf"{_WEEKDAY}(\d{{1,4}})([/.\-\s])\s*(\d{{1,2}})\2\s*(\d{{1,4}}){_TIME}", re.IGNORECASE)
_DAY_MONTH = compile_lazily(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s/.\-]*([a-z]{{3,9}})\.?,?[\s/.\-]*'?(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_MONTH_DAY = compile_lazily(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.IGNORECASE
)
#: A range: 19 - 23/2/2018, 19 to 23 February 2018, and a whole date before a whole date.
_RANGE = compile_lazily(r"\s*(?:\s[-–—]\s|[–—]|\s+(?:to|until|till)\s+)\s*", re.IGNORECASE)
_DAY_RANGE = compile_lazily(r"(\d{1,2})(?:st|nd|rd|th)?\s*(?:[-–—]|to)\s*(\d{1,2}(?:st|nd|rd|th)?\D.+)", re.IGNORECASE)
#: An order other than day first is proved if it is valid for nearly all cells, and day first is not nearly so good.
_NEARLY_ALL = 0.98
_MIN_CELLS_FOR_SPAN = 8
_WIDE_SPAN = 12


def find_date_order(values: Iterable[CellValue], other: DateOrder = DateOrder.DAY_FIRST) -> DateOrder:
    """The order of the parts of dates in digits in a column; `other` where the column does not prove one."""
    return prove_date_order(values) or other


def prove_date_order(values: Iterable[CellValue]) -> DateOrder | None:
    """The order that a column proves, since another cannot be, or would spread its years far wider; else None."""
    parts = [found for value in values if isinstance(value, str) if (found := _split_digits(value))]
    if not parts:
        return None
    years = {order: [day.year for each in parts if (day := _build_date(each, order))] for order in DateOrder}
    valid = {order: len(found) / len(parts) for order, found in years.items()}
    possible = [order for order in DateOrder if valid[order] >= _NEARLY_ALL]
    best = max(DateOrder, key=lambda order: valid[order])
    if valid[DateOrder.DAY_FIRST] < valid[best] and valid[best] >= _NEARLY_ALL:
        return best
    spans = {order: _measure_span(years[order]) for order in possible}
    narrowest = min(spans, key=lambda order: spans[order], default=DateOrder.DAY_FIRST)
    is_wide = spans.get(DateOrder.DAY_FIRST, 0) > _WIDE_SPAN and len(parts) >= _MIN_CELLS_FOR_SPAN
    if is_wide and spans[narrowest] * 2 <= spans[DateOrder.DAY_FIRST]:
        return narrowest
    return DateOrder.DAY_FIRST if valid[DateOrder.DAY_FIRST] > valid[DateOrder.MONTH_FIRST] else None


def has_date_in_digits(values: Iterable[CellValue]) -> bool:
    """Whether one of the values is a date in digits of which the order matters: its year is not first."""
    return any(isinstance(value, str) and (found := _split_digits(value)) and len(found[0]) < 4 for value in values)


def parse_date_cell(value: CellValue, order: DateOrder = DateOrder.DAY_FIRST) -> TrackerDate | None:
    """The date of a cell, or the end of a range with its start; None for a text that is no whole date."""
    match value:
        case datetime():
            return _keep_plausible(value.date())
        case date():
            return _keep_plausible(value)
        case str():
            return _parse_text(flatten_text(value), order)
    return None


def looks_like_date(text: str) -> bool:
    """Whether a text is a whole date, or a range, in any order."""
    return any(_parse_text(text, order) is not None for order in DateOrder)


@functools.lru_cache(maxsize=20_000)
def _parse_text(text: str, order: DateOrder) -> TrackerDate | None:
    if len(text) > 80:
        return None
    single = _parse_single(text, order)
    if single:
        return single
    if days := _DAY_RANGE.fullmatch(text):
        end = _parse_single(days[2], order)
        if end and int(days[1]) < end.day.day:
            return TrackerDate(end.day, end.day.replace(day=int(days[1])), end.has_short_year)
    ends = [_parse_single(part, order) for part in _RANGE.split(text)]
    if len(ends) == 2 and ends[0] and ends[1] and ends[0].day < ends[1].day:
        return TrackerDate(ends[1].day, ends[0].day, ends[1].has_short_year)
    return None


def _parse_single(text: str, order: DateOrder) -> TrackerDate | None:
    text = text.strip(" *.;,")
    if parts := _split_digits(text):
        day = _build_date(parts, order)
        return TrackerDate(day, has_short_year=max(map(len, parts)) <= 2) if day else None
    if found := _DAY_MONTH.fullmatch(text):
        return _build_named(found[3], found[2], found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _build_named(found[3], found[1], found[2])
    return None


def _split_digits(text: str) -> tuple[str, str, str] | None:
    """The three parts of a date in digits; None for any other text."""
    found = _DIGITS.fullmatch(" ".join(text.split()))
    return (found[1], found[3], found[4]) if found else None


def _build_date(parts: Sequence[str], order: DateOrder) -> date | None:
    """The date of three parts; a year of four digits is where it is, whatever the order of the others."""
    first, second, third = parts
    if len(first) == 4:
        year, month, day = first, second, third
    elif len(first) > 2 or len(third) == 3 or (order is DateOrder.YEAR_FIRST and len(third) == 4):
        return None
    elif order is DateOrder.YEAR_FIRST:
        year, month, day = first, second, third
    elif order is DateOrder.MONTH_FIRST:
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    return _build(year, int(month), int(day)) if len(year) in (2, 4) else None


def _build_named(year: str, month: str, day: str) -> TrackerDate | None:
    number = _MONTHS.get(month.casefold())
    built = _build(year, number, int(day)) if number else None
    return TrackerDate(built, has_short_year=len(year) == 2) if built else None


def _build(year: str, month: int, day: int) -> date | None:
    """A date; a year of two digits is in this century up to 69, as most programs read it (POSIX)."""
    number = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    try:
        return date(number, month, day) if _FIRST_YEAR <= number <= _LAST_YEAR else None
    except ValueError:
        return None


def _keep_plausible(day: date) -> TrackerDate | None:
    return TrackerDate(day) if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _measure_span(years: Sequence[int]) -> int:
    """How many years there are between the early and the late dates of a column, without the most extreme ones."""
    ordered = sorted(years)
    margin = len(ordered) // 20
    middle = ordered[margin : len(ordered) - margin]
    return sum(later - earlier for earlier, later in pairwise(middle)) if middle else 0
