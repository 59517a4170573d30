"""Lists across plans: open, overdue, due soon, without owner or date, awaiting verification, verified, finished."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import month_name
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.formatting import format_count
from plansite.model.page_addresses import DUE_SOON_LIST, OPEN_LIST, OVERDUE_LIST, UNASSIGNED_LIST
from plansite.model.status import Status
from plansite.site.components.check_rows import (
    build_check_row,
    build_checks_due_soon_group,
    build_late_checks_group,
    list_actions_awaiting_check,
    list_outstanding_checks,
)
from plansite.site.components.dated_rows import (
    DAYS_AHEAD,
    DatedText,
    DueRange,
    RowGroup,
    add_days,
    build_dated_text,
    build_plain_group,
    find_visibility,
    group_rows_in_range,
)
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.components.pagination import EmptyState, ListView, paginate
from plansite.site.components.plan_header import sort_plans_by_need
from plansite.site.components.widgets import build_action_rows, build_finished_row
from plansite.site.lists.empty_states import (
    NOTHING_FINISHED,
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
_TEMPLATES = {FINISHED: "lists/finished.html", VERIFIED: "lists/verified.html"}
_NOTHING_VERIFIED = EmptyState(
    words="Nothing has been verified yet.",
    sentence="An action is embedded when somebody other than its owner has checked it, and something shows it.",
)
_CHECK_RANGES = (DueRange("late", "Late", 1, None), DueRange("in-time", "Still in time", None, 0))


def build_open_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """All open actions, plan by plan; the plan that needs most comes first."""
    still: dict[str, list[Action]] = defaultdict(list)
    for action in dated_site.open_actions:
        still[action.plan].append(action)
    groups = tuple(
        build_plain_group(f"plan-{number}", plan_link(plan), build_action_rows(dated_site, still[plan.slug]))
        for number, plan in enumerate((plan for plan in sort_plans_by_need(dated_site) if plan.slug in still), 1)
    )
    lede = (
        f"{format_count(len(dated_site.open_actions), 'open action')} in {format_count(len(still), 'plan')}."
        if still
        else ""
    )
    return _build_list_pages(
        OPEN,
        "Open actions",
        DatedText(lede),
        groups,
        None if still else describe_nothing_open(dated_site),
        "The earliest due comes first.",
    )


def build_overdue_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """What is late, the latest first; then the checks and reviews that are late."""
    today, dues = dated_site.today, _list_due_dates(dated_site)
    near = build_action_rows(
        dated_site, (a for a in dated_site.open_actions if a.due and a.due < add_days(today, DAYS_AHEAD))
    )
    groups = [group for band in _LATE_RANGES if (group := group_rows_in_range(band, near, today))]
    calm = find_visibility(lambda day: not bisect_left(dues, day), today)
    return _build_list_pages(
        OVERDUE,
        "Overdue",
        _build_late_text(dated_site),
        (*groups, build_late_checks_group(dated_site)),
        replace(describe_nothing_overdue(dated_site), shown=calm) if calm else None,
        "An action that is due today is not late." if dated_site.open_actions else "",
    )


def build_due_soon_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """What is due from today up to as many days ahead as the site says, the earliest first."""
    today, dues, ahead = dated_site.today, _list_due_dates(dated_site), dated_site.site.settings.due_soon
    within = f"the next {format_count(ahead, 'day')}"
    near = build_action_rows(dated_site, (a for a in dated_site.due_within(ahead + DAYS_AHEAD)))
    first = DueRange(
        "week", "Within a week" if ahead > 7 else f"Within {format_count(ahead, 'day')}", -min(ahead, 7), 0
    )
    then = (DueRange("later", f"In 8 to {ahead} days" if ahead > 8 else "In 8 days", -ahead, -8),) if ahead > 7 else ()

    def number(day: date) -> int:
        return bisect_right(dues, add_days(day, ahead)) - bisect_left(dues, day)

    group, checks = build_checks_due_soon_group(dated_site)

    def words(day: date) -> str:
        due, total, looks = number(day), len(dated_site.open_actions), checks(day)
        said = f"{due:,} of {format_count(total, 'open action')} {_pluralise_be(due)} due in {within}." if due else ""
        also = (
            f"{format_count(looks, 'check')} {_pluralise_be(looks)} "
            f"due{'' if said else f' in {within}'}{' too' if said else ''}."
        )
        return f"{said} {also}".lstrip() if looks else said

    calm = find_visibility(lambda day: not number(day) and not checks(day), today)
    return _build_list_pages(
        DUE_SOON,
        "Due soon",
        build_dated_text(words, today),
        [each for each in (*(group_rows_in_range(band, near, today) for band in (first, *then)), group) if each],
        replace(describe_nothing_due_soon(dated_site, within), shown=calm) if calm else None,
        "What is due today counts. What is late already is on the overdue list.",
    )


def build_unassigned_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """Open actions that name nobody, or no day, or neither."""
    lacking = list_unassigned(dated_site)
    kinds = (
        ("neither", "No owner and no date", [a for a in lacking if _lacks_owner(dated_site, a) and not a.due]),
        ("no-owner", "No owner", [a for a in lacking if _lacks_owner(dated_site, a) and a.due]),
        ("no-date", "No date", [a for a in lacking if not _lacks_owner(dated_site, a) and not a.due]),
    )
    total = len(dated_site.open_actions)
    verb = "has" if len(lacking) == 1 else "have"
    lede = (
        f"{len(lacking):,} of {format_count(total, 'open action')} {verb} {describe_lacking(dated_site)}."
        if lacking
        else ""
    )
    return _build_list_pages(
        UNASSIGNED,
        "No owner or no date",
        DatedText(lede),
        [
            build_plain_group(key, Link(title), build_action_rows(dated_site, actions))
            for key, title, actions in kinds
            if actions
        ],
        None if lacking else describe_nothing_unassigned(dated_site),
        "What nobody owns does not get done. Open one to name an owner and a day.",
    )


def build_awaiting_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """Finished actions that somebody has yet to check, late checks first."""
    today, actions = dated_site.today, list_actions_awaiting_check(dated_site)
    checks = [
        build_check_row(dated_site, check) for check in list_outstanding_checks(dated_site) if not check.is_recurring
    ]
    groups = [group for band in _CHECK_RANGES if (group := group_rows_in_range(band, checks, today, "check"))]
    undated = [check for check in checks if check.due is None]
    if undated:
        groups.append(build_plain_group("undated", Link("No day is set"), undated, "check"))
    verb = "is" if len(actions) == 1 else "are"
    lede = (
        f"{format_count(len(actions), 'finished action')} {verb} waiting for somebody else to look." if actions else ""
    )
    manner = "A check shows whether the change has lasted. The name is of whoever checks."
    return _build_list_pages(
        AWAITING,
        "Awaiting verification",
        DatedText(lede),
        groups,
        None if actions else describe_no_check_awaited(dated_site),
        manner,
    )


def build_finished_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """What was finished, the newest first, month by month, with thanks."""
    actions = dated_site.finished_actions
    owners = {action.owner.strip() for action in actions} - {""}
    by = f", by {format_count(len(owners), 'owner')}" if owners else ""
    verb = "is" if len(actions) == 1 else "are"
    lede = f"{format_count(len(actions), 'action')} {verb} finished{by}. Thank you to everyone who did them."
    words = DatedText(lede if actions else "")
    return _build_list_pages(
        FINISHED, "Finished", words, group_by_month(dated_site, actions), None if actions else NOTHING_FINISHED
    )


def build_verified_list(dated_site: SiteOnDate) -> Iterator[Page]:
    """What somebody other than the owner has checked, the newest check first: who looked, when, and what they found."""
    embedded = (action for action in dated_site.finished_actions if action.status is Status.EMBEDDED)
    actions = sorted(embedded, key=lambda action: verified_on(action) or date.min, reverse=True)
    verb = "is" if len(actions) == 1 else "are"
    lede = (
        f"{format_count(len(actions), 'action')} {verb} embedded: somebody other than the owner has looked."
        if actions
        else ""
    )
    groups = group_by_month(dated_site, actions, verified_on)
    return _build_list_pages(VERIFIED, "Verified", DatedText(lede), groups, None if actions else _NOTHING_VERIFIED)


def verified_on(action: Action) -> date | None:
    """The day of the check by somebody else."""
    return action.verification.date if action.verification else None


def group_by_month(
    dated_site: SiteOnDate, actions: Sequence[Action], day_of: Callable[[Action], date | None] = finished_on
) -> tuple[RowGroup, ...]:
    """Finished actions, the newest first, under the month in which they were finished, or had another such day."""

    def month(action: Action) -> tuple[str, str]:
        day = day_of(action)
        return (f"m-{day.isoformat()[:7]}", f"{month_name[day.month]} {day.year}") if day else ("undated", "No date")

    return tuple(
        build_plain_group(key, Link(title), [build_finished_row(dated_site, action) for action in group])
        for (key, title), group in groupby(actions, key=month)
    )


def list_unassigned(dated_site: SiteOnDate) -> tuple[Action, ...]:
    """Open actions without an owner or without a date, in the order of their dates."""
    return tuple(action for action in dated_site.open_actions if _lacks_owner(dated_site, action) or action.due is None)


def describe_lacking(dated_site: SiteOnDate) -> str:
    """What these lack, in words."""
    return "no owner or no date" if dated_site.site.is_unfiltered else "no date"


def _lacks_owner(dated_site: SiteOnDate, action: Action) -> bool:
    """Whether it names no owner; where names are left out, nobody can tell."""
    return dated_site.site.is_unfiltered and not action.owner.strip()


def _list_due_dates(dated_site: SiteOnDate) -> list[date]:
    return [action.due for action in dated_site.open_actions if action.due]


def _pluralise_be(number: int) -> str:
    return "is" if number == 1 else "are"


def _build_late_text(dated_site: SiteOnDate) -> DatedText:
    """How many are late in how many plans, today and later."""
    dues, first = _list_due_dates(dated_site), dict[str, date]()
    for action in dated_site.open_actions:
        if action.due:
            first.setdefault(action.plan, action.due)
    begins, total = list(first.values()), format_count(len(dated_site.open_actions), "open action")
    of_plans = format_count(len(dated_site.site.plans), "plan")

    def words(day: date) -> str:
        late = bisect_left(dues, day)
        if not late:
            return ""
        of = f"{late:,} of {total} {_pluralise_be(late)} late, in {bisect_left(begins, day):,} of {of_plans}."
        return f"{of} {'It' if late == 1 else 'Each'} shows its last news."

    return build_dated_text(words, dated_site.today)


def _build_list_pages(
    link: Link,
    title: str,
    lede: DatedText,
    groups: Sequence[RowGroup],
    empty_state: EmptyState | None,
    explanation: str = "",
) -> Iterator[Page]:
    """A list's pages; where nothing may ever be said of its emptiness, `nothing` is None."""
    page = Page(
        path=link.href,
        template=_TEMPLATES.get(link, "lists/list.html"),
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
    )
    return paginate(page, view)
