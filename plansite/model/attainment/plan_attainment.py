"""How far the goals of a plan are reached together."""

from __future__ import annotations

from plansite.deferred_dataclass import dataclass
from plansite.model.attainment.goal_scores import calculate_weight, find_current_level
from plansite.model.attainment.t_score import calculate_t_score
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledGoal:
    """A goal with its level now, its level at the start (None if it is not given), and its weight."""

    goal: Goal
    level: int
    baseline: int | None
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAttainment:
    """The goals of a plan that have a level now, the others, and the T scores of the former.

    `achieved` is None where every weight is 0, and `baseline` also where a goal does not give its level at the start:
    the two are always of the same goals, so that they can be compared.
    """

    scaled: tuple[ScaledGoal, ...]
    unscored: tuple[Goal, ...]
    achieved: float | None
    baseline: float | None


def assess_attainment(plan: Plan) -> PlanAttainment | None:
    """How far the goals of a plan are reached; None if none of them has a level."""
    levels = [(goal, find_current_level(goal)) for goal in plan.goals]
    scaled = tuple(
        ScaledGoal(goal=goal, level=level, baseline=goal.baseline, weight=calculate_weight(goal))
        for goal, level in levels
        if level is not None
    )
    if not scaled:
        return None
    weights = [each.weight for each in scaled]
    baselines = [each.baseline for each in scaled if each.baseline is not None]
    return PlanAttainment(
        scaled=scaled,
        unscored=tuple(goal for goal, level in levels if level is None),
        achieved=calculate_t_score([each.level for each in scaled], weights),
        baseline=calculate_t_score(baselines, weights) if len(baselines) == len(scaled) else None,
    )
