"""The changes found in real repositories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plansite.history.change import Change, ChangeKind
from plansite.history.descriptions import describe_change
from plansite.history.site_history import group_changes_by_path
from tests.history.repo import ACTIONS, RADIATOR, Repo, action, settings, summarise_changes


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An empty repository."""
    return Repo.new(tmp_path / "site")


def test_a_moved_date(repo: Repo) -> None:
    """A move says from when to when, who, why, on which day, and with which pull request."""
    repo.settings = settings("title: T\nrepository: https://github.com/example/plans\n")
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    why = "[{due: 2025-01-07, by: Deputy Manager, reason: engineer unavailable}]"
    name = repo.commit("Move it (#12)", {RADIATOR: action(due="2025-01-21", due_history=why)}, who="Ben")
    history = repo.history()
    move = next(change for change in history.changes_of_action("winter", "radiator") if change.is_due_move)
    assert (move.before, move.after, move.reason) == ("2025-01-07", "2025-01-21", "engineer unavailable")
    assert (move.when, move.commit, move.pull_request) == (date(2025, 1, 3), name, "12")
    assert (
        describe_change(move) == "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable"
    )


def test_a_number_in_brackets_is_told_as_the_settings_say(repo: Repo, tmp_path: Path) -> None:
    """Also where the changes are cached from a time when they said otherwise."""
    repo.commit("Begin (#12)", {RADIATOR: action()})
    numbers = []
    for host in ("github.com", "gitlab.com", "github.com"):
        repo.settings = settings(f"title: T\nrepository: https://{host}/example/plans\n")
        numbers.append({change.pull_request for change in repo.history(tmp_path / "cache").changes})
    repo.settings = settings()
    numbers.append({change.pull_request for change in repo.history(tmp_path / "cache").changes})
    assert numbers == [{"12"}, {""}, {"12"}, {""}]


def test_every_declared_field(repo: Repo) -> None:
    """Whatever field changes, the change names it; what stays is not told."""
    repo.commit("Begin", {RADIATOR: action(status="open", owner="Ann", supporters="[Ben]")})
    repo.commit(
        "Work",
        {RADIATOR: action("Mend it", status="doing", owner="Cy", supporters="[Ben, Di]", goal="warm", priority="high")},
    )
    assert {change[2:] for change in summarise_changes(repo.history())[:-1]} == {
        ("title", "Mend the radiator", "Mend it"),
        ("status", "not started", "in progress"),
        ("owner", "Ann", "Cy"),
        ("supporters", ("Ben",), ("Ben", "Di")),
        ("goal", "", "warm"),
        ("priority", "", "high"),
    }


def test_steps_notes_and_text(repo: Repo) -> None:
    """Ticks, new steps, progress notes and texts are told apart."""
    body = "Cold.\n\n## Steps\n- [ ] Ring\n- [ ] Order\n\n## Progress\n- 2025-01-02 (Ann): Rang.\n"
    later = (
        "Very cold.\n\n## Steps\n- [x] Ring\n- [ ] Wait\n\n"
        "## Progress\n- 2025-01-02 (Ann): Rang.\n- 2025-01-03: Waiting.\n"
    )
    repo.commit("Begin", {RADIATOR: action(body=body)})
    repo.commit("Work", {RADIATOR: action(body=later)})
    assert sorted(summarise_changes(repo.history())[:-1]) == [
        ("progress note added", "radiator", "", "", "2025-01-03: Waiting."),
        ("step added", "radiator", "", "", "[ ] Wait"),
        ("step removed", "radiator", "", "[ ] Order", ""),
        ("step ticked", "radiator", "", "Ring", "Ring"),
        ("text changed", "radiator", "", "<p>Cold.</p>", "<p>Very cold.</p>"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (action(due="2025-01-07"), action(due="'2025-01-07'  # agreed")),
        (action(due="2025-01-07"), action(due="2025-01-07").replace("\n", "\r\n")),
        (action(status="Resolved"), action(status="completed")),
        (action(body="One line\nand another.\n"), action(body="One line and another.\n")),
        (action(owner="Ann", due="2025-01-07"), action(due="2025-01-07", owner="Ann")),
        (action(body="## Steps\n- [ ] Ring\n"), action(body="## Steps ##\n\n* [ ]  Ring\n")),
    ],
    ids=["quotes", "line-ends", "synonym", "wrapping", "order", "bullets"],
)
def test_the_form_alone(repo: Repo, before: str, after: str) -> None:
    """A commit that changes only how a file is written makes no change."""
    repo.commit("Begin", {RADIATOR: before})
    repo.commit("Tidy", {RADIATOR: after})
    assert [change[0] for change in summarise_changes(repo.history())] == ["added"]


