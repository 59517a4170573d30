"""A site that was moved within its repository keeps its past."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plansite.checks.subjects import list_documents
from plansite.content.site_content import load_site
from plansite.history.change import ChangeKind
from plansite.history.checkout import resolve_commit
from plansite.history.removed_documents import find_removed_documents
from plansite.history.revisions import find_changes_since_revision
from tests.history.repo import RADIATOR, Repo, action, settings

_FILES = {
    "plansite.yaml": "title: T\n",
    "content/plans/winter/plan.md": action("Winter"),
    RADIATOR: action(due="2025-01-07"),
    "content/plans/winter/actions/gate.md": action("Mend the gate"),
}


def _write_site(top: Repo, folder: str) -> None:
    top.commit("Begin", {f"{folder}{path}": text for path, text in _FILES.items()})
    top.commit("Move date", {f"{folder}{RADIATOR}": action(due="2025-01-21")})


def _move(top: Repo, old: str, new: str) -> None:
    """Move all of the site; a folder is empty or ends in a slash."""
    for name in ("plansite.yaml", "content"):
        (top.root / new).mkdir(parents=True, exist_ok=True)
        top.git("mv", f"{old}{name}", f"{new}{name}")
    top.commit("Move site")


@pytest.mark.parametrize(
    ("old", "new"), [("", "site/"), ("site/", ""), ("a/", "b/c/"), ("site/", "site/deep/"), ("plans/", "content/")]
)
def test_into_another_folder(tmp_path: Path, old: str, new: str) -> None:
    """Into one, out of one, or from one to the other: dates and authors are those of the time, and nothing moved."""
    top = Repo.new(tmp_path / "top")
    top.commit("Before", {"README.md": "Ours\n"})
    _write_site(top, old)
    _move(top, old, new)
    top.commit("After", {f"{new}{RADIATOR}": action(due="2025-02-01")})
    site = Repo(top.root / new)
    history = site.history()
    assert [(change.did, change.after, change.when.day) for change in history.changes_of_file(RADIATOR)] == [
        (ChangeKind.FIELD_CHANGED, "2025-02-01", 6),
        (ChangeKind.FIELD_CHANGED, "2025-01-21", 4),
        (ChangeKind.ADDED, "Mend the radiator", 3),
    ]
    assert len(history.changes) == 5


def test_edited_and_renamed_on_the_way(tmp_path: Path) -> None:
    """What else the commit changed is told, and no more."""
    top = Repo.new(tmp_path / "top")
    _write_site(top, "")
    (top.root / "site").mkdir()
    top.git("mv", "plansite.yaml", "content", "site")
    gate, door = "site/content/plans/winter/actions/gate.md", "site/content/plans/winter/actions/door.md"
    text = action("Mend the gate", due="2025-03-01")
    top.commit("Move", {gate: None, door: text, f"site/{RADIATOR}": action(due="2025-02-01")})
    changes = Repo(top.root / "site").history().commits[0].changes
    assert [(change.did, change.slug) for change in changes] == [
        (ChangeKind.MOVED, "door"),
        (ChangeKind.FIELD_CHANGED, "door"),
        (ChangeKind.FIELD_CHANGED, "radiator"),
    ]


def test_twice_and_with_a_cache(tmp_path: Path) -> None:
    """Each move is followed; a history that was read in between is the same."""
    top = Repo.new(tmp_path / "top")
    _write_site(top, "")
    _move(top, "", "one/")
    Repo(top.root / "one").history(tmp_path / "cache")
    _move(top, "one/", "two/")
    site = Repo(top.root / "two")
    assert len(site.history().changes_of_file(RADIATOR)) == 2
    assert (
        site.history(tmp_path / "cache").changes == site.history(tmp_path / "cache").changes == site.history().changes
    )


def test_copied_first_and_deleted_later(tmp_path: Path) -> None:
    """A move in two commits is one as well, but a copy whose original stays has a past of its own."""
    top = Repo.new(tmp_path / "top")
    _write_site(top, "")
    top.commit("Copy", {f"site/{path}": (top.root / path).read_text() for path in _FILES})
    site = Repo(top.root / "site")
    assert len(site.history().changes_of_file(RADIATOR)) == 1
    top.commit("Delete", dict.fromkeys(_FILES))
    assert len(site.history().changes_of_file(RADIATOR)) == 2


def test_an_external_folder_is_renamed(tmp_path: Path) -> None:
    """The folder that others laid out keeps its past under its new name."""
    repo = Repo.new(tmp_path / "site")
    repo.commit("Begin", {"theirs/one.md": action("One"), "theirs/two.md": action("Two")})
    repo.commit("Change", {"theirs/one.md": action("One", owner="Ann")})
    repo.git("mv", "theirs", "adopted")
    repo.settings = settings("title: T\nsources: [{path: adopted, plan: tracker}]\n")
    repo.commit("Rename")
    assert [change.did for change in repo.history().changes_of_file("adopted/one.md")] == [
        ChangeKind.FIELD_CHANGED,
        ChangeKind.ADDED,
    ]


def test_a_new_site_is_no_move(tmp_path: Path) -> None:
    """A site that begins in the commit in which another one goes has a past of its own."""
    top = Repo.new(tmp_path / "top")
    top.commit("Old", {f"old/content/plans/{name}/plan.md": action(name) for name in ("one", "two", "three")})
    new = {f"site/content/plans/{name}/plan.md": action(name) for name in ("four", "five", "six", "one")}
    top.commit("New", {**{f"old/content/plans/{name}/plan.md": None for name in ("one", "two", "three")}, **new})
    history = Repo(top.root / "site").history()
    assert [change.when.day for change in history.changes] == [3] * 4


def test_nothing_is_removed_by_a_move(tmp_path: Path) -> None:
    """`check --since` and `changes --since` a commit before the move compare the same documents."""
    top = Repo.new(tmp_path / "top")
    _write_site(top, "")
    top.git("tag", "before")
    _move(top, "", "site/")
    top.commit("Drop", {"site/content/plans/winter/actions/gate.md": None})
    root = top.root / "site"
    content = load_site(root)
    removed = find_removed_documents(root, content.settings, "before", list_documents(content))
    assert [document.title for document in removed] == ["Mend the gate"]
    history = Repo(root).history()
    found = find_changes_since_revision(root, content.settings, history, "before")
    assert [(change.did, change.slug) for change in found] == [(ChangeKind.REMOVED, "gate")]


@pytest.mark.parametrize(("old", "new"), [("", "site/"), ("site/", ""), ("a/", "b/c/")])
def test_the_site_as_at_a_day_before_the_move(tmp_path: Path, old: str, new: str) -> None:
    """It is found where it was then."""
    top = Repo.new(tmp_path / "top")
    _write_site(top, old)
    before = top.git("rev-parse", "HEAD")
    _move(top, old, new)
    top.commit("After", {f"{new}{RADIATOR}": action(due="2025-02-01")})
    zone = ZoneInfo("Europe/London")
    commit = resolve_commit(top.root / new, date(2025, 1, 3), zone)
    assert before.startswith(commit.commit)
    assert (commit.prefix, resolve_commit(top.root / new, "HEAD", zone).prefix) == (old, new)


def test_a_day_on_which_there_was_no_site(tmp_path: Path) -> None:
    """The place is the present one, where nothing is found."""
    top = Repo.new(tmp_path / "top")
    top.commit("Before", {"README.md": "Ours\n"})
    _write_site(top, "site/")
    assert resolve_commit(top.root / "site", "HEAD~2", ZoneInfo("Europe/London")).prefix == "site/"
