"""The commit that a copy of the site is made from."""

from __future__ import annotations

from pathlib import Path

from plansite.history.git import ask


def commit_of(root: Path) -> str:
    """The full name of the commit checked out in `root`; empty where there is no git or no commit."""
    return past_of(root)[0]


def past_of(root: Path) -> tuple[str, str]:
    """The same, and whether git has only the newest commits: `true`, `false`, or empty."""
    told = ask(root, "rev-parse", "--is-shallow-repository", "HEAD")
    shallow, _, commit = told.output.decode("utf-8", "replace").strip().partition("\n")
    return ("", "") if told.failed else (commit, shallow)
