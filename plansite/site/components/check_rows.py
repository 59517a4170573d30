"""Rows and groups for checks of finished actions, for reviews of plans, and for replies to notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.documents.action import Action, ActionSortKey
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Instrument
from plansite.model.formatting import format_count, format_due, format_list, format_long_date
from plansite.model.notices.notice_clock import find_notice_due, name_notice
from plansite.model.page_addresses import action_address, plan_address
from plansite.model.recurrence import find_next_check
from plansite.model.review_dates import held_reviews, next_review_date
from plansite.site.components.dated_rows import (
    DueRange,
    RowGroup,
    build_dated_text,
    build_visible_counter,
    find_reach,
    group_rows_in_range,
)
from plansite.site.components.filters import build_plan_values, build_row_values
from plansite.site.components.notice_clocks import NOTICES_ANCHOR
from plansite.site.components.page import Link
from plansite.site.components.page_links import plan_link, profile_link
from plansite.site.components.verification import describe_recurring_checks, format_repeat
from plansite.site.components.widgets import ActionRow, StepCount, build_course_tag, build_plan_tag


def list_actions_awaiting_check(dated_site: SiteOnDate) -> list[Action]:
    """Finished actions that await verification, the earliest due first, those without a date last."""
    return sorted((action for action in dated_site.finished_actions if action.awaits_verification), key=_check_sort_key)


def _check_sort_key(action: Action) -> tuple[date, ActionSortKey]:
    return (verification_due(action) or date.max, action.sort_key)


@dataclass(frozen=True, slots=True)
class OutstandingCheck:
    """A check of a finished action that is still to be made: its verification or, if `is_recurring`, a later check."""

    action: Action
    by: str
    due: date | None
    is_recurring: bool


def list_outstanding_checks(dated_site: SiteOnDate) -> list[OutstandingCheck]:
    """Every check to be made, the earliest first: verifications, and the next recurring check of each action."""
    return sorted((*_list_awaited_checks(dated_site), *_list_recurring_checks(dated_site)), key=_due_sort_key)


def _list_awaited_checks(dated_site: SiteOnDate) -> Iterator[OutstandingCheck]:
    for action in dated_site.finished_actions:
        if action.awaits_verification:
            yield OutstandingCheck(action, _find_checker(action), verification_due(action), False)


def _list_recurring_checks(dated_site: SiteOnDate) -> Iterator[OutstandingCheck]:
    """Recurring checks are made by who verifies the action, or by its owner if nobody is named."""
    for action in dated_site.finished_actions:
        due = find_next_check(action, dated_site.today)
        if due:
            yield OutstandingCheck(action, _find_checker(action) or action.owner, due, True)


def _find_checker(action: Action) -> str:
    return action.verification.by if action.verification else ""


def _due_sort_key(check: OutstandingCheck) -> tuple[date, ActionSortKey]:
    return (check.due or date.max, check.action.sort_key)


def verification_due(action: Action) -> date | None:
    """The day by which an action is to be verified."""
    return action.verification.due if action.verification else None


def build_check_row(dated_site: SiteOnDate, check: OutstandingCheck, *, has_values: bool = False) -> ActionRow:
    """The row of a check; with `has_values`, for a list with a filter. Its owner is the person who checks."""
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
        values=build_row_values(dated_site, action, owner=check.by, has_plan=True) if has_values else None,
    )


def _describe_check(dated_site: SiteOnDate, check: OutstandingCheck) -> str:
    finished, verification = finished_on(check.action), check.action.verification
    if check.is_recurring:
        return f"{format_repeat(check.action)}. {describe_recurring_checks(check.action, dated_site.today)}"
    sentence = f"Finished on {format_long_date(finished)}." if finished else "Finished."
    return f"{sentence} {verification.method if verification else ''}".strip()


def build_review_rows(dated_site: SiteOnDate) -> Iterator[ActionRow]:
    """A row for the next review of each plan that has a date for it."""
    for plan in dated_site.site.plans:
        due = next_review_date(plan)
        if due:
            yield _build_review_row(dated_site, plan, due)


def _build_review_row(dated_site: SiteOnDate, plan: Plan, due: date) -> ActionRow:
    last_held = max((review.date for review in held_reviews(plan) if review.date), default=None)
    return ActionRow(
        title=Link(f"Review: {plan.title}", plan_address(plan.slug, "reviews")),
        ref="",
        plan=plan_link(plan),
        owner=profile_link(dated_site.site, plan.owner),
        when=format_due(due, dated_site.today),
        due=due,
        is_late=due < dated_site.today,
        said=f"Last held on {format_long_date(last_held)}." if last_held else "None has been held yet.",
        said_on=None,
        steps=StepCount(),
        tag=build_plan_tag(dated_site.assess_plan(plan)),
        values=build_plan_values(dated_site, plan),
    )


def build_notice_rows(dated_site: SiteOnDate) -> Iterator[ActionRow]:
    """A row for each notice to which no reply is noted, and for which the day by which to reply is known."""
    for plan in dated_site.site.plans:
        for notice in plan.instrument:
            due = find_notice_due(notice)
            if due and notice.sent is None:
                yield _build_notice_row(dated_site, plan, notice, due)


def _build_notice_row(dated_site: SiteOnDate, plan: Plan, notice: Instrument, due: date) -> ActionRow:
    received = f"Received on {format_long_date(notice.received)}." if notice.received else ""
    return ActionRow(
        title=Link(f"Reply: {name_notice(notice)}", f"{plan_address(plan.slug)}#{NOTICES_ANCHOR}"),
        ref="",
        plan=plan_link(plan),
        owner=profile_link(dated_site.site, plan.owner),
        when=format_due(due, dated_site.today),
        due=due,
        is_late=due < dated_site.today,
        said=received,
        said_on=None,
        steps=StepCount(),
        tag=build_plan_tag(dated_site.assess_plan(plan)),
        values=build_plan_values(dated_site, plan),
    )


_LATE_RANGE = DueRange("checks", "Checks and reviews", 1, None)
_LATE_RANGE_WITH_NOTICES = DueRange("checks", "Checks, reviews and notices", 1, None)


def build_late_checks_group(dated_site: SiteOnDate) -> RowGroup:
    """What is late of checks, reviews and, on a site with any, notices, today or on a covered day.

    An empty group says that none is late.
    """
    today, notices = dated_site.today, list(build_notice_rows(dated_site))
    checks, reviews = _build_dated_check_rows(dated_site), list(build_review_rows(dated_site))
    late_range = _LATE_RANGE_WITH_NOTICES if notices else _LATE_RANGE
    rows = sorted((*checks, *reviews, *notices), key=lambda row: row.due or date.max)
    late = group_rows_in_range(late_range, rows, today)
    counters = [
        ("check", _build_range_counter(late_range, checks, today)),
        ("review", _build_range_counter(late_range, reviews, today)),
        *([("notice", _build_range_counter(late_range, notices, today))] if notices else []),
    ]

    def format_note(day: date) -> str:
        return format_list([format_count(count_on(day), noun) for noun, count_on in counters if count_on(day)])

    def describe_none(day: date) -> str:
        absent = [f"no {noun}" for noun, count_on in counters if not count_on(day)]
        return f"{format_list(absent).capitalize()} is late." if absent else ""

    return RowGroup(
        key=late_range.key,
        title=Link(late_range.title),
        note=build_dated_text(format_note, today),
        entries=late.entries if late else (),
        tail=build_dated_text(describe_none, today),
        reach=find_reach(today),
    )


def build_checks_due_soon_group(dated_site: SiteOnDate) -> tuple[RowGroup | None, Callable[[date], int]]:
    """Checks that are due soon today or on a covered day (None without any), and their number on a day."""
    due_soon = DueRange("checks", "Checks", -dated_site.site.settings.due_soon, 0)
    checks = _build_dated_check_rows(dated_site)
    group = group_rows_in_range(due_soon, checks, dated_site.today, "check")
    return group, _build_range_counter(due_soon, checks, dated_site.today)


def _build_dated_check_rows(dated_site: SiteOnDate) -> list[ActionRow]:
    checks = list_outstanding_checks(dated_site)
    return [build_check_row(dated_site, check, has_values=True) for check in checks if check.due]


def _build_range_counter(due_range: DueRange, rows: Sequence[ActionRow], today: date) -> Callable[[date], int]:
    """A function from a day to the number of these rows that are in the range on it."""
    group = group_rows_in_range(due_range, rows, today)
    return build_visible_counter(group.entries if group else (), today)
