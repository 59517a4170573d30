"""Lists of actions across plans: open, overdue, due soon, without owner or date, awaiting verification."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.follow_up.outstanding_checks import list_actions_awaiting_check, list_outstanding_checks
from plansite.model.formatting import format_count, has_or_have, is_or_are
from plansite.model.page_addresses import DUE_SOON_LIST, OPEN_LIST, OVERDUE_LIST, UNASSIGNED_LIST
from plansite.site.components.check_rows import (
    build_check_row,
    build_checks_due_soon_group,
    build_late_checks_group,
)
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
from plansite.site.components.page_links import plan_link
from plansite.site.components.pagination import EmptyState, ListView, paginate
from plansite.site.components.plan_header import sort_plans_by_need
from plansite.site.components.widgets import build_action_rows
from plansite.site.lists.empty_states import (
    describe_no_check_awaited,
    describe_nothing_due_soon,
    describe_nothing_open,
    describe_nothing_overdue,
    describe_nothing_unassigned,
)

OPEN = Link("Open", OPEN_LIST)
OVERDUE = Link("Overdue", OVERDUE_LIST)
DUE_SOON = Link("Due soon", DUE_SOON_LIST)
UNASSIGNED = Link("No owner or no date", UNASSIGNED_LIST)
AWAITING = Link("Awaiting verification", "awaiting.html")
VERIFIED = Link("Verified", "verified.html")
FINISHED = Link("Finished", "finished.html")
LIST_LINKS = (OPEN, OVERDUE, DUE_SOON, UNASSIGNED, AWAITING, VERIFIED, FINISHED)

_LATE_RANGES = (
    DueRange("weeks", "More than two weeks", 15, None),
    DueRange("fortnight", "One to two weeks", 8, 14),
    DueRange("week", "A week or less", 1, 7),
)
#: What the rows are of a list of actions, checks and reviews.
_ENTRY_NOUNS = ("entry", "entries")
_CHECK_RANGES = (DueRange("late", "Late", 1, None), DueRange("in-time", "Still in time", None, 0))


def build_open_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`open.html`: all open actions by plan, in the order of `sort_plans_by_need`."""
    by_plan: dict[str, list[Action]] = defaultdict(list)
    for action in dated_site.open_actions:
        by_plan[action.plan].append(action)
    groups = tuple(
        build_plain_group(
            f"plan-{number}", plan_link(plan), build_action_rows(dated_site, by_plan[plan.slug], has_values=True)
        )
        for number, plan in enumerate((plan for plan in sort_plans_by_need(dated_site) if plan.slug in by_plan), 1)
    )
    lede = (
        f"{format_count(len(dated_site.open_actions), 'open action')} in {format_count(len(by_plan), 'plan')}."
        if by_plan
        else ""
    )
    return build_list_pages(
        OPEN,
        "Open actions",
        DatedText(lede),
        groups,
        None if by_plan else describe_nothing_open(dated_site),
        "In each plan the earliest due comes first.",
    )


