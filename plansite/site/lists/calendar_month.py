"""A month of the calendar: weeks of seven days from Monday, and what has its day on each."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import OPEN_LIST
from plansite.site.components.dated_rows import ALWAYS_VISIBLE, DAYS_AHEAD, Visibility, add_days
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link
from plansite.site.lists.calendar_entries import CalendarEntry, CalendarEntryKind, EntriesByDay, format_counts

#: So many stand open on a day; further ones are folded up to so many, and the rest has a list of its own.
MAX_OPEN_ITEMS, MAX_ITEMS = 5, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarItem:
    """Something to do by a day. `late` says from when it counts as late; None where that lies too far ahead.

    `plan` is empty for a review, whose title names it.
    """

    title: Link
    owner: str
    plan: str
    late: Visibility | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day of the month. `today` says when it is marked as today; None where it never is on this copy."""

    day: date
    number: str
    before: str
    after: str
    is_past: bool
    today: Visibility | None
    items: tuple[CalendarItem, ...]
    folded: tuple[CalendarItem, ...]
    fold: str
    more: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMonthView:
    """A month. Days of its first and last week that belong to other months are None."""

    key: str
    heading: str
    note: str
    caption: str
    empty: str
    weeks: tuple[tuple[CalendarDay | None, ...], ...]


@dataclass(frozen=True, slots=True, order=True)
class CalendarMonth:
    """A month of a year."""

    year: int
    month: int

    @classmethod
    def containing(cls, day: date) -> CalendarMonth:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    def add_months(self, number: int) -> CalendarMonth:
        """The month so many later; earlier for a negative number."""
        year, month = divmod(self.year * 12 + self.month - 1 + number, 12)
        return CalendarMonth(year, month + 1)

    @property
    def title(self) -> str:
        """As people say it: "January 2025"."""
        return f"{calendar.month_name[self.month]} {self.year}"

    @property
    def key(self) -> str:
        """As addresses have it: "2025-01"."""
        return f"{self.year:04d}-{self.month:02d}"


def build_month_view(dated_site: SiteOnDate, month: CalendarMonth, entries_by_day: EntriesByDay) -> CalendarMonthView:
    """A month with everything that has its day in it."""
    weeks = tuple(
        tuple(
            _build_day(dated_site, day, entries_by_day.get(day, ())) if day.month == month.month else None
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    )
    note = format_counts(Counter(each.kind for day in _list_days(month) for each in entries_by_day.get(day, ())))
    return CalendarMonthView(
        key=f"m-{month.key}",
        heading=month.title,
        note=note,
        caption=f"What is due on each day of {month.title}. Weeks begin on Monday.",
        empty="" if note else f"Nothing is due in {month.title}.",
        weeks=weeks if note else (),
    )


def _list_days(month: CalendarMonth) -> Iterator[date]:
    for number in range(1, calendar.monthrange(month.year, month.month)[1] + 1):
        yield date(month.year, month.month, number)


def _build_day(dated_site: SiteOnDate, day: date, entries: Sequence[CalendarEntry]) -> CalendarDay:
    items = tuple(_build_item(dated_site, each) for each in entries[:MAX_ITEMS])
    left, folded = len(entries) - len(items), len(items[MAX_OPEN_ITEMS:])
    return CalendarDay(
        day=day,
        number=str(day.day),
        before=calendar.day_name[day.weekday()],
        after=f"{calendar.month_name[day.month]} {day.year}",
        is_past=day < dated_site.today,
        today=_find_today_visibility(day, dated_site.today),
        items=items[:MAX_OPEN_ITEMS],
        folded=items[MAX_OPEN_ITEMS:],
        fold=f"{folded:,} more on {day.day} {calendar.month_name[day.month]}" if folded else "",
        more=Link(f"{left:,} more on the list of open actions", OPEN_LIST) if left else Link(""),
    )


def _find_today_visibility(day: date, today: date) -> Visibility | None:
    if not today <= day <= add_days(today, DAYS_AHEAD):
        return None
    return Visibility(day if day > today else None, add_days(day, 1))


def _build_item(dated_site: SiteOnDate, entry: CalendarEntry) -> CalendarItem:
    return CalendarItem(
        title=Link(entry.title, entry.page),
        owner=owner_link(dated_site.site, entry.by).text.strip() or "No owner yet",
        plan="" if entry.kind is CalendarEntryKind.REVIEW else entry.plan.title,
        late=_find_late_visibility(entry.day, dated_site.today),
    )


def _find_late_visibility(day: date, today: date) -> Visibility | None:
    joins = add_days(day, 1)
    if joins <= today:
        return ALWAYS_VISIBLE
    return Visibility(joins) if joins <= add_days(today, DAYS_AHEAD) else None
