"""Dates of a new document: those that contradict each other are refused, those that are unlikely are pointed out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plansite.cli.main import main
from tests.sites import write

FILES = {
    "plansite.yaml": "title: Test\ntoday: 2025-01-20\n",
    "content/plans/falls/plan.md": "---\ntitle: Fewer falls\nstart: 2025-01-06\nend: 2025-06-30\n---\n",
}
TODAY = date(2025, 1, 20)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "B", "--start", "2025-06-01", "--end", "2025-01-01"], "correct one of the two"),
        (
            ["plan", "B", "--end", "2025-01-01"],
            "the end of the plan, 1 January 2025, is before the start of the plan, 20",
        ),
        (["plan", "B", "--end", "2025-02-30"], "--end: “2025-02-30” is not a date; February 2025 has 28 days"),
        (["plan", "B", "--template", "fall", "--end", "2025-01-01"], "or give the other with --start"),
        (["action", "A", "--due", "2025-01-19"], "the due date, 19 January 2025, is before the day it was agreed, 20"),
        (["action", "A", "--created", "2025-02-01", "--due", "2025-01-31"], "before the day it was agreed, 1 February"),
        (["action", "A", "--completed", "2025-01-19"], "the day it was completed, 19 January 2025, is before"),
        (["action", "A", "--started", "2025-01-25", "--completed", "2025-01-24"], "is before the day work began, 25"),
        (["review", "--date", "2025-02-01", "--next", "2025-01-31"], "the next review, 31 January 2025, is before"),
        (
            ["review", "--date", "2025-01-05"],
            "before the start of the plan, 6 January 2025; give another day with --date",
        ),
    ],
)
def test_contradicting_dates_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """It ends with 2, says what to do, and writes nothing."""
    root = write(tmp_path, FILES)
    before = sorted(root.rglob("*"))
    assert main(["new", *arguments, "--site", str(root)]) == 2
    assert words in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


def test_the_draft_of_a_review_is_not_before_its_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused as by `plansite new review`."""
    root = write(tmp_path, FILES)
    assert main(["review", "falls", "--date", "2024-12-31", "--site", str(root)]) == 2
    assert "before the start of the plan, 6 January 2025" in capsys.readouterr().err
    assert main(["review", "falls", "--date", "2025-01-06", "--site", str(root)]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["action", "A", "--due", "2025-07-01"], "It is due on 1 July 2025, after the plan ends on 30 June 2025."),
        (
            ["action", "A", "--created", "2024-12-01", "--due", "2025-01-05"],
            "before the plan starts on 6 January 2025.",
        ),
        (["action", "A", "--completed", "2025-01-21"], "`completed` is 21 January 2025, which is in the future."),
        (["incident", "I", "--date", "2025-01-21"], "`date` is 21 January 2025, which is in the future."),
        (["review", "--date", "2025-07-01"], "The review is on 1 July 2025, after the plan ends on 30 June 2025."),
        (["action", "A", "--due", "2025-06-30"], ""),
        (["action", "A", "--due", "2025-01-20", "--completed", "2025-01-20"], ""),
        (["incident", "I", "--date", "2025-01-20"], ""),
        (["review", "--date", "2025-01-06", "--next", "2025-02-06"], ""),
        (["plan", "B", "--start", "2025-03-01", "--end", "2025-03-01"], ""),
    ],
)
def test_unlikely_dates_are_pointed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """The file is written, and a line says what to look at; dates on the border are right."""
    root = write(tmp_path, FILES)
    assert main(["new", *arguments, "--site", str(root)]) == 0
    said = capsys.readouterr()
    assert said.out.endswith(".md\n")
    assert (words in said.err) if words else ("Please check" not in said.err)


def test_the_word_for_a_status_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file has the word that was typed, and a line says how it counts; of a status itself nothing is said."""
    root = write(tmp_path, FILES)
    for title, word in (("A", "resolved"), ("B", "Completed")):
        assert main(["new", "action", title, "--status", word, "--site", str(root)]) == 0
    said = capsys.readouterr().err
    assert "“resolved” counts as completed.\n" in said
    assert said.count("counts as") == 1
    texts = [(root / f"content/plans/falls/actions/{name}.md").read_text("utf-8") for name in "ab"]
    assert ["status: resolved\n" in texts[0], "status: completed\n" in texts[1]] == [True, True]
