"""What changed in a plan since its last review, for the review pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.history.change import Change
from plansite.model.dates import CalendarInterval, add_days, add_interval
from plansite.model.formatting import format_count, format_long_date
from plansite.model.plan import Plan, Review
from plansite.model.review_dates import review_interval
from plansite.site.changes.changed_documents import ChangedDocument, list_changed_documents
from plansite.site.changes.dated_notes import FROM_GIT, describe_origin, list_changes_in_files, tell_from_files
from plansite.site.changes.history import HistoryEvent, PlanHistory
from plansite.site.components.page import Link

#: Of each document the newest events are listed, and the others counted.
_MAX_EVENTS = 5
_FIRST_DAYS = 28
_FIRST_INTERVAL = CalendarInterval(months=3, text="3 months")


@dataclass(frozen=True, slots=True)
class PackChange:
    """A document that changed, with its newest events; `more` says how many earlier ones there are."""

    title: Link
    events: tuple[HistoryEvent, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChanges:
    """The changes from the day `since`; `words` say why from that day, `origin` where they come from, or why not."""

    since: date
    words: str
    origin: str
    documents: tuple[PackChange, ...]


def build_pack_changes(plan: Plan, last_review: Review | None, history: PlanHistory, today: date) -> PackChanges:
    """The changes since the last review; without one since the plan began, or where that is long ago, of four weeks."""
    since, words = _choose_first_day(plan, last_review, today)
    changes, origin = _select_changes(plan, history, since, today)
    documents = list_changed_documents(changes, {action.path: action for action in plan.actions})
    return PackChanges(
        since=since,
        words=words,
        origin=origin,
        documents=tuple(map(_build_pack_change, documents)),
    )


def _build_pack_change(document: ChangedDocument) -> PackChange:
    events = tuple(event for day in document.days for event in day.events)
    return PackChange(document.title, events[:_MAX_EVENTS], _count_earlier(len(events)))


def _choose_first_day(plan: Plan, last_review: Review | None, today: date) -> tuple[date, str]:
    if last_review and last_review.date and last_review.date <= today:
        return last_review.date, f"Since the review on {format_long_date(last_review.date)}."
    interval = review_interval(plan) or _FIRST_INTERVAL
    if plan.start and plan.start <= today <= add_interval(plan.start, interval):
        return plan.start, f"No review has been held yet: since the plan began, on {format_long_date(plan.start)}."
    since = add_days(today, -_FIRST_DAYS)
    return since, f"No review has been held yet: the last 4 weeks, since {format_long_date(since)}."


def _select_changes(
    plan: Plan, history: PlanHistory, since: date, today: date
) -> tuple[dict[str, tuple[Change, ...]], str]:
    """The changes by path, and where they come from. Up to the first day of git, on which all was added, from files."""
    if tell_from_files(history.unavailable_reason, history.first_day, today):
        recorded = PlanHistory(by_file=list_changes_in_files(plan, today))
        origin = describe_origin(from_files=True, today=today, has_git=history.first_day is not None)
        return recorded.changes_between(since, today), origin
    first_day = history.first_day
    if first_day is None or first_day <= since:
        return history.changes_between(since, today), history.unavailable_reason or FROM_GIT
    recorded = PlanHistory(by_file=list_changes_in_files(plan, first_day))
    before, after = recorded.changes_between(since, first_day), history.changes_between(add_days(first_day, 1), today)
    changes = {path: (*after.get(path, ()), *before.get(path, ())) for path in {**after, **before}}
    return changes, f"Up to {format_long_date(first_day)} from what the files say, after that from git."


def _count_earlier(number: int) -> str:
    return f"And {format_count(number - _MAX_EVENTS, 'earlier change')}." if number > _MAX_EVENTS else ""
