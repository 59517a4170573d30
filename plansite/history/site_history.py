"""A site's history: what changed, when, by whom; whole, or hidden with the reason."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from plansite.history.change import Change, ChangeKind, CommitStamp
from plansite.history.commit_changes import CommitChanges
from plansite.history.version_diff import ChangeOrigin, diff_values

GapChanges = dict[tuple[str, str], tuple[Change, ...]]


def diff_across_gaps(commits: Iterable[tuple[Change, ...]]) -> GapChanges:
    """By commit and path: how a document that is back differs from when it was last seen. `commits` come oldest first.

    A file that broke keeps its identity. One that was removed does only if it comes back under its title or its ref;
    else its name was merely used again.
    """
    lost: dict[str, Change] = {}
    found: GapChanges = {}
    for changes in commits:
        moved = [(each.path, lost.pop(each.old_path)) for each in changes if each.old_path in lost]
        lost.update(dict(moved))
        for change in changes:
            if change.did in (ChangeKind.BECAME_UNREADABLE, ChangeKind.REMOVED):
                lost[change.path] = change if change.values else lost.get(change.path, change)
            elif change.did in (ChangeKind.BECAME_READABLE, ChangeKind.ADDED) and change.path in lost:
                found[change.commit, change.path] = _diff_since_loss(lost.pop(change.path), change)
    return found


def _diff_since_loss(lost: Change, returned: Change) -> tuple[Change, ...]:
    before, after = dict(lost.values), dict(returned.values)
    if not before or (lost.did is ChangeKind.REMOVED and not _is_same_document(before, after)):
        return ()
    stamp = CommitStamp(returned.commit, returned.when, returned.pull_request)
    subject = ChangeOrigin(returned.document, returned.plan, returned.slug, returned.path, returned.who, stamp)
    return tuple(diff_values(before, after, subject))


def _is_same_document(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    return any(before.get(name) and before.get(name) == after.get(name) for name in ("title", "ref"))


def group_changes_by_path(commits: Iterable[tuple[Change, ...]]) -> Mapping[str, tuple[Change, ...]]:
    """By the path that a file has now, or had last: its changes, newest first. `commits` come oldest first.

    A file that comes back after it was removed goes on with the history it had.
    """
    by_path: dict[str, list[Change]] = {}
    for changes in commits:
        moves = [(change, by_path.pop(change.old_path, [])) for change in changes if change.did is ChangeKind.MOVED]
        by_path.update({change.path: trail for change, trail in moves})
        for change in changes:
            by_path.setdefault(change.path, []).append(change)
    return {path: tuple(reversed(trail)) for path, trail in by_path.items()}


@dataclass(frozen=True, kw_only=True)
class SiteHistory:
    """The changes of a site's documents. It is whole, or `hidden` says in plain words why there is none.

    `left_out` are the sources whose own repositories do not tell their history: folder and reason.
    """

    hidden: str = ""
    omitted_sources: tuple[tuple[str, str], ...] = ()
    commits: tuple[CommitChanges, ...] = ()

    @functools.cached_property
    def changes(self) -> tuple[Change, ...]:
        """All changes, the newest first: in the order in which they landed, whatever their dates say."""
        return tuple(change for each in self.commits for change in self._changes_with_gaps(each))

    @functools.cached_property
    def changes_by_path(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each file, newest first, by its present or last path."""
        return group_changes_by_path(self._changes_with_gaps(each) for each in reversed(self.commits))

    @functools.cached_property
    def _gap_changes(self) -> Mapping[tuple[str, str], tuple[Change, ...]]:
        if not any(b'"became unreadable"' in each.line or b'"removed"' in each.line for each in self.commits):
            return {}  # a look that spares taking every line apart
        return diff_across_gaps(each.changes for each in reversed(self.commits))

    def _changes_with_gaps(self, commit: CommitChanges) -> tuple[Change, ...]:
        """The changes of a commit, with those that came to light only when a file could be read again."""
        if not self._gap_changes:
            return commit.changes
        return tuple(told for change in commit.changes for told in (change, *self._changes_after_gap(change)))

    def _changes_after_gap(self, change: Change) -> tuple[Change, ...]:
        return (
            self._gap_changes.get((change.commit, change.path), ())
            if change.did in (ChangeKind.ADDED, ChangeKind.BECAME_READABLE)
            else ()
        )

    @functools.cached_property
    def _last_path_by_address(self) -> dict[tuple[str, str], str]:
        """Where actions stood last; of two with one address, the one that changed later."""
        named: dict[tuple[str, str], str] = {}
        for change in reversed(self.changes):
            if change.document == "action" and change.path in self.changes_by_path:
                named[change.plan, change.slug] = change.path
        return named

    def changes_of_action(self, plan: str, slug: str) -> tuple[Change, ...]:
        """The changes of an action, newest first, through every name and plan that it had.

        Where two files have one address, ask `of_file`.
        """
        return self.changes_of_file(self._last_path_by_address.get((plan, slug), ""))

    def changes_of_file(self, path: str) -> tuple[Change, ...]:
        """The changes of the document in a file of the site, newest first."""
        return self.changes_by_path.get(path, ())

    def changes_since(self, day: date) -> tuple[Change, ...]:
        """The changes that landed on that day or later, newest first."""
        return tuple(change for each in self.commits if each.when >= day for change in self._changes_with_gaps(each))

    def changes_of_commits(self, commit_ids: Collection[str]) -> tuple[Change, ...]:
        """The changes that landed with these commits, given by their full names, newest first."""
        return tuple(
            change for each in self.commits if each.commit in commit_ids for change in self._changes_with_gaps(each)
        )

    def why_hidden(self, path: str) -> str:
        """Why a file has no history here; empty where its history is whole."""
        return self.hidden or next((why for folder, why in self.omitted_sources if path.startswith(f"{folder}/")), "")


def filter_history(history: SiteHistory, paths: Collection[str]) -> SiteHistory:
    """The history of those files alone: for an audience that may not see all.

    What was removed is not in it. Earlier values of what may be seen still are.
    """
    kept = {id(change) for path in paths for change in history.changes_by_path.get(path, ())}
    seen = (each.with_changes(change for change in each.changes if id(change) in kept) for each in history.commits)
    return replace(history, commits=tuple(each for each in seen if each.changes))
