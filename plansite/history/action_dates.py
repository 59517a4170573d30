"""How far an action's due date moved, and when it last made progress: as its file says, and git where it can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from plansite.history.change import Change, ChangeKind
from plansite.model.action import Action
from plansite.model.dates import parse_iso_date
from plansite.model.field_groups import EarlierDue


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMove:
    """A due date that was exchanged for another. `when` is None where nobody wrote down the day."""

    before: date
    after: date | None
    when: date | None
    who: str = ""
    reason: str = ""


def find_due_moves(action: Action, changes: Sequence[Change] = ()) -> tuple[DueMove, ...]:
    """The moves of a due date, oldest first.

    `changes` are those of `History.of`; without them the action's own `due_history` alone tells. A move that both
    know counts once, with the day, the reason and the name that were written down.
    """
    entries = [entry for entry in action.due_history if entry.due]
    told: list[DueMove] = []
    for change in reversed(changes):
        before, after = parse_iso_date(str(change.before)), parse_iso_date(str(change.after))
        if change.is_due_move and before and after:
            entry = next((each for each in entries if each.due == before), None)
            if entry:
                entries.remove(entry)
            told.append(_build_due_move(change, before, after, entry or EarlierDue()))
    later = [*(entry.due for entry in entries[1:]), told[0].before if told else action.due]
    written = [
        DueMove(before=entry.due, after=after, when=entry.moved, who=entry.by, reason=entry.reason)
        for entry, after in zip(entries, later, strict=False)
        if entry.due
    ]
    return tuple(sorted((*written, *told), key=lambda move: move.when or date.min))


def _build_due_move(change: Change, before: date, after: date, entry: EarlierDue) -> DueMove:
    return DueMove(
        before=before,
        after=after,
        when=entry.moved or change.when,
        who=entry.by or change.who,
        reason=entry.reason or change.reason,
    )


def original_due(action: Action, changes: Sequence[Change] = ()) -> date | None:
    """The first due date that an action ever had."""
    moves = find_due_moves(action, changes)
    return moves[0].before if moves else action.due


def slippage(action: Action, changes: Sequence[Change] = ()) -> int:
    """Days between the first due date and the present one; negative where it came nearer."""
    first = original_due(action, changes)
    return (action.due - first).days if action.due and first else 0


def find_creation_day(action: Action, changes: Sequence[Change] = ()) -> date | None:
    """The day it was agreed, as its file says; else the day its file appeared."""
    added = (change.when for change in reversed(changes) if change.did is ChangeKind.ADDED)
    return action.created or next(added, None)


def find_last_progress(action: Action, today: date, changes: Sequence[Change] = ()) -> date | None:
    """The day of the last genuine progress up to today: a dated note, or a step that was ticked.

    Edits that only move a date, reword or assign are none. The file alone does not say when steps were ticked.
    """
    notes = (note.date for note in action.body.progress if note.date)
    ticks = (change.when for change in changes if change.did is ChangeKind.STEP_TICKED)
    return max((day for day in (*notes, *ticks) if day <= today), default=None)


def add_recorded_reason(change: Change, action: Action) -> Change:
    """A move of a due date with the reason and the name that were written down for it later."""
    before = parse_iso_date(str(change.before)) if change.is_due_move else None
    entry = next((each for each in action.due_history if before and each.due == before), None)
    if entry is None or change.reason:
        return change
    return replace(change, reason=entry.reason, who=entry.by or change.who)
