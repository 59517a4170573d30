"""The history of an action in words, from git and from what its own file records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import DueMove, add_recorded_reason, find_due_moves
from plansite.history.change import Change
from plansite.history.descriptions import describe_change_beside
from plansite.model.decisions import find_granted_extension
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count, format_days, format_long_date, format_short_date

#: The newest events that a page shows.
MAX_EVENTS = 30


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """Something that happened to a document. `pull` is the number of the pull request, if known."""

    words: str
    day: date | None
    pull_request: str = ""


def build_action_history(action: Action, changes: Sequence[Change]) -> tuple[HistoryEvent, ...]:
    """All events of an action, newest first; those without a day come last."""
    events = [
        HistoryEvent(
            describe_change_beside(add_recorded_reason(change, action), action.title), change.when, change.pull_request
        )
        for change in changes
        if _is_own_event(change)
    ]
    moves = [
        HistoryEvent(_describe_move(move), move.when, _find_pull_request(move, changes))
        for move in find_due_moves(action, changes)
    ]
    return tuple(sorted((*events, *reversed(moves)), key=lambda event: event.day or date.min, reverse=True))


def format_due_note(action: Action, changes: Sequence[Change] = ()) -> str:
    """How often and how far the due date was moved: "Re-planned twice, by 14 days. First due 7 January 2025.".

    It says so if the present date is the day up to which more time was granted.
    """
    moves = find_due_moves(action, changes)
    if not moves or not action.due:
        return ""
    times = {1: "once", 2: "twice"}.get(len(moves), f"{len(moves)} times")
    slip = (action.due - moves[0].before).days
    by = f", by {format_days(slip)}" if slip > 0 else f", {format_days(-slip)} earlier" if slip < 0 else ""
    granted = find_granted_extension(action)
    leave = ", as granted" if granted and granted.until == action.due else ""
    return f"Re-planned {times}{by}{leave}. First due {format_long_date(moves[0].before)}."


def format_more_events(events: Sequence[HistoryEvent]) -> str:
    """How many events are not shown, in words; empty if all are."""
    return f"{format_count(len(events) - MAX_EVENTS, 'earlier change')} not shown." if len(events) > MAX_EVENTS else ""


def _is_own_event(change: Change) -> bool:
    """Whether a change becomes an event. Moves of the due date do not: they are listed with the reasons in the file."""
    return change.is_reportable and not change.is_due_move


def _describe_move(move: DueMove) -> str:
    after = f" to {format_long_date(move.after)}" if move.after else ""
    before = format_short_date(move.before, move.after or move.before) if move.after else format_long_date(move.before)
    by = f" by {move.who}" if move.who else ""
    reason = f": {move.reason[:1].lower()}{move.reason[1:]}" if move.reason else ""
    return f"Due moved from {before}{after}{by}{reason.rstrip('.')}"


def _find_pull_request(move: DueMove, changes: Sequence[Change]) -> str:
    """The number of the pull request that moved a due date; empty if unknown."""
    before = move.before.isoformat()
    return next((change.pull_request for change in changes if change.is_due_move and change.before == before), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHistory:
    """The changes of the documents of one plan by path, newest first; deleted files are included.

    `unavailable_reason` says for readers why there is no history, if that might surprise them. `first_day` is the day
    of the first change in any plan; None without history.
    """

    unavailable_reason: str = ""
    first_day: date | None = None
    by_file: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)

    def changes_to_file(self, path: str, today: date) -> tuple[Change, ...]:
        """The changes of one file up to `today`, newest first."""
        return tuple(change for change in self.by_file.get(path, ()) if change.when <= today)

    def has_changes(self, today: date) -> bool:
        """Whether there is any change up to `today`."""
        return any(change.when <= today for changes in self.by_file.values() for change in changes)

    def changes_between(self, first: date, today: date) -> dict[str, tuple[Change, ...]]:
        """The changes of each document from `first` to `today`, newest first; documents without any are left out."""
        selected = {
            path: tuple(change for change in changes if first <= change.when <= today)
            for path, changes in self.by_file.items()
        }
        return {path: changes for path, changes in selected.items() if changes}


#: For a build without history.
NO_HISTORY = PlanHistory()
