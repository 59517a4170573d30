"""Lists of actions across plans: open, overdue, due soon, without owner or date, awaiting verification."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count, has_or_have, is_or_are
from plansite.model.page_addresses import DUE_SOON_LIST, INTERIM_LIST, OPEN_LIST, OVERDUE_LIST, UNASSIGNED_LIST
from plansite.model.site import Site
from plansite.site.components.check_rows import build_checks_due_soon_group, build_late_checks_group
from plansite.site.components.dated_rows import (
    DAYS_AHEAD,
    DatedText,
    DueRange,
    RowGroup,
    build_dated_text,
    build_plain_group,
    find_reach,
    find_visibility,
    group_rows_in_range,
    list_days_after,
)
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import EmptyState, ListView, paginate
from plansite.site.lists.empty_states import (
    describe_no_check_awaited,
    describe_nothing_due_soon,
    describe_nothing_open,
    describe_nothing_overdue,
    describe_nothing_unassigned,
)
from plansite.site.lists.listed_site import ListedSite
from plansite.site.lists.plan_entries import VERIFICATION, CheckRow, lacks_owner

OPEN = Link("Open", OPEN_LIST)
OVERDUE = Link("Overdue", OVERDUE_LIST)
DUE_SOON = Link("Due soon", DUE_SOON_LIST)
UNASSIGNED = Link("No owner or no date", UNASSIGNED_LIST)
AWAITING = Link("Awaiting verification", "awaiting.html")
INTERIM = Link("Interim controls", INTERIM_LIST)
VERIFIED = Link("Verified", "verified.html")
FINISHED = Link("Finished", "finished.html")
LIST_LINKS = (OPEN, OVERDUE, DUE_SOON, UNASSIGNED, AWAITING, VERIFIED, FINISHED)
_LINKS_WITH_INTERIM = (OPEN, OVERDUE, DUE_SOON, UNASSIGNED, AWAITING, INTERIM, VERIFIED, FINISHED)

_LATE_RANGES = (
    DueRange("weeks", "More than two weeks", 15, None),
    DueRange("fortnight", "One to two weeks", 8, 14),
    DueRange("week", "A week or less", 1, 7),
)
#: What the rows are of a list of actions, checks and reviews.
_ENTRY_NOUNS = ("entry", "entries")
_UNASSIGNED_TITLES = {"neither": "No owner and no date", "no-owner": "No owner", "no-date": "No date"}
_CHECK_RANGES = (DueRange("late", "Late", 1, None), DueRange("in-time", "Still in time", None, 0))


def build_open_list(listed: ListedSite) -> Iterator[Page]:
    """`open.html`: all open actions by plan, in the order of `sort_plans_by_need`."""
    plans = [each for each in sorted(listed.plans, key=attrgetter("need")) if each.open]
    groups = tuple(
        build_plain_group(f"plan-{number}", each.plan, (entry.row for entry in each.open))
        for number, each in enumerate(plans, 1)
    )
    total = sum(len(each.open) for each in plans)
    lede = f"{format_count(total, 'open action')} in {format_count(len(plans), 'plan')}." if plans else ""
    return build_list_pages(
        listed,
        OPEN,
        "Open actions",
        DatedText(lede),
        groups,
        None if plans else describe_nothing_open(listed),
        "In each plan the earliest due comes first.",
    )


def build_overdue_list(listed: ListedSite) -> Iterator[Page]:
    """`overdue.html`: overdue actions, the longest overdue first; then late checks and reviews."""
    today, horizon = listed.today, add_days(listed.today, DAYS_AHEAD)
    # Rows that become overdue while this copy is online are in the page too; a script shows them from their day on.
    rows = [row for row in _list_near_rows(listed) if row.due and row.due < horizon]
    groups = [group for due_range in _LATE_RANGES if (group := group_rows_in_range(due_range, rows, today))]
    late_checks = build_late_checks_group(
        _list_dated_checks(listed),
        [row for each in listed.plans for row in each.reviews],
        [row for each in listed.plans for row in each.notices],
        today,
    )
    empty_days = find_visibility(lambda day: not bisect_left(listed.dues, day), today)
    return build_list_pages(
        listed,
        OVERDUE,
        "Overdue",
        _build_late_text(listed),
        (*groups, late_checks),
        replace(describe_nothing_overdue(listed), shown=empty_days, reach=find_reach(today)) if empty_days else None,
        "The longest overdue comes first. An action that is due today is not late." if listed.open_count else "",
        nouns=_ENTRY_NOUNS,
    )


def build_due_soon_list(listed: ListedSite) -> Iterator[Page]:
    """`due-soon.html`: actions due from today up to `settings.due_soon` days ahead, then checks due by then."""
    today, dues, ahead = listed.today, listed.dues, listed.site.settings.due_soon
    within, last = f"the next {format_count(ahead, 'day')}", add_days(today, ahead + DAYS_AHEAD)
    rows = [row for row in _list_near_rows(listed) if row.due and today <= row.due <= last]
    groups = [group_rows_in_range(due_range, rows, today) for due_range in _list_due_soon_ranges(ahead)]
    check_group, count_checks = build_checks_due_soon_group(_list_dated_checks(listed), ahead, today)

    def count_actions(day: date) -> int:
        return bisect_right(dues, add_days(day, ahead)) - bisect_left(dues, day)

    def describe(day: date) -> str:
        due, total, checks = count_actions(day), listed.open_count, count_checks(day)
        actions = f"{due:,} of {format_count(total, 'open action')} {is_or_are(due)} due in {within}." if due else ""
        if not checks:
            return actions
        period = " too" if actions else f" in {within}"
        return f"{actions} {format_count(checks, 'check')} {is_or_are(checks)} due{period}.".lstrip()

    empty_days = find_visibility(lambda day: not count_actions(day) and not count_checks(day), today)
    return build_list_pages(
        listed,
        DUE_SOON,
        "Due soon",
        build_dated_text(describe, today),
        [group for group in (*groups, check_group) if group],
        replace(describe_nothing_due_soon(listed, within), shown=empty_days, reach=find_reach(today))
        if empty_days
        else None,
        "The earliest comes first. What is due today counts. What is late already is on the overdue list.",
        nouns=_ENTRY_NOUNS,
    )


def _list_due_soon_ranges(ahead: int) -> Iterator[DueRange]:
    """The groups of what is due within so many days: up to a week, and later."""
    yield DueRange("week", "Within a week" if ahead > 7 else f"Within {format_count(ahead, 'day')}", -min(ahead, 7), 0)
    if ahead > 7:
        yield DueRange("later", f"In 8 to {ahead} days" if ahead > 8 else "In 8 days", -ahead, -8)


def build_unassigned_list(listed: ListedSite) -> Iterator[Page]:
    """`unassigned.html`: open actions without an owner, without a due date, or without both."""
    unassigned = listed.list_rows(lambda each: each.unassigned)
    total = listed.open_count
    lede = (
        f"{len(unassigned):,} of {format_count(total, 'open action')} {has_or_have(len(unassigned))} "
        f"{describe_lacking(listed.site)}."
        if unassigned
        else ""
    )
    groups = [
        build_plain_group(kind, Link(title), rows)
        for kind, title in _UNASSIGNED_TITLES.items()
        if (rows := [entry.row for entry in unassigned if entry.kind == kind])
    ]
    return build_list_pages(
        listed,
        UNASSIGNED,
        "No owner or no date",
        DatedText(lede),
        groups,
        None if unassigned else describe_nothing_unassigned(listed),
        "An action without an owner tends not to get done. Open one to name an owner and a day.",
    )


def build_awaiting_list(listed: ListedSite) -> Iterator[Page]:
    """`awaiting.html`: finished actions that somebody else has yet to check, late checks first."""
    checks = [entry.row for entry in listed.list_rows(lambda each: each.checks) if entry.kind == VERIFICATION]
    groups = [group for each in _CHECK_RANGES if (group := group_rows_in_range(each, checks, listed.today, "check"))]
    undated = [check for check in checks if check.due is None]
    if undated:
        groups.append(build_plain_group("undated", Link("No day is set"), undated, "check"))
    lede = (
        f"{format_count(len(checks), 'finished action')} {is_or_are(len(checks))} waiting for somebody else to look."
        if checks
        else ""
    )
    explanation = "A check shows whether the change has lasted. The name is of whoever checks."
    return build_list_pages(
        listed,
        AWAITING,
        "Awaiting verification",
        DatedText(lede),
        groups,
        None if checks else describe_no_check_awaited(listed),
        explanation,
        nouns=("check", "checks"),
    )


def list_unassigned(dated_site: SiteOnDate) -> tuple[Action, ...]:
    """Open actions without an owner or without a due date, in the order of their due dates."""
    return tuple(action for action in dated_site.open_actions if lacks_owner(dated_site, action) or action.due is None)


def describe_lacking(site: Site) -> str:
    """What the actions of `list_unassigned` lack, in words."""
    return "no owner or no date" if site.is_unfiltered else "no date"


def _list_near_rows(listed: ListedSite) -> list[CheckRow]:
    """The rows of open actions that are overdue or due soon on a covered day."""
    return [entry.row for entry in listed.list_rows(lambda each: each.near)]


def _list_dated_checks(listed: ListedSite) -> list[CheckRow]:
    """The rows of outstanding checks for which there is a day."""
    return [entry.row for entry in listed.list_rows(lambda each: each.checks) if entry.row.due]


def _build_late_text(listed: ListedSite) -> DatedText:
    """How many actions in how many plans are overdue, for each day."""
    dues, first_due_dates = listed.dues, sorted(each.dues[0] for each in listed.plans if each.dues)
    total, of_plans = format_count(listed.open_count, "open action"), format_count(len(listed.plans), "plan")

    def describe(day: date) -> str:
        late, late_plans = bisect_left(dues, day), bisect_left(first_due_dates, day)
        if not late:
            return ""
        count = f"{late:,} of {total} {is_or_are(late)} late, in {late_plans:,} of {of_plans}."
        return f"{count} {'It' if late == 1 else 'Each'} shows its last news."

    return build_dated_text(describe, listed.today, list_days_after(dues))


def build_list_pages(
    listed: ListedSite,
    link: Link,
    title: str,
    lede: DatedText,
    groups: Sequence[RowGroup],
    empty_state: EmptyState | None,
    explanation: str = "",
    *,
    template: str = "lists/list.html",
    nouns: tuple[str, str] | None = ("action", "actions"),
) -> Iterator[Page]:
    """The pages of a list. `empty_state` is None for a list that stays non-empty while this copy is online.

    `nouns` say what its rows are, one and several; None for a list without a filter.
    """
    page = Page(
        path=link.href,
        template=template,
        title=title,
        view=None,
        section=link.href if link in (OVERDUE, DUE_SOON) else "index.html",
        trail=(Link("Plans", "index.html"), Link(title)),
    )
    view = ListView(
        title=title,
        lede=lede,
        explanation=explanation if groups else "",
        tabs=_LINKS_WITH_INTERIM if listed.has_controls else LIST_LINKS,
        current=link.href,
        shows_plan=link is not OPEN,
        groups=tuple(groups),
        nothing=empty_state,
        filter_nouns=nouns,
    )
    return paginate(page, view)
