"""Dates and calendar intervals: parsing them, and adding an interval to a date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_ISO_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?", re.ASCII
)
_INTERVAL = re.compile(r"(?:every )?(\d{1,3}|a|an|one)?\s*(day|week|fortnight|month|year)s?", re.IGNORECASE)


#: Intervals end here; no date in a file is nearly as late.
_LAST_DAY = date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class CalendarInterval:
    """An interval of calendar months and days. `text` is how it reads after "every".

    `first` is the interval that applies the first time, if that is another. `until_closed` means that nothing is due
    once all actions are closed and verified.
    """

    months: int = 0
    days: int = 0
    text: str = ""
    first: CalendarInterval | None = None
    until_closed: bool = False


#: Intervals by the kind of meeting. For a first review within a range (6 to 8 weeks), the interval is the upper bound.
INTERVAL_PRESETS: Mapping[str, CalendarInterval] = {
    "safeguarding": CalendarInterval(
        months=12,
        text="12 months at most, the first after 6 to 8 weeks",
        first=CalendarInterval(days=56, text="8 weeks"),
    ),
    "core group": CalendarInterval(days=42, text="6 weeks"),
    "team around the family": CalendarInterval(
        days=42, text="6 weeks, the first after 3 weeks", first=CalendarInterval(days=21, text="3 weeks")
    ),
    "service improvement": CalendarInterval(months=1, text="month"),
    "incident": CalendarInterval(days=7, text="week until closed", until_closed=True),
}


def parse_iso_date(text: str) -> date | None:
    """The date of an ISO 8601 date (`2025-01-06`) or date and time.

    None for any other text, for a day that does not exist, and for years before 1900 or after 2999, which are
    taken for mistyped.
    """
    match = _ISO_DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if not (1900 <= year <= 2999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def parse_interval(text: str) -> CalendarInterval | None:
    """The interval of `6 weeks`, `every 3 months` or a preset such as `core group`; None for any other text."""
    preset = INTERVAL_PRESETS.get(" ".join(text.casefold().replace("-", " ").split()))
    if preset:
        return preset
    match = _INTERVAL.fullmatch(text.strip())
    if match is None:
        return None
    number, unit = match.group(1) or "1", match.group(2).lower()
    count = int(number) if number.isdigit() else 1
    if count == 0:
        return None
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0)
    months = {"month": 1, "year": 12}.get(unit, 0)
    return CalendarInterval(months=count * months, days=count * days, text=text.strip())


def add_interval(day: date, interval: CalendarInterval) -> date:
    """The day one interval later, at most the last day of the month (31 January + 1 month = 28 February).

    It is at most the end of the year 9998, or the day itself if that is later, so that a day can be added to it.
    """
    month = day.month - 1 + interval.months
    year, month = day.year + month // 12, month % 12 + 1
    if year > _LAST_DAY.year:
        return max(day, _LAST_DAY)
    last = calendar.monthrange(year, month)[1]
    return add_days(date(year, month, min(day.day, last)), interval.days)


def add_days(day: date, number: int) -> date:
    """The day so many days later, or earlier if `number` is negative; kept between `date.min` and `date.max`."""
    return date.fromordinal(min(max(day.toordinal() + number, 1), date.max.toordinal()))
