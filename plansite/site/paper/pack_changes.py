"""What changed in a plan since its last review, for the review pack."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import CalendarInterval, add_days, add_interval
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.formatting import format_long_date
from plansite.model.review_dates import review_interval
from plansite.site.changes.changed_documents import ChangedDocument, fold_earlier, list_changed_documents
from plansite.site.changes.dated_notes import add_changes_in_files, describe_origins
from plansite.site.changes.history import PlanHistory

#: Of each document about so many of the newest changes are listed, and the others counted.
_MAX_EVENTS = 5
_FIRST_DAYS = 28
_FIRST_INTERVAL = CalendarInterval(months=3, text="3 months")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChanges:
    """The changes from the day `since`; `words` say why from that day, `origin` where they come from, or why not."""

    since: date
    words: str
    origin: str
    documents: tuple[ChangedDocument, ...]


def build_pack_changes(plan: Plan, last_review: Review | None, history: PlanHistory, today: date) -> PackChanges:
    """The changes since the last review; without one since the plan began, or where that is long ago, of four weeks."""
    since, words = _choose_first_day(plan, last_review, today)
    of_git = history.changes_between(_find_first_day_of_git(history, since), today)
    changes = add_changes_in_files(of_git, plan, since, today)
    documents = list_changed_documents(changes, {action.path: action for action in plan.actions})
    origin = describe_origins(of_git, changes, today, history.first_day) if documents else ""
    return PackChanges(
        since=since,
        words=words,
        origin=f"{history.unavailable_reason} {origin}".strip(),
        documents=tuple(fold_earlier(document, _MAX_EVENTS, since) for document in documents),
    )


def _find_first_day_of_git(history: PlanHistory, since: date) -> date:
    """The first day of which git tells what changed: on the day of its first commit, it only has everything added."""
    first_day = history.first_day
    return add_days(first_day, 1) if first_day and first_day >= since else since


def _choose_first_day(plan: Plan, last_review: Review | None, today: date) -> tuple[date, str]:
    if last_review and last_review.date and last_review.date <= today:
        return last_review.date, f"Since the review on {format_long_date(last_review.date)}."
    interval = review_interval(plan) or _FIRST_INTERVAL
    if plan.start and plan.start <= today <= add_interval(plan.start, interval):
        return plan.start, f"No review has been held yet: since the plan began, on {format_long_date(plan.start)}."
    since = add_days(today, -_FIRST_DAYS)
    return since, f"No review has been held yet: the last 4 weeks, since {format_long_date(since)}."
