"""Applies changes from the beginning, to compare the result with the present files."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from plansite.history.change import Change, ChangeKind, ChangeValue
from plansite.history.repository import ContentFolder
from plansite.history.site_history import SiteHistory
from plansite.history.versions import NOTES, STEPS, TEXT_PREFIX, parse_version

State = dict[str, dict[str, ChangeValue] | None]


def apply_changes(history: SiteHistory) -> State:
    """The documents that the changes add up to, by path; None for one that cannot be read."""
    state: State = {}
    for landed in reversed(history.commits):
        # What was removed goes first, since another document may have taken its name.
        for change in landed.changes:
            if change.did is ChangeKind.REMOVED:
                del state[change.path]
        moves = [
            (change.path, state.pop(change.old_path)) for change in landed.changes if change.did is ChangeKind.MOVED
        ]
        state.update(dict(moves))
        for change in landed.changes:
            _play(state, change)
    return {path: _in_order(values) for path, values in state.items()}


def _play(state: State, change: Change) -> None:
    if change.did in (ChangeKind.ADDED, ChangeKind.BECAME_READABLE):
        state[change.path] = dict(change.values)
    elif change.did is ChangeKind.BECAME_UNREADABLE:
        state[change.path] = None
    elif change.did not in (ChangeKind.MOVED, ChangeKind.REMOVED):
        values = state[change.path]
        assert values is not None
        _put(values, change)


def _put(values: dict[str, ChangeValue], change: Change) -> None:
    name = {ChangeKind.FIELD_CHANGED: change.field, ChangeKind.TEXT_CHANGED: TEXT_PREFIX + change.field}.get(change.did)
    if name is not None:
        assert values.get(name, "") == change.before
        values[name] = change.after
    elif change.did in (ChangeKind.NOTE_ADDED, ChangeKind.NOTE_REMOVED):
        _swap(values, NOTES, str(change.before), str(change.after))
    elif change.did in (ChangeKind.STEP_ADDED, ChangeKind.STEP_REMOVED):
        _swap(values, STEPS, str(change.before), str(change.after))
    else:
        old, new = ("[ ]", "[x]") if change.did is ChangeKind.STEP_TICKED else ("[x]", "[ ]")
        _swap(values, STEPS, f"{old} {change.before}", f"{new} {change.after}")


def _swap(values: dict[str, ChangeValue], name: str, old: str, new: str) -> None:
    items = list(values.get(name, ()))
    if old:
        items.remove(old)
    values[name] = tuple([*items, new] if new else items)


def _in_order(values: dict[str, ChangeValue] | None) -> dict[str, ChangeValue] | None:
    """Lists whose order says nothing in one order; nothing where there is nothing."""
    if values is None:
        return None
    unordered = {name: tuple(sorted(values[name])) for name in (STEPS, NOTES) if name in values}
    return {name: value for name, value in {**values, **unordered}.items() if value}


def read_present_state(root: Path, folder: ContentFolder) -> State:
    """The documents of a folder as a plain reading finds them."""
    names = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", folder.repository_path or "."], capture_output=True, check=True
    ).stdout.decode()
    found: State = {}
    for name in filter(None, names.split("\0")):
        place = folder.find_location(name)
        if place:
            values = parse_version(place, (root / name).read_bytes(), folder.source).values
            found[place.path] = _in_order(dict(values) if values is not None else None)
    return found


def count_kinds(changes: Sequence[Change]) -> Counter[ChangeKind]:
    """How many changes of each kind."""
    return Counter(change.did for change in changes)
