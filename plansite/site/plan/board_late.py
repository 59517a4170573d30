"""What is late in a plan, what is due next and what is at risk: the first lists of a plan's page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Course, SiteOnDate, due_sort_key
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, has_or_have, is_or_are
from plansite.model.page_addresses import OVERDUE_LIST
from plansite.site.components.dated_rows import (
    DatedText,
    Visibility,
    build_dated_text,
    build_text_of_dates,
    find_reach,
    find_visibility,
)
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.components.widgets import Tag, build_course_tag
from plansite.site.plan.board_cards import find_check_due, format_lead

#: How many rows show before the others are folded away.
_MAX_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LateRow:
    """An open action in a few words, and when it shows. `lead` is the text before its due date."""

    ref: str
    title: Link
    owner: Link
    lead: str
    due: date | None
    tag: Tag
    shown: Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSection:
    """The late actions of a plan, the longest late first, then the next due; then those at risk.

    `folded` are the rows past the first few, which show while `fold_shown` under the words `fold`. `note` says that
    nothing is late, `undated` how many actions have no due date, `checks` how many checks of finished actions are late.
    All is known up to `reach`.
    """

    rows: tuple[LateRow, ...]
    folded: tuple[LateRow, ...]
    fold: DatedText
    fold_shown: Visibility | None
    note: DatedText
    undated: str
    checks: DatedText
    checks_href: str
    at_risk: tuple[LateRow, ...]
    at_risk_count: DatedText
    at_risk_shown: Visibility | None
    reach: date


def build_late_section(dated_site: SiteOnDate, plan: Plan) -> LateSection | None:
    """The section; None for a plan that has nothing open and no check to be made.

    Rows are in the order of their due dates. A row joins on the day on which its action is the next due, and stays when
    it is late, so that the rows of any day are the first ones.
    """
    today = dated_site.today
    checks = [day for action in plan.actions if (day := find_check_due(action, today))]
    if not plan.open_actions and not checks:
        return None
    rows = tuple(_build_late_rows(dated_site, plan))
    joined = [row.shown.joins or today for row in rows]
    at_risk = tuple(_build_risk_rows(dated_site, plan))

    def count_folded(day: date) -> int:
        return bisect_right(joined, day) - _MAX_ROWS

    def count_at_risk(day: date) -> int:
        return sum(_shows_on(row.shown, day) for row in at_risk)

    return LateSection(
        rows=rows[:_MAX_ROWS],
        folded=rows[_MAX_ROWS:],
        fold=build_dated_text(lambda day: f"{max(count_folded(day), 0):,} more", today, joined),
        fold_shown=find_visibility(lambda day: count_folded(day) > 0, today),
        note=_describe_nothing_late(dated_site, plan),
        undated=_describe_undated(plan),
        checks=build_text_of_dates(lambda day: _describe_checks(checks, day), today, checks),
        checks_href=f"{OVERDUE_LIST}#checks",
        at_risk=at_risk,
        at_risk_count=build_dated_text(lambda day: f"{count_at_risk(day):,} at risk", today),
        at_risk_shown=find_visibility(lambda day: count_at_risk(day) > 0, today),
        reach=find_reach(today),
    )


def _build_late_rows(dated_site: SiteOnDate, plan: Plan) -> Iterator[LateRow]:
    """The rows of actions that are late or the next due, today or on a covered day."""
    today, reach = dated_site.today, find_reach(dated_site.today)
    earlier = latest = date.min  # the due dates of the rows before: the latest, and the latest that is another one
    for action in sorted((action for action in plan.open_actions if action.due), key=due_sort_key):
        due = action.due or date.max
        if due != latest:
            earlier, latest = latest, due
        joins = add_days(earlier, 1)
        if joins > reach:
            return
        yield _build_row(dated_site, action, Visibility(joins if joins > today else None))


def _build_risk_rows(dated_site: SiteOnDate, plan: Plan) -> Iterator[LateRow]:
    """The rows of actions that are at risk today or on a covered day, by their due dates."""
    reach = find_reach(dated_site.today)
    for action in sorted(plan.open_actions, key=due_sort_key):
        assessment = dated_site.assess_action(action)
        if assessment.course is Course.AT_RISK:
            yield _build_row(dated_site, action, Visibility(None, assessment.overdue_from))
        elif assessment.course is Course.ON_TRACK and (assessment.at_risk_from or date.max) <= reach:
            yield _build_row(dated_site, action, Visibility(assessment.at_risk_from, assessment.overdue_from))


def _build_row(dated_site: SiteOnDate, action: Action, shown: Visibility) -> LateRow:
    lead, due = format_lead(dated_site, action)
    return LateRow(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        lead=lead,
        due=due,
        tag=build_course_tag(action, dated_site.assess_action(action)),
        shown=shown,
    )


def _shows_on(shown: Visibility, day: date) -> bool:
    return (shown.joins is None or shown.joins <= day) and (shown.leaves is None or day < shown.leaves)


def _describe_nothing_late(dated_site: SiteOnDate, plan: Plan) -> DatedText:
    dues = [action.due for action in plan.open_actions if action.due]
    is_whole = not dated_site.count_unread_files(plan)
    words = "Nothing is late." if is_whole else "No action that could be read is late."
    return build_text_of_dates(lambda day: "" if any(due < day for due in dues) else words, dated_site.today, dues)


def _describe_undated(plan: Plan) -> str:
    undated = sum(action.due is None for action in plan.open_actions)
    return f"{format_count(undated, 'open action')} {has_or_have(undated)} no due date." if undated else ""


def _describe_checks(dues: Sequence[date], day: date) -> str:
    late = sum(due < day for due in dues)
    return f"{format_count(late, 'check')} of finished work {is_or_are(late)} late." if late else ""
