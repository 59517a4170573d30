"""What changed since a revision: what landed after it, or what a branch would bring."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from plansite.content.text import REPLACEMENT
from plansite.history.blobs import Blobs
from plansite.history.change import Change
from plansite.history.git import ask
from plansite.history.history import History
from plansite.history.landed import changes_of
from plansite.history.log import Commit, commits, differing
from plansite.history.mainline import landings
from plansite.history.read import Part, parts_of
from plansite.history.repository import Repository, repository_of
from plansite.model.site import Settings

_NAME = re.compile(r"[0-9a-f]{40,64}")
_SHOWN = 80


class UnknownRevisionError(Exception):
    """Git knows no such revision, or one that has nothing to do with what is checked out; the message says which."""

    def __init__(self, revision: str, *, foreign: bool = False) -> None:
        """`revision` is what somebody typed."""
        shown = "".join(letter if letter.isprintable() else REPLACEMENT for letter in revision)[:_SHOWN]
        told = f"“{shown}” has no history in common with what is checked out"
        none = f"there is no branch, tag or commit “{shown}” here; a day is written as 2025-01-20"
        super().__init__(told if foreign else none)


def since_revision(root: Path, settings: Settings, history: History, revision: str) -> tuple[Change, ...]:
    """The changes of what is committed here that are not in a revision (a branch, a tag, a commit), newest first.

    They count from the newest commit that both have. Where that lies on the mainline, each commit after it is told.
    Where it does not, as on a branch that took over the mainline later, the two versions of each file are compared,
    so that nothing counts that came from there. Sources in repositories of their own have no part in this.
    Raises UnknownRevisionError.
    """
    own = repository_of(root)
    if isinstance(own, str):
        return ()
    base = common(own, revision)
    since = ask(Path(own.top), "rev-list", "--first-parent", "--parents", own.head, "--not", base)
    line = [row.split() for row in since.output.decode("ascii", "replace").splitlines()]
    if not line:
        return ()
    if base in line[-1][1:2]:
        return history.of_commits({names[0] for names in line})
    return _compared(parts_of(root, settings, own)[0][0], base, settings)


def common(own: Repository, revision: str) -> str:
    """The newest commit that a revision has in common with what is checked out. Raises UnknownRevisionError."""
    if not revision.isprintable() or revision.startswith("-"):
        raise UnknownRevisionError(revision)
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    name = ask(Path(own.top), *words).output.decode("utf-8", "replace").strip()
    if not _NAME.fullmatch(name):  # "^main" is a revision too, but one to leave out
        raise UnknownRevisionError(revision)
    base, *_ = ask(Path(own.top), "merge-base", own.head, name).output.decode("ascii", "replace").split() or [""]
    if not _NAME.fullmatch(base):
        raise UnknownRevisionError(revision, foreign=True)
    return base


def _compared(part: Part, base: str, settings: Settings) -> tuple[Change, ...]:
    """What a merge of all that came after a commit would change, told as the one change that it would be."""
    top, head = Path(part.repository.top), part.repository.head
    brought = commits(top, head, part.paths, base) or []
    time = brought[0].time if brought else 0
    merge = Commit("", (base, head), time, "", "", differing(top, base, head, part.paths))
    (landing,) = landings([merge, *brought], [merge])
    with Blobs(top) as blobs:
        (landed,) = changes_of([replace(landing, commit=head)], part.folders, blobs, ZoneInfo(settings.timezone))
    return landed.changes
