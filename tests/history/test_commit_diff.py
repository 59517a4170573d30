"""The day and the author of a change after merges, squashes, rebases and reverts, in real repositories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.history.change import ChangeKind
from tests.history.repo import ACTIONS, RADIATOR, Repo, action, settings


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty repository, on a host where a squash commit names its pull request in brackets."""
    repo = Repo.new(tmp_path / "site")
    repo.settings = settings("title: T\nrepository: https://github.com/example/plans\n")
    return repo


def test_removed_and_back(repo: Repo) -> None:
    """A revert of a removal goes on with the history from before."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Drop it", {RADIATOR: None})
    repo.git("revert", "--no-edit", "HEAD")
    assert [change.did for change in repo.history().changes_of_action("winter", "radiator")] == [
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.ADDED,
    ]


def test_a_revert(repo: Repo) -> None:
    """A revert moves the date back, and both moves are told."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Move", {RADIATOR: action(due="2025-01-21")})
    repo.git("revert", "--no-edit", "HEAD")
    moves = [(c.before, c.after) for c in repo.history().changes_of_action("winter", "radiator") if c.is_due_move]
    assert moves == [("2025-01-21", "2025-01-07"), ("2025-01-07", "2025-01-21")]


def test_a_merge_lands_once(repo: Repo) -> None:
    """What a branch brought is told once, on the day of the merge, with its authors and the pull request."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("First try", {RADIATOR: action(due="2025-01-14")}, who="Ben")
    repo.commit("Second", {RADIATOR: action(due="2025-01-21")}, who="Cy")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {f"{ACTIONS}/lights.md": action("Lights")})
    repo.day += 1
    repo.git("merge", "-q", "--no-ff", "later", "-m", "Merge pull request #7 from later", who="Manager")
    (move,) = (change for change in repo.history().changes if change.is_due_move)
    assert (move.before, move.after, move.who) == ("2025-01-07", "2025-01-21", "Ben and Cy")
    assert (move.pull_request, move.when) == ("7", date(2025, 1, 6))


def test_a_merge_with_nothing_beside_it(repo: Repo) -> None:
    """A merge whose files are those of its branch is a commit of the mainline all the same, and its branch is none."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("First try", {RADIATOR: action(due="2025-01-14")}, who="Ben")
    repo.commit("Second", {RADIATOR: action(due="2025-01-21")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "later", "-m", "Land (#4)", who="Manager")
    (move,) = (change for change in repo.history().changes if change.is_due_move)
    assert (move.before, move.after, move.who, move.pull_request) == ("2025-01-07", "2025-01-21", "Ben", "4")


def test_main_merged_into_a_branch(repo: Repo) -> None:
    """What a branch took over from the mainline is not told again when the branch lands."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("Other", {f"{ACTIONS}/lights.md": action("Lights")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")}, who="Cy")
    repo.git("checkout", "-q", "later")
    repo.git("merge", "-q", "main", "-m", "Take over", who="Ben")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "later", "-m", "Land", who="Manager")
    changes = repo.history().changes
    assert [(change.did, change.slug, change.who) for change in changes] == [
        (ChangeKind.ADDED, "lights", "Ben"),
        (ChangeKind.FIELD_CHANGED, "radiator", "Cy"),
        (ChangeKind.ADDED, "radiator", "Ann"),
    ]


def test_a_squash(repo: Repo) -> None:
    """A squashed branch is one commit of the mainline."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("One", {RADIATOR: action(due="2025-01-14")}, who="Ben")
    repo.commit("Two", {RADIATOR: action(due="2025-01-21")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--squash", "later")
    repo.commit("Later (#9)", who="Ben")
    (move,) = (change for change in repo.history().changes if change.is_due_move)
    assert (move.before, move.after, move.who, move.pull_request) == ("2025-01-07", "2025-01-21", "Ben", "9")


def test_a_rebase_lands_on_the_day_it_lands(repo: Repo) -> None:
    """A rebased commit counts on the committer's day, under its author's name."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("checkout", "-q", "-b", "later")
    repo.commit("Move", {RADIATOR: action(due="2025-01-21")}, who="Ben")
    repo.git("checkout", "-q", "main")
    repo.commit("Elsewhere", {f"{ACTIONS}/lights.md": action("Lights")})
    repo.git("checkout", "-q", "later")
    repo.git("rebase", "-q", "main", who="Manager", when="2025-02-01T12:00:00+00:00")
    newest = repo.history().changes[0]
    assert (newest.field, newest.who, newest.when) == ("due", "Ben", date(2025, 2, 1))


@pytest.mark.parametrize("when", ["2037-01-01T12:00:00+00:00", "@99999999999999 +0000"])
def test_a_commit_from_the_future(repo: Repo, when: str) -> None:
    """Order is that of the mainline, whatever a clock said; the day stays within the calendar."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")}, when="2025-01-01T12:00:00+00:00")
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")}, when=when)
    repo.commit("Again", {RADIATOR: action(due="2025-01-21")}, when="2025-01-03T12:00:00+00:00")
    history = repo.history()
    assert [change.after for change in history.changes if change.field == "due"] == ["2025-01-21", "2025-01-14"]
    assert [change.after for change in history.changes_since(date(2025, 1, 4))] == ["2025-01-14"]


def test_since_counts_the_day_itself(repo: Repo) -> None:
    """Changes of the day that is asked for belong to the answer."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Move", {RADIATOR: action(due="2025-01-14")})
    repo.commit("Again", {RADIATOR: action(due="2025-01-21")})
    assert [change.after for change in repo.history().changes_since(date(2025, 1, 3))] == ["2025-01-21", "2025-01-14"]


def test_the_day_is_the_sites(repo: Repo) -> None:
    """Half an hour before midnight in London is the next day in Auckland."""
    repo.commit("Begin", {RADIATOR: action()}, when="2025-06-30T22:30:00+00:00")
    assert repo.history().changes[0].when == date(2025, 6, 30)
    repo.settings = settings("title: T\ntimezone: Pacific/Auckland\n")
    assert repo.history().changes[0].when == date(2025, 7, 1)


def test_names_through_mailmap(repo: Repo) -> None:
    """A name is the one that .mailmap gives; no e-mail address is kept, even where it stands for the name."""
    repo.commit("Map", {".mailmap": "Anna Smith <ann@example.org>\n"})
    repo.commit("Begin", {RADIATOR: action()}, who="annie")
    repo.commit("Move", {RADIATOR: action(due="2025-01-07")}, who="ben@example.org", mail="ben@example.org")
    assert [change.who for change in repo.history().changes] == ["ben", "Anna Smith"]
    assert "@" not in repr(repo.history().changes)
