"""The changes of each document from its beginning, through every name that its file ever had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plansite.history.change import Change, Did


def trails(commits: Iterable[tuple[Change, ...]]) -> Mapping[str, tuple[Change, ...]]:
    """By the path that a file has now, or had last: its changes, newest first. `commits` come oldest first.

    A file that comes back after it was removed goes on with the history it had.
    """
    by_path: dict[str, list[Change]] = {}
    for changes in commits:
        moves = [(change, by_path.pop(change.old_path, [])) for change in changes if change.did is Did.MOVED]
        by_path.update({change.path: trail for change, trail in moves})
        for change in changes:
            by_path.setdefault(change.path, []).append(change)
    return {path: tuple(reversed(trail)) for path, trail in by_path.items()}
