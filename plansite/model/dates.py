"""Dates and calendar intervals: parsing them, also as people write them, and adding an interval to a date."""

from __future__ import annotations

import calendar
import re
import zoneinfo
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

#: The time zone of a site that names none.
DEFAULT_ZONE = "Europe/London"
#: The day and the time of day; `z` or the offset from UTC where the time is an instant, the same all over the world.
_ISO_DATE = compile_lazily(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ] *(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?"
    r"(?: *(?:(?P<z>[Zz]|UTC|GMT)|(?P<offset>[+-]\d{1,2}(?::?\d{2})?)))?)?",
    re.ASCII,
)
#: No place on Earth is further from UTC, in hours.
_MAX_OFFSET = 14
FIRST_YEAR, LAST_YEAR = 1900, 2999
_INTERVAL = compile_lazily(r"(?:every )?(\d{1,3}|a|an|one)?\s*(day|week|fortnight|month|year)s?", re.IGNORECASE)

_DASHES = "\u2010\u2011\u2012\u2013\u2212"
_TO_HYPHEN = str.maketrans(dict.fromkeys(_DASHES, "-"))
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH_NAME = r"[A-Za-z]{3,9}"
_DAY_FIRST = compile_lazily(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = compile_lazily(r"([0-9]{4})([/.\-])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = compile_lazily(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_DAY_AND_MONTH = compile_lazily(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[ .-]*(?:of )?({_MONTH_NAME})[.,]?[ -]*['’]?([0-9]{{4}}|[0-9]{{2}})", re.IGNORECASE
)
_MONTH_AND_DAY = compile_lazily(rf"({_MONTH_NAME})\.? *([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})", re.IGNORECASE)

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


def parse_iso_date(text: str, zone: str = DEFAULT_ZONE) -> date | None:
    """The date of an ISO 8601 date (`2025-01-06`) or date and time. An instant is the day that it falls on in `zone`.

    A time with `Z` or an offset is an instant: in London, `2025-06-30T23:00:00Z` is 1 July. None for any other text,
    for a day or time that does not exist, and for years before 1900 or after 2999, which are taken for mistyped.
    """
    if len(text) == 10 and text[4] == "-" == text[7]:
        return _parse_day(text) if text.isascii() else None
    match = _ISO_DATE.fullmatch(text.strip())
    day = _parse_day(match["day"]) if match else None
    if match is None or day is None or match["hour"] is None:
        return day
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if not (match["z"] or match["offset"]):
        return day
    offset = _parse_offset(match["offset"] or "+00")
    return _find_local_day(day, hour * 60 + minute - offset, zone) if offset is not None else None


def _parse_day(text: str) -> date | None:
    """The date that ten ASCII characters write with hyphens after the year and the month."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _parse_offset(text: str) -> int | None:
    """The minutes of an offset such as `+01:00`, `-0430` or `+1`; None for one that no place has."""
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    if hours * 60 + minutes > _MAX_OFFSET * 60 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)


def _find_local_day(day: date, minutes: int, zone: str) -> date | None:
    """The day in a time zone, so many minutes after the start of a day in UTC."""
    days, minute = divmod(minutes, 24 * 60)
    instant = datetime.combine(add_days(day, days), time(minute // 60, minute % 60), UTC)
    local = instant.astimezone(zoneinfo.ZoneInfo(zone)).date()
    return local if FIRST_YEAR <= local.year <= LAST_YEAR else None


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

    It is at most the end of the year 9998, or the day itself if that is later, so that a day can be added to it. With
    a negative interval it is earlier, at least `date.min`.
    """
    month = day.month - 1 + interval.months
    year, month = day.year + month // 12, month % 12 + 1
    if year > _LAST_DAY.year:
        return max(day, _LAST_DAY)
    if year < 1:
        return date.min
    last = calendar.monthrange(year, month)[1]
    return add_days(date(year, month, min(day.day, last)), interval.days)


def add_days(day: date, number: int) -> date:
    """The day so many days later, or earlier if `number` is negative; kept between `date.min` and `date.max`."""
    return date.fromordinal(min(max(day.toordinal() + number, 1), date.max.toordinal()))


def parse_day_first_date(text: str) -> date | None:
    """A date such as 06/01/25, 6.1.2025 or 6 January 2025; two-digit years are those of 20xx. None for others."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        return _build_date(year, month, day)
    if match := _DAY_AND_MONTH.fullmatch(text):
        day, name, year = match.groups()
        return _build_date(year, _find_month(name), day)
    return None


def parse_written_date(text: str) -> date | None:
    """A date that begins a progress note: one that is read day first, or with the year or the month's name first.

    Any white space, and any dash that word processors put in place of a hyphen, counts as the usual one.
    """
    written = " ".join(text.translate(_TO_HYPHEN).split())
    if match := _YEAR_FIRST.fullmatch(written):
        year, _, month, day = match.groups()
        return _build_date(year, month, day)
    if match := _COMPACT.fullmatch(written):
        return _build_date(*match.groups())
    if match := _MONTH_AND_DAY.fullmatch(written):
        name, day, year = match.groups()
        return _build_date(year, _find_month(name), day)
    return parse_day_first_date(written)


def is_month_first(text: str) -> bool:
    """Whether a date of digits alone is none unless it is read month first, as in the United States."""
    match = _DAY_FIRST.fullmatch(" ".join(text.translate(_TO_HYPHEN).split()))
    return match is not None and int(match[1]) <= 12 < int(match[2]) <= 31


def may_be_month_first(text: str) -> bool:
    """Whether a date of digits alone would be another day if it were read month first."""
    match = _DAY_FIRST.fullmatch(" ".join(text.translate(_TO_HYPHEN).split()))
    return match is not None and match[1] != match[2] and int(match[1]) <= 12 and 1 <= int(match[2]) <= 12


def _find_month(name: str) -> str:
    """The number of a month by its name, or by the first three or more letters of it; "0" for another word."""
    start = name.casefold().rstrip(".")
    return next((str(number) for month, number in _MONTHS.items() if month.startswith(start)), "0")


def _build_date(year: str, month: str, day: str) -> date | None:
    century = 2000 if len(year) == 2 else 0
    return parse_iso_date(f"{century + int(year):04}-{int(month):02}-{int(day):02}")
