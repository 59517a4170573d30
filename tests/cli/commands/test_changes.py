"""`plansite changes` as people and programs use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.history import repository
from tests.history.repo import RADIATOR, Repo, action

PLAN = "content/plans/winter"
REVIEW = f"{PLAN}/reviews/2025-01-02.md"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two plans, a review on the day of the second commit, and a third commit."""
    repo = Repo.new(tmp_path / "site")
    files: dict[str, str | None] = {
        "plansite.yaml": "title: T\n",
        f"{PLAN}/plan.md": action("A warm winter", start="2025-01-01"),
    }
    repo.commit("Begin", {**files, RADIATOR: action(due="2025-01-07", owner="Ben")}, when="2025-01-01T12:00:00Z")
    other: dict[str, str | None] = {
        "content/plans/summer/plan.md": action("A cool summer"),
        REVIEW: action("January review"),
    }
    repo.commit("Meet", other, when="2025-01-02T12:00:00Z")
    why = 'due_history: [{due: 2025-01-07, by: Di, reason: "Engineer @away <b>"}]\n'
    text = action(due="2025-01-21", owner="Ben").replace("owner:", f"{why}owner:")
    repo.commit("Move", {RADIATOR: text}, when="2025-01-20T12:00:00Z")
    return repo


def _main(repo: Repo, *words: str) -> int:
    return main(["changes", "--site", str(repo.root), *words])


def test_each_plan_since_its_last_review(
    repo: Repo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an option; where there was no review, the last 7 days, of which nothing may be left to say."""
    monkeypatch.setenv("COLUMNS", "80")
    assert _main(repo, "--today", "2025-01-22") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == [
        "A warm winter, since its last review on 2 January 2025",
        "  Action: Mend the radiator",
        "    Due date moved from 7 January to 21 January 2025, 14 days later: Engineer",
        "      @away <b> (Di, 20 January 2025)",
        "  Review: January review",
        "    Added (Ann, 2 January 2025)",
        "",
        "2 changes in 1 plan.",
    ]


def test_since_a_day(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """That day counts. A day that was given as today is the last that does."""
    assert _main(repo, "--since", "2025-01-02", "--format", "json", "--today", "2025-01-02") == 0
    assert {each["when"] for each in json.loads(capsys.readouterr().out)} == {"2025-01-02"}
    assert _main(repo, "--since", "2025-01-02", "--format", "json") == 0
    assert {each["when"] for each in json.loads(capsys.readouterr().out)} == {"2025-01-02", "2025-01-20"}


def test_since_a_branch(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """On another branch, what that branch changes, whatever day is given; as Markdown, with content as plain text."""
    repo.git("branch", "before", "HEAD~1")
    assert _main(repo, "--since", "before", "--format", "markdown", "--today", "2025-01-02") == 0
    assert capsys.readouterr().out == (
        "## A warm winter, since “before”\n\n- Action: Mend the radiator\n  - Due date moved from 7 January "
        "to 21 January 2025, 14 days later: Engineer @\u200baway &lt;b&gt; (Di, 20 January 2025)\n\n1 change in 1 plan.\n"
    )


def test_one_plan(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """By its title or its folder; where nothing changed in it, that is said."""
    assert _main(repo, "--plan", "a cool summer", "--since", "2025-01-03") == 0
    assert capsys.readouterr().out == "Nothing has changed in “A cool summer” since 3 January 2025.\n"
    assert _main(repo, "--plan", "winter", "--since", "2025-01-01", "--format", "json") == 0
    assert {each["plan"] for each in json.loads(capsys.readouterr().out)} == {"winter"}


@pytest.mark.parametrize(
    ("form", "said"), [("json", "[]\n"), ("markdown", "Nothing has changed in the plans since “HEAD”.\n")]
)
def test_nothing(repo: Repo, form: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said in each format."""
    assert _main(repo, "--since", "HEAD", "--format", form) == 0
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("quiet", [False, True])
def test_what_is_not_committed(repo: Repo, quiet: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no part of the answer, and one line beside it says so unless nobody wants to hear."""
    repo.write(RADIATOR, action("Other"))
    assert _main(repo, "--since", "2025-01-21", *(["-q"] if quiet else [])) == 0
    said = capsys.readouterr()
    assert said.out == "Nothing has changed in the plans since 21 January 2025.\n"
    line = "There are uncommitted changes. They are not included.\n"
    assert said.err == ("" if quiet else line)


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_hidden_history(repo: Repo, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Half of a history would mislead, so there is nothing but the reason, and the exit code is 1."""
    copy = repo.root.parent / "copy"
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.root}", str(copy))
    assert _main(Repo(copy), "--format", form, "-q") == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{repository.SHALLOW}\n")


def _with_source(repo: Repo) -> Repo:
    """The same with a source beside it that is in no repository."""
    site = repo.root.parent
    (site / "theirs").mkdir()
    (site / "theirs" / "one.md").write_text(action("One"), "utf-8")
    repo.write("plansite.yaml", "title: T\nsources: [{path: ../theirs, plan: theirs}]\n")
    repo.commit("Adopt")
    return repo


def test_a_source_without_history(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named with its reason; asked for alone, there is nothing else to say."""
    _with_source(repo)
    assert _main(repo, "--since", "HEAD") == 0
    assert capsys.readouterr().err == f"../theirs: {repository.NO_REPOSITORY}\n"
    assert _main(repo, "--plan", "theirs") == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{repository.NO_REPOSITORY}\n")


def test_a_source_in_another_repository(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """A day tells of it as well; a commit of the site's own repository says nothing of it, and that is said."""
    theirs = Repo.new(repo.root.parent / "theirs")
    theirs.commit("One", {"one.md": action("One")})
    repo.write("plansite.yaml", "title: T\nsources: [{path: ../theirs, plan: theirs}]\n")
    repo.commit("Adopt")
    assert _main(repo, "--since", "2025-01-01") == 0
    said = capsys.readouterr()
    assert "One" in said.out
    assert "../theirs" not in said.err
    assert _main(repo, "--since", "HEAD") == 0
    said = capsys.readouterr()
    assert "One" not in said.out
    assert "../theirs: these files are in another repository" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--since", "nope"], "there is no branch, tag or commit “nope” here; a day is written as 2025-01-20"),
        (["--since=--output=x"], "there is no branch, tag or commit “--output=x” here"),
        (["--since", "2025-02-30"], "there is no branch, tag or commit “2025-02-30” here"),
        (["--plan", "wintr"], "there is no plan called “wintr”; did you mean “winter”?"),
    ],
)
def test_what_is_not_there(repo: Repo, words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing has ends with 2 and a plain sentence."""
    assert _main(repo, *words) == 2
    assert said in capsys.readouterr().err
