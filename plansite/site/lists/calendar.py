"""The calendar across plans: this month and the next, a page for each month, and how much is late already."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import is_or_are
from plansite.model.page_addresses import CALENDAR_PAGE, OVERDUE_LIST
from plansite.site.calendars.calendar_links import CalendarLinks
from plansite.site.components.dated_rows import DatedText, build_dated_text, list_days_after
from plansite.site.components.page import Link, Page
from plansite.site.lists.calendar_entries import (
    CalendarEntry,
    CalendarEntryKind,
    EntriesByDay,
    format_counts,
    group_entries_by_day,
)
from plansite.site.lists.calendar_month import CalendarMonth, CalendarMonthView, build_month_view

CALENDAR_LINK = Link("Calendar", CALENDAR_PAGE)
#: How many months before and after this one are shown day by day.
MONTHS_BACK, MONTHS_AHEAD = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPeriod:
    """A month with a page, or the months of a year without one; `note` counts what is due. A year has no address."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """A page of the calendar. `before` and `after` are the neighbouring months; their text is empty at the ends.

    `late` says how much is late, today and on later days. From `until` on other months are near. `calendar` is the file
    with the same dates, on the first page alone.
    """

    title: str
    eyebrow: Link
    late: DatedText
    late_href: str
    months: tuple[CalendarMonthView, ...]
    before: Link
    after: Link
    others: tuple[OtherPeriod, ...]
    until: date
    calendar: CalendarLinks | None


def build_calendar_pages(
    today: date, entries: Iterable[CalendarEntry], calendar: CalendarLinks | None = None
) -> Iterator[Page]:
    """`calendar.html`, and a page such as `calendar/2025-01.html` for each near month that has an entry.

    `entries` are those of `list_calendar_entries` of each plan, in the order of plans. `calendar` is the file with
    the same dates, if the site has one.
    """
    entries_by_day, now = group_entries_by_day(entries), CalendarMonth.containing(today)
    counts = _count_by_month(entries_by_day)
    first, last = now.add_months(-MONTHS_BACK), now.add_months(MONTHS_AHEAD)
    linked = [month for month in counts if first <= month <= last]
    months = {*linked, now, now.add_months(1)}
    views = {month: build_month_view(today, month, entries_by_day) for month in months}
    front = CalendarView(
        title=CALENDAR_LINK.text,
        eyebrow=Link(""),
        late=describe_late_entries(entries_by_day, today),
        late_href=OVERDUE_LIST,
        months=tuple(views[month] for month in dict.fromkeys((now, now.add_months(1)))),
        before=_link_month(max((month for month in linked if month < now), default=None)),
        after=_link_month(min((month for month in linked if month > now.add_months(1)), default=None)),
        others=tuple(_build_other_periods(counts, linked)),
        until=now.add_months(1).first_day,
        calendar=calendar,
    )
    yield _build_page(CALENDAR_LINK.href, CALENDAR_LINK.text, front, (Link(CALENDAR_LINK.text),))
    for index, month in enumerate(linked):
        view = replace(
            front,
            calendar=None,
            title=month.title,
            eyebrow=CALENDAR_LINK,
            months=(replace(views[month], heading=views[month].note, note=""),),
            before=_link_month(linked[index - 1] if index else None),
            after=_link_month(linked[index + 1] if index + 1 < len(linked) else None),
        )
        yield _build_page(_month_address(month), f"Calendar: {month.title}", view, (CALENDAR_LINK, Link(month.title)))


def _build_page(path: str, title: str, view: CalendarView, trail: tuple[Link, ...]) -> Page:
    return Page(
        path=path,
        template="lists/calendar.html",
        title=title,
        view=view,
        section=CALENDAR_LINK.href,
        trail=(Link("Plans", "index.html"), *trail),
    )


def _month_address(month: CalendarMonth) -> str:
    return f"calendar/{month.key}.html"


def _link_month(month: CalendarMonth | None) -> Link:
    return Link(month.title, _month_address(month)) if month else Link("")


def _count_by_month(entries_by_day: EntriesByDay) -> dict[CalendarMonth, Counter[CalendarEntryKind]]:
    """The number of entries of each kind in each month that has any, by month in order."""
    counts: dict[CalendarMonth, Counter[CalendarEntryKind]] = {}
    for day, entries in entries_by_day.items():
        counts.setdefault(CalendarMonth.containing(day), Counter()).update(entry.kind for entry in entries)
    return counts


def _build_other_periods(
    counts: Mapping[CalendarMonth, Counter[CalendarEntryKind]], linked_months: Sequence[CalendarMonth]
) -> Iterator[OtherPeriod]:
    """Every month with a page, and the other months summed up by year, in order."""
    totals = dict[CalendarMonth | int, Counter[CalendarEntryKind]]()
    for month, kinds in counts.items():
        totals.setdefault(month if month in linked_months else month.year, Counter()).update(kinds)
    linked_years = {month.year for month in linked_months}
    for period, kinds in totals.items():
        if isinstance(period, CalendarMonth):
            link = _link_month(period)
        else:
            link = Link(f"Rest of {period}" if period in linked_years else str(period))
        yield OtherPeriod(link=link, note=format_counts(kinds))


def describe_late_entries(entries_by_day: EntriesByDay, today: date) -> DatedText:
    """How many actions, checks and reviews are late, for each day. Evidence that has expired is not late."""
    dues: dict[CalendarEntryKind, list[date]] = {
        kind: [day for day, entries in entries_by_day.items() for entry in entries if entry.kind is kind]
        for kind in CalendarEntryKind
        if kind is not CalendarEntryKind.EXPIRY
    }

    def describe(day: date) -> str:
        late = {kind: bisect_left(days, day) for kind, days in dues.items()}
        total = sum(late.values())
        return f"{format_counts(late)} {is_or_are(total)} late." if total else "Nothing is late."

    return build_dated_text(describe, today, list_days_after(entries_by_day))
