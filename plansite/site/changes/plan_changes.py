"""What changed in a plan: the last week and month, what was re-planned often, and what has fallen silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from plansite.history.action_dates import add_recorded_reason, find_due_moves, find_last_progress
from plansite.history.change import Change, ChangeKind
from plansite.history.descriptions import describe_change
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate, is_silent
from plansite.model.formatting import format_count, format_days
from plansite.model.page_addresses import plan_address
from plansite.model.plan import Plan
from plansite.site.changes.burn_up import BurnUpChart, build_burn_up_chart
from plansite.site.changes.history import HistoryEvent, PlanHistory
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail

#: A due date moved so often is worth a talk.
MIN_MOVES_LISTED = 3
_WEEK_DAYS, _MONTH_DAYS = 7, 30


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A document with what happened to it, newest first."""

    title: Link
    events: tuple[HistoryEvent, ...]


@dataclass(frozen=True, slots=True)
class ChangePeriod:
    """What happened in a span of days, document by document."""

    key: str
    title: str
    note: str
    documents: tuple[ChangedDocument, ...]


@dataclass(frozen=True, slots=True)
class ActionNote:
    """An action with what is to be said of it."""

    title: Link
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangesView:
    """What the page shows. `hidden` says why git tells nothing, where it does not."""

    head: PlanHeader
    unavailable_reason: str
    lede: str
    periods: tuple[ChangePeriod, ...]
    moved: tuple[ActionNote, ...]
    silent: tuple[ActionNote, ...]
    burn_up: BurnUpChart | None


def build_plan_changes_page(dated_site: SiteOnDate, plan: Plan, history: PlanHistory) -> Page:
    """The page of what changed in a plan."""
    return Page(
        path=plan_address(plan.slug, "changes"),
        template="changes/plan_changes.html",
        title=f"Changes: {plan.title}",
        view=_build_view(dated_site, plan, history),
        section="index.html",
        trail=build_plan_trail(plan, Link("Changes")),
    )


def _build_view(dated_site: SiteOnDate, plan: Plan, history: PlanHistory) -> PlanChangesView:
    spans = tuple(build_change_periods(history, {action.path: action for action in plan.actions}, dated_site.today))
    return PlanChangesView(
        head=build_plan_header(dated_site, plan, "changes"),
        unavailable_reason=history.unavailable_reason,
        lede=_format_lede(spans),
        periods=spans,
        moved=tuple(_list_often_moved(plan, history, dated_site.today)),
        silent=tuple(_list_without_progress(dated_site, plan, history)),
        burn_up=build_burn_up_chart(plan, history, dated_site.today),
    )


def _format_lede(periods: Sequence[ChangePeriod]) -> str:
    number = sum(len(span.documents) for span in periods)
    return f"{format_count(number, 'document')} changed in the last {_MONTH_DAYS} days." if number else ""


def build_change_periods(history: PlanHistory, actions: dict[str, Action], today: date) -> Iterator[ChangePeriod]:
    """The last week, and the rest of the last month; a span without news is left out."""
    for key, title, first, last in (
        ("week", f"In the last {_WEEK_DAYS} days", _WEEK_DAYS - 1, 0),
        ("month", f"In the {_MONTH_DAYS - _WEEK_DAYS} days before", _MONTH_DAYS - 1, _WEEK_DAYS),
    ):
        found = history.changes_between(today - timedelta(days=first), today - timedelta(days=last))
        subjects = tuple(group_changes_by_document(found, actions))
        if subjects:
            yield ChangePeriod(key, title, format_count(sum(len(each.events) for each in subjects), "change"), subjects)


def group_changes_by_document(changes: Iterable[Change], actions: dict[str, Action]) -> Iterator[ChangedDocument]:
    """Changes under the document they are about, in the order of files."""
    by_file = sorted((each for each in changes if each.is_reportable), key=lambda change: change.path)
    for path, group in groupby(by_file, key=lambda change: change.path):
        own, action = list(group), actions.get(path)
        told = tuple(
            HistoryEvent(
                describe_change(add_recorded_reason(each, action) if action else each), each.when, each.pull_request
            )
            for each in own
        )
        yield ChangedDocument(action_link(action) if action else Link(_find_document_title(own[0])), told)


def _find_document_title(change: Change) -> str:
    """What a document that is no action, or is gone, is called."""
    values = dict(change.values)
    title = values.get("title") or (change.before if change.did is ChangeKind.REMOVED else "")
    return str(title) or f"{change.document.capitalize()} “{change.slug}”"


def _list_often_moved(plan: Plan, history: PlanHistory, today: date) -> Iterator[ActionNote]:
    """Open actions whose due date was moved often, the most often first."""
    counted = [
        (len(find_due_moves(action, history.changes_to_file(action.path, today))), action)
        for action in plan.open_actions
    ]
    for number, action in sorted(counted, key=lambda each: (-each[0], each[1].slug)):
        if number >= MIN_MOVES_LISTED:
            first = find_due_moves(action, history.changes_to_file(action.path, today))[0].before
            slip = (action.due - first).days if action.due else 0
            yield ActionNote(
                action_link(action),
                f"Moved {number} times, {format_days(abs(slip))} {'later' if slip >= 0 else 'earlier'}.",
            )


def _list_without_progress(dated_site: SiteOnDate, plan: Plan, history: PlanHistory) -> Iterator[ActionNote]:
    """Open actions without progress for longer than the plan's review interval."""
    for action in plan.open_actions:
        if is_silent(action, plan, dated_site.today):
            last = find_last_progress(action, dated_site.today, history.changes_to_file(action.path, dated_site.today))
            said = (
                f"No progress for {format_days((dated_site.today - last).days)}."
                if last
                else "No progress has been noted yet."
            )
            yield ActionNote(action_link(action), said)
