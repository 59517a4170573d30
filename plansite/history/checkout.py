"""The site as it was at an earlier commit: finding that commit, extracting its files, a checkout of it elsewhere."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path

from plansite.content.files import CONTENT_FOLDER
from plansite.content.settings import SETTINGS_FILE
from plansite.history.commit_changes import day_of
from plansite.history.git import GitResult, build_no_filter_environment, run_git
from plansite.history.log import Commit, read_commits_without_files
from plansite.history.mainline.folder_moves import trace_folders
from plansite.history.mainline.landings import follow_mainline, list_mainline_names, read_mainline
from plansite.history.repository import PARTIAL, SHALLOW, ContentFolder, find_repository
from plansite.model.dates import add_days
from plansite.model.findings import SiteError


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
            f"git knows no day, commit, tag or branch “{revision}”; “git log --oneline” lists what there is"
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
            f"nothing had been committed by {day.isoformat()}, so there is no site to show for that day"
        )
    return commit_id


def extract_files(root: Path, commit: str, target: Path) -> None:
    """Write all files of a commit into the folder `target`. Raises RepositoryError.

    The working tree and its index stay as they are. `git archive` is not used because it omits and changes files
    according to their attributes. Filters are not run: they are programs that the repository chooses.
    """
    top = Path(run_git(root, "rev-parse", "--show-toplevel").path)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"GIT_INDEX_FILE": str(Path(folder) / "index")} | build_no_filter_environment(top)
        for arguments in (("read-tree", commit), ("checkout-index", "--all", f"--prefix={target}/")):
            result = run_git(top, *arguments, extra_environment=environment)
            if result.failed:
                raise RepositoryError(f"git cannot read the files of {commit}: {result.error_text.strip()}")


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
