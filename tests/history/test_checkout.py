"""Extracting the files of an earlier commit, and a second repository with that commit checked out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plansite.history.checkout import RepositoryError, create_checkout, extract_files, resolve_commit
from plansite.history.git import find_head_commit
from plansite.history.repository import SHALLOW, find_repository
from tests.history.repo import RADIATOR, Repo, action, summarise_changes


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An action that changed twice."""
    made = Repo.new(tmp_path / "site")
    for due in ("2025-01-05", "2025-02-05", "2025-03-05"):
        made.commit(files={"plansite.yaml": "title: T\n", RADIATOR: action(due=due)})
    return made


def _create_copy(repo: Repo, commit: str, into: Path) -> Repo:
    into.mkdir()
    extract_files(repo.root, commit, into)
    create_checkout(repo.root, commit, into)
    return Repo(into)


def test_it_has_the_past_of_that_commit(repo: Repo, tmp_path: Path) -> None:
    """The history is the one that was told when that commit was the newest."""
    commit = repo.git("rev-parse", "HEAD~1")
    other = _create_copy(repo, "HEAD~1", tmp_path / "other")
    assert find_head_commit(other.root) == commit
    assert summarise_changes(other.history()) == summarise_changes(repo.history())[1:]


def test_nothing_is_written_to_the_first(repo: Repo, tmp_path: Path) -> None:
    """Neither references, nor objects, nor settings."""

    def state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in (repo.root / ".git").rglob("*") if path.is_file()}

    before = state()
    _create_copy(repo, "HEAD", tmp_path / "other").history()
    assert state() == before


def test_one_that_is_cut_short_stays_so(repo: Repo, tmp_path: Path) -> None:
    """Its past is left out for the same reason."""
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(tmp_path / "cut"))
    assert find_repository(_create_copy(Repo(tmp_path / "cut"), "HEAD", tmp_path / "other").root) == SHALLOW


def test_a_folder_of_a_larger_repository(tmp_path: Path) -> None:
    """It may be asked from below the top."""
    repo = Repo.new(tmp_path / "all")
    repo.commit(files={"site/plansite.yaml": "title: T\n", f"site/{RADIATOR}": action()})
    repo.root /= "site"
    other = _create_copy(repo, "HEAD", tmp_path / "other")
    assert len(Repo(other.root / "site").history().changes) == 1


def test_without_git_it_says_so(tmp_path: Path) -> None:
    """There is nothing to make a copy of."""
    (tmp_path / "into").mkdir()
    with pytest.raises(RepositoryError, match="cannot make a copy"):
        create_checkout(tmp_path, "HEAD", tmp_path / "into")


LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def edited_repo(tmp_path: Path) -> Repo:
    """Two commits, on 2 and 3 January 2025, and a change that nobody committed."""
    made = Repo.new(tmp_path / "repo")
    made.commit("One", {"site/a.md": "one\n", "site/gone.md": "x\n", ".gitattributes": "gone.md export-ignore\n"})
    made.commit("Two", {"site/a.md": "two\n", "site/gone.md": None})
    made.write("site/a.md", "three\n")
    return made


def test_a_day_means_what_had_landed_by_its_end(edited_repo: Repo) -> None:
    """The last commit up to midnight in the site's time zone; later days mean the newest."""
    site = edited_repo.root / "site"
    assert resolve_commit(site, date(2025, 1, 2), LONDON).day == date(2025, 1, 2)
    assert resolve_commit(site, date(2030, 1, 1), LONDON) == resolve_commit(site, "HEAD", LONDON)
    assert resolve_commit(site, "HEAD~1", LONDON).prefix == "site/"
    with pytest.raises(RepositoryError, match="nothing had been committed"):
        resolve_commit(site, date(2025, 1, 1), LONDON)


@pytest.mark.parametrize("name", ["nobody", "--output=x", "HEAD:site", "", "HEAD~9"])
def test_what_git_does_not_know_is_said(edited_repo: Repo, name: str) -> None:
    """No revision is taken for an option, and a wrong one is named."""
    with pytest.raises(RepositoryError, match="git has no day"):
        resolve_commit(edited_repo.root, name, LONDON)


def test_the_files_are_those_of_the_commit(edited_repo: Repo, tmp_path: Path) -> None:
    """All of them, whatever attributes say of archives; the working tree and its index stay as they are."""
    before = edited_repo.git("status", "--porcelain")
    into = tmp_path / "then"
    into.mkdir()
    extract_files(edited_repo.root / "site", resolve_commit(edited_repo.root, date(2025, 1, 2), LONDON).commit, into)
    assert (into / "site/a.md").read_text() == "one\n"
    assert (into / "site/gone.md").read_text() == "x\n"
    assert (edited_repo.root / "site/a.md").read_text() == "three\n"
    assert edited_repo.git("status", "--porcelain") == before


def test_without_git_there_is_no_earlier_day(tmp_path: Path) -> None:
    """That is said in plain words."""
    with pytest.raises(RepositoryError, match="not kept in a git repository"):
        resolve_commit(tmp_path, date(2025, 1, 2), LONDON)
