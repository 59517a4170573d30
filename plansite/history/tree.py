"""The files of a repository as they stood at a commit, in a folder of their own."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from plansite.history.git import ask, without_filters
from plansite.history.repository import SHALLOW, repository_of
from plansite.model.errors import SiteError


class TreeError(SiteError):
    """The files cannot be had as they stood then; the message says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A commit: its name in short, the day it was made in the site's time zone, and the site's folder in its files."""

    commit: str
    day: date
    prefix: str


def stood(root: Path, when: date | str, zone: tzinfo) -> Stood:
    """The commit that `when` means: the last of a day on the line checked out, or a revision. Raises TreeError."""
    repository = repository_of(root)
    if isinstance(repository, str):
        if not (repository == SHALLOW and isinstance(when, str)):
            raise TreeError(repository)
        prefix = ask(root, "rev-parse", "--show-prefix").output.decode("utf-8", "surrogateescape").removesuffix("\n")
    else:
        prefix = repository.prefix
    name = _on(root, when, zone) if isinstance(when, date) else when
    facts = ask(root, "log", "-1", "--format=%h %ct", "--end-of-options", f"{name}^{{commit}}", "--")
    if facts.failed or not facts.output.strip():
        raise TreeError(f"git knows no day, commit, tag or branch “{name}”; “git log --oneline” lists what there is")
    commit, seconds = facts.output.decode().split()
    return Stood(commit=commit, day=datetime.fromtimestamp(int(seconds), zone).date(), prefix=prefix)


def _on(root: Path, day: date, zone: tzinfo) -> str:
    """The last commit that had landed when that day ended."""
    end = int(datetime.combine(day + timedelta(days=1), time.min, zone).timestamp()) - 1
    found = ask(root, "rev-list", "-1", "--first-parent", f"--before={end}", "HEAD")
    name = found.output.decode().strip()
    if found.failed or not name:
        raise TreeError(f"nothing had been committed by {day.isoformat()}, so there is no site to show for that day")
    return name


def unpacked(root: Path, commit: str, into: Path) -> None:
    """Put all files of that commit into a folder. The working tree and its index are not touched. Raises TreeError.

    Not with `git archive`: that leaves out and changes files as their attributes say. No filter is run: it would be
    a program that the repository chooses.
    """
    top = Path(ask(root, "rev-parse", "--show-toplevel").output.decode("utf-8", "surrogateescape").removesuffix("\n"))
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")} | without_filters(top)
        for words in (("read-tree", commit), ("checkout-index", "--all", f"--prefix={into}/")):
            done = ask(top, *words, extra=index)
            if done.failed:
                raise TreeError(f"git cannot read the files of {commit}: {done.fault.strip()}")
