"""One month of the calendar: weeks from Monday to Sunday with the entries of each day."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.page_addresses import OPEN_LIST
from plansite.site.components.dated_rows import ALWAYS_VISIBLE, DAYS_AHEAD, Visibility
from plansite.site.components.page import Link
from plansite.site.lists.calendar_entries import CalendarEntry, CalendarEntryKind, EntriesByDay, format_counts

#: The first entries of a day are visible and further ones collapsed; beyond the maximum there is a link to a list.
MAX_OPEN_ITEMS, MAX_ITEMS = 5, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarItem:
    """An entry on a day. `late` is when it is marked as late; None if it never is on the days a page covers, as where
    evidence expires (`is_expiry`).

    `plan` is the title of its plan; empty for a review, whose own title names the plan.
    """

    title: Link
    owner: str
    plan: str
    late: Visibility | None
    is_expiry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day of the month. `today` is when it is marked as today; None if it never is on this copy."""

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
        """The month of a day."""
        return cls(day.year, day.month)

    def add_months(self, number: int) -> CalendarMonth:
        """The month that many months later; earlier for a negative number. At most the last month of a date."""
        first, last = date.min.year * 12, date.max.year * 12 + 11
        year, month = divmod(min(max(self.year * 12 + self.month - 1 + number, first), last), 12)
        return CalendarMonth(year, month + 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def title(self) -> str:
        """In words: "January 2025"."""
        return f"{calendar.month_name[self.month]} {self.year}"

    @property
    def key(self) -> str:
        """As used in addresses: "2025-01"."""
        return f"{self.year:04d}-{self.month:02d}"


def _list_weeks(month: CalendarMonth) -> Iterator[tuple[date | None, ...]]:
    """The weeks of a month, from Monday on; None for days of other months."""
    for week in calendar.Calendar().monthdayscalendar(month.year, month.month):
        yield tuple(date(month.year, month.month, number) if number else None for number in week)


def build_month_view(today: date, month: CalendarMonth, entries_by_day: EntriesByDay) -> CalendarMonthView:
    """A month with its entries."""
    weeks = tuple(
        tuple(build_day(today, day, entries_by_day.get(day, ())) if day else None for day in week)
        for week in _list_weeks(month)
    )
    note = format_counts(Counter(entry.kind for day in _list_days(month) for entry in entries_by_day.get(day, ())))
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


def build_day(today: date, day: date, entries: Sequence[CalendarEntry]) -> CalendarDay:
    """A day with its entries."""
    items = tuple(_build_item(today, entry) for entry in entries[:MAX_ITEMS])
    omitted, folded = len(entries) - len(items), len(items[MAX_OPEN_ITEMS:])
    return CalendarDay(
        day=day,
        number=str(day.day),
        before=calendar.day_name[day.weekday()],
        after=f"{calendar.month_name[day.month]} {day.year}",
        is_past=day < today,
        today=_find_today_visibility(day, today),
        items=items[:MAX_OPEN_ITEMS],
        folded=items[MAX_OPEN_ITEMS:],
        fold=f"{folded:,} more on {day.day} {calendar.month_name[day.month]}" if folded else "",
        more=Link(f"{omitted:,} more on the list of open actions", OPEN_LIST) if omitted else Link(""),
    )


def _find_today_visibility(day: date, today: date) -> Visibility | None:
    if not today <= day <= add_days(today, DAYS_AHEAD):
        return None
    return Visibility(day if day > today else None, add_days(day, 1))


def _build_item(today: date, entry: CalendarEntry) -> CalendarItem:
    is_expiry = entry.kind is CalendarEntryKind.EXPIRY
    return CalendarItem(
        title=Link(entry.title, entry.page),
        owner=entry.owner,
        plan=entry.plan,
        late=None if is_expiry else _find_late_visibility(entry.day, today),
        is_expiry=is_expiry,
    )


def _find_late_visibility(day: date, today: date) -> Visibility | None:
    late_from = add_days(day, 1)
    if late_from <= today:
        return ALWAYS_VISIBLE
    return Visibility(late_from) if late_from <= add_days(today, DAYS_AHEAD) else None
