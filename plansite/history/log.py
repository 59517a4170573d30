"""The output of one `git log` for the whole history, parsed into commits and the files that they changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plansite.content.report import make_printable
from plansite.content.text import BIDI_CONTROLS, UNPRINTABLE
from plansite.deferred_dataclass import dataclass
from plansite.history.git import run_git

# Merges are compared with their first parent. `--sparse` also lists commits that change no file below the given paths,
# so that the chain of parents is complete. Which files were renamed is decided in `renames/`, not by git.
_LOG_ARGUMENTS = (
    "log",
    "--raw",
    "-z",
    "--no-renames",
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


def read_commits_without_files(folder: Path, head: str) -> list[Commit]:
    """All commits reachable from `head`, in git's order, without their files; none where git fails."""
    result = run_git(folder, "log", "-z", *_OUTPUT_OPTIONS, _FORMAT, head, "--")
    return list(_parse_commits(result.output.split(b"\0")))


_DIFF_ARGUMENTS = ("diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-relative")


def read_changed_files(folder: Path, before: str, after: str, paths: Iterable[str] = ()) -> tuple[ChangedFile, ...]:
    """The files that differ between two commits, of all or at these paths in `folder`; none where git fails."""
    tokens = run_git(folder, *_DIFF_ARGUMENTS, before, after, "--", *paths).output.split(b"\0")
    return _parse_files(tokens, 0)[0]


def read_files_against(
    folder: Path, before_by_commit: Mapping[str, str], paths: Iterable[str]
) -> dict[str, tuple[ChangedFile, ...]]:
    """The files of each commit that differ from another one; commits without any are left out."""
    rows = "".join(f"{commit} {before}\n" for commit, before in before_by_commit.items())
    result = run_git(folder, *_DIFF_ARGUMENTS, "--stdin", "--", *paths, input_data=rows.encode("ascii"))
    tokens = result.output.split(b"\0")
    files: dict[str, tuple[ChangedFile, ...]] = {}
    index = 0
    while index < len(tokens) - 1:
        commit = tokens[index].decode("ascii", "replace").strip()
        files[commit], index = _parse_files(tokens, index + 1)
    return files


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

    Each is one token with modes, blob ids and status, and a path.
    """
    files: list[ChangedFile] = []
    while start < len(tokens) - 1 and tokens[start].lstrip(b"\n").startswith(b":"):
        columns = tokens[start].decode("ascii").split()
        files.append(_parse_changed_file(columns, _decode_path(tokens[start + 1])))
        start += 2
    return tuple(files), start


def _parse_changed_file(columns: list[str], path: str) -> ChangedFile:
    old_mode, new_mode, old_blob, new_blob = columns[0].lstrip(":"), columns[1], columns[2], columns[3]
    return ChangedFile(
        old_path=path,
        path=path,
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
