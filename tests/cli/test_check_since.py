"""`plansite check --since`: what a branch takes away is found before it is merged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plansite.cli.exit_codes import ExitCode
from plansite.cli.main import main
from tests.history.repo import ACTIONS, RADIATOR, Repo, action

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """On the branch “change” the action Radiator was deleted."""
    made = Repo.new(tmp_path / "site")
    begun = {"plansite.yaml": "title: T\n", "content/plans/winter/plan.md": action("Winter")}
    made.commit("Begin", {**begun, RADIATOR: action(), f"{ACTIONS}/door.md": action("Mend the door")})
    made.git("checkout", "-q", "-b", "change")
    made.commit("Tidy", {RADIATOR: None})
    return made


def _check(repo: Repo, *words: str) -> int:
    return main(["check", "--site", str(repo.root), "--today", "2025-01-20", "--level", "error", *words])


def test_it_is_asked_for(repo: Repo, capsys: Captured) -> None:
    """Without `--since` nobody knows; with it the check ends with 1 and names the file."""
    assert _check(repo) == ExitCode.SUCCESS
    capsys.readouterr()
    assert _check(repo, "--since", "main") == ExitCode.FINDINGS
    assert (
        f"{RADIATOR}:1: PS801 removed-record: the action “Mend the radiator” has been removed"
        in capsys.readouterr().out
    )


def test_a_branch_that_takes_nothing_away_passes(repo: Repo) -> None:
    """Compared with itself, nothing is gone."""
    assert _check(repo, "--since", "change") == ExitCode.SUCCESS


def test_every_format_gives_path_and_line(repo: Repo, capsys: Captured) -> None:
    """Programs, pull requests and code scanning get the place."""
    _check(repo, "--since", "main", "--format", "json")
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["code"], row["path"], row["line"], row["level"]) == ("PS801", RADIATOR, 1, "error")
    _check(repo, "--since", "main", "--format", "github")
    assert capsys.readouterr().out.startswith(f"::error file={RADIATOR},line=1,title=PS801 removed-record::")
    _check(repo, "--since", "main", "--format", "sarif")
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], place["artifactLocation"]["uri"], place["region"]) == (
        "PS801",
        RADIATOR,
        {"startLine": 1},
    )


def test_a_waiver_in_the_same_change_holds(repo: Repo) -> None:
    """`allow` in the plan's file, with a reason, lets this one through."""
    waiver = action("Winter", allow="[{rule: removed-record, reason: About the wrong person, until: 2025-01-24}]")
    repo.commit(files={"content/plans/winter/plan.md": waiver})
    assert _check(repo, "--since", "main") == ExitCode.SUCCESS


def test_a_whole_plan(repo: Repo, capsys: Captured) -> None:
    """One finding tells of the plan, with how much went with it; `plansite.yaml` can set it aside."""
    repo.commit(files={"content/plans/winter/plan.md": None, f"{ACTIONS}/door.md": None})
    assert _check(repo, "--since", "main") == ExitCode.FINDINGS
    said = capsys.readouterr().out
    assert said.count("removed-record") == 1
    assert "the plan “Winter” has been removed, with 2 actions" in said
    repo.commit(
        files={"plansite.yaml": "title: T\nallow: [{rule: removed-record, reason: A trial, until: 2025-01-24}]\n"}
    )
    assert _check(repo, "--since", "main") == ExitCode.SUCCESS


def test_what_cannot_be_compared_is_said(repo: Repo, tmp_path: Path, capsys: Captured) -> None:
    """A slip in the name is a usage fault; a copy without its history is never taken for sound."""
    assert _check(repo, "--since", "mian") == ExitCode.USAGE
    assert "“mian”" in capsys.readouterr().err
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(tmp_path / "cut"))
    assert _check(Repo(tmp_path / "cut"), "--since", "HEAD") == ExitCode.FINDINGS
    assert "git fetch --unshallow" in capsys.readouterr().err
