"""The levels of one goal: at the start, on each day that it was scored, and now."""

from __future__ import annotations

from plansite.model.documents.goal import Goal
from plansite.model.documents.records.goal_attainment import GoalScore

#: Each level in words, the highest first.
LEVEL_NAMES = {
    2: "Much more than expected",
    1: "Somewhat more than expected",
    0: "As expected",
    -1: "Somewhat less than expected",
    -2: "Much less than expected",
}
#: What importance and difficulty count as where they are not given.
DEFAULT_RATING = 1


def list_scores(goal: Goal) -> tuple[GoalScore, ...]:
    """The scores of a goal that have a date and a level, oldest first."""
    whole = [score for score in goal.scores if score.date and score.level is not None]
    return tuple(sorted(whole, key=lambda score: score.date.toordinal() if score.date else 0))


def find_latest_score(goal: Goal) -> GoalScore | None:
    """The newest score of a goal; of two on one day the later in the file. None without any."""
    return next(reversed(list_scores(goal)), None)


def find_current_level(goal: Goal) -> int | None:
    """How far a goal is reached: the level of its newest score, else its `attainment`; None without either."""
    latest = find_latest_score(goal)
    return latest.level if latest else goal.attainment


def find_level_text(goal: Goal, level: int | None) -> str:
    """What a level means for a goal; "" where its `levels` do not say."""
    return next((each.text for each in goal.levels if level is not None and each.level == level), "")


def is_scaled(goal: Goal) -> bool:
    """Whether a goal says what its levels mean, or at which of them it is."""
    return bool(goal.levels) or goal.baseline is not None or find_current_level(goal) is not None


def calculate_weight(goal: Goal) -> int:
    """Its importance times its difficulty, each from 0 to 3 and 1 where it is not given."""
    importance, difficulty = (
        DEFAULT_RATING if rating is None else rating for rating in (goal.importance, goal.difficulty)
    )
    return importance * difficulty
