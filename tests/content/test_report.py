"""What a report gathers, and the words it suggests."""

from __future__ import annotations

from pathlib import Path

import pytest

from plansite.checks.suggestions import SuggestionIndex
from plansite.content.report import find_nearest, is_near
from plansite.content.site_content import load_site
from tests.sites import write


def test_the_nearest_word() -> None:
    """The likest known word, whatever the case; none where nothing is like it, and none for a whole text."""
    assert find_nearest("Onwer", ["title", "owner"]) == "owner"
    assert find_nearest("onwer", ["title"]) == ""
    assert find_nearest("owner" * 21, ["owner" * 21]) == ""
    assert find_nearest("onwer", iter(["owner"])) == "owner"
    assert find_nearest("falls", ["fells", "falls"]) == "falls"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("removed", ""),  # not “resolved”
        ("inactive", ""),  # not “active”
        ("unresolved", ""),
        ("incomplete", ""),
        ("not done", ""),
        ("undone", ""),
        ("solved", ""),
        ("compelted", "completed"),
        ("In-progres", "in progress"),
        ("canceled", ""),  # understood as it is
        ("blockd", "blocked"),
    ],
)
def test_a_status_is_suggested_for_a_slip_alone(tmp_path: Path, word: str, meant: str) -> None:
    """A word that is near to none in spelling may mean anything: all statuses are listed."""
    write(tmp_path, {"content/plans/p/actions/a.md": f"---\ntitle: A\nstatus: {word}\n---\n"})
    remedies = {each.remedy for each in load_site(tmp_path).findings if each.rule.name == "unknown-status"}
    listed = "use not started, in progress, blocked, completed, embedded or cancelled"
    assert remedies == ({f"did you mean “{meant}”?"} if meant else {listed} if word != "canceled" else set())


@pytest.mark.parametrize(
    ("word", "choice", "expected"),
    [
        ("12a-heater", "13a-heater", False),
        ("2025-01-06.md", "2025-01-07.md", False),
        ("Room 1", "Room 11", False),
        ("hgih", "high", True),
        ("gp", "go", False),
        ("deu", "due", True),
        ("dut", "due", False),
        ("care_plans", "Care plans", True),
        ("care-plan-complete", "Care plans complete", True),
        ("supporter", "supporters", True),
        ("Onwers", "owner", False),
        ("rope", "trop", False),
    ],
)
def test_one_rule_for_all_suggestions(word: str, choice: str, expected: bool) -> None:
    """For names of people, goals and files as for words and fields."""
    assert is_near(word, choice) is is_near(choice, word) is expected
    assert bool(find_nearest(word, [choice])) is expected
    assert bool(SuggestionIndex.build([choice]).find_nearest(word)) is expected
