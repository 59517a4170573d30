"""One `git log` for the whole history, taken apart into commits and the files they changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plansite.content.text import BIDI_CONTROLS, UNPRINTABLE
from plansite.history.git import run_git
from plansite.model.formatting import format_list

# Merges are compared with the mainline before them. `--sparse` keeps commits that touch nothing of ours, so that the
# chain of parents stays whole. The limit bounds the search for renames that were edited on the way.
_LOG_ARGUMENTS = (
    "log",
    "--raw",
    "-z",
    "-M",
    "-l1000",
    "--no-abbrev",
    "--diff-merges=first-parent",
    "--full-history",
    "--sparse",
)
_OUTPUT_OPTIONS = (
    "--encoding=UTF-8",
    "--no-decorate",
    "--no-color",
    "--no-ext-diff",
    "--no-follow",
    "--no-relative",
    f"-O{os.devnull}",
)
# The author's name through .mailmap, the day of the committer; no e-mail address is ever asked for.
_FORMAT = "--format=%x01%H%x00%P%x00%ct%x00%aN%x00%B"
_REGULAR_FILE_MODES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that a commit changed. `before` and `after` are names of blobs, empty where there was no plain file."""

    old_path: str
    path: str
    old_blob: str
    new_blob: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as git tells it; `time` counts seconds since 1970, `files` compare it with its first parent."""

    commit_id: str
    parents: tuple[str, ...]
    time: int
    author: str
    message: str
    files: tuple[ChangedFile, ...]


def read_commits(folder: Path, head: str, paths: Iterable[str], excluded: str = "") -> list[Commit] | None:
    """All commits up to `head` that `known` does not hold already, as git orders them; None where git fails.

    `paths` count from `folder`.
    """
    since = ["--not", excluded] if excluded else []
    answer = run_git(folder, *_LOG_ARGUMENTS, *_OUTPUT_OPTIONS, _FORMAT, head, *since, "--", *paths)
    return None if answer.failed else list(_parse_commits(answer.output.split(b"\0")))


def read_changed_files(folder: Path, before: str, after: str, paths: Iterable[str]) -> tuple[ChangedFile, ...]:
    """The files that differ between two commits; none where git fails. `paths` count from `folder`."""
    words = ("diff-tree", "-r", "--raw", "-z", "-M", "-l1000", "--no-abbrev", "--no-ext-diff", "--no-relative")
    tokens = run_git(folder, *words, before, after, "--", *paths).output.split(b"\0")
    return _parse_files(tokens, 0)[0]


def read_renames(folder: Path, before: str, after: str, paths: Iterable[str]) -> dict[str, str]:
    """New paths by old ones, of files whose words are mostly the same at two commits. `paths` count from `folder`.

    Four fifths of them are: actions have so many lines in common that git's own half pairs quite different ones.
    """
    words = ("diff-tree", "-r", "-z", "-M80%", "-l1000", "--diff-filter=R", "--name-status", "--no-relative")
    tokens = run_git(folder, *words, before, after, "--", *paths).output.split(b"\0")
    return {_decode_path(old): _decode_path(new) for old, new in zip(tokens[1::3], tokens[2::3], strict=False)}


def _parse_commits(tokens: list[bytes]) -> Iterator[Commit]:
    """Each commit is five tokens, then what `_files` reads."""
    at, last = 0, len(tokens) - 1
    while at < last:
        if not tokens[at].startswith(b"\x01"):
            at += 1
            continue
        name, parents, time, who, message = (part.decode("utf-8", "replace") for part in tokens[at : at + 5])
        files, at = _parse_files(tokens, at + 5)
        yield Commit(
            name[1:], tuple(parents.split()), int(time) if time.isdecimal() else 0, _clean_author(who), message, files
        )


def _parse_files(tokens: list[bytes], start: int) -> tuple[tuple[ChangedFile, ...], int]:
    """The files from a token on, each a token with two names of blobs and one or two paths; and where they end."""
    files: list[ChangedFile] = []
    while start < len(tokens) - 1 and tokens[start].lstrip(b"\n").startswith(b":"):
        facts = tokens[start].decode("ascii").split()
        renamed = facts[4][0] in "RC"
        paths = [_decode_path(token) for token in tokens[start + 1 : start + 2 + renamed]]
        files.append(_parse_changed_file(facts, paths))
        start += 2 + renamed
    return tuple(files), start


def _parse_changed_file(facts: list[str], paths: list[str]) -> ChangedFile:
    old_mode, new_mode, before, after = facts[0].lstrip(":"), facts[1], facts[2], facts[3]
    return ChangedFile(
        old_path=paths[0],
        path=paths[-1],
        old_blob=before if old_mode in _REGULAR_FILE_MODES else "",
        new_blob=after if new_mode in _REGULAR_FILE_MODES else "",
    )


def _clean_author(author: str) -> str:
    """A name without what must not be shown, and without the address that some have for a name."""
    plain = UNPRINTABLE.sub("", BIDI_CONTROLS.sub("", author))
    return " ".join(word.split("@")[0].lstrip("<") for word in plain.split()).strip()


def _decode_path(token: bytes) -> str:
    return token.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()


# GitHub merges and squashes, GitLab, Bitbucket and Azure DevOps, as each writes its messages.
_PULL_REQUEST = re.compile(
    r"\AMerge pull request #(\d+)\b|\A[^\n]*\(#(\d+)\)\s*$|^See merge request \S*!(\d+)\s*$"
    r"|\A[^\n]*\(pull request #(\d+)\)|\AMerged PR (\d+):",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class MainlineCommit:
    """A commit of the mainline. `files` pairs what it changed with who wrote that."""

    commit: str
    time: int
    pull_request: str
    files: tuple[tuple[ChangedFile, str], ...]


def parse_pull_request(message: str) -> str:
    """The number of the pull or merge request that a commit's message names; empty where it names none."""
    found = _PULL_REQUEST.search(message)
    return next((number for number in found.groups() if number), "") if found else ""


