"""The mainline: commits as they landed, a merge once, with all that it brought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plansite.history.log import Commit, Touched
from plansite.model.words import listed

# GitHub merges and squashes, GitLab, Bitbucket and Azure DevOps, as each writes its messages.
_REQUEST = re.compile(
    r"\AMerge pull request #(\d+)\b|\A[^\n]*\(#(\d+)\)\s*$|^See merge request \S*!(\d+)\s*$"
    r"|\A[^\n]*\(pull request #(\d+)\)|\AMerged PR (\d+):",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Landing:
    """A commit of the mainline. `files` pairs what it changed with who wrote that."""

    commit: str
    time: int
    pull_request: str
    files: tuple[tuple[Touched, str], ...]


def pull_request(message: str) -> str:
    """The number of the pull or merge request that a commit's message names; empty where it names none."""
    found = _REQUEST.search(message)
    return next((number for number in found.groups() if number), "") if found else ""


def chain(commits: Sequence[Commit]) -> list[Commit]:
    """The mainline, newest first: from the first commit on along first parents, as far as the commits go."""
    by_name = {commit.name: commit for commit in commits}
    line: list[Commit] = []
    following = commits[0] if commits else None
    while following:
        line.append(following)
        following = by_name.get(following.parents[0]) if following.parents else None
    return line


def landings(commits: Sequence[Commit], line: Sequence[Commit]) -> list[Landing]:
    """Each commit of the mainline with its changes, newest first.

    What a merge brings was written by those who touched the file on its branch, in the order they first did.
    """
    by_name = {commit.name: commit for commit in commits}
    order = {commit.name: position for position, commit in enumerate(commits)}
    seen: set[str] = set()
    landed: list[Landing] = []
    for commit in reversed(line):
        seen.add(commit.name)
        brought = sorted(_brought(commit, by_name, seen), key=lambda each: -order[each.name])
        files = tuple((touched, _who(touched, brought) or commit.who) for touched in commit.files)
        landed.append(Landing(commit.name, commit.time, pull_request(commit.message), files))
    return landed[::-1]


def _brought(merge: Commit, by_name: dict[str, Commit], seen: set[str]) -> Iterator[Commit]:
    """The commits that a merge brings and that were not there before."""
    waiting = list(merge.parents[1:])
    while waiting:
        name = waiting.pop()
        commit = by_name.get(name)
        if commit and name not in seen:
            seen.add(name)
            waiting.extend(commit.parents)
            yield commit


def _who(touched: Touched, brought: Iterable[Commit]) -> str:
    """The authors on a branch; its own merges only bring in what is known already."""
    paths = {touched.path, touched.old_path}
    writers = dict.fromkeys(
        commit.who
        for commit in brought
        if len(commit.parents) < 2 and any(file.path in paths or file.old_path in paths for file in commit.files)
    )
    return listed([who for who in writers if who])
