"""Loading a site's history from the repositories that contain its content."""

from __future__ import annotations

import hashlib
import heapq
import os
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import plansite
from plansite.deferred_dataclass import dataclass
from plansite.history.blobs import BlobReader, MissingBlobError
from plansite.history.commit_changes import CommitChanges, load_cached_changes, save_cached_changes
from plansite.history.commit_diff import diff_commits
from plansite.history.git import read_mailmap
from plansite.history.log import ChangedFile, Commit
from plansite.history.mainline.folder_moves import TracedMainline, trace_folders
from plansite.history.mainline.landings import MainlineCommit, build_mainline, list_mainline_names, read_mainline
from plansite.history.mainline.merge_messages import names_pull_requests_in_brackets
from plansite.history.renames.commit_renames import RenameFinder
from plansite.history.repository import UNREADABLE, ContentFolder, Repository, find_repository
from plansite.history.site_history import SiteHistory
from plansite.model.external.source_settings import ExternalSource
from plansite.model.settings import Settings
from plansite.parallel.timeouts import map_with_timeout, timed_out_names

#: Packages (with all sub-packages) whose code determines the changes; if it is edited, cached changes are not used.
_CODE_PACKAGES = ("content", "history", "markdown", "model")
#: Files that make a process of their own worth while, and the largest number of processes. Each process also starts a
#: git process, and parses once more those versions that other shares need as well.
_MIN_FILES_PER_PROCESS, _MAX_PROCESSES = 2_000, 2


@dataclass(frozen=True, slots=True)
class SiteRepository:
    """A repository, the folders in it that the site reads, its address on a code host, and the published branch.

    Address and branch are those in the settings.
    """

    repository: Repository
    folders: tuple[ContentFolder, ...]
    url: str = ""
    branch: str = ""

    @property
    def paths(self) -> list[str]:
        """The paths of those folders, relative to the top of the repository."""
        return [folder.repository_path or "." for folder in self.folders]


def load_history(root: Path, settings: Settings, cache: Path | None = None) -> SiteHistory:
    """The history of the site in a folder, with days in the site's time zone.

    `cache` is a file with the changes of earlier commits; it may be missing, damaged or of another site. Nothing is
    fetched, and no other file is written.
    """
    zone = ZoneInfo(settings.timezone)
    repository = find_repository(root)
    if isinstance(repository, str):
        return SiteHistory(hidden=repository)
    site_repositories, omitted_sources = find_site_repositories(root, settings, repository)
    cached = load_cached_changes(cache, zone) if cache else {}
    loaded: dict[str, list[CommitChanges]] = {}
    for site_repository in site_repositories:
        key = _fingerprint(site_repository)
        commits = _load_commits(site_repository, cached.get(key, []), zone)
        if commits is None and site_repository.repository is repository:
            return SiteHistory(hidden=UNREADABLE)
        if commits is None:
            omitted_sources.extend((folder.site_path, UNREADABLE) for folder in site_repository.folders)
        else:
            loaded[key] = commits
    # Versions that took too long to parse are tried again by the next build, so a history without them is not cached.
    if cache and _newest_commits(loaded) != _newest_commits(cached) and not timed_out_names():
        save_cached_changes(cache, loaded)
    merged = heapq.merge(*loaded.values(), key=lambda commit: -commit.time)
    return SiteHistory(omitted_sources=tuple(omitted_sources), commits=tuple(merged))


def find_site_repositories(
    root: Path, settings: Settings, repository: Repository
) -> tuple[list[SiteRepository], list[tuple[str, str]]]:
    """The site's own repository and those of external sources; and the sources without history, with the reason."""
    content = ContentFolder("content", f"{repository.prefix}content")
    by_top = {repository.top: SiteRepository(repository, (content,), settings.repository, settings.branch)}
    omitted_sources = list(_add_sources(root, settings.sources, by_top))
    return list(by_top.values()), omitted_sources


def _add_sources(
    root: Path, sources: Sequence[ExternalSource], by_top: dict[str, SiteRepository]
) -> Iterator[tuple[str, str]]:
    """Add the folder of each source to the repository that contains it; yields sources without history, and why."""
    for source in sources:
        site_path = os.path.normpath(source.path).replace(os.sep, "/")
        if not (root / site_path).is_dir():
            continue
        repository = find_repository(root / site_path)
        if isinstance(repository, str):
            yield site_path, repository
            continue
        folder = ContentFolder(site_path, repository.prefix.rstrip("/"), source)
        site_repository = by_top.get(repository.top, SiteRepository(repository, (), source.repository, source.branch))
        by_top[repository.top] = replace(site_repository, folders=(*site_repository.folders, folder))


def _fingerprint(site_repository: SiteRepository) -> str:
    """A hash of all that the changes of a commit depend on beside the commit: code, folders, and mapped names."""
    digest = hashlib.blake2b(digest_size=16)
    for package in _CODE_PACKAGES:
        for file in sorted((Path(plansite.__file__).parent / package).rglob("*.py")):
            digest.update(file.read_bytes())
    digest.update(
        repr((site_repository.folders, site_repository.url, site_repository.branch)).encode("utf-8", "replace")
    )
    digest.update(read_mailmap(Path(site_repository.repository.top)))
    return digest.hexdigest()


def _newest_commits(by_repository: dict[str, list[CommitChanges]]) -> dict[str, str]:
    return {key: commits[0].commit if commits else "" for key, commits in by_repository.items()}