def test_a_renamed_file(repo: Repo) -> None:
    """An action keeps its changes under a new name; the old name has none."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.git("mv", RADIATOR, f"{ACTIONS}/heating.md")
    repo.commit("Rename and move", {f"{ACTIONS}/heating.md": action(due="2025-01-21")})
    history = repo.history()
    assert sorted(change.did for change in history.changes_of_action("winter", "heating")) == [
        ChangeKind.ADDED,
        ChangeKind.FIELD_CHANGED,
        ChangeKind.MOVED,
    ]
    assert history.changes_of_action("winter", "radiator") == ()


def test_two_files_that_exchange_names() -> None:
    """Each keeps its own past, where one commit renames both."""
    moved = [
        Change(did=ChangeKind.MOVED, document="action", plan="p", slug="one", path="one.md", old_path="two.md"),
        Change(did=ChangeKind.MOVED, document="action", plan="p", slug="two", path="two.md", old_path="one.md"),
    ]
    added = [replace(change, did=ChangeKind.ADDED, old_path="", after=change.slug.title()) for change in moved]
    found = group_changes_by_path([tuple(added), tuple(moved)])
    assert {path: trail[-1].after for path, trail in found.items()} == {"one.md": "Two", "two.md": "One"}


def test_between_plans(repo: Repo) -> None:
    """A file moved to another plan is moved, neither removed nor added."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    (repo.root / "content/plans/summer/actions").mkdir(parents=True)
    repo.git("mv", RADIATOR, "content/plans/summer/actions/radiator.md")
    repo.commit("Later in the year")
    moved, added = repo.history().changes_of_action("summer", "radiator")
    assert (moved.did, moved.before, moved.after, added.did) == (
        ChangeKind.MOVED,
        "winter/radiator",
        "summer/radiator",
        ChangeKind.ADDED,
    )
    assert describe_change(moved) == "Moved from the plan “winter” to the plan “summer” by Ann"


def test_another_file_with_the_same_address(repo: Repo) -> None:
    """A file that moved without a change of its address goes on with its history."""
    repo.commit("Begin", {f"{ACTIONS}/room/heat.md": action(due="2025-01-07")})
    repo.git("mv", f"{ACTIONS}/room/heat.md", f"{ACTIONS}/room-heat.md")
    repo.commit("Flatten")
    moved, added = repo.history().changes_of_action("winter", "room-heat")
    assert (moved.did, moved.before, moved.after, added.did) == (
        ChangeKind.MOVED,
        "winter/room-heat",
        "winter/room-heat",
        ChangeKind.ADDED,
    )


def test_another_kind_of_document(repo: Repo) -> None:
    """An action that was put among the reviews is no action any more."""
    repo.commit("Begin", {f"{ACTIONS}/2025-01-02.md": action()})
    (repo.root / "content/plans/winter/reviews").mkdir()
    repo.git("mv", f"{ACTIONS}/2025-01-02.md", "content/plans/winter/reviews/2025-01-02.md")
    repo.commit("It was a meeting")
    newest = repo.history().changes[:2]
    assert {(change.did, change.document) for change in newest} == {
        (ChangeKind.REMOVED, "action"),
        (ChangeKind.ADDED, "review"),
    }


def test_notes_taken_back(repo: Repo) -> None:
    """A progress note that was deleted or reworded is told."""
    repo.commit("Begin", {RADIATOR: action(body="## Progress\n- 2025-01-02: Rang.\n- 2025-01-03: Waited.\n")})
    repo.commit("Tidy", {RADIATOR: action(body="## Progress\n- 2025-01-02: Rang twice.\n")})
    assert sorted(summarise_changes(repo.history())[:-1]) == [
        ("progress note added", "radiator", "", "", "2025-01-02: Rang twice."),
        ("progress note removed", "radiator", "", "2025-01-02: Rang.", ""),
        ("progress note removed", "radiator", "", "2025-01-03: Waited.", ""),
    ]


def test_an_unreadable_version(repo: Repo) -> None:
    """A file that broke and was mended says so; nothing is guessed in between."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Break", {RADIATOR: "---\ntitle: 'open\n---\n"})
    repo.commit("Mend", {RADIATOR: action(due="2025-01-07")})
    assert [change.did for change in repo.history().changes] == [
        ChangeKind.BECAME_READABLE,
        ChangeKind.BECAME_UNREADABLE,
        ChangeKind.ADDED,
    ]


def test_what_changed_while_unreadable(repo: Repo) -> None:
    """A date that moved while the file was broken is told when the file is mended, under its new name too."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Break", {RADIATOR: "---\ntitle: 'open\n---\n"})
    repo.git("mv", RADIATOR, f"{ACTIONS}/heating.md")
    repo.commit("Rename")
    repo.commit("Mend", {f"{ACTIONS}/heating.md": action(due="2025-01-21")}, who="Ben")
    history = repo.history()
    move = history.changes_of_action("winter", "heating")[0]
    assert (move.before, move.after, move.who, move.when) == ("2025-01-07", "2025-01-21", "Ben", date(2025, 1, 5))
    assert move in history.changes_since(date(2025, 1, 5))


def test_what_changed_while_away(repo: Repo) -> None:
    """A date that moved between a removal and a return is told; a name used again for something else tells nothing."""
    repo.commit("Begin", {RADIATOR: action(due="2025-01-07")})
    repo.commit("Drop it", {RADIATOR: None})
    repo.commit("After all", {RADIATOR: action(due="2025-01-21")})
    assert [change.after for change in repo.history().changes if change.is_due_move] == ["2025-01-21"]
    repo.commit("Drop it again", {RADIATOR: None})
    repo.commit("Something else", {RADIATOR: action("Paint the radiator", due="2025-06-01")})
    assert [change.after for change in repo.history().changes if change.is_due_move] == ["2025-01-21"]
