"""A second repository at a commit of the first: the same past, and nothing written to the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.history.checkout import RepositoryError, create_checkout, extract_files
from plansite.history.git import find_head_commit
from plansite.history.repository import SHALLOW, find_repository
from tests.history.repo import RADIATOR, Repo, action, told


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An action that changed twice."""
    made = Repo.new(tmp_path / "site")
    for due in ("2025-01-05", "2025-02-05", "2025-03-05"):
        made.commit(files={"plansite.yaml": "title: T\n", RADIATOR: action(due=due)})
    return made


def _out(repo: Repo, commit: str, into: Path) -> Repo:
    into.mkdir()
    extract_files(repo.root, commit, into)
    create_checkout(repo.root, commit, into)
    return Repo(into)


def test_it_has_the_past_of_that_commit(repo: Repo, tmp_path: Path) -> None:
    """The history is the one that was told when that commit was the newest."""
    commit = repo.git("rev-parse", "HEAD~1")
    other = _out(repo, "HEAD~1", tmp_path / "other")
    assert find_head_commit(other.root) == commit
    assert told(other.history()) == told(repo.history())[1:]


def test_nothing_is_written_to_the_first(repo: Repo, tmp_path: Path) -> None:
    """Neither references, nor objects, nor settings."""

    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in (repo.root / ".git").rglob("*") if path.is_file()}

    before = state()
    _out(repo, "HEAD", tmp_path / "other").history()
    assert state() == before


def test_one_that_is_cut_short_stays_so(repo: Repo, tmp_path: Path) -> None:
    """Its past is left out for the same reason."""
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(tmp_path / "cut"))
    assert find_repository(_out(Repo(tmp_path / "cut"), "HEAD", tmp_path / "other").root) == SHALLOW


def test_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    """It may be asked from below the top."""
    repo = Repo.new(tmp_path / "all")
    repo.commit(files={"site/plansite.yaml": "title: T\n", f"site/{RADIATOR}": action()})
    repo.root /= "site"
    other = _out(repo, "HEAD", tmp_path / "other")
    assert len(Repo(other.root / "site").history().changes) == 1


def test_without_git_it_says_so(tmp_path: Path) -> None:
    """There is nothing to make a copy of."""
    (tmp_path / "into").mkdir()
    with pytest.raises(RepositoryError, match="cannot make a copy"):
        create_checkout(tmp_path, "HEAD", tmp_path / "into")
