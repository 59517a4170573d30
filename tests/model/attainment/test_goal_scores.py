"""The levels of one goal: the newest score counts, and `attainment` where there is none."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.attainment.goal_scores import (
    calculate_weight,
    find_current_level,
    find_latest_score,
    find_level_text,
    is_scaled,
    list_scores,
)
from plansite.model.documents.goal import Goal
from plansite.model.documents.records.goal_attainment import GoalLevel, GoalScore


def _score(day: int, level: int | None, note: str = "") -> GoalScore:
    return GoalScore(date=date(2025, 1, day), level=level, note=note)


def test_scores_are_in_order_of_time() -> None:
    """Whatever their order in the file; of two on one day the later in the file is the newest."""
    goal = Goal(title="A", scores=(_score(16, 1), _score(2, -1), _score(16, 2, "again")))
    assert [(score.date, score.level) for score in list_scores(goal)] == [
        (date(2025, 1, 2), -1),
        (date(2025, 1, 16), 1),
        (date(2025, 1, 16), 2),
    ]
    assert find_latest_score(goal) == _score(16, 2, "again")


def test_a_score_without_day_or_level_is_none() -> None:
    """It is reported when it is read, and counts nowhere."""
    goal = Goal(title="A", scores=(GoalScore(level=2), _score(3, None)))
    assert list_scores(goal) == ()
    assert find_current_level(goal) is None


@pytest.mark.parametrize(
    ("goal", "level"),
    [
        (Goal(title="A"), None),
        (Goal(title="A", attainment=-1), -1),
        (Goal(title="A", attainment=-1, scores=(_score(2, 0),)), 0),
        (Goal(title="A", baseline=-2), None),
    ],
)
def test_the_current_level(goal: Goal, level: int | None) -> None:
    """`attainment` counts where there are no scores; the level at the start is not how far it is now."""
    assert find_current_level(goal) == level


def test_a_level_has_its_text() -> None:
    """The first of two with one level; nothing for a level that is not described, and for none."""
    goal = Goal(title="A", levels=(GoalLevel(level=0, text="Six hours"), GoalLevel(level=0, text="Five hours")))
    assert [find_level_text(goal, level) for level in (0, 1, None)] == ["Six hours", "", ""]


@pytest.mark.parametrize(
    ("importance", "difficulty", "weight"),
    [(3, 2, 6), (None, None, 1), (3, None, 3), (None, 0, 0), (0, 3, 0)],
)
def test_the_weight(importance: int | None, difficulty: int | None, weight: int) -> None:
    """Importance times difficulty; what is missing counts as 1, and 0 is an answer."""
    assert calculate_weight(Goal(title="A", importance=importance, difficulty=difficulty)) == weight


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        (Goal(title="A"), False),
        (Goal(title="A", importance=3), False),
        (Goal(title="A", attainment=0), True),
        (Goal(title="A", baseline=-2), True),
        (Goal(title="A", levels=(GoalLevel(level=0, text="Six hours"),)), True),
        (Goal(title="A", scores=(_score(2, 0),)), True),
    ],
)
def test_which_goals_are_scaled(goal: Goal, expected: bool) -> None:
    """Those with levels, a start or a level now."""
    assert is_scaled(goal) is expected
