"""A month of the calendar: weeks of seven days from Monday, and what has its day on each."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.course import Outlook
from plansite.site.addresses import owner_link
from plansite.site.bands import AHEAD, ALWAYS, Shown, shifted
from plansite.site.calendar_dates import Dated, Days, Kind, counted
from plansite.site.page import Link

#: So many stand open on a day; further ones are folded up to so many, and the rest has a list of its own.
OPEN, MOST = 5, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to do by a day. `late` says from when it counts as late; None where that lies too far ahead.

    `plan` is empty for a review, whose title names it.
    """

    title: Link
    owner: str
    plan: str
    late: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the month. `today` says when it is marked as today; None where it never is on this copy."""

    day: date
    number: str
    before: str
    after: str
    is_past: bool
    today: Shown | None
    items: tuple[Item, ...]
    folded: tuple[Item, ...]
    fold: str
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """A month. Days of its first and last week that belong to other months are None."""

    key: str
    heading: str
    note: str
    caption: str
    empty: str
    weeks: tuple[tuple[Day | None, ...], ...]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    def later(self, number: int) -> Month:
        """The month so many later; earlier for a negative number."""
        year, month = divmod(self.year * 12 + self.month - 1 + number, 12)
        return Month(year, month + 1)

    @property
    def words(self) -> str:
        """As people say it: "January 2025"."""
        return f"{calendar.month_name[self.month]} {self.year}"

    @property
    def key(self) -> str:
        """As addresses have it: "2025-01"."""
        return f"{self.year:04d}-{self.month:02d}"


def month_view(outlook: Outlook, month: Month, days: Days) -> MonthView:
    """A month with everything that has its day in it."""
    weeks = tuple(
        tuple(_day(outlook, day, days.get(day, ())) if day.month == month.month else None for day in week)
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    )
    note = counted(Counter(each.kind for day in _days(month) for each in days.get(day, ())))
    return MonthView(
        key=f"m-{month.key}",
        heading=month.words,
        note=note,
        caption=f"What is due on each day of {month.words}. Weeks begin on Monday.",
        empty="" if note else f"Nothing is due in {month.words}.",
        weeks=weeks if note else (),
    )


def _days(month: Month) -> Iterator[date]:
    for number in range(1, calendar.monthrange(month.year, month.month)[1] + 1):
        yield date(month.year, month.month, number)


def _day(outlook: Outlook, day: date, dated: Sequence[Dated]) -> Day:
    items = tuple(_item(outlook, each) for each in dated[:MOST])
    left, folded = len(dated) - len(items), len(items[OPEN:])
    return Day(
        day=day,
        number=str(day.day),
        before=calendar.day_name[day.weekday()],
        after=f"{calendar.month_name[day.month]} {day.year}",
        is_past=day < outlook.today,
        today=_today(day, outlook.today),
        items=items[:OPEN],
        folded=items[OPEN:],
        fold=f"{folded:,} more on {day.day} {calendar.month_name[day.month]}" if folded else "",
        more=Link(f"{left:,} more on the list of open actions", "open.html") if left else Link(""),
    )


def _today(day: date, today: date) -> Shown | None:
    if not today <= day <= shifted(today, AHEAD):
        return None
    return Shown(day if day > today else None, shifted(day, 1))


def _item(outlook: Outlook, dated: Dated) -> Item:
    return Item(
        title=Link(dated.title, dated.page),
        owner=owner_link(outlook.site, dated.by).text.strip() or "No owner yet",
        plan="" if dated.kind is Kind.REVIEW else dated.plan.title,
        late=_late(dated.day, outlook.today),
    )


def _late(day: date, today: date) -> Shown | None:
    joins = shifted(day, 1)
    if joins <= today:
        return ALWAYS
    return Shown(joins) if joins <= shifted(today, AHEAD) else None
