"""The messages of commits: what a pull request would add to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plansite.history.git import ask

_SHOWN = 10


class NoMessagesError(Exception):
    """Git cannot tell the commits that were asked for; the message says so."""


@dataclass(frozen=True, slots=True)
class Message:
    """A commit's name, shortened, and its message, subject first."""

    commit: str
    text: str


def messages(root: Path, commits: str) -> tuple[Message, ...]:
    """The messages of these commits, as `git log` takes them (`origin/main..`). Raises NoMessagesError."""
    words = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-notes", "--format=%H%n%B")
    answer = ask(root, *words, "--end-of-options", commits, "--")
    if answer.failed or not commits.isprintable():
        raise NoMessagesError("git knows no such commits here; write for example origin/main.. with its two dots")
    return tuple(_messages(answer.output.decode("utf-8", "replace")))


def _messages(told: str) -> Iterator[Message]:
    for each in told.split("\0"):
        commit, _, text = each.partition("\n")
        if commit:
            yield Message(commit[:_SHOWN], text)
