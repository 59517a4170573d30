"""A site's history: the changes of its documents, or the reason why there are none."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.change import Change, ChangeKind, CommitStamp
from plansite.history.commit_changes import CommitChanges
from plansite.history.renames.identity import identify
from plansite.history.renames.scores import is_continued
from plansite.history.version_diff import ChangeOrigin, diff_values
from plansite.history.versions import DocumentVersion

GapChanges = dict[tuple[str, str], tuple[Change, ...]]


def diff_across_gaps(commits: Iterable[tuple[Change, ...]]) -> GapChanges:
    """The changes of documents across a gap, in which they were removed or unreadable, by commit and path.

    The commit is the one with which the document returned. `commits` come oldest first. A file that was unreadable is
    the same document afterwards; one that was removed is so only if it returns with the same title or ref.
    """
    lost: dict[str, Change] = {}
    gap_changes: GapChanges = {}
    for changes in commits:
        moved = [(change.path, lost.pop(change.old_path)) for change in changes if change.old_path in lost]
        lost.update(dict(moved))
        for change in changes:
            if change.did in (ChangeKind.BECAME_UNREADABLE, ChangeKind.REMOVED):
                lost[change.path] = change if change.values else lost.get(change.path, change)
            elif change.did in (ChangeKind.BECAME_READABLE, ChangeKind.ADDED) and change.path in lost:
                gap_changes[change.commit, change.path] = _diff_since_loss(lost.pop(change.path), change)
    return gap_changes


def _diff_since_loss(lost: Change, returned: Change) -> tuple[Change, ...]:
    before, after = dict(lost.values), dict(returned.values)
    if not before or not is_same_after_loss(lost, returned):
        return ()
    stamp = CommitStamp(returned.commit, returned.when, returned.pull_request)
    origin = ChangeOrigin(returned.document, returned.plan, returned.slug, returned.path, returned.who, stamp)
    return tuple(diff_values(before, after, origin))


def is_same_after_loss(lost: Change, returned: Change) -> bool:
    """Whether a document that was removed or unreadable is the one that is there again at its path."""
    if lost.did is not ChangeKind.REMOVED or not (lost.values and returned.values):
        return True
    old, new = (
        identify(change.document, change.path, DocumentVersion(change.plan, change.slug, dict(change.values)))
        for change in (lost, returned)
    )
    return is_continued(old, new)


def group_changes_by_path(commits: Iterable[tuple[Change, ...]]) -> Mapping[str, tuple[Change, ...]]:
    """The changes of each document, newest first, by its present or last path. `commits` come oldest first.

    A document that returns after it was removed continues its earlier history. Where another one has its path now, the
    removed one is found by that path, a null character, and the id of the commit with which the other one came.
    """
    by_path: dict[str, list[Change]] = {}
    for changes in commits:
        for change in changes:
            if change.did is ChangeKind.REMOVED:
                by_path.setdefault(change.path, []).append(change)
        moves = [(change, by_path.pop(change.old_path, [])) for change in changes if change.did is ChangeKind.MOVED]
        for change, earlier_changes in moves:
            _set_apart(by_path, change)
            by_path[change.path] = earlier_changes
        for change in changes:
            if change.did is ChangeKind.REMOVED:
                continue
            last = by_path.get(change.path, ())[-1:]
            if change.did is ChangeKind.ADDED and last and not is_same_after_loss(last[0], change):
                _set_apart(by_path, change)
            by_path.setdefault(change.path, []).append(change)
    return {path: tuple(reversed(file_changes)) for path, file_changes in by_path.items()}


def _set_apart(by_path: dict[str, list[Change]], change: Change) -> None:
    """Keep the changes of a removed document apart from those of the one that comes to its path with a change."""
    if change.path in by_path:
        by_path[f"{change.path}\0{change.commit}"] = by_path.pop(change.path)


@dataclass(frozen=True, kw_only=True)
class SiteHistory:
    """The changes of a site's documents by commit, newest first.

    `hidden` is empty, or the reason, for users, why there is no history. `omitted_sources` are the folders of external
    sources without history, each with the reason.
    """

    hidden: str = ""
    omitted_sources: tuple[tuple[str, str], ...] = ()
    commits: tuple[CommitChanges, ...] = ()

    @functools.cached_property
    def changes(self) -> tuple[Change, ...]:
        """All changes in the order of the commits, newest first."""
        return tuple(change for commit in self.commits for change in self._changes_with_gaps(commit))

    @functools.cached_property
    def changes_by_path(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each file, newest first, by its present or last path."""
        return group_changes_by_path(self._changes_with_gaps(commit) for commit in reversed(self.commits))

    @functools.cached_property
    def _gap_changes(self) -> Mapping[tuple[str, str], tuple[Change, ...]]:
        # Searching the encoded lines is much faster than decoding all of them.
        if not any(b'"became unreadable"' in commit.line or b'"removed"' in commit.line for commit in self.commits):
            return {}
        return diff_across_gaps(commit.changes for commit in reversed(self.commits))

    def _changes_with_gaps(self, commit: CommitChanges) -> tuple[Change, ...]:
        """The changes of a commit, and those across gaps that end with it."""
        if not self._gap_changes:
            return commit.changes
        return tuple(item for change in commit.changes for item in (change, *self._changes_after_gap(change)))

    def _changes_after_gap(self, change: Change) -> tuple[Change, ...]:
        return (
            self._gap_changes.get((change.commit, change.path), ())
            if change.did in (ChangeKind.ADDED, ChangeKind.BECAME_READABLE)
            else ()
        )

    @functools.cached_property
    def _last_path_by_address(self) -> dict[tuple[str, str], str]:
        """The last path of each action by plan and slug; if two files had the same, that of the later change."""
        paths: dict[tuple[str, str], str] = {}
        for change in reversed(self.changes):
            if change.document == "action" and change.path in self.changes_by_path:
                paths[change.plan, change.slug] = change.path
        return paths

    def changes_of_action(self, plan: str, slug: str) -> tuple[Change, ...]:
        """The changes of an action, newest first, also those under its earlier names and plans.

        If two files have the same plan and slug, use `changes_of_file`.
        """
        return self.changes_of_file(self._last_path_by_address.get((plan, slug), ""))

    def changes_of_file(self, path: str) -> tuple[Change, ...]:
        """The changes of the document in a file of the site, newest first."""
        return self.changes_by_path.get(path, ())

    def changes_since(self, day: date) -> tuple[Change, ...]:
        """The changes that landed on that day or later, newest first."""
        commits = (commit for commit in self.commits if commit.when >= day)
        return tuple(change for commit in commits for change in self._changes_with_gaps(commit))

    def changes_of_commits(self, commit_ids: Collection[str]) -> tuple[Change, ...]:
        """The changes that landed with these commits, given by their full ids, newest first."""
        commits = (commit for commit in self.commits if commit.commit in commit_ids)
        return tuple(change for commit in commits for change in self._changes_with_gaps(commit))

    def find_first_day(self) -> date | None:
        """The day of the first commit with any change, as the calendar has it; None if there is none."""
        return min((commit.when for commit in self.commits if commit.has_changes), default=None)

    def why_hidden(self, path: str) -> str:
        """The reason, for users, why a file has no history; empty if it has one."""
        reasons = (reason for folder, reason in self.omitted_sources if path.startswith(f"{folder}/"))
        return self.hidden or next(reasons, "")


def filter_history(history: SiteHistory, paths: Collection[str]) -> SiteHistory:
    """The history of these files alone, for an audience that may not see all files.

    It includes earlier values of the files, but no removed documents.
    """
    visible_ids = {id(change) for path in paths for change in history.changes_by_path.get(path, ())}
    commits = (
        commit.with_changes(change for change in commit.changes if id(change) in visible_ids)
        for commit in history.commits
    )
    return replace(history, commits=tuple(commit for commit in commits if commit.changes))
