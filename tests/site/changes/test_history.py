"""An action's past in words, with git and without."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plansite.history.change import Change, ChangeKind
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.site.changes.history import (
    MAX_EVENTS,
    HistoryEvent,
    build_action_history,
    format_due_note,
    format_more_events,
)

PATH = "content/plans/p/actions/a.md"
MOVE = EarlierDue(due=date(2025, 1, 7), moved=date(2025, 1, 6), by="Deputy Manager", reason="Engineer unavailable.")


def _action(**more: object) -> Action:
    return Action(plan="p", slug="a", path=PATH, title="Mend", due=date(2025, 1, 21), **more)  # type: ignore[arg-type]


def _change(did: ChangeKind, **more: object) -> Change:
    return Change(did=did, document="action", plan="p", slug="a", path=PATH, **more)  # type: ignore[arg-type]


def test_a_file_tells_its_own_moves() -> None:
    """Without git the moves that somebody wrote down are told: from, to, by whom, and why."""
    words = "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable"
    assert build_action_history(_action(due_history=(MOVE,)), ()) == (HistoryEvent(words, date(2025, 1, 6)),)
    assert format_due_note(_action(due_history=(MOVE,))) == "Re-planned once, by 14 days. First due 7 January 2025."
    assert format_due_note(_action()) == ""


def test_a_move_that_both_know_is_told_once() -> None:
    """With the reason of the file and the pull request of git."""
    moved = _change(
        ChangeKind.FIELD_CHANGED,
        field="due",
        before="2025-01-07",
        after="2025-01-21",
        who="Ann",
        when=date(2025, 1, 8),
        pull_request="4",
    )
    (told,) = build_action_history(_action(due_history=(MOVE,)), (moved,))
    assert told.words.endswith("by Deputy Manager: engineer unavailable")
    assert told.pull_request == "4"


def test_the_newest_stands_first() -> None:
    """Whatever it is; what keeps the books is not told."""
    changes = (
        _change(ChangeKind.STEP_TICKED, after="Ring", who="Ann", when=date(2025, 1, 9)),
        _change(ChangeKind.FIELD_CHANGED, field="aliases", after="x", who="Ann", when=date(2025, 1, 8)),
        _change(ChangeKind.ADDED, after="Mend", who="Ann", when=date(2025, 1, 1)),
    )
    assert [told.words for told in build_action_history(_action(due_history=(MOVE,)), changes)] == [
        "Step done by Ann: Ring",
        "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable",
        "Added by Ann",
    ]


def test_a_long_story_says_what_is_left_out() -> None:
    """The page shows the newest; how many are missing is said."""
    assert format_more_events([HistoryEvent("x", None)] * MAX_EVENTS) == ""
    assert format_more_events([HistoryEvent("x", None)] * (MAX_EVENTS + 2)) == "2 earlier changes not shown."


@given(st.lists(st.dates(), max_size=5))
def test_no_history_is_too_odd(dues: list[date]) -> None:
    """Any list of earlier dates is told, one sentence each, and the note counts them."""
    action = _action(due_history=tuple(EarlierDue(due=due) for due in dues))
    assert len(build_action_history(action, ())) == len(dues)
    assert bool(format_due_note(action)) == bool(dues)
