"""What the files of a plan record of the past themselves, as changes: for where git has nothing to tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from plansite.history.action_dates import find_due_moves
from plansite.history.change import Change, ChangeKind
from plansite.history.repository import ABSENT_REASONS
from plansite.history.versions import format_note_value
from plansite.model.action import Action
from plansite.model.formatting import format_long_date
from plansite.model.plan import Plan

#: Said beside entries that come from git.
FROM_GIT = "These entries come from git."
_FROM_FILES = (
    "These entries come from the files: dated progress notes, moved due dates, and the days when actions were agreed."
)


def tell_from_files(hidden_reason: str, first_day: date | None, today: date) -> bool:
    """Whether the files have to tell what changed: without git, and where all commits are later than `today`.

    `hidden_reason` says why git has no history, `first_day` is the day of its first change. Where git is there and
    cannot be read whole, nothing takes its place.
    """
    if hidden_reason:
        return hidden_reason in ABSENT_REASONS
    return first_day is None or first_day > today


def describe_origin(*, from_files: bool, today: date, has_git: bool) -> str:
    """The sentence that says where the entries of a list of changes come from."""
    if not from_files:
        return FROM_GIT
    return f"{_FROM_FILES} Git has no history up to {format_long_date(today)}." if has_git else _FROM_FILES


def list_changes_in_files(plan: Plan, today: date) -> dict[str, tuple[Change, ...]]:
    """What the actions of a plan record up to `today`, by path, each newest first; those without any are left out."""
    by_path = {action.path: tuple(_list_changes(action, today)) for action in plan.actions}
    return {
        path: tuple(sorted(changes, key=lambda change: change.when, reverse=True))
        for path, changes in by_path.items()
        if changes
    }


def _list_changes(action: Action, today: date) -> Iterator[Change]:
    """The changes, those of one day in the order in which the page of the action has them."""
    blank = Change(did=ChangeKind.ADDED, document="action", plan=action.plan, slug=action.slug, path=action.path)
    for note in action.body.progress:
        if note.date and note.date <= today:
            text = format_note_value(note.date, note.by, note.text)
            yield replace(blank, did=ChangeKind.NOTE_ADDED, after=text, when=note.date)
    for move in find_due_moves(action):
        if move.when and move.when <= today and move.after:
            yield replace(
                blank,
                did=ChangeKind.FIELD_CHANGED,
                field="due",
                before=move.before.isoformat(),
                after=move.after.isoformat(),
                who=move.who,
                reason=move.reason,
                when=move.when,
            )
    if action.created and action.created <= today:
        yield replace(blank, after=action.title, when=action.created)
