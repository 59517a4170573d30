"""The site as it was at an earlier commit: finding that commit, extracting its files, a checkout of it elsewhere.

Files are extracted to their paths from the root of the file system, below a temporary folder, so that the paths of
sources, which count from the site's folder and may lead out of its repository, lead to nothing else.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from plansite.content.files import CONTENT_FOLDER
from plansite.content.folders import list_source_folders
from plansite.content.settings import SETTINGS_FILE, load_settings
from plansite.deferred_dataclass import dataclass
from plansite.file_access import is_folder
from plansite.history.commit_changes import day_of
from plansite.history.git import GitResult, build_no_filter_environment, run_git
from plansite.history.log import Commit, read_commits_without_files
from plansite.history.mainline.folder_moves import trace_folders
from plansite.history.mainline.landings import follow_mainline, list_mainline_names, read_mainline
from plansite.history.repository import PARTIAL, SHALLOW, ContentFolder, find_repository
from plansite.model.dates import add_days
from plansite.model.external.source_settings import ExternalSource
from plansite.model.findings import SiteError
from plansite.model.formatting import format_long_date


class RepositoryError(SiteError):
    """Git cannot provide the commit or the files that were asked for. The message gives users the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedCommit:
    """A commit: its short id, its day in the site's time zone, and the path of the site's folder in the repository."""

    commit: str
    day: date
    prefix: str


def resolve_commit(root: Path, when: date | str, zone: tzinfo, branch: str = "") -> ResolvedCommit:
    """The commit for `when`: a revision, or a day, for its last mainline commit. Raises RepositoryError.

    `branch` is the published branch in the settings.
    """
    repository = find_repository(root)
    if isinstance(repository, str):
        if not (repository == SHALLOW and isinstance(when, str)):
            raise RepositoryError(repository)
        prefix = run_git(root, "rev-parse", "--show-prefix").path
    else:
        prefix = repository.prefix
    revision = _find_last_commit_on(root, when, zone, branch) if isinstance(when, date) else when
    result = run_git(root, "log", "-1", "--format=%h %ct", "--end-of-options", f"{revision}^{{commit}}", "--")
    if result.failed or not result.output.strip():
        raise RepositoryError(
            f"git has no day, commit, tag or branch “{revision}”; “git log --oneline” lists what there is"
        )
    commit, seconds = result.output.decode().split()
    if run_git(root, "cat-file", "-e", f"{commit}:{prefix}{SETTINGS_FILE}").failed:
        prefix = _find_earlier_prefix(root, commit, prefix, branch)
    return ResolvedCommit(commit=commit, day=day_of(int(seconds), zone), prefix=prefix)


def _find_earlier_prefix(root: Path, commit: str, prefix: str, branch: str) -> str:
    """The path of the site's folder at a commit of the mainline; `prefix`, its present path, if it was not moved."""
    top = Path(run_git(root, "rev-parse", "--show-toplevel").path)
    content = ContentFolder(CONTENT_FOLDER, f"{prefix}{CONTENT_FOLDER}")
    names = list_mainline_names(branch)

    def read(paths: Sequence[str]) -> tuple[list[Commit], list[Commit]] | None:
        return read_mainline(top, "HEAD", paths, names, commit)

    found = read([content.repository_path])
    traced = trace_folders(top, *found, (content,), read) if found and found[1] else None
    path = traced.folders[-1][-1].repository_path if traced else content.repository_path
    return path.removesuffix(CONTENT_FOLDER)