def follow_first_parents(commits: Sequence[Commit]) -> list[Commit]:
    """The mainline, newest first: from the first commit on along first parents, as far as the commits go."""
    by_name = {commit.commit_id: commit for commit in commits}
    line: list[Commit] = []
    following = commits[0] if commits else None
    while following:
        line.append(following)
        following = by_name.get(following.parents[0]) if following.parents else None
    return line


def build_mainline(commits: Sequence[Commit], mainline: Sequence[Commit]) -> list[MainlineCommit]:
    """Each commit of the mainline with its changes, newest first.

    What a merge brings was written by those who touched the file on its branch, in the order they first did.
    """
    by_name = {commit.commit_id: commit for commit in commits}
    order = {commit.commit_id: position for position, commit in enumerate(commits)}
    seen: set[str] = set()
    landed: list[MainlineCommit] = []
    for commit in reversed(mainline):
        seen.add(commit.commit_id)
        brought = sorted(_find_merged_commits(commit, by_name, seen), key=lambda each: -order[each.commit_id])
        files = tuple((touched, _join_authors(touched, brought) or commit.author) for touched in commit.files)
        landed.append(MainlineCommit(commit.commit_id, commit.time, parse_pull_request(commit.message), files))
    return landed[::-1]


def _find_merged_commits(merge: Commit, by_name: dict[str, Commit], seen: set[str]) -> Iterator[Commit]:
    """The commits that a merge brings and that were not there before."""
    waiting = list(merge.parents[1:])
    while waiting:
        name = waiting.pop()
        commit = by_name.get(name)
        if commit and name not in seen:
            seen.add(name)
            waiting.extend(commit.parents)
            yield commit


def _join_authors(changed_file: ChangedFile, commits: Iterable[Commit]) -> str:
    """The authors on a branch; its own merges only bring in what is known already."""
    paths = {changed_file.path, changed_file.old_path}
    writers = dict.fromkeys(
        commit.author
        for commit in commits
        if len(commit.parents) < 2 and any(file.path in paths or file.old_path in paths for file in commit.files)
    )
    return format_list([who for who in writers if who])
