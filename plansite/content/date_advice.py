"""What to type instead of a date that is none."""

from __future__ import annotations

import calendar
import re
from datetime import date

from plansite.model.dates import iso_date
from plansite.model.words import long_date

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}


def day_first(text: str) -> date | None:
    """A date as it is written by hand: 06/01/25, 6.1.2025, 6 January 2025; day first, two-digit years in 20xx."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _NAMED.fullmatch(text):
        named = [n for name, n in _MONTHS.items() if name.startswith(match.group(2).lower())]
        if not named:
            return None
        day, month, year = int(match.group(1)), named[0], int(match.group(3))
    else:
        return None
    year += 2000 if year < 100 else 0
    return iso_date(f"{year:04}-{month:02}-{day:02}")


def date_advice(text: str) -> str:
    """The remedy shown beside "is not a date"."""
    found = day_first(text.strip())
    if found:
        return f"if you mean {long_date(found)}, write {found.isoformat()}"
    match = _YEAR_FIRST.match(text.strip())
    if match:
        year, month, day = (int(part) for part in match.groups())
        if 1 <= month <= 12 and year:
            last = calendar.monthrange(year, month)[1]
            if day > last:
                example = f"{year:04}-{month:02}-{last:02}"
                return f"{calendar.month_name[month]} {year} has {last} days; write for example {example}"
            if day:
                return f"write {year:04}-{month:02}-{day:02}"
        return "the month is the number in the middle, from 01 to 12"
    return "write year, month and day, for example 2025-01-31"