def _find_last_commit_on(root: Path, day: date, zone: tzinfo, branch: str) -> str:
    """The id of the last commit on the mainline of HEAD until the end of that day."""
    last_second = int(datetime.combine(add_days(day, 1), time.min, zone).timestamp()) - 1
    mainline = follow_mainline(read_commits_without_files(root, "HEAD"), list_mainline_names(branch))
    commit_id = next((commit.commit_id for commit in mainline if commit.time <= last_second), "")
    if not commit_id:
        raise RepositoryError(
            f"nothing had been committed by {day.isoformat()}, so there is nothing to show for that day"
        )
    return commit_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedSite:
    """The files of a site as at a commit, and those of its sources in other repositories as at a day.

    `top` is the folder with the files of its repository, `root` the site's folder in there. `source_commits` are the
    paths of sources in other repositories, each with the short id of the commit that its files are from.
    """

    top: Path
    root: Path
    source_commits: tuple[tuple[str, str], ...] = ()


def extract_site(root: Path, revision: ResolvedCommit, target: Path) -> ExtractedSite:
    """Write all files of the repository of the site in `root` at a commit below the folder `target`.

    Raises RepositoryError, also where there was no site in that folder at that commit.
    """
    top = Path(run_git(root, "rev-parse", "--show-toplevel").path)
    extracted_top = _place_below(target, top)
    extracted_top.mkdir(parents=True, exist_ok=True)
    extract_files(top, revision.commit, extracted_top)
    site = extracted_top / revision.prefix
    if not (site / SETTINGS_FILE).is_file():
        raise RepositoryError(f"there was no {SETTINGS_FILE} in this folder at {revision.commit}, so there is no site")
    return ExtractedSite(top=extracted_top, root=site)


def extract_site_on_day(root: Path, revision: ResolvedCommit, day: date, target: Path) -> ExtractedSite:
    """The same with the files of each source that lies elsewhere, from its own repository as at the end of a day.

    The sources are those of the settings at that commit. Raises RepositoryError, which names the source, where the
    files of one as at that day cannot be had.
    """
    site = extract_site(root, revision, target)
    settings = load_settings(site.root)
    extraction = _SourceExtraction(
        target=target.resolve(),
        site_top=site.top,
        sources=settings.sources,
        revision=revision,
        day=day,
        zone=ZoneInfo(settings.timezone),
    )
    folders = {os.path.normpath(root.resolve() / path): path for path in list_source_folders(settings)[1:]}
    places, source_commits = [site.top], list[tuple[str, str]]()
    for folder, path in sorted(folders.items(), key=lambda item: item[0].count(os.sep)):  # a folder before those in it
        place = extraction.place(Path(folder))
        if any(place.is_relative_to(each) for each in places) and extraction.holds_files(place):
            continue
        try:
            commit = extraction.extract(path, Path(folder))
        except RepositoryError as error:
            message = f"the files of the source “{path}” as at {format_long_date(day)} cannot be read: {error}"
            raise RepositoryError(message) from None
        places.append(place)
        source_commits.extend([(path, commit)] if commit else [])
    return replace(site, source_commits=tuple(source_commits))


