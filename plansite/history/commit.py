"""The commit that a copy of the site is made from."""

from __future__ import annotations

from pathlib import Path

from plansite.history.git import ask


def commit_of(root: Path) -> str:
    """The full name of the commit checked out in `root`; empty where there is no git or no commit."""
    told = ask(root, "rev-parse", "HEAD")
    return "" if told.failed else told.output.decode("utf-8", "replace").strip()
