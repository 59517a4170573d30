"""One `git log` for the whole history, taken apart into commits and the files they changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plansite.content.text import DIRECTIONS, UNPRINTABLE
from plansite.history.git import ask

# Merges are compared with the mainline before them. `--sparse` keeps commits that touch nothing of ours, so that the
# chain of parents stays whole. The limit bounds the search for renames that were edited on the way.
_LOG = ("log", "--raw", "-z", "-M", "-l1000", "--no-abbrev", "--diff-merges=first-parent", "--full-history", "--sparse")
_PLAINLY = (
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
_PLAIN = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Touched:
    """A file that a commit changed. `before` and `after` are names of blobs, empty where there was no plain file."""

    old_path: str
    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as git tells it; `time` counts seconds since 1970, `files` compare it with its first parent."""

    name: str
    parents: tuple[str, ...]
    time: int
    who: str
    message: str
    files: tuple[Touched, ...]


def commits(folder: Path, head: str, paths: Iterable[str], known: str = "") -> list[Commit] | None:
    """All commits up to `head` that `known` does not hold already, as git orders them; None where git fails.

    `paths` count from `folder`.
    """
    since = ["--not", known] if known else []
    answer = ask(folder, *_LOG, *_PLAINLY, _FORMAT, head, *since, "--", *paths)
    return None if answer.failed else list(_commits(answer.output.split(b"\0")))


def differing(folder: Path, before: str, after: str, paths: Iterable[str]) -> tuple[Touched, ...]:
    """The files that differ between two commits; none where git fails. `paths` count from `folder`."""
    words = ("diff-tree", "-r", "--raw", "-z", "-M", "-l1000", "--no-abbrev", "--no-ext-diff", "--no-relative")
    tokens = ask(folder, *words, before, after, "--", *paths).output.split(b"\0")
    return _files(tokens, 0)[0]


def renamed(folder: Path, before: str, after: str, paths: Iterable[str]) -> dict[str, str]:
    """New paths by old ones, of files whose words are mostly the same at two commits. `paths` count from `folder`.

    Four fifths of them are: actions have so many lines in common that git's own half pairs quite different ones.
    """
    words = ("diff-tree", "-r", "-z", "-M80%", "-l1000", "--diff-filter=R", "--name-status", "--no-relative")
    tokens = ask(folder, *words, before, after, "--", *paths).output.split(b"\0")
    return {_path(old): _path(new) for old, new in zip(tokens[1::3], tokens[2::3], strict=False)}


def _commits(tokens: list[bytes]) -> Iterator[Commit]:
    """Each commit is five tokens, then what `_files` reads."""
    at, last = 0, len(tokens) - 1
    while at < last:
        if not tokens[at].startswith(b"\x01"):
            at += 1
            continue
        name, parents, time, who, message = (part.decode("utf-8", "replace") for part in tokens[at : at + 5])
        files, at = _files(tokens, at + 5)
        yield Commit(name[1:], tuple(parents.split()), int(time) if time.isdecimal() else 0, _name(who), message, files)


def _files(tokens: list[bytes], at: int) -> tuple[tuple[Touched, ...], int]:
    """The files from a token on, each a token with two names of blobs and one or two paths; and where they end."""
    files: list[Touched] = []
    while at < len(tokens) - 1 and tokens[at].lstrip(b"\n").startswith(b":"):
        facts = tokens[at].decode("ascii").split()
        renamed = facts[4][0] in "RC"
        paths = [_path(token) for token in tokens[at + 1 : at + 2 + renamed]]
        files.append(_touched(facts, paths))
        at += 2 + renamed
    return tuple(files), at


def _touched(facts: list[str], paths: list[str]) -> Touched:
    old_mode, new_mode, before, after = facts[0].lstrip(":"), facts[1], facts[2], facts[3]
    return Touched(
        old_path=paths[0],
        path=paths[-1],
        before=before if old_mode in _PLAIN else "",
        after=after if new_mode in _PLAIN else "",
    )


def _name(who: str) -> str:
    """A name without what must not be shown, and without the address that some have for a name."""
    plain = UNPRINTABLE.sub("", DIRECTIONS.sub("", who))
    return " ".join(word.split("@")[0].lstrip("<") for word in plain.split()).strip()


def _path(token: bytes) -> str:
    return token.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()
