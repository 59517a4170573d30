"""What a copy is to be held against: a commit, or the files as they lie here."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from pathlib import Path

from plansite.history.read import parts_of
from plansite.history.repository import repository_of
from plansite.history.tree import Stood, TreeError, stood
from plansite.model.site import Settings
from plansite.verify.claims import Claims

_HEAD = "HEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A commit, or None for the files as they lie here and `why`. `is_asked` says that somebody named the commit."""

    then: Stood | None
    why: str = ""
    is_asked: bool = False


def target_of(root: Path, settings: Settings, claims: Claims, revision: str) -> Target:
    """The commit named; else that of a copy of an earlier state; else the one checked out. Raises TreeError.

    Without git, or where a source lies outside the repository, no commit holds the whole site.
    """
    zone = zoneinfo.ZoneInfo(settings.timezone)
    earlier = known(root, settings, claims.stood) if claims.stood else None
    outside = "" if claims.stood else _outside(root, settings)  # a copy of an earlier state has none of it
    if revision:
        if outside:
            raise TreeError(f"{outside}, so no commit holds this site as a whole; leave --commit out")
        return Target(then=stood(root, revision, zone), is_asked=True)
    if outside:
        return Target(then=None, why=f"{outside}.")
    try:
        return Target(then=earlier or stood(root, _HEAD, zone))
    except TreeError as error:
        return Target(then=None, why=str(error))


def known(root: Path, settings: Settings, name: str) -> Stood | None:
    """The commit of that name, if the repository has it."""
    try:
        return stood(root, name, zoneinfo.ZoneInfo(settings.timezone))
    except TreeError:
        return None


def is_same(one: str, other: str) -> bool:
    """Whether two short names, of whatever length, are of one commit."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _outside(root: Path, settings: Settings) -> str:
    """That a source lies outside the site's repository, in words; empty where none does, or there is none."""
    own = repository_of(root)
    if isinstance(own, str):
        return ""
    parts, left_out = parts_of(root, settings, own)
    strange = [*(folder.base for part in parts[1:] for folder in part.folders), *(base for base, _ in left_out)]
    return f"{strange[0]} lies outside this repository" if strange else ""
