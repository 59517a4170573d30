"""A plan whose folder is renamed, or that is removed, is told once, in the same words everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.history.change import ChangeKind
from plansite.history.site_history import filter_history
from tests.history.repo import ACTIONS, RADIATOR, Repo, action

_FILES: dict[str, str | None] = {
    "plansite.yaml": "title: T\nbase_url: https://plans.example.org/\n",
    "content/plans/summer/plan.md": action("A cool summer"),
    "content/plans/winter/plan.md": action("A warm winter"),
    RADIATOR: action(),
    f"{ACTIONS}/gate.md": action("Mend the gate"),
    "content/plans/winter/reviews/2025-01-09.md": action("January review"),
}
_WINTER = [path for path in _FILES if "winter" in path]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two plans, tagged "before"."""
    made = Repo.new(tmp_path / "site")
    made.commit("Begin", _FILES)
    made.git("tag", "before")
    return made


def _read_everywhere(repo: Repo, capsys: pytest.CaptureFixture[str]) -> tuple[str, str, str]:
    """What the command says since the tag, and the text of the site's page and feed."""
    assert main(["changes", "--site", str(repo.root), "--since", "before", "--today", "2025-01-20"]) == 0
    command = " ".join(capsys.readouterr().out.split())
    assert main(["build", "--site", str(repo.root), "--quiet", "--today", "2025-01-20"]) == 0
    out = repo.root / "public"
    return command, (out / "changes.html").read_text("utf-8"), (out / "changes.atom").read_text("utf-8")


def test_a_folder_that_was_renamed(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """One event of the plan, and none for each of its documents."""
    repo.git("mv", "content/plans/winter", "content/plans/cold")
    repo.commit("Rename")
    for text in _read_everywhere(repo, capsys):
        assert text.count("Folder renamed from “winter” to “cold”") == 1
        assert "Moved from" not in text
    assert main(["check", "--site", str(repo.root), "--since", "before", "--level", "error"]) == 0


def test_a_file_that_got_another_name_on_the_way_is_told(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """What the plan's move does not say is an event of its own."""
    repo.git("mv", "content/plans/winter", "content/plans/cold")
    repo.git("mv", "content/plans/cold/actions/radiator.md", "content/plans/cold/actions/heating.md")
    repo.commit("Rename")
    for text in _read_everywhere(repo, capsys):
        assert text.count("Moved from the plan “winter” to the plan “cold”") == 1


def test_a_plan_that_was_removed(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """One event of the plan, with what went with it, as `check --since` counts it."""
    repo.commit("Drop", dict.fromkeys(_WINTER))
    contents = "2 actions and 1 review"
    command, _, feed = _read_everywhere(repo, capsys)
    assert f"Removed, with {contents} (Ann, 3 January 2025)" in command
    assert command.count("Removed") == feed.count("Removed") == 1
    assert f"Removed by Ann: A warm winter, with {contents}." in feed
    assert main(["check", "--site", str(repo.root), "--since", "before", "--level", "error"]) == 1
    assert f"the plan “A warm winter” has been removed, with {contents}" in capsys.readouterr().out


def test_what_check_finds_is_what_changes_tells(repo: Repo) -> None:
    """A rewrite over several commits, of a file that was renamed first, is no loss for either."""
    repo.git("mv", RADIATOR, f"{ACTIONS}/heating.md")
    repo.commit("Rename")
    repo.commit("Rewrite", {f"{ACTIONS}/heating.md": action("Warm the east wing", body="All of it is new.\n")})
    assert {change.did for change in repo.history().changes} >= {ChangeKind.MOVED}
    assert main(["check", "--site", str(repo.root), "--since", "before", "--level", "error"]) == 0


def test_a_removed_one_whose_name_was_taken_is_found(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """Its path is still there, with another document."""
    repo.commit("Replace", {f"{ACTIONS}/gate.md": action(), RADIATOR: None})
    assert main(["check", "--site", str(repo.root), "--since", "before", "--level", "error"]) == 1
    assert "the action “Mend the gate” has been removed" in capsys.readouterr().out


def test_the_page_tells_a_renamed_document_once(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """What happened under the old name stands under the new one, with its link."""
    repo.commit("Move date", {RADIATOR: action(due="2025-01-21")})
    repo.git("mv", RADIATOR, f"{ACTIONS}/heating.md")
    repo.commit("Rename")
    _, page, _ = _read_everywhere(repo, capsys)
    assert "Action “" not in page
    assert page.count(">Mend the radiator</a>") == 1


def test_other_readers_do_not_learn_a_hidden_title(repo: Repo) -> None:
    """A document that took the name of a hidden one does not bring its past along, removed long before or just now."""
    secret = f"{ACTIONS}/secret.md"
    repo.commit("Secret", {secret: action("A secret", body="Nobody may know of this.\n")})
    repo.commit("Replace", {secret: action(), RADIATOR: None})
    assert "ecret" not in repr([change.values for change in filter_history(repo.history(), {secret}).changes])
    assert "A secret" not in repr(filter_history(repo.history(), {secret}))
    repo.commit("Drop", {secret: None})
    repo.commit("Anew", {secret: action("Order new beds", body="For three rooms.\n")})
    seen = filter_history(repo.history(), {secret})
    assert [change.did for change in seen.changes] == [ChangeKind.ADDED]
    assert "radiator" not in repr(seen)
