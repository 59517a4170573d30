"""The line of days under a picture of time: how far it reaches, and where each day and month stands on it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plansite.site.charts import Tick

#: How many months lie between two marks: the first of these that makes at most so many marks.
_EVERY = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
_MOST = 12
#: Where the last day stands, in per cent: beyond it is room for the mark at a bar's end.
_WIDTH = 92.0
#: Today is put on the line unless it lies further off than the line is long, or than so many days.
_FAR = 365


@dataclass(frozen=True, slots=True)
class Axis:
    """From the first of a month to the first of another; `first` comes before `last`."""

    first: date
    last: date

    @classmethod
    def over(cls, known: Iterable[date], today: date) -> Axis | None:
        """Whole months around these days, and around today unless it is far from all of them. None without any."""
        found = sorted(known)
        if not found:
            return None
        low, high = found[0], found[-1]
        reach = max((high - low).days, _FAR)
        if low.toordinal() - reach <= today.toordinal() <= high.toordinal() + reach:
            low, high = min(low, today), max(high, today)
        return cls(_month_start(low, 0), _month_start(high, 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def at(self, day: date) -> float:
        """Where a day begins, in per cent from the left."""
        share = (day - self.first).days / (self.last - self.first).days
        return _WIDTH * min(max(share, 0.0), 1.0)

    def ticks(self) -> Iterator[Tick]:
        """A mark for each month, or for every so many that they do not crowd; a year stands under its first."""
        first, last = _number(self.first), _number(self.last)
        every = next((each for each in _EVERY if (last - first) / each <= _MOST), _EVERY[-1])
        year = 0
        for place, number in enumerate(range(-(-first // every) * every, last, every)):
            day = date(number // 12, number % 12 + 1, 1)
            is_new, year = day.year != year, day.year
            words = calendar.month_abbr[day.month] if every < 12 else str(year)
            under = str(year) if is_new and every < 12 else ""
            yield Tick(percent(self.at(day)), words, under, place % 2 == 1 and not under)


def percent(number: float) -> str:
    """As a drawing has it: "12.50%"."""
    return f"{number:.2f}%"


def _number(day: date) -> int:
    """A month counted from the year nought."""
    return day.year * 12 + day.month - 1


def _month_start(day: date, later: int) -> date:
    """The first of its month, or of one so much later, within the days there are."""
    number = _number(day) + later
    return date(number // 12, number % 12 + 1, 1) if number < 10000 * 12 else date.max
