"""`plansite check` hints at due dates that were moved without a reason, also where only git knows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from tests.history.repo import RADIATOR, Repo, action

_PLAN = "content/plans/winter/plan.md"
_HINT = (
    f"{RADIATOR}:3: PS208 unexplained-move: moved from 7 January to 21 January 2025, no reason given "
    "(add `due_history: [{due: 2025-01-07, reason: …}]`, with the reason)"
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An action that is due on 7 January."""
    made = Repo.new(tmp_path / "site")
    files: dict[str, str | None] = {"plansite.yaml": "title: T\n", _PLAN: action("Winter")}
    made.commit("Begin", {**files, RADIATOR: action(due="2025-01-07")})
    return made


def _find_hints(repo: Repo, capsys: pytest.CaptureFixture[str], today: str = "2025-01-20") -> list[str]:
    assert main(["check", "--site", str(repo.root), "--today", today]) == ExitCode.SUCCESS
    return [line for line in capsys.readouterr().out.splitlines() if "PS208" in line]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (action(due="2025-01-21"), True),
        (action(due="2025-01-07", owner="Ann"), False),
        (action(due="2025-01-21", due_history="[{due: 2025-01-07, reason: Snow}]"), False),
        (action(due="2025-01-21", status="completed"), False),
        (action(due="2025-01-21", allow="[{rule: unexplained-move, reason: It was a slip}]"), False),
        (action(), False),
    ],
)
def test_a_move_that_git_knows(repo: Repo, text: str, is_told: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """A hint at the line of the date, as long as the action is open and nobody gave a reason or set the rule aside."""
    assert _find_hints(repo, capsys) == []
    repo.commit("Move", {RADIATOR: text})
    assert _find_hints(repo, capsys) == ([_HINT] if is_told else [])


def test_once_for_each_move(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry without a reason is told at that entry, and not again from git."""
    repo.commit("Move", {RADIATOR: action(due="2025-01-21", due_history="[{due: 2025-01-07}]")})
    (hint,) = _find_hints(repo, capsys)
    assert f"{RADIATOR}:4: PS208 unexplained-move: no reason is given for moving it from 7 January 2025" in hint


def test_what_is_later_than_the_day(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """On an earlier day nobody had moved it."""
    repo.commit("Move", {RADIATOR: action(due="2025-01-21")}, when="2025-01-15T12:00:00Z")
    assert _find_hints(repo, capsys, "2025-01-14") == []
    assert _find_hints(repo, capsys, "2025-01-15") == [_HINT]


def test_pages_say_it_too(repo: Repo) -> None:
    """The register and the board, in a build for internal readers."""
    repo.commit("Move", {RADIATOR: action(due="2025-01-21")})
    assert main(["build", "--site", str(repo.root), "--today", "2025-01-20", "--quiet"]) == ExitCode.SUCCESS
    plan = repo.root / "public/plans/winter"
    assert "Moved, no reason given" in (plan / "index.html").read_text("utf-8")
    assert "Re-planned once, from 7 January, no reason given" in (plan / "register.html").read_text("utf-8")
