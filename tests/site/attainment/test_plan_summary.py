"""The goals of a plan together: a sentence for all readers, the T score for those who see every goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.site.attainment.plan_summary import AttainmentView, TScoreView, build_attainment_view

MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"


def _goal(title: str, level: int | None, baseline: int | None = -1, weight: tuple[int, int] | None = None) -> Goal:
    importance, difficulty = weight or (None, None)
    return Goal(title=title, attainment=level, baseline=baseline, importance=importance, difficulty=difficulty)


def _view(*goals: Goal, is_unfiltered: bool = True) -> AttainmentView:
    plan = Plan(slug="p", path="p.md", goals=goals)
    site = Site(settings=Settings(title="S"), plans=(plan,), is_unfiltered=is_unfiltered)
    view = build_attainment_view(SiteOnDate(site, date(2025, 1, 20)), plan)
    assert view is not None
    return view


def _score(*goals: Goal) -> TScoreView:
    score = _view(*goals).score
    assert score is not None
    return score


WEIGHTED = (_goal("A", 1, -1, (3, 2)), _goal("B", 0, -1, (2, 1)), _goal("C", -1, -1, (3, 1)))


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ([1], "1 goal is above what was expected."),
        ([2, 1, 0, -1], "2 goals are above what was expected, 1 is as expected and 1 is below what was expected."),
        ([0, 0], "2 goals are as expected."),
        ([-1, None], "1 goal is below what was expected. 1 goal has no score yet."),
    ],
)
def test_the_sentence_counts_goals(levels: list[int | None], sentence: str) -> None:
    """Above, at and below what was expected, and those without a score."""
    assert _view(*(_goal(str(number), level) for number, level in enumerate(levels))).sentence == sentence


def test_the_score_with_what_it_is_made_from() -> None:
    """To two decimals: 53.57 now, beside the start, with the sums that give it."""
    score = _score(*WEIGHTED)
    assert (score.achieved, score.baseline, score.change) == ("53.57", "36.91", "+16.66")
    assert score.sums == f"50 + 10 {TIMES} 3 ÷ √(0.7 {TIMES} 49 + 0.3 {TIMES} 11²)"
    assert [(row.title, row.weight, row.importance) for row in score.rows] == [
        ("A", 6, "3"),
        ("B", 2, "2"),
        ("C", 3, "3"),
    ]
    assert score.notes == ("A weight is importance times difficulty, each from 0 to 3.",)


def test_what_is_not_given_is_said() -> None:
    """Ratings that count as 1, a start that is missing, goals that have no score, and that two goals are few."""
    score = _score(_goal("A", 1), _goal("B", -1, None, (2, 2)), _goal("C", None))
    assert (score.baseline, score.change) == ("", "")
    assert score.rows[0].importance == "not given, 1"
    assert score.notes[1:] == (
        "What is not given counts as 1: that is so for 1 goal.",
        "There is no T score of the start: 1 goal has no level at the start.",
        "Not counted, because it has no score yet: C.",
        "With fewer than three goals, T says little more than the words above.",
    )


def test_weights_of_nought_give_no_score() -> None:
    """The reason is said, and no number."""
    score = _score(_goal("A", 1, -1, (0, 3)))
    assert (score.achieved, score.baseline, score.sums) == ("", "", "")
    assert "There is no T score, because every goal has the weight 0." in score.notes


def test_a_negative_sum_is_in_brackets() -> None:
    """So that the formula can be typed as it is."""
    goals = tuple(replace(goal, attainment=-1) for goal in WEIGHTED)
    assert f"{TIMES} ({MINUS}11) ÷" in _score(*goals).sums
    assert _score(*goals).change == "+0.00"


def test_a_copy_that_may_lack_goals_has_no_score() -> None:
    """Nor does it say that a goal has no score: it may only be hidden."""
    view = _view(*WEIGHTED, _goal("D", None), is_unfiltered=False)
    assert view.score is None
    assert view.sentence == "1 goal is above what was expected, 1 is as expected and 1 is below what was expected."


def test_a_plan_without_levels_has_no_summary() -> None:
    """Nothing is said about it."""
    plan = Plan(slug="p", path="p.md", goals=(Goal(title="A"),))
    site = Site(settings=Settings(title="S"), plans=(plan,))
    assert build_attainment_view(SiteOnDate(site, date(2025, 1, 20)), plan) is None
