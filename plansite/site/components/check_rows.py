"""Rows for what has a day and is no action: checks of finished work, and reviews of plans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.formatting import format_count, format_due, format_list, format_long_date
from plansite.model.plan import Plan
from plansite.model.recurrence import find_next_check
from plansite.model.review_dates import held_reviews, next_review_date
from plansite.site.components.dated_rows import (
    DueRange,
    RowGroup,
    build_dated_text,
    build_visible_counter,
    group_rows_in_range,
)
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_address, plan_address, plan_link, profile_link
from plansite.site.components.verification import describe_recurring_checks, format_repeat
from plansite.site.components.widgets import ActionRow, StepCount, build_course_tag, build_plan_tag


def list_actions_awaiting_check(dated_site: SiteOnDate) -> list[Action]:
    """Finished actions that somebody has yet to check, the earliest check first, those without a day last."""
    return sorted((action for action in dated_site.finished_actions if action.awaits_verification), key=_check_sort_key)


def _check_sort_key(action: Action) -> tuple[date, str, str]:
    return (verification_due(action) or date.max, action.plan, action.slug)


@dataclass(frozen=True, slots=True)
class OutstandingCheck:
    """A check to be made: of a finished action, by whom, by which day, and whether it is one of those that go on."""

    action: Action
    by: str
    due: date | None
    is_recurring: bool


def list_outstanding_checks(dated_site: SiteOnDate) -> list[OutstandingCheck]:
    """Every check to be made, the earliest first: those awaited, and the next of each that go on."""
    return sorted((*_list_awaited_checks(dated_site), *_list_recurring_checks(dated_site)), key=_due_sort_key)


def _list_awaited_checks(dated_site: SiteOnDate) -> Iterator[OutstandingCheck]:
    for action in dated_site.finished_actions:
        if action.awaits_verification:
            yield OutstandingCheck(action, _find_checker(action), verification_due(action), False)


def _list_recurring_checks(dated_site: SiteOnDate) -> Iterator[OutstandingCheck]:
    """Whoever verifies makes these too; where nobody is named, the owner does."""
    for action in dated_site.finished_actions:
        day = find_next_check(action, dated_site.today)
        if day:
            yield OutstandingCheck(action, _find_checker(action) or action.owner, day, True)


def _find_checker(action: Action) -> str:
    return action.verification.by if action.verification else ""


def _due_sort_key(check: OutstandingCheck) -> tuple[date, str, str]:
    return (check.due or date.max, check.action.plan, check.action.slug)


def verification_due(action: Action) -> date | None:
    """The day by which an action is checked."""
    return action.verification.due if action.verification else None


def build_check_row(dated_site: SiteOnDate, check: OutstandingCheck) -> ActionRow:
    """A check to be made: its owner is whoever checks."""
    action, due = check.action, check.due
    return ActionRow(
        title=Link(f"{'Check again' if check.is_recurring else 'Check'}: {action.title}", action_address(action)),
        ref=action.ref,
        plan=plan_link(dated_site.site.plans_by_slug[action.plan]),
        owner=profile_link(dated_site.site, check.by),
        when=format_due(due, dated_site.today) if due else "No date",
        due=due,
        is_late=due is not None and due < dated_site.today,
        said=_describe_check(dated_site, check),
        said_on=None,
        steps=StepCount(),
        tag=build_course_tag(action, dated_site.assess_action(action)),
    )


def _describe_check(dated_site: SiteOnDate, check: OutstandingCheck) -> str:
    finished, how = finished_on(check.action), check.action.verification
    if check.is_recurring:
        return f"{format_repeat(check.action)}. {describe_recurring_checks(check.action, dated_site.today)}"
    said = f"Finished on {format_long_date(finished)}." if finished else "Finished."
    return f"{said} {how.method if how else ''}".strip()


def build_review_rows(dated_site: SiteOnDate) -> Iterator[ActionRow]:
    """The next review of each plan that has one, whether late or not."""
    for plan in dated_site.site.plans:
        due = next_review_date(plan)
        if due:
            yield _build_review_row(dated_site, plan, due)


def _build_review_row(dated_site: SiteOnDate, plan: Plan, due: date) -> ActionRow:
    held = max((review.date for review in held_reviews(plan) if review.date), default=None)
    return ActionRow(
        title=Link(f"Review: {plan.title}", plan_address(plan.slug, "reviews")),
        ref="",
        plan=plan_link(plan),
        owner=profile_link(dated_site.site, plan.owner),
        when=format_due(due, dated_site.today),
        due=due,
        is_late=due < dated_site.today,
        said=f"Last held on {format_long_date(held)}." if held else "None has been held yet.",
        said_on=None,
        steps=StepCount(),
        tag=build_plan_tag(dated_site.assess_plan(plan)),
    )


_LATE_RANGE = DueRange("checks", "Checks and reviews", 1, None)


def build_late_checks_group(dated_site: SiteOnDate) -> RowGroup:
    """Checks and reviews that are late, or will be; the group is there even when it is empty."""
    today = dated_site.today
    checks, reviews = _build_dated_check_rows(dated_site), list(build_review_rows(dated_site))
    both = group_rows_in_range(_LATE_RANGE, sorted((*checks, *reviews), key=lambda row: row.due or date.max), today)
    kinds = [
        ("check", _build_range_counter(_LATE_RANGE, checks, today)),
        ("review", _build_range_counter(_LATE_RANGE, reviews, today)),
    ]

    def note(day: date) -> str:
        return format_list([format_count(number(day), noun) for noun, number in kinds if number(day)])

    def none(day: date) -> str:
        missing = [f"no {noun}" for noun, number in kinds if not number(day)]
        return f"{format_list(missing).capitalize()} is late." if missing else ""

    return RowGroup(
        key=_LATE_RANGE.key,
        title=Link(_LATE_RANGE.title),
        note=build_dated_text(note, today),
        entries=both.entries if both else (),
        tail=build_dated_text(none, today),
    )


def build_checks_due_soon_group(dated_site: SiteOnDate) -> tuple[RowGroup | None, Callable[[date], int]]:
    """Checks that are due soon, or will be; None where there are none. And how many there are on a day."""
    band = DueRange("checks", "Checks", -dated_site.site.settings.due_soon, 0)
    checks = _build_dated_check_rows(dated_site)
    return group_rows_in_range(band, checks, dated_site.today, "check"), _build_range_counter(
        band, checks, dated_site.today
    )


def _build_dated_check_rows(dated_site: SiteOnDate) -> list[ActionRow]:
    return [build_check_row(dated_site, check) for check in list_outstanding_checks(dated_site) if check.due]


def _build_range_counter(due_range: DueRange, rows: Sequence[ActionRow], today: date) -> Callable[[date], int]:
    """How many of these are in a band on a day."""
    group = group_rows_in_range(due_range, rows, today)
    return build_visible_counter(group.entries if group else (), today)
