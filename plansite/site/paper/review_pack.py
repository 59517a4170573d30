"""The review pack: all that a review of a plan looks at, on paper, as at the day of the copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.formatting import format_count, format_long_date
from plansite.model.page_addresses import FRONT_PAGE, action_address, plan_address, plan_document_address
from plansite.model.review_dates import is_planned, next_review_date
from plansite.model.status import Status
from plansite.site.changes.history import PlanHistory
from plansite.site.components.body_sections import render_elsewhere
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.notice_clocks import NoticeView, build_notice_views
from plansite.site.components.page import Link, Page
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.measures.measure_statistics import analyse_measure
from plansite.site.paper.agenda import Agenda, build_agenda
from plansite.site.paper.pack_changes import PackChanges, build_pack_changes
from plansite.site.paper.pack_goals import PackGoal, build_pack_goals
from plansite.site.paper.pack_rows import (
    PackRow,
    build_check_row,
    build_closed_row,
    build_control_row,
    build_decision_row,
    build_item_row,
    build_silent_row,
    build_waiting_row,
    list_decision_reasons,
)
from plansite.site.paper.printed_plan import list_unreadable_names
from plansite.site.plan.reviews import strip_expected

#: Where no review is planned, or the planned one is late, the pack looks so many days ahead.
_DAYS_AHEAD = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class PackGroup:
    """A list of the pack. `label` names one or more of its rows in the summary; `empty` is said where it has none."""

    key: str
    title: str
    label: str
    note: str = ""
    rows: tuple[PackRow, ...]
    empty: str
    noun: str = "action"


@dataclass(frozen=True, slots=True)
class PackMeasure:
    """A measure with what its chart shows, and its latest reading, in words."""

    title: Link
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPackView:
    """What the pack shows. All of it is as at one day, which no script changes.

    `meeting` says which review it is for. `other_open` says how many open actions are on none of its lists,
    `undated` how many were closed on a day that is not recorded. `decisions` are those of the last review, as HTML.
    """

    head: PlanHeader
    day: date
    board: str
    meeting: str
    last_review: Link
    following: date | None
    notices: tuple[NoticeView, ...]
    groups: tuple[PackGroup, ...]
    other_open: str
    undated: str
    unreadable: tuple[str, ...]
    changes: PackChanges
    decisions: str
    goals: tuple[PackGoal, ...]
    measures: tuple[PackMeasure, ...]
    expected: tuple[str, ...]


def build_review_pack_page(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver, history: PlanHistory) -> Page:
    """The pack for the next review of a plan."""
    return Page(
        path=plan_address(plan.slug, "review-pack"),
        template="paper/review_pack.html",
        title=f"Review pack: {plan.title}",
        view=_build_view(dated_site, plan, resolver, history),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Review pack")),
        running_head=f"Review pack: {plan.title}",
    )


def _build_view(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver, history: PlanHistory) -> ReviewPackView:
    today, planned = dated_site.today, next_review_date(plan)
    day = planned if planned and planned >= today else today
    agenda = build_agenda(dated_site.site, plan, day, today, lambda action: history.changes_to_file(action.path, today))
    changes = build_pack_changes(plan, agenda.last_review, history, today)
    groups = tuple(_build_groups(dated_site, agenda, planned, changes.since))
    listed = {row.title.href for group in groups for row in group.rows}
    others = sum(action_address(item.action) not in listed for item in agenda.items)
    undated = sum(when is None for _, when in agenda.closed)
    return ReviewPackView(
        head=build_plan_header(dated_site, plan, "review-pack"),
        day=today,
        board=plan_address(plan.slug),
        meeting=_describe_meeting(planned, today),
        last_review=_link_review(agenda.last_review),
        following=agenda.next_date if day == planned else None,
        notices=build_notice_views(dated_site, plan),
        groups=groups,
        other_open=format_count(others, "other open action") if others else "",
        undated=format_count(undated, "action") if undated else "",
        unreadable=list_unreadable_names(dated_site, plan),
        changes=changes,
        decisions=_render_decisions(agenda.last_review, resolver, plan_address(plan.slug, "review-pack")),
        goals=tuple(build_pack_goals(plan)),
        measures=tuple(_build_measure(measure, changes.since) for measure in plan.measures),
        expected=_list_expected(plan, agenda.last_review, planned),
    )


def _describe_meeting(planned: date | None, today: date) -> str:
    if planned is None:
        return "No review is planned."
    if planned < today:
        return f"The review due on {format_long_date(planned)} has not been held, or has no minutes."
    return f"For the review on {format_long_date(planned)}."


def _link_review(review: Review | None) -> Link:
    if review is None:
        return Link("None held yet")
    day = f", {format_long_date(review.date)}" if review.date else ""
    return Link(f"{review.title}{day}", plan_document_address(review))


def _build_groups(dated_site: SiteOnDate, agenda: Agenda, planned: date | None, since: date) -> Iterator[PackGroup]:
    """The lists in the order of a meeting. An action is on each list that it belongs to."""
    late = [item for item in agenda.items if item.action.is_overdue(agenda.as_at)]
    yield PackGroup(
        key="late",
        title="Late",
        label="late",
        rows=tuple(build_item_row(dated_site, agenda, item) for item in late),
        empty="Nothing is late.",
    )
    if agenda.controls:
        yield _build_control_group(dated_site, agenda)
    yield from _build_due_groups(dated_site, agenda, planned)
    yield _build_waiting_group(dated_site, agenda)
    yield PackGroup(
        key="silent",
        title="Without news",
        label="without news",
        note="Longer than from one review to the next",
        rows=tuple(build_silent_row(dated_site, item) for item in agenda.items if item.is_silent),
        empty="No open action has been silent for longer than from one review to the next.",
    )
    yield _build_decision_group(dated_site, agenda)
    yield _build_check_group(dated_site, agenda)
    yield PackGroup(
        key="closed",
        title="Closed",
        label="closed",
        note=f"Since {format_long_date(since)}",
        rows=tuple(
            build_closed_row(dated_site, action, when) for action, when in agenda.closed if when and when >= since
        ),
        empty="No action was closed in this time.",
    )


def _build_waiting_group(dated_site: SiteOnDate, agenda: Agenda) -> PackGroup:
    waiting = [item for item in agenda.items if item.waits_for or item.action.status is Status.BLOCKED]
    return PackGroup(
        key="waiting",
        title="Waiting or blocked",
        label="waiting or blocked",
        rows=tuple(build_waiting_row(dated_site, agenda, item) for item in waiting),
        empty="No open action waits for another, and none is blocked.",
    )


def _build_due_groups(dated_site: SiteOnDate, agenda: Agenda, planned: date | None) -> Iterator[PackGroup]:
    """What falls due from today to the review, and from then to the one after it; else in the next weeks."""
    today = agenda.as_at
    is_planned_ahead = planned is not None and planned >= today
    end = agenda.day if is_planned_ahead else add_days(today, _DAYS_AHEAD)
    yield PackGroup(
        key="due",
        title="Due by this review" if is_planned_ahead else "Due in the next 4 weeks",
        label="due by this review" if is_planned_ahead else "due in the next 4 weeks",
        note=f"Up to {format_long_date(end)}",
        rows=_select_due(dated_site, agenda, today, end),
        empty="Nothing falls due in this time.",
    )
    if is_planned_ahead and agenda.next_date and agenda.next_date > end:
        yield PackGroup(
            key="due-after",
            title="Due before the next",
            label="due before the next",
            note=f"Up to {format_long_date(agenda.next_date)}, one interval after this review",
            rows=_select_due(dated_site, agenda, add_days(end, 1), agenda.next_date),
            empty="Nothing falls due in this time.",
        )


def _select_due(dated_site: SiteOnDate, agenda: Agenda, first: date, last: date) -> tuple[PackRow, ...]:
    items = (item for item in agenda.items if item.action.due and first <= item.action.due <= last)
    return tuple(build_item_row(dated_site, agenda, item) for item in items)


def _build_decision_group(dated_site: SiteOnDate, agenda: Agenda) -> PackGroup:
    reasons = [(item, tuple(list_decision_reasons(dated_site, item))) for item in agenda.items]
    return PackGroup(
        key="decide",
        title="Decisions wanted",
        label="to decide",
        rows=tuple(build_decision_row(dated_site, item, words) for item, words in reasons if words),
        empty="No open action is blocked, without an owner or date, or re-planned three times.",
    )


def _build_check_group(dated_site: SiteOnDate, agenda: Agenda) -> PackGroup:
    rows = tuple(build_check_row(dated_site, agenda, check) for check in agenda.checks)
    late = sum(row.is_late for row in rows)
    end = f"Up to {format_long_date(agenda.next_date)}" if agenda.next_date else ""
    return PackGroup(
        key="checks",
        title="Checks",
        label=f"to be checked, {late:,} late" if late else "to be checked",
        note=end if rows else "",
        rows=rows,
        empty="No checks are due.",
    )


def _build_control_group(dated_site: SiteOnDate, agenda: Agenda) -> PackGroup:
    rows = tuple(build_control_row(dated_site, agenda, control) for control in agenda.controls)
    late = sum(row.is_late for row in rows)
    label = "interim control" if len(rows) == 1 else "interim controls"
    return PackGroup(
        key="interim",
        title="Interim controls",
        label=f"{label}, {format_count(late, 'check')} late" if late else label,
        note="Each keeps people safe until something is done.",
        rows=rows,
        empty="",
        noun="control",
    )


def _render_decisions(last_review: Review | None, resolver: LinkResolver, page: str) -> str:
    """The decisions of the last review, as HTML for the pack; empty if there are none."""
    if last_review is None:
        return ""
    return render_elsewhere(last_review.body.section_html("decisions"), resolver.for_document(last_review, page))


def _build_measure(measure: Measure, since: date) -> PackMeasure:
    new = sum(reading.date >= since for reading in measure.readings)
    words = analyse_measure(measure).describe_with_latest()
    return PackMeasure(
        Link(measure.title, plan_document_address(measure)),
        f"{words} {format_count(new, 'reading')} since {format_long_date(since)}." if new else words,
    )


def _list_expected(plan: Plan, last_review: Review | None, planned: date | None) -> tuple[str, ...]:
    """The names of those expected: from the planned review's own file, else those of the last review."""
    drafts = (review for review in plan.reviews if review.date == planned and is_planned(review))
    draft = next(drafts, None) if planned else None
    names = draft.present if draft else (*last_review.present, *last_review.apologies) if last_review else ()
    return tuple(dict.fromkeys(strip_expected(name) for name in names))
