"""The T score: the figures of the convention, and what must hold of any goals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.attainment.t_score import calculate_t_score

LEVELS = st.integers(-2, 2)
#: Importance times difficulty, each from 0 to 3.
WEIGHTS = st.sampled_from([0, 1, 2, 3, 4, 6, 9])
GOALS = st.lists(st.tuples(LEVELS, WEIGHTS), min_size=1, max_size=12).filter(lambda goals: any(w for _, w in goals))


def _t(goals: list[tuple[int, int]]) -> float:
    score = calculate_t_score([level for level, _ in goals], [weight for _, weight in goals])
    assert score is not None
    return score


@pytest.mark.parametrize(
    ("levels", "weights", "score"),
    [
        ([1, 1, 1], [1, 1, 1], 63.69),
        ([-1, -1, -1], [1, 1, 1], 36.31),
        ([2], [1], 70.00),
        ([1, 0, -1], [6, 2, 3], 53.57),
        ([0, 0], [9, 4], 50.00),
        ([-2], [6], 30.00),
    ],
)
def test_known_scores(levels: list[int], weights: list[int], score: float) -> None:
    """To two decimals, as published tables give them."""
    found = calculate_t_score(levels, weights)
    assert found is not None
    assert round(found, 2) == score


@pytest.mark.parametrize(("levels", "weights"), [([], []), ([1, 2], [0, 0])])
def test_no_score_without_weight(levels: list[int], weights: list[int]) -> None:
    """Without a goal that counts there is nothing to divide by."""
    assert calculate_t_score(levels, weights) is None


@given(GOALS)
def test_reversed_levels_mirror_the_score(goals: list[tuple[int, int]]) -> None:
    """As far below 50 as it was above."""
    assert _t(goals) + _t([(-level, weight) for level, weight in goals]) == pytest.approx(100)


@given(GOALS, st.integers(2, 9))
def test_the_unit_of_weights_makes_no_difference(goals: list[tuple[int, int]], factor: int) -> None:
    """Weights are compared with each other only."""
    assert _t([(level, weight * factor) for level, weight in goals]) == pytest.approx(_t(goals))


@given(GOALS)
def test_the_order_of_goals_makes_no_difference(goals: list[tuple[int, int]]) -> None:
    """Nor does a goal of weight 0."""
    shuffled = [*sorted(goals), (2, 0)]
    assert _t(shuffled) == pytest.approx(_t(goals))


@given(GOALS, st.data())
def test_a_higher_level_never_lowers_the_score(goals: list[tuple[int, int]], data: st.DataObject) -> None:
    """It rises if the goal has a weight, and stays otherwise."""
    number = data.draw(st.integers(0, len(goals) - 1))
    level, weight = goals[number]
    higher = [*goals[:number], (min(level + 1, 2), weight), *goals[number + 1 :]]
    difference = _t(higher) - _t(goals)
    assert difference > 0 if weight and level < 2 else difference == pytest.approx(0)


@given(LEVELS, st.integers(1, 9))
def test_one_goal_counts_ten_for_each_level(level: int, weight: int) -> None:
    """Whatever its weight."""
    assert _t([(level, weight)]) == pytest.approx(50 + 10 * level)
