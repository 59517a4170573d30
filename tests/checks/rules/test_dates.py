"""Dates that agree are left alone, at the very day where they begin to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.tiny_sites import broken, checked, page


@pytest.mark.parametrize(
    "fields",
    [
        "created: 2025-01-02\ndue: 2025-01-02",
        "created: 2025-01-02\nstarted: 2025-01-02\ncompleted: 2025-01-02\nstatus: completed\ndue: 2025-01-02",
        "completed: 2025-01-20\nstatus: completed",
        "due: 2025-01-01",
        "",
    ],
)
def test_same_day_is_no_contradiction(tmp_path: Path, fields: str) -> None:
    """What is agreed, due and finished on one day is fine, and so is what is finished today."""
    rules = {"due-before-created", "completed-before-created", "completed-in-future"}
    assert not rules & broken(tmp_path, fields)


def test_finished_before_begun(tmp_path: Path) -> None:
    """The day on which work began counts as well as the day it was agreed."""
    fields = "created: 2025-01-02\nstarted: 2025-01-08\ncompleted: 2025-01-07\nstatus: completed"
    assert "completed-before-created" in broken(tmp_path, fields)


@pytest.mark.parametrize(
    ("day", "rule"),
    [("2025-01-01", "progress-before-created"), ("2025-01-21", "progress-in-future"), ("2025-01-02", "")],
)
def test_progress_lies_between_agreement_and_today(tmp_path: Path, day: str, rule: str) -> None:
    """Entries from the day of agreement up to today are fine, and no others."""
    found = broken(tmp_path, "created: 2025-01-02", f"## Progress\n- {day}: The firm came.\n")
    assert {name for name in found if name.startswith("progress")} == ({rule} if rule else set())


def test_undated_lists_elsewhere_are_fine(tmp_path: Path) -> None:
    """Only entries under Progress need a date."""
    assert "undated-progress" not in broken(tmp_path, body="- One\n- Two\n\n## Barriers\n- Three\n")


def test_plan_may_last_one_day(tmp_path: Path) -> None:
    """A plan that begins and ends on one day, with an action due on it, is fine."""
    found = broken(tmp_path, "due: 2025-03-01", plan="start: 2025-03-01\nend: 2025-03-01")
    assert not {"end-before-start", "due-after-plan"} & found


def test_nested_field_of_the_same_name_hides_nothing(tmp_path: Path) -> None:
    """An unreadable day of the check does not hide that the action itself has no due date."""
    assert {"not-a-date", "missing-due"} <= broken(tmp_path, "verification: {by: GP, due: soon}")


@pytest.mark.parametrize(
    ("fields", "body", "is_distant"),
    [
        ("due: 2055-12-31", "", False),
        ("due: 2056-01-01", "", True),
        ("created: 1994-12-31", "", True),
        ("created: 1995-01-01", "", False),
        ("verification: {due: 2205-02-03}", "", True),
        ("due_history: [{due: 2205-01-07}]", "", True),
        ("allow: [{rule: silent-action, reason: R, until: 2205-02-03}]", "", True),
        ("", "## Progress\n- 1925-01-08: Rang.", True),
        ("created: 1960-01-01\nstarted: 1960-01-02\ncompleted: 1960-02-01", "", False),
        ("created: 2025-01-01\nstarted: 2025-01-02\ndue: 2205-02-01", "", True),
    ],
)
def test_a_year_far_away_is_questioned(tmp_path: Path, fields: str, body: str, is_distant: bool) -> None:
    """In any field, group or note; but not where most dates of the plan are as far away."""
    assert ("distant-year" in broken(tmp_path, fields, body)) is is_distant


def test_a_reading_far_away_is_questioned(tmp_path: Path) -> None:
    """A table beside a measure is checked as well."""
    folder = "content/plans/winter/measures"
    table = "date,value\n2025-01-01,3\n2025-01-08,4\n2205-01-15,5\n"
    found = checked(tmp_path, {f"{folder}/rooms.md": page("title: Rooms"), f"{folder}/rooms.csv": table})
    assert [finding.path for finding in found if finding.rule.name == "distant-year"] == [f"{folder}/rooms.md"]
