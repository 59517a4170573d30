"""The output of one `git log` for the whole history, parsed into commits and the files that they changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plansite.content.report import make_printable
from plansite.content.text import BIDI_CONTROLS, UNPRINTABLE
from plansite.history.git import run_git
from plansite.model.formatting import format_list

# Merges are compared with their first parent. `--sparse` also lists commits that change no file below the given paths,
# so that the chain of parents is complete. The limit bounds the search for renamed files whose content changed too.
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
# The author's name as mapped by .mailmap, and the date of the committer; e-mail addresses are never read.
_FORMAT = "--format=%x01%H%x00%P%x00%ct%x00%aN%x00%B"
_REGULAR_FILE_MODES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that a commit changed. `old_blob` and `new_blob` are empty where there is no regular file."""

    old_path: str
    path: str
    old_blob: str
    new_blob: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit. `time` is in seconds since 1970; `files` are those that differ from its first parent."""

    commit_id: str
    parents: tuple[str, ...]
    time: int
    author: str
    message: str
    files: tuple[ChangedFile, ...]


def read_commits(folder: Path, head: str, paths: Iterable[str], excluded: str = "") -> list[Commit] | None:
    """All commits reachable from `head` but not from `excluded`, in git's order; None where git fails.

    `paths` are relative to `folder`.
    """
    exclusion = ["--not", excluded] if excluded else []
    result = run_git(folder, *_LOG_ARGUMENTS, *_OUTPUT_OPTIONS, _FORMAT, head, *exclusion, "--", *paths)
    return None if result.failed else list(_parse_commits(result.output.split(b"\0")))


def read_changed_files(folder: Path, before: str, after: str, paths: Iterable[str]) -> tuple[ChangedFile, ...]:
    """The files that differ between two commits; none where git fails. `paths` are relative to `folder`."""
    arguments = ("diff-tree", "-r", "--raw", "-z", "-M", "-l1000", "--no-abbrev", "--no-ext-diff", "--no-relative")
    tokens = run_git(folder, *arguments, before, after, "--", *paths).output.split(b"\0")
    return _parse_files(tokens, 0)[0]


def read_renames(folder: Path, before: str, after: str, paths: Iterable[str]) -> dict[str, str]:
    """New paths by old paths, of files that git regards as renamed. `paths` are relative to `folder`.

    The content has to be 80 % the same: actions have so many lines in common that git's default of 50 % pairs files
    that have nothing to do with each other.
    """
    arguments = ("diff-tree", "-r", "-z", "-M80%", "-l1000", "--diff-filter=R", "--name-status", "--no-relative")
    tokens = run_git(folder, *arguments, before, after, "--", *paths).output.split(b"\0")
    return {_decode_path(old): _decode_path(new) for old, new in zip(tokens[1::3], tokens[2::3], strict=False)}


def _parse_commits(tokens: list[bytes]) -> Iterator[Commit]:
    """Each commit is five tokens, followed by the tokens of its files."""
    index, last = 0, len(tokens) - 1
    while index < last:
        if not tokens[index].startswith(b"\x01"):
            index += 1
            continue
        commit_id, parents, time, author, message = (
            token.decode("utf-8", "replace") for token in tokens[index : index + 5]
        )
        files, index = _parse_files(tokens, index + 5)
        yield Commit(
            commit_id=commit_id[1:],
            parents=tuple(parents.split()),
            time=int(time) if time.isdecimal() else 0,
            author=_clean_author(author),
            message=message,
            files=files,
        )


def _parse_files(tokens: list[bytes], start: int) -> tuple[tuple[ChangedFile, ...], int]:
    """The files described from the token `start` on, and the index of the token behind them.

    Each is one token with modes, blob ids and status, and one path, or two paths of a file that was renamed or copied.
    """
    files: list[ChangedFile] = []
    while start < len(tokens) - 1 and tokens[start].lstrip(b"\n").startswith(b":"):
        columns = tokens[start].decode("ascii").split()
        renamed = columns[4][0] in "RC"
        paths = [_decode_path(token) for token in tokens[start + 1 : start + 2 + renamed]]
        files.append(_parse_changed_file(columns, paths))
        start += 2 + renamed
    return tuple(files), start


def _parse_changed_file(columns: list[str], paths: list[str]) -> ChangedFile:
    old_mode, new_mode, old_blob, new_blob = columns[0].lstrip(":"), columns[1], columns[2], columns[3]
    return ChangedFile(
        old_path=paths[0],
        path=paths[-1],
        old_blob=old_blob if old_mode in _REGULAR_FILE_MODES else "",
        new_blob=new_blob if new_mode in _REGULAR_FILE_MODES else "",
    )


def _clean_author(author: str) -> str:
    """An author's name without control characters, and without the domain where an e-mail address is given as name."""
    printable = UNPRINTABLE.sub("", BIDI_CONTROLS.sub("", author))
    return " ".join(word.split("@")[0].lstrip("<") for word in printable.split()).strip()


def _decode_path(token: bytes) -> str:
    """A path with � in place of what cannot be shown, as the paths of a build are."""
    return make_printable(token.decode("utf-8", "surrogateescape"))


# Merge commits of GitHub and Forgejo, GitLab, Bitbucket and Azure DevOps, which name nothing but a request.
_PULL_REQUEST = re.compile(
    r"\AMerge pull request #(\d+)\b|^See merge request \S*!(\d+)\s*$"
    r"|\A[^\n]*\(pull request #(\d+)\)|\AMerged PR (\d+):",
    re.MULTILINE,
)
# Squash commits of GitHub and Forgejo. Elsewhere people write so of an issue, or of an action.
_SQUASHED_PULL_REQUEST = re.compile(r"\A[^\n]*\(#(\d+)\)\s*$", re.MULTILINE)
_SQUASHING_HOST = re.compile(r"https?://(?:[^/?#]*[.@-])?(?:github|codeberg|forgejo|gitea)(?:[.:/-]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MainlineCommit:
    """A commit of the mainline. `files` are pairs of a changed file and the name of its author, or authors."""

    commit: str
    time: int
    pull_request: str
    files: tuple[tuple[ChangedFile, str], ...]


def names_pull_requests_in_brackets(repository_url: str) -> bool:
    """Whether `(#4)` at the end of a commit's first line is a pull request: on GitHub, Forgejo and Gitea.

    That is told by the name of the host. Of an unknown host it is not assumed.
    """
    return _SQUASHING_HOST.match(repository_url) is not None


def parse_pull_request(message: str, *, in_brackets: bool = True) -> str:
    """The number of the pull or merge request that a commit's message names; empty where it names none.

    `in_brackets` says whether `(#4)` is one, see `names_pull_requests_in_brackets`.
    """
    match = _PULL_REQUEST.search(message) or (_SQUASHED_PULL_REQUEST.search(message) if in_brackets else None)
    return next((number for number in match.groups() if number), "") if match else ""


def follow_first_parents(commits: Sequence[Commit]) -> list[Commit]:
    """The mainline, newest first: the first of `commits`, its first parent, and so on as far as they are given."""
    commits_by_id = {commit.commit_id: commit for commit in commits}
    mainline: list[Commit] = []
    commit = commits[0] if commits else None
    while commit:
        mainline.append(commit)
        commit = commits_by_id.get(commit.parents[0]) if commit.parents else None
    return mainline


def build_mainline(
    commits: Sequence[Commit], mainline: Sequence[Commit], *, in_brackets: bool = True
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
        files = tuple((file, _join_authors(file, oldest_first) or commit.author) for file in commit.files)
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
