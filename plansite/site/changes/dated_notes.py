"""What the files of a plan record of the past themselves, as changes: for where git does not tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plansite.history.action_dates import find_due_moves
from plansite.history.change import Change, ChangeKind
from plansite.history.repository import ABSENT_REASONS
from plansite.history.versions import format_note_value
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_long_date

#: Changes by the path of the document, each newest first.
ChangesByPath = Mapping[str, Sequence[Change]]
#: Said beside entries that come from git.
FROM_GIT = "These entries come from git."
_IN_FILES = "the files: dated progress notes, moved due dates, and the days when actions were agreed."
_FROM_BOTH = f"These entries come from git and, where git has no record, from {_IN_FILES}"
_FROM_FILES = f"These entries come from {_IN_FILES}"


def tell_from_files(hidden_reason: str, first_day: date | None, today: date) -> bool:
    """Whether the files alone have to tell what changed: without git, and where all commits are later than `today`.

    `hidden_reason` says why git has no history, `first_day` is the day of its first change. Where git is there and
    cannot be read whole, nothing takes its place.
    """
    if hidden_reason:
        return hidden_reason in ABSENT_REASONS
    return first_day is None or first_day > today


def describe_origin(*, from_files: bool, today: date, has_git: bool) -> str:
    """The sentence that says where the entries of a list of changes come from, if they come from git or files alone."""
    if not from_files:
        return FROM_GIT
    return f"{_FROM_FILES} There is no saved history (git) up to {format_long_date(today)}." if has_git else _FROM_FILES


def describe_origins(of_git: ChangesByPath, merged: ChangesByPath, today: date, first_day: date | None) -> str:
    """The sentence for the result of `add_changes_in_files`. `first_day` is the day of git's first change, if known."""
    if of_git and any(len(changes) > len(of_git.get(path, ())) for path, changes in merged.items()):
        return _FROM_BOTH
    return describe_origin(from_files=not of_git, today=today, has_git=first_day is not None and first_day > today)


def add_changes_in_files(of_git: ChangesByPath, plan: Plan, first: date, today: date) -> dict[str, tuple[Change, ...]]:
    """What git tells of a plan from `first` to `today`, and what its files record besides; each newest first.

    Of a file that git tells something of, only dated notes are added that git does not tell: those that came with a
    new file, and those that are not committed yet. So a note that is news on the front page is a change as well.
    """
    merged = {path: tuple(changes) for path, changes in of_git.items()}
    for path, recorded in list_changes_in_files(plan, today, first).items():
        told = of_git.get(path, ())
        if told:
            texts = {change.after for change in told if change.did is ChangeKind.NOTE_ADDED}
            notes = (change for change in recorded if change.did is ChangeKind.NOTE_ADDED)
            recorded = tuple(note for note in notes if note.after not in texts)
        if recorded:
            merged[path] = tuple(sorted((*told, *recorded), key=lambda change: change.when, reverse=True))
    return merged


def list_changes_in_files(plan: Plan, today: date, first: date = date.min) -> dict[str, tuple[Change, ...]]:
    """What the actions of a plan record from `first` to `today`, by path, each newest first; only those with any."""
    by_path = {action.path: tuple(_list_changes(action, first, today)) for action in plan.actions}
    return {
        path: tuple(sorted(changes, key=lambda change: change.when, reverse=True))
        for path, changes in by_path.items()
        if changes
    }


def _list_changes(action: Action, first: date, today: date) -> Iterator[Change]:
    """The changes, those of one day in the order in which the page of the action has them."""
    blank = Change(did=ChangeKind.ADDED, document="action", plan=action.plan, slug=action.slug, path=action.path)
    for note in action.body.progress:
        if note.date and first <= note.date <= today:
            text = format_note_value(note.date, note.by, note.text)
            yield replace(blank, did=ChangeKind.NOTE_ADDED, after=text, when=note.date)
    for move in find_due_moves(action) if action.due_history else ():
        if move.when and first <= move.when <= today and move.after:
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
    if action.created and first <= action.created <= today:
        yield replace(blank, after=action.title, when=action.created)
