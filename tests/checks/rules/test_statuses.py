"""Statuses and colours that agree with the rest of the file are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.tiny_sites import ACTION, PLAN, action, broken, checked, page

PASSED = "verification: {by: Deputy Manager, date: 2025-01-15, result: passed}"
EVIDENCE = "evidence: [{label: Photograph, url: https://example.org/p}]"


def test_proven_action_is_fine(tmp_path: Path) -> None:
    """Embedded with evidence, a check by somebody else, its day and a good result: nothing to say."""
    fields = f"status: embedded\nowner: Maintenance\ncompleted: 2025-01-10\n{PASSED}\n{EVIDENCE}"
    rules = {"embedded-without-proof", "verified-by-owner", "failed-verification", "undated-completion"}
    assert not rules & broken(tmp_path, fields, "## Steps\n- [x] Order it\n")


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        (EVIDENCE, "a verification"),
        (PASSED, "evidence"),
        (f"{EVIDENCE}\nverification: {{by: GP, result: passed}}", "the day of the check"),
        (f"{EVIDENCE}\nverification: {{by: GP, date: 2025-01-15}}", "the result of the check"),
    ],
)
def test_what_proof_lacks_is_named(tmp_path: Path, fields: str, lacks: str) -> None:
    """The message names what is missing, and nothing else."""
    found = checked(tmp_path, {ACTION: action(f"status: embedded\n{fields}")})
    messages = [finding.message for finding in found if finding.rule.name == "embedded-without-proof"]
    assert messages == [f"it is embedded without {lacks}"]


def test_owner_and_checker_may_be_one_by_slug(tmp_path: Path) -> None:
    """Owner and checker are the same where one is named by slug and the other by title."""
    files = {
        "content/owners/mt.md": page("title: Maintenance"),
        ACTION: action("owner: Maintenance\nverification: {by: mt}"),
    }
    assert "verified-by-owner" in {finding.rule.name for finding in checked(tmp_path, files)}


def test_two_unnamed_are_not_one(tmp_path: Path) -> None:
    """Without an owner or without a checker nobody checks their own work."""
    assert "verified-by-owner" not in broken(tmp_path, "verification: {due: 2025-03-01}")


@pytest.mark.parametrize(("due", "is_late"), [("2025-01-19", True), ("2025-01-20", False)])
def test_check_is_late_from_the_next_day(tmp_path: Path, due: str, is_late: bool) -> None:
    """A check due today is not late."""
    fields = f"status: completed\nverification: {{by: GP, due: {due}}}"
    assert ("overdue-verification" in broken(tmp_path, fields)) is is_late


@pytest.mark.parametrize("status", ["in progress", "cancelled"])
def test_failed_check_of_an_open_action_is_fine(tmp_path: Path, status: str) -> None:
    """Once the action is open again, or given up, the failed check is only history."""
    fields = f"status: {status}\nreason: superseded\nverification: {{by: GP, date: 2025-01-15, result: failed}}"
    assert "failed-verification" not in broken(tmp_path, fields)


@pytest.mark.parametrize(("news", "is_silent"), [("2024-12-09", False), ("2024-12-08", True)])
def test_silence_begins_after_the_interval(tmp_path: Path, news: str, is_silent: bool) -> None:
    """News exactly one interval old is still news."""
    found = broken(tmp_path, body=f"## Progress\n- {news}: One.\n")
    assert ("silent-action" in found) is is_silent


def test_adopted_word_with_a_meaning_is_not_ambiguous(tmp_path: Path) -> None:
    """A word that the settings of a source translate is read as they say."""
    settings = "title: Site\nsources:\n  - {path: theirs, plan: theirs, statuses: {Closed: cancelled}}\n"
    files = {"plansite.yaml": settings, "theirs/one.md": page("title: One\nstatus: Closed")}
    assert "ambiguous-status" not in {finding.rule.name for finding in checked(tmp_path, files)}
    plain = {"plansite.yaml": "title: Site\n", ACTION: action("status: Closed")}
    assert "ambiguous-status" in {finding.rule.name for finding in checked(tmp_path, plain)}


@pytest.mark.parametrize(
    ("fields", "agrees"),
    [
        ("rag: green\ndue: 2025-06-01", True),
        ("rag: red\ndue: 2025-01-19", True),
        ("rag: amber\nstatus: blocked\ndue: 2025-06-01", True),
        ("rag: green\nstatus: completed", True),
        ("rag: red\nstatus: cancelled", True),
        ("rag: red\nstatus: completed", False),
        ("rag: amber\ndue: 2025-06-01", False),
    ],
)
def test_colours_compared(tmp_path: Path, fields: str, agrees: bool) -> None:
    """Green is on track or finished, amber at risk, red overdue; what is cancelled has no colour to disagree with."""
    assert ("disagreeing-rag" in broken(tmp_path, fields)) is not agrees


def test_empty_plan_has_no_colour(tmp_path: Path) -> None:
    """A plan without actions may call itself what it likes."""
    found = checked(tmp_path, {PLAN: page("title: Winter\nrag: red")})
    assert "disagreeing-plan-rag" not in {finding.rule.name for finding in found}


@pytest.mark.parametrize("how", ["depends_on: [door]", "## Barriers\nThe firm is closed.\n"])
def test_explained_block_is_fine(tmp_path: Path, how: str) -> None:
    """A barrier in words, or an action that must come first, explains a block."""
    fields, body = ("", how) if how.startswith("##") else (how, "")
    assert "unexplained-block" not in broken(tmp_path, f"status: blocked\n{fields}", body)
