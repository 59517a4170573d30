"""The calendar across plans: the present month and the next, a page for each month, and what is late already."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plansite.model.course import Outlook
from plansite.site.bands import Changing, changing
from plansite.site.calendar_dates import Days, Kind, counted, days_of
from plansite.site.months import Month, MonthView, month_view
from plansite.site.page import Link, Page

CALENDAR = Link("Calendar", "calendar.html")
#: Months back and ahead that have a page of their own.
BACK, AHEAD = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
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
    late: Changing
    late_href: str
    months: tuple[MonthView, ...]
    before: Link
    after: Link
    others: tuple[Other, ...]


def calendar_pages(outlook: Outlook) -> Iterator[Page]:
    """`calendar.html`, and `calendar/2025-01.html` for each month within reach that has anything."""
    days, now = days_of(outlook), Month.of(outlook.today)
    numbers = _numbers(days)
    reach = [month for month in numbers if now.later(-BACK) <= month <= now.later(AHEAD)]
    views = {month: month_view(outlook, month, days) for month in {*reach, now, now.later(1)}}
    late, others = _late(days, outlook.today), tuple(_others(numbers, reach))
    front = CalendarView(
        title=CALENDAR.text,
        eyebrow=Link(""),
        late=late,
        late_href="overdue.html",
        months=(views[now], views[now.later(1)]),
        before=_page_of(max((month for month in reach if month < now), default=None)),
        after=_page_of(min((month for month in reach if month > now.later(1)), default=None)),
        others=others,
    )
    yield Page(
        path=CALENDAR.href,
        template="calendar.html",
        title=CALENDAR.text,
        view=front,
        section=CALENDAR.href,
        trail=(Link("Plans", "index.html"), Link(CALENDAR.text)),
    )
    for place, month in enumerate(reach):
        own = replace(
            front,
            title=month.words,
            eyebrow=CALENDAR,
            months=(replace(views[month], heading=views[month].note, note=""),),
            before=_page_of(reach[place - 1] if place else None),
            after=_page_of(reach[place + 1] if place + 1 < len(reach) else None),
        )
        yield Page(
            path=_path(month),
            template="calendar.html",
            title=f"Calendar: {month.words}",
            view=own,
            section=CALENDAR.href,
            trail=(Link("Plans", "index.html"), CALENDAR, Link(month.words)),
        )


def _path(month: Month) -> str:
    return f"calendar/{month.key}.html"


def _page_of(month: Month | None) -> Link:
    return Link(month.words, _path(month)) if month else Link("")


def _numbers(days: Days) -> dict[Month, Counter[Kind]]:
    """How many of each kind there are in each month that has any, in order."""
    numbers: dict[Month, Counter[Kind]] = {}
    for day, dated in days.items():
        numbers.setdefault(Month.of(day), Counter()).update(each.kind for each in dated)
    return numbers


def _others(numbers: Mapping[Month, Counter[Kind]], reach: Sequence[Month]) -> Iterator[Other]:
    """Every month with a page, and every year with what lies beyond them, in order."""
    pages, sums = set(reach), dict[Month | int, Counter[Kind]]()
    for month, kinds in numbers.items():
        sums.setdefault(month if month in pages else month.year, Counter()).update(kinds)
    shared = {month.year for month in reach}
    for each, kinds in sums.items():
        if isinstance(each, Month):
            yield Other(link=_page_of(each), note=counted(kinds))
        else:
            yield Other(link=Link(f"Rest of {each}" if each in shared else str(each)), note=counted(kinds))


def _late(days: Days, today: date) -> Changing:
    """What is late, in one line."""
    dues = {kind: [day for day, dated in days.items() for each in dated if each.kind is kind] for kind in Kind}

    def words(day: date) -> str:
        late = {kind: bisect_left(dues[kind], day) for kind in Kind}
        total = sum(late.values())
        return f"{counted(late)} {'is' if total == 1 else 'are'} late." if total else "Nothing is late."

    return changing(words, today)
