"""What changed in a plan in the last week and month, what was re-planned often, and what has had no progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.history.action_dates import add_recorded_reason, find_due_moves, find_last_progress
from plansite.history.change import Change, ChangeKind, document_sort_key
from plansite.history.descriptions import describe_change
from plansite.model.action import Action
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.formatting import format_count, format_days
from plansite.model.page_addresses import plan_address
from plansite.model.plan import Plan
from plansite.model.review_dates import is_silent
from plansite.site.changes.burn_up import BurnUpChart, build_burn_up_chart
from plansite.site.changes.dated_notes import describe_origin, list_changes_in_files, tell_from_files
from plansite.site.changes.history import HistoryEvent, PlanHistory
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail

#: Actions whose due date was moved at least this often are listed.
MIN_MOVES_LISTED = 3
_WEEK_DAYS, _MONTH_DAYS = 7, 30


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A document with its events, newest first."""

    title: Link
    events: tuple[HistoryEvent, ...]


@dataclass(frozen=True, slots=True)
class ChangePeriod:
    """The documents that changed in a period; the site page has one period for each plan."""

    key: str
    title: str
    note: str
    documents: tuple[ChangedDocument, ...]


@dataclass(frozen=True, slots=True)
class ActionNote:
    """An action with a sentence about it."""

    title: Link
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangesView:
    """What the page shows.

    `unavailable_reason` says why there is no history, if there is none; `origin` where the changes come from.
    """

    head: PlanHeader
    unavailable_reason: str
    origin: str
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
    today = dated_site.today
    from_files = not history.has_changes(today) and tell_from_files(
        history.unavailable_reason, history.first_day, today
    )
    shown = PlanHistory(by_file=list_changes_in_files(plan, today)) if from_files else history
    periods = tuple(build_change_periods(shown, {action.path: action for action in plan.actions}, today))
    origin = describe_origin(from_files=from_files, today=today, has_git=history.first_day is not None)
    return PlanChangesView(
        head=build_plan_header(dated_site, plan, "changes"),
        unavailable_reason=history.unavailable_reason,
        origin=origin if periods else "",
        lede=_format_lede(periods),
        periods=periods,
        moved=tuple(_list_often_moved(plan, history, dated_site.today)),
        silent=tuple(_list_without_progress(dated_site, plan, history)),
        burn_up=build_burn_up_chart(plan, history, dated_site.today),
    )


def _format_lede(periods: Sequence[ChangePeriod]) -> str:
    number = sum(len(period.documents) for period in periods)
    return f"{format_count(number, 'document')} changed in the last {_MONTH_DAYS} days." if number else ""


def build_change_periods(history: PlanHistory, actions: dict[str, Action], today: date) -> Iterator[ChangePeriod]:
    """The last week and the rest of the last month; a period without changes is left out."""
    for key, title, first, last in (
        ("week", f"In the last {_WEEK_DAYS} days", _WEEK_DAYS - 1, 0),
        ("month", f"In the {_MONTH_DAYS - _WEEK_DAYS} days before", _MONTH_DAYS - 1, _WEEK_DAYS),
    ):
        changes = history.changes_between(add_days(today, -first), add_days(today, -last))
        documents = tuple(list_changed_documents(changes, actions))
        if documents:
            number = sum(len(document.events) for document in documents)
            yield ChangePeriod(key, title, format_count(number, "change"), documents)


def list_changed_documents(
    changes_by_path: Mapping[str, Sequence[Change]], actions: Mapping[str, Action]
) -> Iterator[ChangedDocument]:
    """The documents with reportable changes, by `document_sort_key`. `actions` are all actions by path."""
    reportable = {
        path: [change for change in changes if change.is_reportable] for path, changes in changes_by_path.items()
    }
    for path, changes in sorted(
        ((path, changes) for path, changes in reportable.items() if changes),
        key=lambda item: document_sort_key(item[0], item[1], actions),
    ):
        action = actions.get(path)
        events = tuple(
            HistoryEvent(
                describe_change(add_recorded_reason(change, action) if action else change),
                change.when,
                change.pull_request,
            )
            for change in sorted(changes, key=lambda change: change.when, reverse=True)
        )
        yield ChangedDocument(action_link(action) if action else Link(_find_document_title(changes[0])), events)


def _find_document_title(change: Change) -> str:
    """The title of a document that is not an action or has been deleted, from one of its changes."""
    values = dict(change.values)
    title = values.get("title") or (change.before if change.did is ChangeKind.REMOVED else "")
    return str(title) or f"{change.document.capitalize()} “{change.slug}”"


def _list_often_moved(plan: Plan, history: PlanHistory, today: date) -> Iterator[ActionNote]:
    """Open actions whose due date was moved at least `MIN_MOVES_LISTED` times, the most moved first."""
    moved = [
        (moves, action)
        for action in plan.open_actions
        if len(moves := find_due_moves(action, history.changes_to_file(action.path, today))) >= MIN_MOVES_LISTED
    ]
    for moves, action in sorted(moved, key=lambda pair: (-len(pair[0]), pair[1].sort_key)):
        slip = (action.due - moves[0].before).days if action.due else 0
        direction = "later" if slip >= 0 else "earlier"
        yield ActionNote(action_link(action), f"Moved {len(moves)} times, {format_days(abs(slip))} {direction}.")


def _list_without_progress(dated_site: SiteOnDate, plan: Plan, history: PlanHistory) -> Iterator[ActionNote]:
    """Open actions without progress for longer than the plan's review interval."""
    for action in plan.open_actions:
        if is_silent(action, plan, dated_site.today):
            last = find_last_progress(action, dated_site.today, history.changes_to_file(action.path, dated_site.today))
            words = (
                f"No progress for {format_days((dated_site.today - last).days)}."
                if last
                else "No progress has been noted yet."
            )
            yield ActionNote(action_link(action), words)
