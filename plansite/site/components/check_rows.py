"""Rows and groups for checks of finished actions and of interim controls, for reviews, and for replies to notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.follow_up.outstanding_checks import OutstandingCheck
from plansite.model.formatting import format_count, format_due, format_list, format_long_date
from plansite.model.interim_checks import OpenControl
from plansite.model.page_addresses import action_address, plan_document_address
from plansite.site.components.dated_rows import (
    DueRange,
    DueRow,
    RowGroup,
    build_dated_text,
    build_visible_counter,
    find_reach,
    group_rows_in_range,
)
from plansite.site.components.filters import RowValues, build_plan_values, build_row_values
from plansite.site.components.interim import INTERIM_ANCHOR, describe_frequency, describe_last_check
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link, plan_link, profile_link
from plansite.site.components.verification import describe_recurring_checks, format_repeat
from plansite.site.components.widgets import ActionRow, StepCount, Tag, build_course_tag, build_plan_tag

_LATE_RANGE = DueRange("checks", "Checks and reviews", 1, None)
_LATE_RANGE_WITH_NOTICES = DueRange("checks", "Checks, reviews and notices", 1, None)


def build_check_row(
    dated_site: SiteOnDate, check: OutstandingCheck, *, has_values: bool = False, is_among_controls: bool = False
) -> ActionRow:
    """The row of a check; with `has_values`, for a list with a filter. Its owner is the person who checks.

    `is_among_controls` means that the list has nothing but interim controls.
    """
    document, due, plan = check.document, check.due, dated_site.site.plans_by_slug[check.document.plan]
    return ActionRow(
        title=Link(check.control_words if is_among_controls else check.title, find_check_address(check)),
        ref=document.ref if isinstance(document, Action) else "",
        plan=plan_link(plan),
        owner=owner_link(dated_site.site, check.by) if check.control else profile_link(dated_site.site, check.by),
        when=format_due(due, dated_site.today) if due else "No date",
        due=due,
        is_late=due is not None and due < dated_site.today,
        said=_describe_check(dated_site, check),
        said_on=None,
        steps=StepCount(),
        tag=_build_tag(dated_site, document),
        values=_build_values(dated_site, check) if has_values else None,
    )


def _build_tag(dated_site: SiteOnDate, document: Action | Incident) -> Tag:
    """The course of an action; of an incident, that of its plan."""
    if isinstance(document, Action):
        return build_course_tag(document, dated_site.assess_action(document))
    return build_plan_tag(dated_site.assess_plan(dated_site.site.plans_by_slug[document.plan]))


def find_check_address(check: OutstandingCheck) -> str:
    """The place on the page of an action or incident where a check is described."""
    document = check.document
    if isinstance(document, Action):
        return action_address(document) + (INTERIM_ANCHOR if check.control else "")
    return plan_document_address(document)


def _build_values(dated_site: SiteOnDate, check: OutstandingCheck) -> RowValues:
    document = check.document
    if isinstance(document, Action):
        return build_row_values(dated_site, document, owner=check.by, has_plan=True)
    return build_plan_values(dated_site, dated_site.site.plans_by_slug[document.plan], owner=check.by)


def _describe_check(dated_site: SiteOnDate, check: OutstandingCheck) -> str:
    action = check.document
    if check.control:
        return _describe_interim_check(check.control)
    if not isinstance(action, Action):
        return ""
    finished, verification = finished_on(action), action.verification
    if check.is_recurring:
        return f"{format_repeat(action)}. {describe_recurring_checks(action, dated_site.today)}"
    sentence = f"Finished on {format_long_date(finished)}." if finished else "Finished."
    return f"{sentence} {verification.method if verification else ''}".strip()


def _describe_interim_check(each: OpenControl) -> str:
    """What the control is for, how often it is checked and when it last was."""
    titles = [document.title.rstrip(".") for document in each.documents]
    until = "these are done" if len(titles) > 1 else "this is done" if not each.finding else "this is dealt with"
    sentences = (
        f"Until {until}: {'; '.join(titles)}.",
        describe_frequency(each.control),
        describe_last_check(each.control),
    )
    return " ".join(filter(None, sentences))


def build_late_checks_group(
    checks: Sequence[DueRow], reviews: Sequence[DueRow], notices: Sequence[DueRow], today: date
) -> RowGroup:
    """What is late of checks, reviews and, on a site with any, notices, today or on a covered day.

    `checks` have due dates and are sorted by them. An empty group says that none is late.
    """
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


def build_checks_due_soon_group(
    checks: Sequence[DueRow], days_ahead: int, today: date
) -> tuple[RowGroup | None, Callable[[date], int]]:
    """Checks that are due within so many days, today or on a covered day (None without any), and their number on a day.

    `checks` have due dates and are sorted by them.
    """
    due_soon = DueRange("checks", "Checks", -days_ahead, 0)
    group = group_rows_in_range(due_soon, checks, today, "check")
    return group, _build_range_counter(due_soon, checks, today)


def _build_range_counter(due_range: DueRange, rows: Sequence[DueRow], today: date) -> Callable[[date], int]:
    """A function from a day to the number of these rows that are in the range on it."""
    group = group_rows_in_range(due_range, rows, today)
    return build_visible_counter(group.entries if group else (), today)
