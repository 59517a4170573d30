"""How far one goal was reached: the level now in words, what each level means, and the scores."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.attainment.goal_scores import (
    LEVEL_NAMES,
    find_current_level,
    find_latest_score,
    find_level_text,
    is_scaled,
    list_scores,
)
from plansite.model.documents.goal import Goal
from plansite.model.formatting import format_long_date
from plansite.site.attainment.path_chart import PathChart, build_path_chart, format_level


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level with its number, its name in short, and what it means; `mark` says that the goal is or began there."""

    number: str
    name: str
    text: str
    mark: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score, in words."""

    day: date | None
    name: str
    number: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStanding:
    """How far a goal was reached: its level in `words`, and what that means for it in `text`.

    `words` is empty if it has no level yet. `start` is its level at the start, in words. `scores` are the newest first;
    `levels` is empty if none has a text.
    """

    words: str
    text: str
    day: date | None
    note: str
    start: str
    levels: tuple[LevelRow, ...]
    scores: tuple[ScoreRow, ...]
    path: PathChart | None


def build_goal_standing(goal: Goal, start: date | None) -> GoalStanding | None:
    """How far a goal was reached; None if it is not scaled. `start` is the day that its plan begins."""
    if not is_scaled(goal):
        return None
    level, latest = find_current_level(goal), find_latest_score(goal)
    return GoalStanding(
        words="" if level is None else LEVEL_NAMES[level],
        text=find_level_text(goal, level),
        day=latest.date if latest else None,
        note=latest.note if latest else "",
        start=_describe_level(goal, goal.baseline),
        levels=_build_level_rows(goal, level),
        scores=tuple(
            ScoreRow(score.date, LEVEL_NAMES[score.level], format_level(score.level), score.note)
            for score in reversed(list_scores(goal))
            if score.level is not None
        ),
        path=_build_path(goal, start),
    )


def describe_standing(goal: Goal) -> str:
    """How far a goal is reached and since when it is known, for lists: “As expected (16 January 2025)”; "" for none."""
    level, latest = find_current_level(goal), find_latest_score(goal)
    if level is None:
        return ""
    day = f" ({format_long_date(latest.date)})" if latest and latest.date else ""
    return f"{LEVEL_NAMES[level]}{day}"


def _describe_level(goal: Goal, level: int | None) -> str:
    """A level in words, with what it means for the goal: “As expected: sleeps six hours”; "" for none."""
    if level is None:
        return ""
    text = find_level_text(goal, level)
    return f"{LEVEL_NAMES[level]}: {text}" if text else LEVEL_NAMES[level]


def _build_level_rows(goal: Goal, current: int | None) -> tuple[LevelRow, ...]:
    """The levels that are described, the highest first, and those at which the goal is or began."""
    if not goal.levels:
        return ()
    rows = []
    for level, name in LEVEL_NAMES.items():
        marks = [words for words, at in (("Latest", current), ("At the start", goal.baseline)) if at == level]
        texts = [each.text for each in goal.levels if each.level == level] or ([""] if marks else [])
        short = name.removesuffix(" than expected")
        rows += [
            LevelRow(format_level(level), short, text, ", ".join(marks).capitalize(), level == current)
            for text in texts
        ]
    return tuple(rows)


def _build_path(goal: Goal, start: date | None) -> PathChart | None:
    scores = [(score.date, score.level) for score in list_scores(goal) if score.date and score.level is not None]
    if not scores:
        return None
    has_start = goal.baseline is not None
    (first_day, first_level), (last_day, last_level) = scores[0], scores[-1]
    if goal.baseline is not None:
        first_level = goal.baseline
    begin = "at the start" if has_start else f"on {format_long_date(first_day)}"
    description = (
        f"From {LEVEL_NAMES[first_level].lower()} {begin} "
        f"to {LEVEL_NAMES[last_level].lower()} on {format_long_date(last_day)}."
    )
    words = ("Start" if has_start else format_long_date(first_day), format_long_date(last_day), description)
    return build_path_chart(scores, goal.baseline, start, words)