@dataclass(frozen=True, slots=True, kw_only=True)
class _SourceExtraction:
    """Extracts the folders of sources below `target`, where `site_top` has the files of the site's repository."""

    target: Path
    site_top: Path
    sources: Sequence[ExternalSource]
    revision: ResolvedCommit
    day: date
    zone: tzinfo

    def place(self, folder: Path) -> Path:
        """Where the files of a folder are extracted to."""
        return _place_below(self.target, folder)

    def holds_files(self, place: Path) -> bool:
        """Whether there are files in an extracted folder. A link that leaves `target` leads to files of today."""
        return place.resolve().is_relative_to(self.target) and is_folder(place) and any(place.iterdir())

    def extract(self, path: str, folder: Path) -> str:
        """Extract a source; the short id of its commit, empty for one in the site's own. Raises RepositoryError."""
        if Path(path).is_absolute():
            raise RepositoryError("its path is absolute; write it relative to the site’s folder")
        place = self.place(folder)
        if not is_folder(folder):
            if place.is_relative_to(self.site_top):
                return ""  # the site had no such folder, and says so
            raise RepositoryError("there is no such folder here; fetch it first")
        repository = find_repository(folder)
        if isinstance(repository, str):
            raise RepositoryError(repository)
        is_own = self.place(Path(repository.top)) == self.site_top
        commit = self.revision.commit if is_own else self._find_commit(path, folder)
        inner = repository.prefix.rstrip("/")
        if not _has_tree(folder, f"{commit}:{inner}"):
            if is_own and _has_tree(folder, f"HEAD:{inner}"):
                return ""  # the folder came later
            raise RepositoryError("nothing in this folder had been committed; commit it, or choose a later day")
        self._make_folder(place)
        extract_files(folder, f"{commit}:{inner}", place)
        return "" if is_own else run_git(folder, "rev-parse", "--short", commit).path

    def _find_commit(self, path: str, folder: Path) -> str:
        branch = next((source.branch for source in self.sources if source.path == path), "")
        return _find_last_commit_on(folder, self.day, self.zone, branch)

    def _make_folder(self, place: Path) -> None:
        """Make a folder below `target`. Raises RepositoryError where a link would lead out of it."""
        if place.is_symlink():
            place.unlink()
        if place.parent.resolve() != place.parent or not place.is_relative_to(self.target):
            raise RepositoryError("there is a link in its path; name the folder that the link leads to")
        place.mkdir(parents=True, exist_ok=True)


def _has_tree(folder: Path, tree: str) -> bool:
    return not run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", tree).failed


def _place_below(target: Path, path: Path) -> Path:
    return target.resolve() / path.relative_to(path.anchor)


def extract_files(root: Path, tree: str, target: Path) -> None:
    """Write all files of a commit, or of one folder of it, into the folder `target`. Raises RepositoryError.

    The working tree and its index stay as they are. `git archive` is not used because it omits and changes files
    according to their attributes. Filters are not run: they are programs that the repository chooses.
    """
    top = Path(run_git(root, "rev-parse", "--show-toplevel").path)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"GIT_INDEX_FILE": str(Path(folder) / "index")} | build_no_filter_environment(top)
        for arguments in (("read-tree", tree), ("checkout-index", "--all", f"--prefix={target}/")):
            result = run_git(top, *arguments, extra_environment=environment)
            if result.failed:
                raise RepositoryError(f"git cannot read the files of {tree}: {result.error_text.strip()}")


def create_checkout(root: Path, commit: str, target: Path) -> None:
    """Turn the folder `target`, which holds the files of a commit, into a repository with that commit checked out.

    It reads objects from the repository of `root` (as an alternate), which is not written to. Where that one is a
    shallow or partial clone, the new one is marked as such too. Raises RepositoryError.
    """
    objects = Path(_require_line(run_git(root, "rev-parse", "--path-format=absolute", "--git-path", "objects")))
    commit_id = _require_line(run_git(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}"))
    object_format = _require_line(run_git(root, "rev-parse", "--show-object-format"))
    _require_line(run_git(target, "init", "--quiet", "--template=", f"--object-format={object_format}"))
    git_folder = target / ".git"
    (git_folder / "objects" / "info").mkdir(parents=True, exist_ok=True)
    (git_folder / "objects" / "info" / "alternates").write_bytes(os.fsencode(objects) + b"\n")
    shallow = Path(_require_line(run_git(root, "rev-parse", "--path-format=absolute", "--git-path", "shallow")))
    if shallow.is_file():
        (git_folder / "shallow").write_bytes(shallow.read_bytes())
    if find_repository(root) == PARTIAL:
        _require_line(run_git(target, "config", "remote.origin.promisor", "true"))
    _require_line(run_git(target, "update-ref", "--no-deref", "HEAD", commit_id))


def _require_line(result: GitResult) -> str:
    """The line that git printed. Raises RepositoryError where it failed."""
    if result.failed:
        raise RepositoryError(f"git cannot make a copy to compare with: {result.error_text.strip()}")
    return result.path
