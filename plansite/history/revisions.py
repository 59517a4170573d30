"""Changes since a revision (a branch, tag or commit), and whether content differs from the last commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from plansite.content.text import REPLACEMENT_CHARACTER
from plansite.deferred_pattern import compile_lazily
from plansite.history.blobs import BlobReader
from plansite.history.change import Change
from plansite.history.commit_diff import diff_commits
from plansite.history.git import build_no_filter_environment, run_git
from plansite.history.loader import (
    SiteRepository,
    find_site_repositories,
    land_commits,
    read_landings,
    read_mainline_since,
)
from plansite.history.log import Commit, read_changed_files, read_commits
from plansite.history.mainline.folder_moves import TracedMainline, find_folder_move
from plansite.history.mainline.landings import MainlineCommit
from plansite.history.repository import Repository, find_repository
from plansite.history.site_history import SiteHistory
from plansite.model.settings import Settings

_COMMIT_ID = compile_lazily(r"[0-9a-f]{40,64}")
_MAX_SHOWN_LENGTH = 80


class UnknownRevisionError(Exception):
    """Git knows no such revision, or one without any history in common with HEAD. The message says which."""

    def __init__(self, revision: str, *, unrelated: bool = False) -> None:
        """`revision` is as the user typed it; `unrelated` if it has no history in common with HEAD."""
        printable = "".join(letter if letter.isprintable() else REPLACEMENT_CHARACTER for letter in revision)
        shown = printable[:_MAX_SHOWN_LENGTH]
        if unrelated:
            super().__init__(f"“{shown}” has no history in common with the version checked out")
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
    site_repository = find_site_repositories(root, settings, repository)[0][0]
    mainline = read_mainline_since(site_repository, base)
    if mainline is not None:
        return history.changes_of_commits({commit.commit_id for commit in mainline})
    zone = ZoneInfo(settings.timezone)
    with BlobReader(Path(repository.top)) as blobs:
        (commit_changes,) = diff_commits(read_landings_since(site_repository, base, zone), blobs, zone)
    return commit_changes.changes


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


def read_landings_since(site_repository: SiteRepository, base: str, zone: tzinfo) -> list[MainlineCommit]:
    """The commits of the mainline since the commit `base`, newest first, with the files paired that were renamed.

    If it is not on the mainline, it is one commit, as if a merge had brought all of them. Raises MissingBlobError.
    """
    landings = read_landings(site_repository, base, zone)
    if landings is not None:
        return landings
    repository, folders = site_repository.repository, site_repository.folders
    top, paths = Path(repository.top), site_repository.paths
    commits = read_commits(top, repository.head, paths, base) or []
    merge = Commit("", (base, repository.head), commits[0].time if commits else 0, "", "", ())
    merge = replace(merge, files=read_changed_files(top, base, repository.head, paths))
    move_finder = replace(merge, commit_id=repository.head)
    moves = [find_folder_move(top, repository.head, [move_finder], folder) for folder in folders]
    earlier = tuple(move.before for move in moves if move)
    if earlier:
        more_paths = [*paths, *(folder.repository_path or "." for folder in earlier)]
        merge = replace(merge, files=read_changed_files(top, base, repository.head, more_paths))
    traced = TracedMainline([merge, *commits], [merge], [(*folders, *earlier)])
    return [replace(landing, commit=repository.head) for landing in land_commits(site_repository, traced, zone)]


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
