"""Vague words and long sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.checks.rules.wording import find_vague_phrases
from tests.checks.tiny_sites import ACTION, PLAN, action, broken, checked, page

LONG = " ".join(["word"] * 26)


@pytest.mark.parametrize(
    "text",
    [
        "Provide training",
        "provide more training to night staff",
        "Review the procedures",
        "Review policy",
        "The team will look into it",
        "Ongoing",
        "Do it asap.",
        "Check as appropriate",
        "Ensure that doors close",
        "Check regularly",
        "Help where possible",
        "Raise awareness of falls",
        "Lights, rails, etc.",
    ],
)
def test_vague_words_are_questioned(text: str) -> None:
    """Words that leave open who, what or when come with a question."""
    assert [question for _, question in find_vague_phrases(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Show all 12 night staff how to use the hoist",
        "Review every care plan against the inspection",
        "Fit a lock that refuses a second signature",
        "Ask the teamwork trainer",
        "The heater was considered lost",
        "",
    ],
)
def test_plain_words_are_not(text: str) -> None:
    """Words that say who does what are left alone, and so are words that only begin alike."""
    assert list(find_vague_phrases(text)) == []


def test_ticked_steps_and_closed_actions_are_history(tmp_path: Path) -> None:
    """What is done is not worded again."""
    assert "vague-wording" not in broken(tmp_path, body="## Steps\n- [x] Provide training\n")
    assert "vague-wording" not in broken(tmp_path, "status: completed", "## Steps\n- [ ] Provide training\n")
    assert "vague-wording" in broken(tmp_path, body="## Steps\n- [ ] Provide training\n")


@pytest.mark.parametrize(("words", "is_long"), [(25, False), (26, True)])
def test_twenty_five_words_are_allowed(tmp_path: Path, words: int, is_long: bool) -> None:
    """The hint begins with the twenty-sixth word."""
    found = broken(
        tmp_path, body="- " + " & ".join(["word word word word word"] * 5 + ["word"] * (words - 25)) + ". Short one.\n"
    )
    assert ("long-sentence" in found) is is_long


def test_code_blocks_are_not_read(tmp_path: Path) -> None:
    """Code is no sentence."""
    assert "long-sentence" not in broken(tmp_path, body=f"```\n{LONG}\n```\n")


def test_words_of_fields_are_read(tmp_path: Path) -> None:
    """Objective and goals are read as the text is."""
    plan = f"objective: {LONG}\ngoals: [{{key: warm, title: Warm, specific: {LONG}}}]"
    found = checked(tmp_path, {ACTION: action("goal: warm"), PLAN: page(f"title: Winter\n{plan}")})
    assert [finding.line for finding in found if finding.rule.name == "long-sentence"] == [3, 4]


def test_adopted_words_are_left_alone(tmp_path: Path) -> None:
    """What others wrote elsewhere is not for this site's writers to mend."""
    files = {
        "plansite.yaml": "title: Site\nsources: [{path: theirs, plan: theirs}]\n",
        "theirs/one.md": page("title: Provide training", LONG),
    }
    assert not {"long-sentence", "vague-wording"} & {finding.rule.name for finding in checked(tmp_path, files)}
