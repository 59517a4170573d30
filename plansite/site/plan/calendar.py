"""The calendar of a plan: what is due in it, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from plansite.deferred_dataclass import dataclass
from plansite.exports.calendars.events import list_calendar_events
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import CALENDAR_PAGE, FRONT_PAGE, plan_address
from plansite.site.calendars.calendar_links import CalendarLinks, build_calendar_links
from plansite.site.components.dated_rows import DatedText
from plansite.site.components.page import Link, Page
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.lists.calendar import MONTHS_AHEAD, describe_late_entries
from plansite.site.lists.calendar_entries import (
    CalendarEntry,
    EntriesByDay,
    format_counts,
    group_entries_by_day,
    list_calendar_entries,
)
from plansite.site.lists.calendar_month import CalendarDay, CalendarMonth, build_day

#: Months from this many after the present one on are folded.
_MONTHS_OPEN = 3


@dataclass(frozen=True, slots=True)
class AgendaMonth:
    """The days of a month on which something is due; `note` counts it. Months too far away have no days."""

    key: str
    title: str
    note: str
    is_folded: bool
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCalendarView:
    """What the page shows. `late` says how much is late, today and on later days.

    From `until` on other months are near; None where all months are. `calendar` is the file with the same dates.
    """

    head: PlanHeader
    until: date | None
    late: DatedText
    months: tuple[AgendaMonth, ...]
    all_plans: Link
    calendar: CalendarLinks | None


def build_plan_calendar_page(dated_site: SiteOnDate, plan: Plan) -> Page:
    """The page of what is due in a plan: its open actions, checks and its next review."""
    entries_by_day = group_entries_by_day(list_calendar_entries(list_calendar_events(dated_site, plan)))
    now = CalendarMonth.containing(dated_site.today)
    is_far = any(CalendarMonth.containing(day) >= now.add_months(_MONTHS_OPEN) for day in entries_by_day)
    return Page(
        path=plan_address(plan.slug, "calendar"),
        template="plan/calendar.html",
        title=f"Calendar: {plan.title}",
        view=PlanCalendarView(
            head=build_plan_header(dated_site, plan, "calendar"),
            until=now.add_months(1).first_day if is_far else None,
            late=describe_late_entries(entries_by_day, dated_site.today),
            months=tuple(_build_months(entries_by_day, dated_site.today)),
            all_plans=Link("The calendar of all plans", CALENDAR_PAGE),
            calendar=build_calendar_links(dated_site.site, plan),
        ),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Calendar")),
    )


def _build_months(entries_by_day: EntriesByDay, today: date) -> Iterator[AgendaMonth]:
    now = CalendarMonth.containing(today)
    for month, days_of_month in groupby(entries_by_day, key=CalendarMonth.containing):
        days = list(days_of_month)
        is_shown = month <= now.add_months(MONTHS_AHEAD)
        yield AgendaMonth(
            key=f"m-{month.key}",
            title=month.title,
            note=format_counts(Counter(entry.kind for day in days for entry in entries_by_day[day])),
            is_folded=is_shown and month >= now.add_months(_MONTHS_OPEN),
            days=tuple(build_day(today, day, _without_plan(entries_by_day[day])) for day in days) if is_shown else (),
        )


def _without_plan(entries: tuple[CalendarEntry, ...]) -> list[CalendarEntry]:
    """The entries without the title of the plan, which the page has above."""
    return [replace(entry, plan="") for entry in entries]
