"""The entries of the calendar: open actions with a due date, checks to be made, and reviews of plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plansite.model.assessment import SiteOnDate, next_review_date
from plansite.model.formatting import format_count, format_list
from plansite.model.plan import Plan
from plansite.model.recurrence import list_check_days
from plansite.site.components.check_rows import OutstandingCheck, list_outstanding_checks
from plansite.site.components.page_links import action_address, plan_address


class CalendarEntryKind(StrEnum):
    """What is due on a day: finishing an action, checking a finished one, or reviewing a plan."""

    ACTION = "action"
    CHECK = "check"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that is due on a day. `page` is the output path of its page, `by` the name of the owner or checker."""

    day: date
    kind: CalendarEntryKind
    plan: Plan
    title: str
    page: str
    by: str


EntriesByDay = Mapping[date, tuple[CalendarEntry, ...]]


def group_entries_by_day(dated_site: SiteOnDate) -> EntriesByDay:
    """All entries by day, in the order of days; on each day actions come first, then checks, then reviews."""
    by_day: dict[date, list[CalendarEntry]] = defaultdict(list)
    for entry in _list_entries(dated_site):
        by_day[entry.day].append(entry)
    return {day: tuple(by_day[day]) for day in sorted(by_day)}


def _list_entries(dated_site: SiteOnDate) -> Iterator[CalendarEntry]:
    plans = dated_site.site.plans_by_slug
    for action in dated_site.open_actions:
        if action.due:
            plan = plans[action.plan]
            yield CalendarEntry(
                action.due, CalendarEntryKind.ACTION, plan, action.title, action_address(action), action.owner
            )
    for check in list_outstanding_checks(dated_site):
        if check.due:
            yield from _build_check_entries(check, check.due, plans[check.action.plan])
    for plan in dated_site.site.plans:
        due = next_review_date(plan)
        if due:
            yield CalendarEntry(
                due,
                CalendarEntryKind.REVIEW,
                plan,
                f"Review: {plan.title}",
                plan_address(plan.slug, "reviews"),
                plan.owner,
            )


def _build_check_entries(check: OutstandingCheck, due: date, plan: Plan) -> Iterator[CalendarEntry]:
    """An outstanding check and, if it recurs, those that follow it."""
    prefix = "Check again" if check.is_recurring else "Check"
    further = (day for day in list_check_days(check.action) if day > due) if check.is_recurring else ()
    for day in (due, *further):
        yield CalendarEntry(
            day,
            CalendarEntryKind.CHECK,
            plan,
            f"{prefix}: {check.action.title}",
            action_address(check.action),
            check.by,
        )


def format_counts(counts: Mapping[CalendarEntryKind, int]) -> str:
    """The counts in words, "4 actions, 2 checks and 1 review"; empty for none."""
    return format_list([format_count(counts[kind], kind.value) for kind in CalendarEntryKind if counts.get(kind)])
