"""What changed since a revision: what landed after it, or what a branch would bring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from plansite.content.text import REPLACEMENT_CHARACTER
from plansite.history.blobs import BlobReader
from plansite.history.change import Change
from plansite.history.commit_diff import diff_commits
from plansite.history.git import build_no_filter_environment, run_git
from plansite.history.loader import SiteRepository, find_site_repositories
from plansite.history.log import Commit, build_mainline, read_changed_files, read_commits
from plansite.history.repository import Repository, find_repository
from plansite.history.site_history import SiteHistory
from plansite.model.settings import Settings

_COMMIT_ID = re.compile(r"[0-9a-f]{40,64}")
_MAX_SHOWN_LENGTH = 80


class UnknownRevisionError(Exception):
    """Git knows no such revision, or one that has nothing to do with what is checked out; the message says which."""

    def __init__(self, revision: str, *, unrelated: bool = False) -> None:
        """`revision` is what somebody typed."""
        shown = "".join(letter if letter.isprintable() else REPLACEMENT_CHARACTER for letter in revision)[
            :_MAX_SHOWN_LENGTH
        ]
        told = f"“{shown}” has no history in common with what is checked out"
        none = f"there is no branch, tag or commit “{shown}” here; a day is written as 2025-01-20"
        super().__init__(told if unrelated else none)


def find_changes_since_revision(
    root: Path, settings: Settings, history: SiteHistory, revision: str
) -> tuple[Change, ...]:
    """The changes of what is committed here that are not in a revision (a branch, a tag, a commit), newest first.

    They count from the newest commit that both have. Where that lies on the mainline, each commit after it is told.
    Where it does not, as on a branch that took over the mainline later, the two versions of each file are compared,
    so that nothing counts that came from there. Sources in repositories of their own have no part in this.
    Raises UnknownRevisionError.
    """
    own = find_repository(root)
    if isinstance(own, str):
        return ()
    base = find_merge_base(own, revision)
    since = run_git(Path(own.top), "rev-list", "--first-parent", "--parents", own.head, "--not", base)
    line = [row.split() for row in since.output.decode("ascii", "replace").splitlines()]
    if not line:
        return ()
    if base in line[-1][1:2]:
        return history.changes_of_commits({names[0] for names in line})
    return _diff_as_one_merge(find_site_repositories(root, settings, own)[0][0], base, settings)


def find_merge_base(repository: Repository, revision: str) -> str:
    """The newest commit that a revision has in common with what is checked out. Raises UnknownRevisionError."""
    if not revision.isprintable() or revision.startswith("-"):
        raise UnknownRevisionError(revision)
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    name = run_git(Path(repository.top), *words).output.decode("utf-8", "replace").strip()
    if not _COMMIT_ID.fullmatch(name):  # "^main" is a revision too, but one to leave out
        raise UnknownRevisionError(revision)
    base, *_ = run_git(Path(repository.top), "merge-base", repository.head, name).output.decode(
        "ascii", "replace"
    ).split() or [""]
    if not _COMMIT_ID.fullmatch(base):
        raise UnknownRevisionError(revision, unrelated=True)
    return base


def _diff_as_one_merge(site_repository: SiteRepository, base: str, settings: Settings) -> tuple[Change, ...]:
    """What a merge of all that came after a commit would change, told as the one change that it would be."""
    top, head = Path(site_repository.repository.top), site_repository.repository.head
    brought = read_commits(top, head, site_repository.paths, base) or []
    time = brought[0].time if brought else 0
    merge = Commit("", (base, head), time, "", "", read_changed_files(top, base, head, site_repository.paths))
    (landing,) = build_mainline([merge, *brought], [merge])
    with BlobReader(top) as blobs:
        (landed,) = diff_commits(
            [replace(landing, commit=head)], site_repository.folders, blobs, ZoneInfo(settings.timezone)
        )
    return landed.changes


_STATUS_ARGUMENTS = ("status", "--porcelain", "-z", "--ignore-submodules=all")


def has_uncommitted_changes(root: Path, settings: Settings) -> bool:
    """Whether content was added, changed or removed since the last commit; False where nothing tells."""
    own = find_repository(root)
    if isinstance(own, str):
        return False
    parts, _ = find_site_repositories(root, settings, own)
    return any(_is_dirty(Path(part.repository.top), part.paths) for part in parts)


def _is_dirty(top: Path, paths: Iterable[str]) -> bool:
    return bool(
        run_git(top, *_STATUS_ARGUMENTS, "--", *paths, extra_environment=build_no_filter_environment(top)).output
    )
