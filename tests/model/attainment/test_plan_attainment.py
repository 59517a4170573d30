"""How far the goals of a plan are reached together, now and at the start."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.attainment.plan_attainment import assess_attainment
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.goal_attainment import GoalScore


def _goal(title: str, level: int | None, baseline: int | None = -1, rating: int | None = None) -> Goal:
    scores = () if level is None else (GoalScore(date=date(2025, 1, 16), level=level),)
    return Goal(title=title, scores=scores, baseline=baseline, importance=rating)


def _plan(*goals: Goal) -> Plan:
    return Plan(slug="p", path="p.md", goals=goals)


def test_both_scores_are_of_the_same_goals() -> None:
    """A goal that has no level yet is in neither, though it says where it began."""
    found = assess_attainment(_plan(_goal("A", 1), _goal("B", 1), _goal("C", 1), _goal("D", None, -2)))
    assert found is not None
    assert (round(found.achieved or 0, 2), round(found.baseline or 0, 2)) == (63.69, 36.31)
    assert [goal.title for goal in found.unscored] == ["D"]


def test_without_every_start_there_is_no_score_at_the_start() -> None:
    """It would be of other goals than the score now."""
    found = assess_attainment(_plan(_goal("A", 1), _goal("B", 1, None)))
    assert found is not None
    assert found.achieved == pytest.approx(62.40, abs=0.01)
    assert found.baseline is None


def test_weights_of_nought() -> None:
    """A goal of weight 0 does not count; with no other there is no score."""
    found = assess_attainment(_plan(_goal("A", 2), _goal("B", -2, rating=0)))
    assert found is not None
    assert found.achieved == pytest.approx(70)
    nothing = assess_attainment(_plan(_goal("B", -2, rating=0)))
    assert nothing is not None
    assert (nothing.achieved, nothing.baseline) == (None, None)


def test_goals_without_levels_have_no_attainment() -> None:
    """Nothing is said of a plan that does not use it."""
    assert assess_attainment(_plan(Goal(title="A"), Goal(title="B", baseline=-1))) is None
    assert assess_attainment(_plan()) is None
