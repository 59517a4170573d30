"""Changes since a revision (a branch, tag or commit), and whether content differs from the last commit."""

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
    """Git knows no such revision, or one without any history in common with HEAD. The message says which."""

    def __init__(self, revision: str, *, unrelated: bool = False) -> None:
        """`revision` is as the user typed it; `unrelated` if it has no history in common with HEAD."""
        printable = "".join(letter if letter.isprintable() else REPLACEMENT_CHARACTER for letter in revision)
        shown = printable[:_MAX_SHOWN_LENGTH]
        if unrelated:
            super().__init__(f"“{shown}” has no history in common with what is checked out")
        else:
            super().__init__(f"there is no branch, tag or commit “{shown}” here; a day is written as 2025-01-20")


def find_changes_since_revision(
    root: Path, settings: Settings, history: SiteHistory, revision: str
) -> tuple[Change, ...]:
    """The changes of HEAD since its merge base with a revision, newest first. Raises UnknownRevisionError.

    If the merge base is a commit of the mainline, these are the changes of all commits after it. If it is not, as on a
    branch into which the mainline was merged later, the two versions of each file are compared, so that changes that
    came with that merge are left out. Sources in other repositories are not compared.
    """
    repository = find_repository(root)
    if isinstance(repository, str):
        return ()
    base = find_merge_base(repository, revision)
    result = run_git(Path(repository.top), "rev-list", "--first-parent", "--parents", repository.head, "--not", base)
    # Each row is a commit id, followed by those of its parents.
    rows = [row.split() for row in result.output.decode("ascii", "replace").splitlines()]
    if not rows:
        return ()
    if base in rows[-1][1:2]:
        return history.changes_of_commits({commit_id for commit_id, *_ in rows})
    return _diff_as_one_merge(find_site_repositories(root, settings, repository)[0][0], base, settings)


def find_merge_base(repository: Repository, revision: str) -> str:
    """The id of the newest common ancestor of a revision and HEAD. Raises UnknownRevisionError."""
    if not revision.isprintable() or revision.startswith("-"):
        raise UnknownRevisionError(revision)
    top = Path(repository.top)
    arguments = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit_id = run_git(top, *arguments).output.decode("utf-8", "replace").strip()
    if not _COMMIT_ID.fullmatch(commit_id):  # git also accepts "^main", a revision to exclude
        raise UnknownRevisionError(revision)
    output = run_git(top, "merge-base", repository.head, commit_id).output.decode("ascii", "replace")
    base = next(iter(output.split()), "")
    if not _COMMIT_ID.fullmatch(base):
        raise UnknownRevisionError(revision, unrelated=True)
    return base


def _diff_as_one_merge(site_repository: SiteRepository, base: str, settings: Settings) -> tuple[Change, ...]:
    """The changes from the commit `base` to HEAD, as if one merge commit had brought all of them."""
    top, head = Path(site_repository.repository.top), site_repository.repository.head
    commits = read_commits(top, head, site_repository.paths, base) or []
    time = commits[0].time if commits else 0
    merge = Commit("", (base, head), time, "", "", read_changed_files(top, base, head, site_repository.paths))
    (mainline_commit,) = build_mainline([merge, *commits], [merge])
    with BlobReader(top) as blobs:
        (commit_changes,) = diff_commits(
            [replace(mainline_commit, commit=head)], site_repository.folders, blobs, ZoneInfo(settings.timezone)
        )
    return commit_changes.changes


_STATUS_ARGUMENTS = ("status", "--porcelain", "-z", "--ignore-submodules=all")


def has_uncommitted_changes(root: Path, settings: Settings) -> bool:
    """Whether content was added, changed or removed since the last commit; False where there is no repository."""
    repository = find_repository(root)
    if isinstance(repository, str):
        return False
    site_repositories, _ = find_site_repositories(root, settings, repository)
    return any(_is_dirty(Path(each.repository.top), each.paths) for each in site_repositories)


def _is_dirty(top: Path, paths: Iterable[str]) -> bool:
    return bool(
        run_git(top, *_STATUS_ARGUMENTS, "--", *paths, extra_environment=build_no_filter_environment(top)).output
    )


def list_sources_elsewhere(root: Path, settings: Settings) -> tuple[str, ...]:
    """The folders of sources in other repositories, whose files no revision of the site's own repository holds."""
    repository = find_repository(root)
    if isinstance(repository, str):
        return ()
    others = find_site_repositories(root, settings, repository)[0][1:]
    return tuple(folder.site_path for other in others for folder in other.folders)
