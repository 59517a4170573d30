"""The files of an earlier commit come out whole, and nothing else is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plansite.history.checkout import RepositoryError, extract_files, resolve_commit
from tests.history.repo import Repo

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two commits, on 2 and 3 January 2025, and a change that nobody committed."""
    made = Repo.new(tmp_path / "repo")
    made.commit("One", {"site/a.md": "one\n", "site/gone.md": "x\n", ".gitattributes": "gone.md export-ignore\n"})
    made.commit("Two", {"site/a.md": "two\n", "site/gone.md": None})
    made.write("site/a.md", "three\n")
    return made


def test_a_day_means_what_had_landed_by_its_end(repo: Repo) -> None:
    """The last commit up to midnight in the site's time zone; later days mean the newest."""
    site = repo.root / "site"
    assert resolve_commit(site, date(2025, 1, 2), LONDON).day == date(2025, 1, 2)
    assert resolve_commit(site, date(2030, 1, 1), LONDON) == resolve_commit(site, "HEAD", LONDON)
    assert resolve_commit(site, "HEAD~1", LONDON).prefix == "site/"
    with pytest.raises(RepositoryError, match="nothing had been committed"):
        resolve_commit(site, date(2025, 1, 1), LONDON)


@pytest.mark.parametrize("name", ["nobody", "--output=x", "HEAD:site", "", "HEAD~9"])
def test_what_git_does_not_know_is_said(repo: Repo, name: str) -> None:
    """No revision is taken for an option, and a wrong one is named."""
    with pytest.raises(RepositoryError, match="git knows no day"):
        resolve_commit(repo.root, name, LONDON)


def test_the_files_are_those_of_the_commit(repo: Repo, tmp_path: Path) -> None:
    """All of them, whatever attributes say of archives; the working tree and its index stay as they are."""
    before = repo.git("status", "--porcelain")
    into = tmp_path / "then"
    into.mkdir()
    extract_files(repo.root / "site", resolve_commit(repo.root, date(2025, 1, 2), LONDON).commit, into)
    assert (into / "site/a.md").read_text() == "one\n"
    assert (into / "site/gone.md").read_text() == "x\n"
    assert (repo.root / "site/a.md").read_text() == "three\n"
    assert repo.git("status", "--porcelain") == before


def test_without_git_there_is_no_earlier_day(tmp_path: Path) -> None:
    """That is said in plain words."""
    with pytest.raises(RepositoryError, match="not kept in a git repository"):
        resolve_commit(tmp_path, date(2025, 1, 2), LONDON)
