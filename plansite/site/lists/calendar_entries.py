"""What has a day on the calendar: open actions by their due date, checks to be made, and reviews of plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count, format_list
from plansite.model.page_addresses import action_address, plan_address
from plansite.model.plan import Plan
from plansite.model.recurrence import list_check_days
from plansite.model.review_dates import next_review_date
from plansite.site.components.check_rows import OutstandingCheck, list_outstanding_checks


class CalendarEntryKind(StrEnum):
    """What is to be done on a day: finish an action, check a finished one, review a plan."""

    ACTION = "action"
    CHECK = "check"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something with a day, by its title, its page and the name of whoever does it."""

    day: date
    kind: CalendarEntryKind
    plan: Plan
    title: str
    page: str
    by: str


EntriesByDay = Mapping[date, tuple[CalendarEntry, ...]]


def group_entries_by_day(dated_site: SiteOnDate) -> EntriesByDay:
    """Everything that has a day, by its day; on each day actions come first, then checks, then reviews."""
    found: dict[date, list[CalendarEntry]] = defaultdict(list)
    for each in _list_entries(dated_site):
        found[each.day].append(each)
    return {day: tuple(found[day]) for day in sorted(found)}


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
    """A check, and where checks go on, those that come after it."""
    lead = "Check again" if check.is_recurring else "Check"
    further = (day for day in list_check_days(check.action) if day > due) if check.is_recurring else ()
    for day in (due, *further):
        yield CalendarEntry(
            day, CalendarEntryKind.CHECK, plan, f"{lead}: {check.action.title}", action_address(check.action), check.by
        )


def format_counts(counts: Mapping[CalendarEntryKind, int]) -> str:
    """How many of each there are: "4 actions, 2 checks and 1 review"; empty where there are none."""
    return format_list([format_count(counts[kind], kind.value) for kind in CalendarEntryKind if counts.get(kind)])
