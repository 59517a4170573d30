"""What has a day on the calendar: open actions by their due date, checks to be made, and reviews of plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plansite.model.course import Outlook, next_review
from plansite.model.plan import Plan
from plansite.model.repeat import repeat_days
from plansite.model.words import count, listed
from plansite.site.addresses import action_page, plan_page
from plansite.site.due_rows import Outstanding, outstanding


class Kind(StrEnum):
    """What is to be done on a day: finish an action, check a finished one, review a plan."""

    ACTION = "action"
    CHECK = "check"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Dated:
    """Something with a day, by its title, its page and the name of whoever does it."""

    day: date
    kind: Kind
    plan: Plan
    title: str
    page: str
    by: str


Days = Mapping[date, tuple[Dated, ...]]


def days_of(outlook: Outlook) -> Days:
    """Everything that has a day, by its day; on each day actions come first, then checks, then reviews."""
    found: dict[date, list[Dated]] = defaultdict(list)
    for each in _dated(outlook):
        found[each.day].append(each)
    return {day: tuple(found[day]) for day in sorted(found)}


def _dated(outlook: Outlook) -> Iterator[Dated]:
    plans = outlook.site.plans_by_slug
    for action in outlook.open_actions:
        if action.due:
            plan = plans[action.plan]
            yield Dated(action.due, Kind.ACTION, plan, action.title, action_page(action), action.owner)
    for check in outstanding(outlook):
        if check.due:
            yield from _checks(check, check.due, plans[check.action.plan])
    for plan in outlook.site.plans:
        due = next_review(plan)
        if due:
            yield Dated(due, Kind.REVIEW, plan, f"Review: {plan.title}", plan_page(plan.slug, "reviews"), plan.owner)


def _checks(check: Outstanding, due: date, plan: Plan) -> Iterator[Dated]:
    """A check, and where checks go on, those that come after it."""
    lead = "Check again" if check.goes_on else "Check"
    further = (day for day in repeat_days(check.action) if day > due) if check.goes_on else ()
    for day in (due, *further):
        yield Dated(day, Kind.CHECK, plan, f"{lead}: {check.action.title}", action_page(check.action), check.by)


def counted(numbers: Mapping[Kind, int]) -> str:
    """How many of each there are: "4 actions, 2 checks and 1 review"; empty where there are none."""
    return listed([count(numbers[kind], kind.value) for kind in Kind if numbers.get(kind)])
