"""Rules about plans as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.tiny_sites import ACTION, PLAN, action, broken, checked, page

SMART = (
    "goals: [{key: warm, title: Every room is warm, specific: All, measurable: 20 of 20, achievable: Yes, "
    "relevant: Cold, time_bound: March}]"
)


@pytest.mark.parametrize(("following", "is_late"), [("2025-01-19", True), ("2025-01-20", False)])
def test_review_is_late_from_the_next_day(tmp_path: Path, following: str, is_late: bool) -> None:
    """A review due today is not late."""
    files = {
        ACTION: action(),
        "content/plans/winter/reviews/2025-01-06.md": page(f"title: First\nnext: {following}"),
    }
    assert ("overdue-review" in {finding.rule.name for finding in checked(tmp_path, files)}) is is_late


@pytest.mark.parametrize(("status", "is_late"), [("completed", False), ("in progress", True)])
def test_finished_plan_needs_no_review(tmp_path: Path, status: str, is_late: bool) -> None:
    """Once every action is finished, no review is due."""
    found = broken(tmp_path, f"status: {status}", plan="start: 2024-01-01\nreview_every: 6 weeks")
    assert ("overdue-review" in found) is is_late


def test_goal_of_unreadable_action_is_not_idle(tmp_path: Path) -> None:
    """While an action cannot be read, it may be the one that serves the goal."""
    found = checked(tmp_path, {ACTION: "no fields"}, plan=SMART)
    assert "idle-goal" not in {finding.rule.name for finding in found}


def test_agreed_protocol_is_fine(tmp_path: Path) -> None:
    """An agency may stand in the plan by title and in the protocol by slug."""
    files = {
        "content/agencies/council.md": page("title: Riverside Council"),
        PLAN: page("title: Winter\nagencies: [Riverside Council]\nprotocol: [{agency: council, agreed: 2025-01-08}]"),
    }
    assert not {"unagreed-protocol", "unknown-agency"} & {finding.rule.name for finding in checked(tmp_path, files)}


def test_plan_without_protocol_is_not_asked(tmp_path: Path) -> None:
    """Where there is no protocol, no agency is missing from it."""
    assert "unagreed-protocol" not in broken(tmp_path, plan="agencies: [Riverside Council]")


@pytest.mark.parametrize(("kind", "is_asked"), [("counselling", True), ("service", False), ("improvement", False)])
def test_person_is_asked_for_in_plans_about_one(tmp_path: Path, kind: str, is_asked: bool) -> None:
    """Involvement is asked of plans about a person."""
    assert ("nobody-involved" in broken(tmp_path, plan=f"kind: {kind}")) is is_asked


def test_adopted_plan_is_not_asked_for_its_file(tmp_path: Path) -> None:
    """A plan of an external source has no `plan.md`, so nothing is reported as missing in it."""
    settings = "title: Site\nsources: [{path: theirs, plan: theirs}]\n"
    files = {
        "plansite.yaml": settings,
        "theirs/one.md": page("title: One\ngoal: warm"),
        PLAN: page(f"title: W\n{SMART}"),
    }
    found = checked(tmp_path, files)
    assert {finding.path for finding in found if finding.rule.code.startswith("PS4")} == {PLAN}
