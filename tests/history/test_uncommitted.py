"""Work that no commit holds is noticed where it is content."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.history.revisions import has_uncommitted_changes
from tests.history.repo import RADIATOR, Repo, action


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository in which all is committed."""
    repo = Repo.new(tmp_path / "site")
    repo.commit("Begin", {RADIATOR: action()})
    return repo


def test_all_is_committed(repo: Repo) -> None:
    """Files beside the content do not count."""
    repo.write("notes.txt", "mine")
    assert not has_uncommitted_changes(repo.root, repo.settings)


@pytest.mark.parametrize("path", [RADIATOR, "content/plans/winter/actions/new.md"])
def test_content_that_is_not(repo: Repo, path: str) -> None:
    """A file that was changed counts, and one that is new."""
    repo.write(path, action("Other"))
    assert has_uncommitted_changes(repo.root, repo.settings)


def test_no_program_is_started(repo: Repo) -> None:
    """What a repository names as the watcher of its files is not run."""
    repo.write(".git/watch", f"#!/bin/sh\ntouch '{repo.root}/ran'\n")
    (repo.root / ".git/watch").chmod(0o755)
    repo.git("config", "core.fsmonitor", str(repo.root / ".git/watch"))
    has_uncommitted_changes(repo.root, repo.settings)
    assert not (repo.root / "ran").exists()


def test_no_repository(tmp_path: Path, repo: Repo) -> None:
    """There is nothing that anything could be missing from."""
    (tmp_path / "bare/content").mkdir(parents=True)
    assert not has_uncommitted_changes(tmp_path / "bare", repo.settings)
