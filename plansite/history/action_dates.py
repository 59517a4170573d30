"""Dates of an action: when its due date moved, when it was created, and when it last made progress.

All of them come from the action's own file; where git has its history, the changes found there add to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.change import Change, ChangeKind
from plansite.model.dates import parse_iso_date
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import EarlierDue


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMove:
    """A due date that was replaced by another on the day `when`; None where that day is not recorded."""

    before: date
    after: date | None
    when: date | None
    who: str = ""
    reason: str = ""


def find_due_moves(action: Action, changes: Sequence[Change] = ()) -> tuple[DueMove, ...]:
    """The moves of an action's due date, oldest first.

    `changes` are those of `SiteHistory.changes_of_file`, newest first; without them only the action's `due_history`
    is used. A move that both record is returned once, with the day, name and reason of `due_history` where it has them.
    """
    entries = [entry for entry in action.due_history if entry.due]
    moves: list[DueMove] = []
    for change in reversed(changes):
        before, after = parse_iso_date(str(change.before)), parse_iso_date(str(change.after))
        if change.is_due_move and before and after:
            entry = next((entry for entry in entries if entry.due == before), None)
            if entry:
                entries.remove(entry)
            moves.append(_build_due_move(change, before, after, entry or EarlierDue()))
    following_dates = [*(entry.due for entry in entries[1:]), moves[0].before if moves else action.due]
    recorded_moves = [
        DueMove(before=entry.due, after=after, when=entry.moved, who=entry.by, reason=entry.reason)
        for entry, after in zip(entries, following_dates, strict=False)
        if entry.due
    ]
    return tuple(sorted((*recorded_moves, *moves), key=lambda move: move.when or date.min))


def find_unexplained_moves(action: Action, changes: Sequence[Change] = ()) -> tuple[DueMove, ...]:
    """Those moves of an action's due date for which nobody gave a reason, oldest first; `changes` as above."""
    return tuple(move for move in find_due_moves(action, changes) if not move.reason)


def _build_due_move(change: Change, before: date, after: date, entry: EarlierDue) -> DueMove:
    return DueMove(
        before=before,
        after=after,
        when=entry.moved or change.when,
        who=entry.by or change.who,
        reason=entry.reason or change.reason,
    )


def find_creation_day(action: Action, changes: Sequence[Change] = ()) -> date | None:
    """The `created` date of the action's file, or the day on which that file was added to git; None if neither."""
    days_added = (change.when for change in reversed(changes) if change.did is ChangeKind.ADDED)
    return action.created or next(days_added, None)


def find_last_progress(action: Action, today: date, changes: Sequence[Change] = ()) -> date | None:
    """The last day up to today on which a progress note is dated or a step was ticked; None if there is none.

    Edits of due date, wording or owner do not count. The days on which steps were ticked are known from git alone.
    """
    note_days = (note.date for note in action.body.progress if note.date)
    tick_days = (change.when for change in changes if change.did is ChangeKind.STEP_TICKED)
    return max((day for day in (*note_days, *tick_days) if day <= today), default=None)


def add_recorded_reason(change: Change, action: Action) -> Change:
    """The change of a due date with the reason and name that `due_history` records; any other change as it is."""
    before = parse_iso_date(str(change.before)) if change.is_due_move else None
    entry = next((entry for entry in action.due_history if before and entry.due == before), None)
    if entry is None or change.reason:
        return change
    return replace(change, reason=entry.reason, who=entry.by or change.who)
