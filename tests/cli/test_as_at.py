"""`build --as-at` shows the site as it stood, says so on every page, and leaves everything else alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.cli.main import main
from tests.history.repo import Repo

PLAN = {"plansite.yaml": "title: T\n", "content/plans/p/plan.md": "---\ntitle: P\n---\n"}
ACTION = "content/plans/p/actions/a.md"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An action that was due on 5 January 2025, and was moved on 3 January."""
    made = Repo.new(tmp_path / "repo")
    made.commit("One", {**PLAN, ACTION: "---\ntitle: Mend\ndue: 2025-01-05\n---\n"})
    made.commit("Two", {ACTION: "---\ntitle: Mend\ndue: 2025-03-05\n---\n"})
    return made


def _build(repo: Repo, out: Path, *words: str) -> int:
    return main(["build", "--site", str(repo.root), "--out", str(out), *words])


def test_it_is_the_site_of_that_day(repo: Repo, tmp_path: Path) -> None:
    """Dates, and what was late, are those of then; every page names the day and the commit."""
    out = tmp_path / "out"
    assert _build(repo, out, "--as-at", "2025-01-02") == 0
    page = (out / "plans/p/actions/a.html").read_text()
    assert "5 January 2025" in page
    assert "5 March" not in page
    short = repo.git("rev-parse", "--short", "HEAD~1")
    for path in out.rglob("*.html"):
        assert f"from the files of that day (commit {short})" in path.read_text(), path


def test_a_revision_speaks_for_its_own_day(repo: Repo, tmp_path: Path) -> None:
    """A commit, tag or branch sets the day on which it was made."""
    assert _build(repo, tmp_path / "out", "--as-at", "HEAD") == 0
    assert 'As at <time datetime="2025-01-03"' in (tmp_path / "out/index.html").read_text()


def test_it_has_a_folder_of_its_own(repo: Repo) -> None:
    """Left out, the folder is named after the day, so that the published site is never replaced by an old one."""
    assert main(["build", "--site", str(repo.root), "--as-at", "2025-01-02"]) == 0
    assert (repo.root / "as-at-2025-01-02" / "index.html").is_file()
    assert not (repo.root / "public").exists()
    assert not (repo.root / ".plansite").exists()


def test_what_cannot_be_is_said(repo: Repo, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Days before the first commit, unknown revisions, and two days at once."""
    assert _build(repo, tmp_path / "out", "--as-at", "2020-01-01") == 1
    assert "nothing had been committed by 2020-01-01" in capsys.readouterr().err
    assert _build(repo, tmp_path / "out", "--as-at", "no-such-tag") == 1
    assert "“no-such-tag”" in capsys.readouterr().err
    assert _build(repo, tmp_path / "out", "--as-at", "HEAD", "--today", "2025-01-02") == 2
    assert not (tmp_path / "out").exists()
