"""The commits of the mainline, each with the files that it changed and their authors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.history.log import ChangedFile, Commit, read_commits, read_files_against
from plansite.history.mainline.merge_messages import find_mainline_parent, parse_pull_request
from plansite.history.repository import ContentFolder
from plansite.model.formatting import format_list


@dataclass(frozen=True, slots=True)
class MainlineCommit:
    """A commit of the mainline. `files` are pairs of a changed file and the name of its author, or authors.

    `folders` are those that the site read at that time.
    """

    commit: str
    time: int
    pull_request: str
    files: tuple[tuple[ChangedFile, str], ...]
    folders: tuple[ContentFolder, ...] = ()


#: Names of the published branch beside the one in the settings.
_USUAL_NAMES = ("main", "master", "trunk")
#: Returns the files of a commit with those paired that were renamed, given the commits that it merges, oldest first.
PairFiles = Callable[[Commit, Sequence[Commit]], tuple[ChangedFile, ...]]


def list_mainline_names(*branches: str) -> frozenset[str]:
    """The names that a published branch may have; `branches` are those in the settings."""
    return frozenset((*_USUAL_NAMES, *filter(None, branches)))


def follow_mainline(commits: Sequence[Commit], names: Collection[str] = _USUAL_NAMES) -> list[Commit]:
    """The mainline, newest first: the first of `commits`, its parent on the mainline, and so on as far as given.

    That is the first parent, unless the message of a merge says otherwise (`find_mainline_parent`); then it comes first
    in the `parents` of the result. `names` are those that the published branch may have.
    """
    commits_by_id = {commit.commit_id: commit for commit in commits}
    mainline: list[Commit] = []
    commit = commits[0] if commits else None
    while commit:
        position = find_mainline_parent(commit.message, len(commit.parents), names)
        parents = (
            *commit.parents[position : position + 1],
            *commit.parents[:position],
            *commit.parents[position + 1 :],
        )
        mainline.append(replace(commit, parents=parents) if position else commit)
        commit = commits_by_id.get(parents[0]) if parents else None
    return mainline


def read_mainline(
    folder: Path, head: str, paths: Sequence[str], names: Collection[str], excluded: str = ""
) -> tuple[list[Commit], list[Commit]] | None:
    """All commits of `head` that `excluded` has not, and those of the mainline, newest first; None where git fails.

    The files of a commit of the mainline are those that differ from its parent on the mainline. `paths` are relative to
    `folder`, `names` are those that the published branch may have.
    """
    commits = read_commits(folder, head, paths, excluded)
    if commits is None:
        return None
    first_parents = {commit.commit_id: commit.parents[:1] for commit in commits}
    mainline = follow_mainline(commits, names)
    turned = {
        commit.commit_id: commit.parents[0]
        for commit in mainline
        if commit.parents[:1] != first_parents[commit.commit_id]
    }
    files = read_files_against(folder, turned, paths) if turned else {}
    return commits, [
        replace(commit, files=files.get(commit.commit_id, ())) if commit.commit_id in turned else commit
        for commit in mainline
    ]


def _keep_files(commit: Commit, _: Sequence[Commit]) -> tuple[ChangedFile, ...]:
    return commit.files


def build_mainline(
    commits: Sequence[Commit],
    mainline: Sequence[Commit],
    *,
    in_brackets: bool = True,
    pair_files: PairFiles = _keep_files,
) -> list[MainlineCommit]:
    """The commits of the mainline, newest first, each file with its authors; `in_brackets` as in `parse_pull_request`.

    The authors of a file that a merge changed are those who changed it on the merged branch, in the order in which
    they first did.
    """
    commits_by_id = {commit.commit_id: commit for commit in commits}
    positions = {commit.commit_id: position for position, commit in enumerate(commits)}
    seen_ids: set[str] = set()
    result: list[MainlineCommit] = []
    for commit in reversed(mainline):
        seen_ids.add(commit.commit_id)
        merged = _find_merged_commits(commit, commits_by_id, seen_ids)
        oldest_first = sorted(merged, key=lambda merged_commit: -positions[merged_commit.commit_id])
        changed_files = pair_files(commit, oldest_first)
        files = tuple((file, _join_authors(file, oldest_first) or commit.author) for file in changed_files)
        pull_request = parse_pull_request(commit.message, in_brackets=in_brackets)
        result.append(MainlineCommit(commit.commit_id, commit.time, pull_request, files))
    return result[::-1]


def _find_merged_commits(merge: Commit, commits_by_id: dict[str, Commit], seen_ids: set[str]) -> Iterator[Commit]:
    """The commits that a merge adds to those in `seen_ids`; they are put into it."""
    pending = list(merge.parents[1:])
    while pending:
        commit_id = pending.pop()
        commit = commits_by_id.get(commit_id)
        if commit and commit_id not in seen_ids:
            seen_ids.add(commit_id)
            pending.extend(commit.parents)
            yield commit


def _join_authors(changed_file: ChangedFile, commits: Iterable[Commit]) -> str:
    """The authors of those commits of a branch that changed a file; merges into the branch do not count."""
    paths = {changed_file.path, changed_file.old_path}
    authors = dict.fromkeys(
        commit.author
        for commit in commits
        if len(commit.parents) < 2 and any(file.path in paths or file.old_path in paths for file in commit.files)
    )
    return format_list([author for author in authors if author])
