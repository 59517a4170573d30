"""Moves of a due date, creation and progress, from the file alone and with git."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plansite.history.action_dates import (
    add_recorded_reason,
    find_creation_day,
    find_due_moves,
    find_last_progress,
)
from plansite.history.change import Change, ChangeKind
from plansite.model.body import Body, ProgressNote
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import EarlierDue
from tests.history.repo import RADIATOR, Repo
from tests.history.repo import action as written

_FIRST, _SECOND, _THIRD = date(2025, 1, 7), date(2025, 1, 14), date(2025, 1, 28)
_TODAY = date(2025, 2, 1)


def _action(due: date | None = _THIRD, *entries: EarlierDue, **more: object) -> Action:
    return Action(plan="p", slug="a", path="a.md", due=due, due_history=entries, **more)  # type: ignore[arg-type]


def _move(before: date, after: date, when: date) -> Change:
    return Change(
        did=ChangeKind.FIELD_CHANGED,
        document="action",
        plan="p",
        slug="a",
        path="a.md",
        field="due",
        before=before.isoformat(),
        after=after.isoformat(),
        who="ann",
        when=when,
    )


_GIT = (_move(_SECOND, _THIRD, date(2025, 1, 13)), _move(_FIRST, _SECOND, date(2025, 1, 6)))


def test_the_file_alone() -> None:
    """Without git the entries of `due_history` are the moves, each up to the next."""
    entries = (
        EarlierDue(due=_FIRST, moved=date(2025, 1, 5), by="Deputy Manager", reason="Snow"),
        EarlierDue(due=_SECOND),
    )
    action = _action(_THIRD, *entries, created=date(2025, 1, 1))
    moves = find_due_moves(action)
    assert {(move.before, move.after) for move in moves} == {(_FIRST, _SECOND), (_SECOND, _THIRD)}
    assert next(move for move in moves if move.before == _FIRST).reason == "Snow"
    assert find_creation_day(action) == date(2025, 1, 1)


def test_the_first_date_without_days() -> None:
    """Entries without the day of their move stay in their order, oldest first."""
    action = _action(_THIRD, EarlierDue(due=_FIRST), EarlierDue(due=_SECOND))
    assert [move.before for move in find_due_moves(action)] == [_FIRST, _SECOND]


def test_git_alone() -> None:
    """Without `due_history` the moves are those found in git."""
    action = _action()
    assert [(move.before, move.when, move.who) for move in find_due_moves(action, _GIT)] == [
        (_FIRST, date(2025, 1, 6), "ann"),
        (_SECOND, date(2025, 1, 13), "ann"),
    ]


def test_a_move_that_both_know_counts_once() -> None:
    """The entry gives reason, name and day; git gives what was left out."""
    action = _action(_THIRD, EarlierDue(due=_SECOND, moved=date(2025, 1, 12), by="Deputy Manager", reason="Snow"))
    first, second = find_due_moves(action, _GIT)
    assert (first.who, first.reason) == ("ann", "")
    assert (second.when, second.who, second.reason) == (date(2025, 1, 12), "Deputy Manager", "Snow")


def test_a_move_from_before_git() -> None:
    """An entry older than the repository comes first."""
    before = date(2024, 12, 1)
    action = _action(_THIRD, EarlierDue(due=before), EarlierDue(due=_FIRST), EarlierDue(due=_SECOND))
    moves = find_due_moves(action, _GIT)
    assert [(move.before, move.after) for move in moves] == [(before, _FIRST), (_FIRST, _SECOND), (_SECOND, _THIRD)]


def test_no_due_date() -> None:
    """Without a due date there are no moves."""
    assert find_due_moves(_action(None)) == ()


def test_a_reason_written_later() -> None:
    """A reason that was added in a later commit explains the move all the same."""
    action = _action(_THIRD, EarlierDue(due=_SECOND, by="Deputy Manager", reason="Snow"))
    change = add_recorded_reason(_GIT[0], action)
    assert (change.who, change.reason) == ("Deputy Manager", "Snow")
    assert add_recorded_reason(_GIT[1], action) == _GIT[1]


def test_progress_is_no_edit(tmp_path: Path) -> None:
    """Ticks and dated notes are progress; moving a date, rewording and assigning are none."""
    repo = Repo.new(tmp_path)
    open_, done = "## Steps\n- [ ] Ring\n", "## Steps\n- [x] Ring\n"
    repo.commit("Begin", {RADIATOR: written(body=open_, due="2025-01-07")})
    repo.commit("Tick", {RADIATOR: written(body=done, due="2025-01-07")})
    repo.commit("Move", {RADIATOR: written(body=done, due="2025-01-21", owner="Ben")})
    repo.commit("Reword", {RADIATOR: written("Mend it", done, due="2025-01-21", owner="Ben")})
    changes = repo.history().changes_of_action("winter", "radiator")
    assert find_last_progress(_action(), _TODAY, changes) == date(2025, 1, 3)
    assert find_last_progress(_action(), date(2025, 1, 2), changes) is None
    assert find_creation_day(_action(), changes) == date(2025, 1, 2)
    assert find_last_progress(_action(), _TODAY) is None


def test_progress_from_the_file() -> None:
    """The latest dated note up to today counts; one dated ahead does not."""
    notes = tuple(
        ProgressNote(date=day, by="", text="x", html=("x",), line=1)
        for day in (date(2025, 1, 4), date(2025, 3, 1), None)
    )
    assert find_last_progress(_action(body=Body(progress=notes)), _TODAY) == date(2025, 1, 4)
