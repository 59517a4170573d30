"""The calendar across plans: the present month and the next, a page for each month, and what is late already."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import CALENDAR_PAGE, OVERDUE_LIST
from plansite.site.components.dated_rows import DatedText, build_dated_text
from plansite.site.components.page import Link, Page
from plansite.site.lists.calendar_entries import CalendarEntryKind, EntriesByDay, format_counts, group_entries_by_day
from plansite.site.lists.calendar_month import CalendarMonth, CalendarMonthView, build_month_view

CALENDAR_LINK = Link("Calendar", CALENDAR_PAGE)
#: Months back and ahead that have a page of their own.
MONTHS_BACK, MONTHS_AHEAD = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPeriod:
    """Another month, or a year beyond those with pages, and what is due in it; `link` is empty for a year."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """What a page of the calendar shows. `before` and `after` are the neighbours, empty at the ends.

    `late` says what is late today, and what will be on later days.
    """

    title: str
    eyebrow: Link
    late: DatedText
    late_href: str
    months: tuple[CalendarMonthView, ...]
    before: Link
    after: Link
    others: tuple[OtherPeriod, ...]


def build_calendar_pages(dated_site: SiteOnDate) -> Iterator[Page]:
    """`calendar.html`, and `calendar/2025-01.html` for each month within reach that has anything."""
    days, now = group_entries_by_day(dated_site), CalendarMonth.containing(dated_site.today)
    numbers = _count_by_month(days)
    reach = [month for month in numbers if now.add_months(-MONTHS_BACK) <= month <= now.add_months(MONTHS_AHEAD)]
    views = {month: build_month_view(dated_site, month, days) for month in {*reach, now, now.add_months(1)}}
    late, others = _build_late_text(days, dated_site.today), tuple(_build_other_periods(numbers, reach))
    front = CalendarView(
        title=CALENDAR_LINK.text,
        eyebrow=Link(""),
        late=late,
        late_href=OVERDUE_LIST,
        months=(views[now], views[now.add_months(1)]),
        before=_link_month(max((month for month in reach if month < now), default=None)),
        after=_link_month(min((month for month in reach if month > now.add_months(1)), default=None)),
        others=others,
    )
    yield Page(
        path=CALENDAR_LINK.href,
        template="lists/calendar.html",
        title=CALENDAR_LINK.text,
        view=front,
        section=CALENDAR_LINK.href,
        trail=(Link("Plans", "index.html"), Link(CALENDAR_LINK.text)),
    )
    for place, month in enumerate(reach):
        own = replace(
            front,
            title=month.title,
            eyebrow=CALENDAR_LINK,
            months=(replace(views[month], heading=views[month].note, note=""),),
            before=_link_month(reach[place - 1] if place else None),
            after=_link_month(reach[place + 1] if place + 1 < len(reach) else None),
        )
        yield Page(
            path=_month_address(month),
            template="lists/calendar.html",
            title=f"Calendar: {month.title}",
            view=own,
            section=CALENDAR_LINK.href,
            trail=(Link("Plans", "index.html"), CALENDAR_LINK, Link(month.title)),
        )


def _month_address(month: CalendarMonth) -> str:
    return f"calendar/{month.key}.html"


def _link_month(month: CalendarMonth | None) -> Link:
    return Link(month.title, _month_address(month)) if month else Link("")


def _count_by_month(entries_by_day: EntriesByDay) -> dict[CalendarMonth, Counter[CalendarEntryKind]]:
    """How many of each kind there are in each month that has any, in order."""
    numbers: dict[CalendarMonth, Counter[CalendarEntryKind]] = {}
    for day, dated in entries_by_day.items():
        numbers.setdefault(CalendarMonth.containing(day), Counter()).update(each.kind for each in dated)
    return numbers


def _build_other_periods(
    counts: Mapping[CalendarMonth, Counter[CalendarEntryKind]], linked_months: Sequence[CalendarMonth]
) -> Iterator[OtherPeriod]:
    """Every month with a page, and every year with what lies beyond them, in order."""
    pages, sums = set(linked_months), dict[CalendarMonth | int, Counter[CalendarEntryKind]]()
    for month, kinds in counts.items():
        sums.setdefault(month if month in pages else month.year, Counter()).update(kinds)
    shared = {month.year for month in linked_months}
    for each, kinds in sums.items():
        if isinstance(each, CalendarMonth):
            yield OtherPeriod(link=_link_month(each), note=format_counts(kinds))
        else:
            yield OtherPeriod(link=Link(f"Rest of {each}" if each in shared else str(each)), note=format_counts(kinds))


def _build_late_text(entries_by_day: EntriesByDay, today: date) -> DatedText:
    """What is late, in one line."""
    dues = {
        kind: [day for day, dated in entries_by_day.items() for each in dated if each.kind is kind]
        for kind in CalendarEntryKind
    }

    def words(day: date) -> str:
        late = {kind: bisect_left(dues[kind], day) for kind in CalendarEntryKind}
        total = sum(late.values())
        return f"{format_counts(late)} {'is' if total == 1 else 'are'} late." if total else "Nothing is late."

    return build_dated_text(words, today)
