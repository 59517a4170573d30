"""Goal attainment scaling: levels that are unclear or missing, and scores that cannot be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_plans_with_file
from plansite.content.report import quote_text
from plansite.model.attainment.goal_scores import find_latest_score, list_scores
from plansite.model.documents.plan import Plan
from plansite.model.findings import Level
from plansite.model.formatting import format_long_date


@rule("PS474", Level.WARNING, list_plans_with_file)
def duplicate_level(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal describes one level of attainment twice.

    Then it is not clear which of the two a score means.

    Example: `levels: [{level: 0, text: Six hours}, {level: 0, text: Seven hours}]`
    """
    for goal in plan.goals:
        for level, number in Counter(each.level for each in goal.levels if each.level is not None).items():
            if number > 1:
                message = f"the goal {quote_text(goal.title)} describes the level {level} more than once"
                yield flag(plan, message, "keep one text for each level from -2 to 2", field="goals")


@rule("PS475", Level.HINT, list_plans_with_file)
def no_expected_level(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal describes levels of attainment, but not what is expected (level 0).

    All other levels are counted from this one.

    Example: `levels: [{level: -1, text: Five hours}, {level: 1, text: Seven hours}]`. Add level 0.
    """
    for goal in plan.goals:
        if goal.levels and all(each.level != 0 for each in goal.levels):
            message = f"the goal {quote_text(goal.title)} does not say what is expected"
            yield flag(plan, message, "add the level 0 under `levels`", field="goals")


@rule("PS476", Level.WARNING, list_plans_with_file)
def score_outside_plan(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal was scored before its plan began, after its plan ended, or on a day that is still to come.

    Such a date is nearly always a slip. What held before the plan began is the `baseline`.

    Example: the plan has `start: 2025-01-06`, and a goal has `scores: [{date: 2024-01-16, level: 1}]`.
    """
    for goal in plan.goals:
        for score in list_scores(goal):
            day = score.date
            if day is None:
                continue
            is_early, is_late = bool(plan.start and day < plan.start), bool(plan.end and day > plan.end)
            if is_early or is_late or day > context.today:
                when = "before the plan began" if is_early else "still to come" if day > context.today else ""
                message = f"the goal {quote_text(goal.title)} is scored on {format_long_date(day)}"
                yield flag(plan, f"{message}: {when or 'after the plan ended'}", "correct the date", field="goals")


@rule("PS477", Level.HINT, list_plans_with_file)
def unordered_scores(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """The scores of a goal are not in order of time, or two have the same date.

    The page puts them in order, and takes the later in the file of two with one date. A mistyped year shows here first.

    Example: `scores: [{date: 2025-02-10, level: 1}, {date: 2025-01-13, level: 0}]`
    """
    for goal in plan.goals:
        days = [score.date for score in goal.scores if score.date]
        if any(later <= earlier for earlier, later in pairwise(days)):
            message = f"the scores of the goal {quote_text(goal.title)} are not in order of time"
            yield flag(plan, message, "put the oldest first, and give one score a day", field="goals")


@rule("PS478", Level.HINT, list_plans_with_file)
def score_without_levels(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal has scores, but does not say what its levels mean.

    Agree the levels before the first score. Otherwise a score is only an impression.

    Example: `scores: [{date: 2025-02-10, level: 1}]`. Add `levels: [{level: 0, text: Sleeps six hours}]`.
    """
    for goal in plan.goals:
        if list_scores(goal) and not goal.levels:
            message = f"the goal {quote_text(goal.title)} has scores, but does not say what its levels mean"
            yield flag(plan, message, "add `levels:` with a text for each", field="goals")


@rule("PS479", Level.HINT, list_plans_with_file)
def contradicting_attainment(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal gives its attainment and scores, and its newest score is another level.

    The newest score counts, and `attainment` is not shown.

    Example: `attainment: 1`, and `scores: [{date: 2025-02-10, level: 0}]`
    """
    for goal in plan.goals:
        latest = find_latest_score(goal)
        if latest and goal.attainment is not None and goal.attainment != latest.level:
            message = f"the goal {quote_text(goal.title)} has `attainment: {goal.attainment}`"
            yield flag(
                plan, f"{message}, but its newest score is {latest.level}", "take `attainment` out", field="goals"
            )
