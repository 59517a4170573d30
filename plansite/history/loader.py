"""A site's history, read from the repositories that its content lies in."""

from __future__ import annotations

import hashlib
import heapq
import os
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import plansite
from plansite.history.blobs import BlobReader, MissingBlobError
from plansite.history.commit_changes import CommitChanges, load_cached_changes, save_cached_changes
from plansite.history.commit_diff import diff_commits
from plansite.history.log import MainlineCommit, build_mainline, follow_first_parents, read_commits
from plansite.history.repository import UNREADABLE, ContentFolder, Repository, find_repository
from plansite.history.site_history import SiteHistory
from plansite.model.settings import ExternalSource, Settings
from plansite.parallel.timeouts import map_with_timeout, timed_out_names

#: The code that makes changes out of files: another version of it may answer otherwise.
_CODE_PACKAGES = ("content", "history", "markdown", "model")
#: Files in a share that a process of its own is worth, and the most shares there are: each costs a process of git
#: beside it, and reads anew what stands at its edges.
_MIN_FILES_PER_PROCESS, _MAX_PROCESSES = 2_000, 2


@dataclass(frozen=True, slots=True)
class SiteRepository:
    """A repository and the folders of the site that lie in it."""

    repository: Repository
    folders: tuple[ContentFolder, ...]

    @property
    def paths(self) -> list[str]:
        """Those folders, from the top of the repository."""
        return [folder.repository_path or "." for folder in self.folders]


def load_history(root: Path, settings: Settings, cache: Path | None = None) -> SiteHistory:
    """The history of the site in a folder, in the site's time zone.

    `cache` is a file of ours that spares reading old commits again; it may be missing, damaged or from elsewhere.
    Nothing is fetched, and nothing but that file is written.
    """
    zone = ZoneInfo(settings.timezone)
    own = find_repository(root)
    if isinstance(own, str):
        return SiteHistory(hidden=own)
    parts, left_out = find_site_repositories(root, settings, own)
    kept = load_cached_changes(cache, zone) if cache else {}
    told: dict[str, list[CommitChanges]] = {}
    for part in parts:
        key = _fingerprint(part)
        landed = _load_commits(part, kept.get(key, []), zone)
        if landed is None and part.repository is own:
            return SiteHistory(hidden=UNREADABLE)
        if landed is None:
            left_out.extend((folder.site_path, UNREADABLE) for folder in part.folders)
        else:
            told[key] = landed
    # What was given up is tried again by the next build, so nothing that lacks it is kept.
    if cache and _newest_commits(told) != _newest_commits(kept) and not timed_out_names():
        save_cached_changes(cache, told)
    merged = heapq.merge(*told.values(), key=lambda each: -each.time)
    return SiteHistory(omitted_sources=tuple(left_out), commits=tuple(merged))


def find_site_repositories(
    root: Path, settings: Settings, repository: Repository
) -> tuple[list[SiteRepository], list[tuple[str, str]]]:
    """The site's own repository first, then those of sources; and the sources that tell no history, and why."""
    parts = {repository.top: SiteRepository(repository, (ContentFolder("content", f"{repository.prefix}content"),))}
    left_out = list(_add_sources(root, settings.sources, parts))
    return list(parts.values()), left_out


def _add_sources(
    root: Path, sources: Sequence[ExternalSource], repositories: dict[str, SiteRepository]
) -> Iterator[tuple[str, str]]:
    """Put each source to the repository that it lies in; yields those that tell no history, and why."""
    for source in sources:
        base = os.path.normpath(source.path).replace(os.sep, "/")
        if not (root / base).is_dir():
            continue
        repository = find_repository(root / base)
        if isinstance(repository, str):
            yield base, repository
            continue
        folder = ContentFolder(base, repository.prefix.rstrip("/"), source)
        known = repositories.get(repository.top, SiteRepository(repository, ()))
        repositories[repository.top] = SiteRepository(known.repository, (*known.folders, folder))


def _fingerprint(site_repository: SiteRepository) -> str:
    """What the changes of a commit depend on beside the commit: our code, the folders, and how names are mapped."""
    whole = hashlib.blake2b(digest_size=16)
    for name in _CODE_PACKAGES:
        for file in sorted((Path(plansite.__file__).parent / name).rglob("*.py")):
            whole.update(file.read_bytes())
    whole.update(repr(site_repository.folders).encode("utf-8", "replace"))
    names = Path(site_repository.repository.top) / ".mailmap"
    whole.update(names.read_bytes() if names.is_file() else b"")
    return whole.hexdigest()


def _newest_commits(by_repository: dict[str, list[CommitChanges]]) -> dict[str, str]:
    return {key: landed[0].commit if landed else "" for key, landed in by_repository.items()}


def _load_commits(
    site_repository: SiteRepository, cached: list[CommitChanges], zone: tzinfo
) -> list[CommitChanges] | None:
    """The mainline of a repository: what is kept, and what came since. None where git cannot read all of it.

    `kept` serves as far as it is the same mainline; after a rebase it is shortened to what both have.
    """
    places = {each.commit: place for place, each in enumerate(cached)}
    head = site_repository.repository.head
    if head in places:
        return cached[places[head] :]
    top, paths = Path(site_repository.repository.top), site_repository.paths
    while True:
        known = cached[0].commit if cached else ""
        found = read_commits(top, head, paths, known)
        line = follow_first_parents(found) if found else []
        below = line[-1].parents[0] if line and line[-1].parents else ""
        if line and below == known:
            break
        if not cached:
            return None
        cached = cached[places[below] - places[known] :] if below in places else []
    return _diff_new_commits(site_repository, build_mainline(found or [], line), zone, cached)


def _diff_new_commits(
    site_repository: SiteRepository, commits: Sequence[MainlineCommit], zone: tzinfo, cached: list[CommitChanges]
) -> list[CommitChanges] | None:
    try:
        shares = _split_into_shares(commits)
        done = map_with_timeout(partial(_diff_share, site_repository, zone), shares, len(shares))
    except MissingBlobError:
        return None
    return [*(each for share in done for each in share), *cached]


def _diff_share(
    site_repository: SiteRepository, zone: tzinfo, commits: Sequence[MainlineCommit]
) -> list[CommitChanges]:
    with BlobReader(Path(site_repository.repository.top)) as blobs:
        return diff_commits(commits, site_repository.folders, blobs, zone)


def _split_into_shares(commits: Sequence[MainlineCommit]) -> list[Sequence[MainlineCommit]]:
    """Commits in runs of about as many files each: one run, unless there are so many that a second process pays."""
    sizes = list(accumulate(len(each.files) for each in commits))
    total = sizes[-1] if sizes else 0
    number = max(1, min(_MAX_PROCESSES, total // _MIN_FILES_PER_PROCESS))
    cuts = [bisect(sizes, total * share // number) for share in range(1, number)]
    return [commits[start:end] for start, end in pairwise([0, *cuts, len(commits)])]
