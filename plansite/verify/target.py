"""Decides what a copy is compared with: a commit, or the working tree."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

from plansite.deferred_dataclass import dataclass
from plansite.history.checkout import RepositoryError, ResolvedCommit, resolve_commit
from plansite.history.loader import find_site_repositories
from plansite.history.repository import find_repository
from plansite.model.settings import Settings
from plansite.verify.claims import CopyClaims

_HEAD = "HEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonTarget:
    """A commit, or None for the working tree with the reason. `is_explicit` says that an option named the commit."""

    revision: ResolvedCommit | None
    reason: str = ""
    is_explicit: bool = False


def find_target(root: Path, settings: Settings, claims: CopyClaims, revision: str) -> ComparisonTarget:
    """The commit of `revision`, else that of a copy of an earlier state, else HEAD. Raises RepositoryError.

    Without git, or where a source lies outside the repository, no commit has the whole site: the working tree then.
    """
    zone = zoneinfo.ZoneInfo(settings.timezone)
    earlier = find_commit(root, settings, claims.as_at_commit) if claims.as_at_commit else None
    # A copy of an earlier state has the files of sources outside the repository from their own history.
    outside = "" if claims.as_at_commit else _describe_outside_source(root, settings)
    if revision:
        if outside:
            raise RepositoryError(f"{outside}, so no single commit contains the whole site; do not use --commit")
        return ComparisonTarget(revision=resolve_commit(root, revision, zone), is_explicit=True)
    if outside:
        return ComparisonTarget(revision=None, reason=f"{outside}.")
    try:
        return ComparisonTarget(revision=earlier or resolve_commit(root, _HEAD, zone))
    except RepositoryError as error:
        return ComparisonTarget(revision=None, reason=str(error))


def find_commit(root: Path, settings: Settings, name: str) -> ResolvedCommit | None:
    """The commit of that name; None where the repository does not have it."""
    try:
        return resolve_commit(root, name, zoneinfo.ZoneInfo(settings.timezone))
    except RepositoryError:
        return None


def is_same_commit(one: str, other: str) -> bool:
    """Whether two abbreviated names, of any lengths, are of the same commit."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _describe_outside_source(root: Path, settings: Settings) -> str:
    """Text that a source lies outside the site's repository; empty where none does or there is no repository."""
    repository = find_repository(root)
    if isinstance(repository, str):
        return ""
    repositories, omitted = find_site_repositories(root, settings, repository)
    other_folders = [folder.site_path for other in repositories[1:] for folder in other.folders]
    outside = [*other_folders, *(source for source, _ in omitted)]
    return f"{outside[0]} lies outside this repository" if outside else ""
