"""Where git has nothing to tell up to the day, the files tell what they record, and the page says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.history.repository import NO_COMMIT, NO_GIT, NO_REPOSITORY, PARTIAL, SHALLOW, UNREADABLE
from plansite.site.changes.dated_notes import tell_from_files
from tests.history.repo import ACTIONS, RADIATOR, Repo, action

TODAY = date(2025, 1, 20)
_NOTES = (
    "## Progress\n- 2025-01-14 (Ann): Rang the engineer.\n- 2025-01-18: He came.\n- 2025-01-21: Too late.\n- No day.\n"
)
_FILES: dict[str, str | None] = {
    "plansite.yaml": "title: T\ntoday: 2025-01-20\nbase_url: https://plans.example.org/\n",
    "content/plans/winter/plan.md": action("A warm winter", audience="partners"),
    RADIATOR: action(
        body=_NOTES,
        created="2025-01-02",
        due="2025-02-01",
        due_history="[{due: 2025-01-10, moved: 2025-01-09, reason: Snow}, {due: 2025-01-12}]",
    ),
    f"{ACTIONS}/secret.md": action("A secret", body="## Progress\n- 2025-01-15: Hush.\n", audience="internal"),
}
_WORDS = (
    "Rang the engineer.",
    "He came.",
    "Due moved from 10 January to 12 January 2025: Snow",
    "<p>Added</p>",
)


def _write(root: Path) -> None:
    for path, text in _FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text or "", "utf-8")


def _build(root: Path, *words: str) -> tuple[str, str]:
    """The two pages, of the site and of the plan."""
    assert main(["build", "--site", str(root), "--quiet", *words]) == 0
    out = root / "public"
    return (out / "changes.html").read_text("utf-8"), (out / "plans/winter/changes.html").read_text("utf-8")


@pytest.mark.parametrize("has_git", [False, True])
def test_the_pages_tell_what_the_files_record(tmp_path: Path, has_git: bool) -> None:
    """Without git, and where all commits are later than the day; never what is dated after it, or not at all."""
    _write(tmp_path)
    if has_git:
        repo = Repo.new(tmp_path)
        repo.commit("Later", when="2025-06-01T12:00:00Z")
    for page in _build(tmp_path):
        assert all(words in page for words in _WORDS)
        assert "Too late" not in page
        assert "No day" not in page
        assert ("There is no saved history (git) up to 20 January 2025." in page) is has_git
        assert "These entries come from the files" in page
        assert "come from git" not in page


def test_git_comes_first(tmp_path: Path) -> None:
    """With a commit up to the day, git tells, and of the files only the notes that it does not; the page says so."""
    _write(tmp_path)
    Repo.new(tmp_path).commit("Begin", when="2025-01-10T12:00:00Z")
    for page in _build(tmp_path):
        assert page.count("Ann noted: Rang the engineer.") == 1
        assert "Due moved" not in page
        assert page.count("Added by Ann") == page.count("Added")
        assert "These entries come from git and, where git has no record, from the files" in page


def test_a_note_that_git_tells_is_told_once(tmp_path: Path) -> None:
    """With its own day where that is not the day of the commit."""
    _write(tmp_path)
    repo = Repo.new(tmp_path)
    text = (tmp_path / RADIATOR).read_text("utf-8")
    repo.commit("Begin", {RADIATOR: text.replace(_NOTES, "## Progress\n")}, when="2025-01-10T12:00:00Z")
    repo.commit("Note", {RADIATOR: text}, when="2025-01-19T12:00:00Z")
    for page in _build(tmp_path):
        assert page.count("Rang the engineer.") == page.count("Ann noted on 14 January: Rang the engineer.") == 1
        assert "Too late" in page  # it was committed, whatever day it names


def test_a_new_plan_has_its_notes(tmp_path: Path) -> None:
    """A plan that git does not know yet tells from its files, where git tells of another."""
    _write(tmp_path)
    repo = Repo.new(tmp_path)
    (tmp_path / ".gitignore").write_text("winter\n")
    repo.commit("Begin", {"content/plans/summer/plan.md": action("Summer")}, when="2025-01-10T12:00:00Z")
    site_page, plan_page = _build(tmp_path)
    assert "Summer" in site_page
    assert "Rang the engineer" in site_page
    assert "Rang the engineer" in plan_page


def test_other_readers_see_what_they_may(tmp_path: Path) -> None:
    """A build for partners has no history, and tells from the files that it shows."""
    _write(tmp_path)
    Repo.new(tmp_path).commit("Begin", when="2025-01-10T12:00:00Z")
    site_page, _ = _build(tmp_path, "--audience", "partners")
    assert "Rang the engineer." in site_page
    assert "secret" not in site_page
    assert "Hush" not in site_page


def test_an_edit_reaches_the_page(tmp_path: Path) -> None:
    """The next build tells of a note that was added, and is the same as a clean one."""
    _write(tmp_path)
    _build(tmp_path)
    file = tmp_path / RADIATOR
    file.write_text(file.read_text("utf-8").replace("He came.", "He came twice."), "utf-8")
    pages = _build(tmp_path)
    assert all("He came twice." in page for page in pages)
    assert main(["clean", "--site", str(tmp_path), "--quiet"]) == 0
    assert _build(tmp_path) == pages


@pytest.mark.parametrize(
    ("reason", "first_day", "from_files"),
    [
        ("", None, True),
        ("", date(2025, 1, 21), True),
        ("", TODAY, False),
        (NO_GIT, None, True),
        (NO_REPOSITORY, None, True),
        (NO_COMMIT, None, True),
        (SHALLOW, None, False),
        (PARTIAL, None, False),
        (UNREADABLE, None, False),
    ],
)
def test_when_the_files_tell(reason: str, first_day: date | None, from_files: bool) -> None:
    """Half of a history is not replaced by something else."""
    assert tell_from_files(reason, first_day, TODAY) is from_files


@pytest.mark.parametrize("has_git", [False, True])
def test_the_command_tells_the_same(tmp_path: Path, has_git: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """In the same words, with the origin beside it, and from the day that was asked for."""
    _write(tmp_path)
    if has_git:
        Repo.new(tmp_path).commit("Later", when="2025-06-01T12:00:00Z")
    assert main(["changes", "--site", str(tmp_path), "--since", "2025-01-09", "--quiet"]) == 0
    said = capsys.readouterr()
    assert "Progress noted: 14 January 2025 (Ann): Rang the engineer. (14 January 2025)" in " ".join(said.out.split())
    assert "Due date moved from 10 January to 12 January 2025, 2 days later: Snow" in " ".join(said.out.split())
    assert "Added" not in said.out
    expected = "There is no saved history (git) up to 20 January 2025." if has_git else NO_REPOSITORY
    assert expected in said.err
