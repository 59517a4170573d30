"""A site's history: what changed, when, by whom; whole, or hidden with the reason."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from plansite.history.change import Change, Did
from plansite.history.gaps import gaps
from plansite.history.lines import Landed
from plansite.history.trails import trails


@dataclass(frozen=True, kw_only=True)
class History:
    """The changes of a site's documents. It is whole, or `hidden` says in plain words why there is none.

    `left_out` are the sources whose own repositories do not tell their history: folder and reason.
    """

    hidden: str = ""
    left_out: tuple[tuple[str, str], ...] = ()
    landed: tuple[Landed, ...] = ()

    @functools.cached_property
    def changes(self) -> tuple[Change, ...]:
        """All changes, the newest first: in the order in which they landed, whatever their dates say."""
        return tuple(change for each in self.landed for change in self._changes(each))

    @functools.cached_property
    def trails(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each file, newest first, by its present or last path."""
        return trails(self._changes(each) for each in reversed(self.landed))

    @functools.cached_property
    def _gaps(self) -> Mapping[tuple[str, str], tuple[Change, ...]]:
        if not any(b'"became unreadable"' in each.line or b'"removed"' in each.line for each in self.landed):
            return {}  # a look that spares taking every line apart
        return gaps(each.changes for each in reversed(self.landed))

    def _changes(self, landed: Landed) -> tuple[Change, ...]:
        """The changes of a commit, with those that came to light only when a file could be read again."""
        if not self._gaps:
            return landed.changes
        return tuple(told for change in landed.changes for told in (change, *self._after_gap(change)))

    def _after_gap(self, change: Change) -> tuple[Change, ...]:
        return self._gaps.get((change.commit, change.path), ()) if change.did in (Did.ADDED, Did.MENDED) else ()

    @functools.cached_property
    def _last_paths(self) -> dict[tuple[str, str], str]:
        """Where actions stood last; of two with one address, the one that changed later."""
        named: dict[tuple[str, str], str] = {}
        for change in reversed(self.changes):
            if change.document == "action" and change.path in self.trails:
                named[change.plan, change.slug] = change.path
        return named

    def of(self, plan: str, slug: str) -> tuple[Change, ...]:
        """The changes of an action, newest first, through every name and plan that it had.

        Where two files have one address, ask `of_file`.
        """
        return self.of_file(self._last_paths.get((plan, slug), ""))

    def of_file(self, path: str) -> tuple[Change, ...]:
        """The changes of the document in a file of the site, newest first."""
        return self.trails.get(path, ())

    def since(self, day: date) -> tuple[Change, ...]:
        """The changes that landed on that day or later, newest first."""
        return tuple(change for each in self.landed if each.when >= day for change in self._changes(each))

    def of_commits(self, names: Collection[str]) -> tuple[Change, ...]:
        """The changes that landed with these commits, given by their full names, newest first."""
        return tuple(change for each in self.landed if each.commit in names for change in self._changes(each))

    def why_hidden(self, path: str) -> str:
        """Why a file has no history here; empty where its history is whole."""
        return self.hidden or next((why for folder, why in self.left_out if path.startswith(f"{folder}/")), "")


def only_seen(history: History, paths: Collection[str]) -> History:
    """The history of those files alone: for an audience that may not see all.

    What was removed is not in it. Earlier values of what may be seen still are.
    """
    kept = {id(change) for path in paths for change in history.trails.get(path, ())}
    seen = (each.only(change for change in each.changes if id(change) in kept) for each in history.landed)
    return replace(history, landed=tuple(each for each in seen if each.changes))
