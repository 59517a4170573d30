"""`plansite new request` notes in an action what its owner was asked, and changes nothing else in the file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from plansite.cli.main import main
from plansite.content.site_content import load_site
from plansite.model.documents.records.update_requests import UpdateRequest
from tests.sites import write

_LIGHTS = "---\ntitle: Mend the lights\nref: 4\nowner: Maintenance  # and the porter\ndue: 2025-02-01\n---\nText: @x\n"
_FILES = {
    "plansite.yaml": "title: Test\ntoday: 2025-01-20\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\n---\n",
    "content/plans/falls/actions/lights.md": _LIGHTS,
    "content/plans/meals/plan.md": "---\ntitle: Better meals\n---\n",
}
_PATH = "content/plans/falls/actions/lights.md"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site, which is also the current folder; standard input is no terminal."""
    root = write(tmp_path, _FILES)
    monkeypatch.chdir(root)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return root


def _asked(root: Path) -> tuple[UpdateRequest, ...]:
    action = load_site(root).find_action("lights", "falls")
    assert action is not None
    return action.asked


@pytest.mark.parametrize(
    "target", [["--plan", "falls", "--action", "4"], ["--plan", "Fewer falls", "--action", "mend the lights"],
               ["--action", "falls/lights"], ["--action", "falls/4"]],
)  # fmt: skip
def test_a_question_is_added_to_the_action(here: Path, target: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """By number, title, or the plan and the name of the file; all other bytes stay."""
    assert main(["new", "request", 'Is it "done": yes?', *target, "--by", "Manager"]) == 0
    assert capsys.readouterr().out == f"{_PATH}\n"
    added = 'asked:\n  - date: 2025-01-20\n    by: Manager\n    question: "Is it \\"done\\": yes?"\n'
    assert (here / _PATH).read_text("utf-8") == _LIGHTS.replace("2025-02-01\n", f"2025-02-01\n{added}")
    (request,) = _asked(here)
    assert (str(request.date), request.by, request.question) == ("2025-01-20", "Manager", 'Is it "done": yes?')


def test_further_questions_come_last(here: Path) -> None:
    """With the day and the audience that are given."""
    target = ["--action", "falls/4"]
    assert main(["new", "request", "One?", *target]) == 0
    words = ["--date", "2025-01-10", "--answered", "2025-01-12", "--audience", "internal"]
    assert main(["new", "request", "Two?", *target, *words]) == 0
    assert [(each.question, str(each.date), str(each.answered), each.audience) for each in _asked(here)] == [
        ("One?", "2025-01-20", "None", None),
        ("Two?", "2025-01-10", "2025-01-12", "internal"),
    ]


def test_a_list_in_brackets_is_left_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to paste, and ends with 1."""
    text = _LIGHTS.replace("due:", "asked: [{date: 2025-01-02}]\ndue:")
    write(here, {**_FILES, _PATH: text})
    assert main(["new", "request", "Two?", "--action", "falls/4"]) == 1
    assert (
        'paste this before the last `]` of `asked`:\n\n, {date: 2025-01-20, question: "Two?"}'
        in capsys.readouterr().err
    )
    assert (here / _PATH).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("fields", "said"),
    [("status: completed", "this action is closed, so nobody has to answer"), ("", "it has no owner who could answer")],
)
def test_questions_that_nobody_will_answer_are_pointed_out(
    here: Path, fields: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are noted all the same."""
    write(here, {**_FILES, _PATH: f"---\ntitle: A\n{fields}\n---\n"})
    assert main(["new", "request", "Why?", "--action", "falls/lights"]) == 0
    assert said.replace("it has", "this action has") in capsys.readouterr().err
    assert len(_asked(here)) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Why?"], "--action is missing"),
        (["Why?", "--action", "4"], "--plan is missing; the plans are falls, meals"),
        (["Why?", "--plan", "falls", "--action", "lihgts"], "did you mean “lights”?"),
        (["Why?", "--action", "falls/9", "--plan", "falls"], "there is no action called “falls/9”"),
        ([" ", "--action", "falls/4"], "the question is empty"),
        (["--action", "falls/4"], "the question is missing; write it after the kind: plansite new request “…”"),
        (["Why?", "--action", "falls/4", "--date", "2025-02-30"], "--date"),
        (["Why?", "--action", "falls/4", "--answered", "2025-01-19"], "19 January 2025 is before 20 January 2025"),
    ],
)
def test_what_is_not_understood(here: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 2, says why, and writes nothing."""
    assert main(["new", "request", *words]) == 2
    assert said in capsys.readouterr().err
    assert (here / _PATH).read_text("utf-8") == _LIGHTS


def test_what_others_keep_is_not_changed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Actions of a source belong to somebody else's folder."""
    files = {
        "plansite.yaml": "title: T\nsources: [{path: theirs, plan: falls}]\n",
        "theirs/a.md": "---\ntitle: A\n---\n",
    }
    write(here, files)
    assert main(["new", "request", "Why?", "--plan", "falls", "--action", "A"]) == 2
    assert "belongs to another folder" in capsys.readouterr().err
    assert (here / "theirs/a.md").read_text("utf-8") == "---\ntitle: A\n---\n"
