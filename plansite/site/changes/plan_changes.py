"""What changed in a plan in the last week and month, what was re-planned often, and what has had no progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import find_due_moves, find_last_progress
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_days
from plansite.model.page_addresses import plan_address
from plansite.model.review_dates import is_silent
from plansite.site.changes.burn_up import BurnUpChart, build_burn_up_chart
from plansite.site.changes.changed_documents import (
    DAYS_SHOWN,
    NEW_DAYS,
    ChangedDocument,
    count_changes,
    find_first_day,
    find_first_new_day,
    fold_earlier,
    list_changed_documents,
)
from plansite.site.changes.dated_notes import add_changes_in_files, describe_origins
from plansite.site.changes.history import PlanHistory
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail

#: Actions whose due date was moved at least this often are listed.
MIN_MOVES_LISTED = 3
#: The changes of a document that are not folded, as far as those of its newest day are not more.
_MAX_CHANGES_OPEN = 3


@dataclass(frozen=True, slots=True)
class ChangePeriod:
    """The documents whose newest change is in a period; folded, where `summary` says what is in it."""

    key: str
    title: str
    note: str
    summary: str
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
    today, first = dated_site.today, find_first_day(dated_site.today)
    of_git = history.changes_between(first, today)
    changes = add_changes_in_files(of_git, plan, first, today)
    documents = list_changed_documents(changes, {action.path: action for action in plan.actions})
    return PlanChangesView(
        head=build_plan_header(dated_site, plan, "changes"),
        unavailable_reason=history.unavailable_reason,
        origin=describe_origins(of_git, changes, today, history.first_day) if documents else "",
        lede=_format_lede(documents),
        periods=tuple(_build_periods(documents, today)),
        moved=tuple(_list_often_moved(plan, history, today)),
        silent=tuple(_list_without_progress(dated_site, plan, history)),
        burn_up=build_burn_up_chart(plan, history, today),
    )


def _format_lede(documents: Sequence[ChangedDocument]) -> str:
    if not documents:
        return ""
    number = count_changes(documents)
    return (
        f"{format_count(number, 'change')} to {format_count(len(documents), 'document')} in the last {DAYS_SHOWN} days."
    )


def _build_periods(documents: Sequence[ChangedDocument], today: date) -> Iterator[ChangePeriod]:
    """The documents that changed in the last week, and folded those that changed in the month before.

    Each document is in one period, that of its newest change. Nothing is folded where nothing is new.
    """
    since = find_first_new_day(today)
    new = [document for document in documents if document.newest >= since]
    old = documents[len(new) :]
    for key, title, of_period, is_folded in (
        ("week", f"In the last {NEW_DAYS} days", new, False),
        ("month", f"In the {DAYS_SHOWN - NEW_DAYS} days before", old, bool(new)),
    ):
        if of_period:
            count = format_count(count_changes(of_period, since if of_period is new else date.min), "change")
            yield ChangePeriod(
                key=key,
                title=title,
                note="" if is_folded else count,
                summary=f"{count} to {format_count(len(of_period), 'other document')}" if is_folded else "",
                documents=tuple(fold_earlier(document, _MAX_CHANGES_OPEN, since) for document in of_period),
            )


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