def _load_commits(
    site_repository: SiteRepository, cached: list[CommitChanges], zone: tzinfo
) -> list[CommitChanges] | None:
    """The mainline of a repository, newest first: the cached commits and newer ones. None where git cannot read it.

    If the mainline was rewritten, those cached commits are used that it still has.
    """
    positions = {commit.commit: position for position, commit in enumerate(cached)}
    head = site_repository.repository.head
    if head in positions:
        return cached[positions[head] :]
    while True:
        newest_cached = cached[0].commit if cached else ""
        read = _read_site_mainline(site_repository, newest_cached)
        mainline = read[1] if read else []
        parent = mainline[-1].parents[0] if mainline and mainline[-1].parents else ""
        if read and mainline and parent == newest_cached:
            break
        if not cached:
            return None
        cached = cached[positions[parent] - positions[newest_cached] :] if parent in positions else []
    try:
        has_past = any(commit.has_changes for commit in cached)  # then the site was in these folders before
        traced = (_keep_folders if has_past else trace_site)(site_repository, *read, newest_cached)
        commits = land_commits(site_repository, traced, zone)
        return [*_diff_new_commits(site_repository, commits, zone), *cached]
    except MissingBlobError:
        return None


def _read_site_mainline(
    site_repository: SiteRepository, excluded: str = "", paths: Sequence[str] = ()
) -> tuple[list[Commit], list[Commit]] | None:
    repository = site_repository.repository
    names = list_mainline_names(site_repository.branch)
    return read_mainline(Path(repository.top), repository.head, paths or site_repository.paths, names, excluded)


def trace_site(
    site_repository: SiteRepository, commits: Sequence[Commit], mainline: Sequence[Commit], excluded: str = ""
) -> TracedMainline:
    """The commits of the mainline, with the folders that the site was in before it was moved."""

    def read_again(paths: Sequence[str]) -> tuple[list[Commit], list[Commit]] | None:
        return _read_site_mainline(site_repository, excluded, paths)

    return trace_folders(Path(site_repository.repository.top), commits, mainline, site_repository.folders, read_again)


def _keep_folders(
    site_repository: SiteRepository, commits: Sequence[Commit], mainline: Sequence[Commit], _: str
) -> TracedMainline:
    return TracedMainline(commits, mainline, [site_repository.folders] * len(mainline))


def read_mainline_since(site_repository: SiteRepository, base: str) -> list[Commit] | None:
    """The commits of the mainline since `base`, newest first; None if that is not on the mainline."""
    read = _read_site_mainline(site_repository, base)
    mainline = read[1] if read else []
    return mainline if read and (not mainline or mainline[-1].parents[:1] == (base,)) else None


def read_landings(site_repository: SiteRepository, base: str, zone: tzinfo) -> list[MainlineCommit] | None:
    """The commits of the mainline since `base` as `land_commits` gives them; None if that is not on the mainline.

    Raises MissingBlobError.
    """
    read = _read_site_mainline(site_repository, base)
    if read is None or (read[1] and read[1][-1].parents[:1] != (base,)):
        return None
    return land_commits(site_repository, trace_site(site_repository, *read, base), zone)


def land_commits(site_repository: SiteRepository, traced: TracedMainline, zone: tzinfo) -> list[MainlineCommit]:
    """The commits of the mainline with their authors, and with the files paired that were renamed.

    Raises MissingBlobError.
    """
    folders = {commit.commit_id: each for commit, each in zip(traced.mainline, traced.folders, strict=True)}
    in_brackets = names_pull_requests_in_brackets(site_repository.url)
    with BlobReader(Path(site_repository.repository.top)) as blobs:
        finder = RenameFinder(blobs, str(zone))

        def pair_files(commit: Commit, merged: Sequence[Commit]) -> tuple[ChangedFile, ...]:
            return finder.pair_files(commit, merged, folders[commit.commit_id])

        landings = build_mainline(traced.commits, traced.mainline, in_brackets=in_brackets, pair_files=pair_files)
    return [replace(landing, folders=folders[landing.commit]) for landing in landings]


def _diff_new_commits(
    site_repository: SiteRepository, commits: Sequence[MainlineCommit], zone: tzinfo
) -> Iterator[CommitChanges]:
    """The commits with their changes. Raises MissingBlobError."""
    shares = _split_into_shares(commits)
    diffed_shares = map_with_timeout(partial(_diff_share, site_repository, zone), shares, len(shares))
    return (commit for share in diffed_shares for commit in share)


def _diff_share(
    site_repository: SiteRepository, zone: tzinfo, commits: Sequence[MainlineCommit]
) -> list[CommitChanges]:
    with BlobReader(Path(site_repository.repository.top)) as blobs:
        return diff_commits(commits, blobs, zone)


def _split_into_shares(commits: Sequence[MainlineCommit]) -> list[Sequence[MainlineCommit]]:
    """The commits in consecutive shares with about equally many files, one for each process that is worth while."""
    file_counts = list(accumulate(len(commit.files) for commit in commits))
    total = file_counts[-1] if file_counts else 0
    share_count = max(1, min(_MAX_PROCESSES, total // _MIN_FILES_PER_PROCESS))
    boundaries = [bisect(file_counts, total * share // share_count) for share in range(1, share_count)]
    return [commits[start:end] for start, end in pairwise([0, *boundaries, len(commits)])]