def build_overdue_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`overdue.html`: overdue actions, the longest overdue first; then late checks and reviews."""
    today, dues = dated_site.today, _list_due_dates(dated_site)
    # Rows that become overdue while this copy is online are in the page too; a script shows them from their day on.
    rows = build_action_rows(
        dated_site,
        (action for action in dated_site.open_actions if action.due and action.due < add_days(today, DAYS_AHEAD)),
        has_values=True,
    )
    groups = [group for due_range in _LATE_RANGES if (group := group_rows_in_range(due_range, rows, today))]
    empty_days = find_visibility(lambda day: not bisect_left(dues, day), today)
    return build_list_pages(
        OVERDUE,
        "Overdue",
        _build_late_text(dated_site),
        (*groups, build_late_checks_group(dated_site)),
        replace(describe_nothing_overdue(dated_site), shown=empty_days, reach=find_reach(today))
        if empty_days
        else None,
        "The longest overdue comes first. An action that is due today is not late." if dated_site.open_actions else "",
        nouns=_ENTRY_NOUNS,
    )


def build_due_soon_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`due-soon.html`: actions due from today up to `settings.due_soon` days ahead, then checks due by then."""
    today, dues, ahead = dated_site.today, _list_due_dates(dated_site), dated_site.site.settings.due_soon
    within = f"the next {format_count(ahead, 'day')}"
    rows = build_action_rows(dated_site, dated_site.due_within(ahead + DAYS_AHEAD), has_values=True)
    groups = [group_rows_in_range(due_range, rows, today) for due_range in _list_due_soon_ranges(ahead)]
    check_group, count_checks = build_checks_due_soon_group(dated_site)

    def count_actions(day: date) -> int:
        return bisect_right(dues, add_days(day, ahead)) - bisect_left(dues, day)

    def describe(day: date) -> str:
        due, total, checks = count_actions(day), len(dated_site.open_actions), count_checks(day)
        actions = f"{due:,} of {format_count(total, 'open action')} {is_or_are(due)} due in {within}." if due else ""
        if not checks:
            return actions
        period = " too" if actions else f" in {within}"
        return f"{actions} {format_count(checks, 'check')} {is_or_are(checks)} due{period}.".lstrip()

    empty_days = find_visibility(lambda day: not count_actions(day) and not count_checks(day), today)
    return build_list_pages(
        DUE_SOON,
        "Due soon",
        build_dated_text(describe, today),
        [group for group in (*groups, check_group) if group],
        replace(describe_nothing_due_soon(dated_site, within), shown=empty_days, reach=find_reach(today))
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


def build_unassigned_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`unassigned.html`: open actions without an owner, without a due date, or without both."""
    unassigned = list_unassigned(dated_site)
    kinds = (
        ("neither", "No owner and no date", [a for a in unassigned if _lacks_owner(dated_site, a) and not a.due]),
        ("no-owner", "No owner", [a for a in unassigned if _lacks_owner(dated_site, a) and a.due]),
        ("no-date", "No date", [a for a in unassigned if not _lacks_owner(dated_site, a) and not a.due]),
    )
    total = len(dated_site.open_actions)
    lede = (
        f"{len(unassigned):,} of {format_count(total, 'open action')} {has_or_have(len(unassigned))} "
        f"{describe_lacking(dated_site)}."
        if unassigned
        else ""
    )
    return build_list_pages(
        UNASSIGNED,
        "No owner or no date",
        DatedText(lede),
        [
            build_plain_group(key, Link(title), build_action_rows(dated_site, actions, has_values=True))
            for key, title, actions in kinds
            if actions
        ],
        None if unassigned else describe_nothing_unassigned(dated_site),
        "An action without an owner tends not to get done. Open one to name an owner and a day.",
    )


def build_awaiting_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """`awaiting.html`: finished actions that somebody else has yet to check, late checks first."""
    today, actions = dated_site.today, list_actions_awaiting_check(dated_site)
    checks = [
        build_check_row(dated_site, check, has_values=True)
        for check in list_outstanding_checks(dated_site)
        if check.is_verification
    ]
    groups = [group for due_range in _CHECK_RANGES if (group := group_rows_in_range(due_range, checks, today, "check"))]
    undated = [check for check in checks if check.due is None]
    if undated:
        groups.append(build_plain_group("undated", Link("No day is set"), undated, "check"))
    lede = (
        f"{format_count(len(actions), 'finished action')} {is_or_are(len(actions))} waiting for somebody else to look."
        if actions
        else ""
    )
    explanation = "A check shows whether the change has lasted. The name is of whoever checks."
    return build_list_pages(
        AWAITING,
        "Awaiting verification",
        DatedText(lede),
        groups,
        None if actions else describe_no_check_awaited(dated_site),
        explanation,
        nouns=("check", "checks"),
    )


def list_unassigned(dated_site: SiteOnDate) -> tuple[Action, ...]:
    """Open actions without an owner or without a due date, in the order of their due dates."""
    return tuple(action for action in dated_site.open_actions if _lacks_owner(dated_site, action) or action.due is None)


def describe_lacking(dated_site: SiteOnDate) -> str:
    """What the actions of `list_unassigned` lack, in words."""
    return "no owner or no date" if dated_site.site.is_unfiltered else "no date"


def _lacks_owner(dated_site: SiteOnDate, action: Action) -> bool:
    """Whether an action has no owner. Never for a filtered site, where an owner's name may have been left out."""
    return dated_site.site.is_unfiltered and not action.owner.strip()


def _list_due_dates(dated_site: SiteOnDate) -> list[date]:
    return [action.due for action in dated_site.open_actions if action.due]


def _build_late_text(dated_site: SiteOnDate) -> DatedText:
    """How many actions in how many plans are overdue, for each day."""
    dues, first_dues = _list_due_dates(dated_site), dict[str, date]()
    for action in dated_site.open_actions:  # sorted by due date
        if action.due:
            first_dues.setdefault(action.plan, action.due)
    first_due_dates, total = list(first_dues.values()), format_count(len(dated_site.open_actions), "open action")
    of_plans = format_count(len(dated_site.site.plans), "plan")

    def describe(day: date) -> str:
        late, late_plans = bisect_left(dues, day), bisect_left(first_due_dates, day)
        if not late:
            return ""
        count = f"{late:,} of {total} {is_or_are(late)} late, in {late_plans:,} of {of_plans}."
        return f"{count} {'It' if late == 1 else 'Each'} shows its last news."

    return build_dated_text(describe, dated_site.today, list_days_after(dues))


def build_list_pages(
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
        tabs=LIST_LINKS,
        current=link.href,
        shows_plan=link is not OPEN,
        groups=tuple(groups),
        nothing=empty_state,
        filter_nouns=nouns,
    )
    return paginate(page, view)
