"""Changes played from the beginning: what they lead to."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from plansite.history.change import Change, Did, Value
from plansite.history.folders import Folder
from plansite.history.history import History
from plansite.history.version import NOTES, STEPS, TEXT, version_of

State = dict[str, dict[str, Value] | None]


def replayed(history: History) -> State:
    """The documents that the changes add up to, by path; None for one that cannot be read."""
    state: State = {}
    for landed in reversed(history.landed):
        moves = [(change.path, state.pop(change.old_path)) for change in landed.changes if change.did is Did.MOVED]
        state.update(dict(moves))
        for change in landed.changes:
            _play(state, change)
    return {path: _in_order(values) for path, values in state.items()}


def _play(state: State, change: Change) -> None:
    if change.did in (Did.ADDED, Did.MENDED):
        state[change.path] = dict(change.values)
    elif change.did is Did.REMOVED:
        del state[change.path]
    elif change.did is Did.BROKEN:
        state[change.path] = None
    elif change.did is not Did.MOVED:
        values = state[change.path]
        assert values is not None
        _put(values, change)


def _put(values: dict[str, Value], change: Change) -> None:
    name = {Did.SET: change.field, Did.REWORDED: TEXT + change.field}.get(change.did)
    if name is not None:
        assert values.get(name, "") == change.before
        values[name] = change.after
    elif change.did in (Did.NOTED, Did.UNNOTED):
        _swap(values, NOTES, str(change.before), str(change.after))
    elif change.did in (Did.STEP_ADDED, Did.STEP_REMOVED):
        _swap(values, STEPS, str(change.before), str(change.after))
    else:
        old, new = ("[ ]", "[x]") if change.did is Did.TICKED else ("[x]", "[ ]")
        _swap(values, STEPS, f"{old} {change.before}", f"{new} {change.after}")


def _swap(values: dict[str, Value], name: str, old: str, new: str) -> None:
    items = list(values.get(name, ()))
    if old:
        items.remove(old)
    values[name] = tuple([*items, new] if new else items)


def _in_order(values: dict[str, Value] | None) -> dict[str, Value] | None:
    """Lists whose order says nothing in one order; nothing where there is nothing."""
    if values is None:
        return None
    unordered = {name: tuple(sorted(values[name])) for name in (STEPS, NOTES) if name in values}
    return {name: value for name, value in {**values, **unordered}.items() if value}


def as_it_lies(root: Path, folder: Folder) -> State:
    """The documents of a folder as a plain reading finds them."""
    names = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", folder.top or "."], capture_output=True, check=True
    ).stdout.decode()
    found: State = {}
    for name in filter(None, names.split("\0")):
        place = folder.place(name)
        if place:
            values = version_of(place, (root / name).read_bytes(), folder.source).values
            found[place.path] = _in_order(dict(values) if values is not None else None)
    return found


def kinds(changes: Sequence[Change]) -> Counter[Did]:
    """How many changes of each kind."""
    return Counter(change.did for change in changes)
