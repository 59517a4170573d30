"""A repository in a folder of its own that stands at a commit of another one, and has all of its past."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from plansite.history.git import GitResult, build_no_filter_environment, run_git
from plansite.history.repository import PARTIAL, SHALLOW, find_repository
from plansite.model.findings import SiteError


class RepositoryError(SiteError):
    """The files cannot be had as they stood then; the message says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedCommit:
    """A commit: its name in short, the day it was made in the site's time zone, and the site's folder in its files."""

    commit: str
    day: date
    prefix: str


def resolve_commit(root: Path, when: date | str, zone: tzinfo) -> ResolvedCommit:
    """The commit that `when` means: the last of a day on the line checked out, or a revision. Raises TreeError."""
    repository = find_repository(root)
    if isinstance(repository, str):
        if not (repository == SHALLOW and isinstance(when, str)):
            raise RepositoryError(repository)
        prefix = (
            run_git(root, "rev-parse", "--show-prefix").output.decode("utf-8", "surrogateescape").removesuffix("\n")
        )
    else:
        prefix = repository.prefix
    name = _find_last_commit_on(root, when, zone) if isinstance(when, date) else when
    facts = run_git(root, "log", "-1", "--format=%h %ct", "--end-of-options", f"{name}^{{commit}}", "--")
    if facts.failed or not facts.output.strip():
        raise RepositoryError(
            f"git knows no day, commit, tag or branch “{name}”; “git log --oneline” lists what there is"
        )
    commit, seconds = facts.output.decode().split()
    return ResolvedCommit(commit=commit, day=datetime.fromtimestamp(int(seconds), zone).date(), prefix=prefix)


def _find_last_commit_on(root: Path, day: date, zone: tzinfo) -> str:
    """The last commit that had landed when that day ended."""
    end = int(datetime.combine(day + timedelta(days=1), time.min, zone).timestamp()) - 1
    found = run_git(root, "rev-list", "-1", "--first-parent", f"--before={end}", "HEAD")
    name = found.output.decode().strip()
    if found.failed or not name:
        raise RepositoryError(
            f"nothing had been committed by {day.isoformat()}, so there is no site to show for that day"
        )
    return name


def extract_files(root: Path, commit: str, target: Path) -> None:
    """Put all files of that commit into a folder. The working tree and its index are not touched. Raises TreeError.

    Not with `git archive`: that leaves out and changes files as their attributes say. No filter is run: it would be
    a program that the repository chooses.
    """
    top = Path(
        run_git(root, "rev-parse", "--show-toplevel").output.decode("utf-8", "surrogateescape").removesuffix("\n")
    )
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")} | build_no_filter_environment(top)
        for words in (("read-tree", commit), ("checkout-index", "--all", f"--prefix={target}/")):
            done = run_git(top, *words, extra_environment=index)
            if done.failed:
                raise RepositoryError(f"git cannot read the files of {commit}: {done.error_text.strip()}")


def create_checkout(root: Path, commit: str, target: Path) -> None:
    """Make the folder `into`, which holds the files of that commit, a repository at it. Raises TreeError.

    Objects are read from the repository that `root` lies in, which is not written to. Where that one is not whole,
    the new one says so in the same way.
    """
    store = Path(_require_line(run_git(root, "rev-parse", "--path-format=absolute", "--git-path", "objects")))
    named = _require_line(run_git(root, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}"))
    form = _require_line(run_git(root, "rev-parse", "--show-object-format"))
    _require_line(run_git(target, "init", "--quiet", "--template=", f"--object-format={form}"))
    own = target / ".git"
    (own / "objects" / "info").mkdir(parents=True, exist_ok=True)
    (own / "objects" / "info" / "alternates").write_bytes(os.fsencode(store) + b"\n")
    cut = Path(_require_line(run_git(root, "rev-parse", "--path-format=absolute", "--git-path", "shallow")))
    if cut.is_file():
        (own / "shallow").write_bytes(cut.read_bytes())
    if find_repository(root) == PARTIAL:
        _require_line(run_git(target, "config", "remote.origin.promisor", "true"))
    _require_line(run_git(target, "update-ref", "--no-deref", "HEAD", named))


def _require_line(result: GitResult) -> str:
    if result.failed:
        raise RepositoryError(f"git cannot make a copy to compare with: {result.error_text.strip()}")
    return os.fsdecode(result.output).removesuffix("\n")
