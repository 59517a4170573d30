"""How far one goal was reached: words first, then levels, scores and the path."""

from __future__ import annotations

from datetime import date

from plansite.model.documents.goal import Goal
from plansite.model.documents.records.goal_attainment import GoalLevel, GoalScore
from plansite.site.attainment.goal_standing import GoalStanding, build_goal_standing, describe_standing

LEVELS = (
    GoalLevel(level=1, text="Seven hours"),
    GoalLevel(level=0, text="Six hours"),
    GoalLevel(level=-2, text="Four"),
)
SCORES = (
    GoalScore(date=date(2025, 1, 16), level=1, note="Five nights of seven"),
    GoalScore(date=date(2024, 12, 12), level=0),
)


def _standing(goal: Goal) -> GoalStanding:
    found = build_goal_standing(goal, date(2024, 11, 7))
    assert found is not None
    return found


def test_words_come_with_what_they_mean() -> None:
    """The newest score, its day and its note; the scores newest first."""
    standing = _standing(Goal(title="A", levels=LEVELS, scores=SCORES, baseline=-2))
    assert (standing.words, standing.text) == ("Somewhat more than expected", "Seven hours")
    assert (standing.day, standing.note) == (date(2025, 1, 16), "Five nights of seven")
    assert standing.start == "Much less than expected: Four"
    assert [(row.day, row.name, row.number) for row in standing.scores] == [
        (date(2025, 1, 16), "Somewhat more than expected", "+1"),
        (date(2024, 12, 12), "As expected", "0"),
    ]
    assert standing.path is not None
    assert standing.path.description == (
        "From much less than expected at the start to somewhat more than expected on 16 January 2025."
    )


def test_levels_are_the_highest_first_and_marked() -> None:
    """Those that are described, and one that is not if the goal is or began there."""
    rows = _standing(Goal(title="A", levels=LEVELS, scores=SCORES, baseline=-1)).levels
    assert [(row.name, row.text, row.mark, row.is_current) for row in rows] == [
        ("Somewhat more", "Seven hours", "Latest", True),
        ("As expected", "Six hours", "", False),
        ("Somewhat less", "", "At the start", False),
        ("Much less", "Four", "", False),
    ]


def test_where_it_began_may_be_where_it_is() -> None:
    """One mark says both."""
    rows = _standing(Goal(title="A", levels=LEVELS, attainment=0, baseline=0)).levels
    assert [row.mark for row in rows] == ["", "Latest, at the start", ""]


def test_attainment_without_scores() -> None:
    """It is the level now, without a day and without a path."""
    standing = _standing(Goal(title="A", attainment=0, baseline=-1))
    assert (standing.words, standing.day, standing.path, standing.scores) == ("As expected", None, None, ())
    assert (standing.levels, standing.start) == ((), "Somewhat less than expected")


def test_without_a_start_the_path_begins_with_the_first_score() -> None:
    """Its day is said instead."""
    path = _standing(Goal(title="A", scores=SCORES)).path
    assert path is not None
    assert (path.first, path.last) == ("12 December 2024", "16 January 2025")
    assert path.description.startswith("From as expected on 12 December 2024 to")


def test_a_goal_that_is_not_scored_yet() -> None:
    """Its levels are there, and no words that would judge it."""
    standing = _standing(Goal(title="A", levels=LEVELS))
    assert (standing.words, standing.text, len(standing.levels)) == ("", "", 3)
    assert build_goal_standing(Goal(title="A"), None) is None


def test_the_standing_in_lists() -> None:
    """With its day, if it has one; nothing for a goal without a level."""
    assert describe_standing(Goal(title="A", scores=SCORES)) == "Somewhat more than expected (16 January 2025)"
    assert describe_standing(Goal(title="A", attainment=-2)) == "Much less than expected"
    assert describe_standing(Goal(title="A", levels=LEVELS)) == ""
