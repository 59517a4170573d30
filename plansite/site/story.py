"""What happened to an action, in words: from git where that tells, else from what its own file keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plansite.history.change import Change
from plansite.history.moves import DueMove, due_moves, explained
from plansite.history.words import sentence
from plansite.model.action import Action
from plansite.model.words import count, days, long_date, short_date

#: So many events stand on a page; the repository keeps the rest.
MOST = 30


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened. `pull` is the number of the pull request it came with, where that is known."""

    words: str
    day: date | None
    pull: str = ""


def story_of(action: Action, changes: Sequence[Change]) -> tuple[Told, ...]:
    """Everything known of an action, newest first; what has no day comes last."""
    told = [
        Told(sentence(explained(change, action)), change.when, change.pull_request)
        for change in changes
        if _is_own(change)
    ]
    moves = [Told(_moved(move), move.when, _pull(move, changes)) for move in due_moves(action, changes)]
    return tuple(sorted((*told, *reversed(moves)), key=lambda each: each.day or date.min, reverse=True))


def due_note(action: Action, changes: Sequence[Change] = ()) -> str:
    """How often and how far the due date was moved: "Re-planned twice, by 14 days. First due 7 January 2025."."""
    moves = due_moves(action, changes)
    if not moves or not action.due:
        return ""
    times = {1: "once", 2: "twice"}.get(len(moves), f"{len(moves)} times")
    slip = (action.due - moves[0].before).days
    by = f", by {days(slip)}" if slip > 0 else f", {days(-slip)} earlier" if slip < 0 else ""
    return f"Re-planned {times}{by}. First due {long_date(moves[0].before)}."


def more_words(story: Sequence[Told]) -> str:
    """What is said of events that are left out."""
    return f"{count(len(story) - MOST, 'earlier change')} not shown." if len(story) > MOST else ""


def _is_own(change: Change) -> bool:
    """Moves of the due date are told with what the file says of them."""
    return change.is_news and not change.is_due_move


def _moved(move: DueMove) -> str:
    after = f" to {long_date(move.after)}" if move.after else ""
    before = short_date(move.before, move.after or move.before) if move.after else long_date(move.before)
    by = f" by {move.who}" if move.who else ""
    reason = f": {move.reason[:1].lower()}{move.reason[1:]}" if move.reason else ""
    return f"Due moved from {before}{after}{by}{reason.rstrip('.')}"


def _pull(move: DueMove, changes: Sequence[Change]) -> str:
    """The pull request in which a date was moved."""
    before = move.before.isoformat()
    return next((each.pull_request for each in changes if each.is_due_move and each.before == before), "")
