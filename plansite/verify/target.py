"""What a copy is to be held against: a commit, or the files as they lie here."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from pathlib import Path

from plansite.history.checkout import RepositoryError, ResolvedCommit, resolve_commit
from plansite.history.loader import find_site_repositories
from plansite.history.repository import find_repository
from plansite.model.settings import Settings
from plansite.verify.claims import CopyClaims

_HEAD = "HEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonTarget:
    """A commit, or None for the files as they lie here and `why`. `is_asked` says that somebody named the commit."""

    revision: ResolvedCommit | None
    reason: str = ""
    is_explicit: bool = False


def find_target(root: Path, settings: Settings, claims: CopyClaims, revision: str) -> ComparisonTarget:
    """The commit named; else that of a copy of an earlier state; else the one checked out. Raises TreeError.

    Without git, or where a source lies outside the repository, no commit holds the whole site.
    """
    zone = zoneinfo.ZoneInfo(settings.timezone)
    earlier = find_commit(root, settings, claims.as_at_commit) if claims.as_at_commit else None
    outside = (
        "" if claims.as_at_commit else _describe_outside_source(root, settings)
    )  # a copy of an earlier state has none of it
    if revision:
        if outside:
            raise RepositoryError(f"{outside}, so no commit holds this site as a whole; leave --commit out")
        return ComparisonTarget(revision=resolve_commit(root, revision, zone), is_explicit=True)
    if outside:
        return ComparisonTarget(revision=None, reason=f"{outside}.")
    try:
        return ComparisonTarget(revision=earlier or resolve_commit(root, _HEAD, zone))
    except RepositoryError as error:
        return ComparisonTarget(revision=None, reason=str(error))


def find_commit(root: Path, settings: Settings, name: str) -> ResolvedCommit | None:
    """The commit of that name, if the repository has it."""
    try:
        return resolve_commit(root, name, zoneinfo.ZoneInfo(settings.timezone))
    except RepositoryError:
        return None


def is_same_commit(one: str, other: str) -> bool:
    """Whether two short names, of whatever length, are of one commit."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _describe_outside_source(root: Path, settings: Settings) -> str:
    """That a source lies outside the site's repository, in words; empty where none does, or there is none."""
    own = find_repository(root)
    if isinstance(own, str):
        return ""
    parts, left_out = find_site_repositories(root, settings, own)
    strange = [*(folder.site_path for part in parts[1:] for folder in part.folders), *(base for base, _ in left_out)]
    return f"{strange[0]} lies outside this repository" if strange else ""
