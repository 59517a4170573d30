"""How far the goals of a plan were reached, for the review pack."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.attainment.goal_scores import find_current_level, find_level_text
from plansite.model.documents.plan import Plan
from plansite.site.attainment.goal_standing import describe_standing
from plansite.site.components.page import Link
from plansite.site.plan.goals import goal_address


@dataclass(frozen=True, slots=True)
class PackGoal:
    """A goal with how far it was reached, in words, and what that means for it."""

    title: Link
    words: str
    text: str


def build_pack_goals(plan: Plan) -> Iterator[PackGoal]:
    """The goals of the plan that have a level, with that level in words."""
    for goal in plan.goals:
        words = describe_standing(goal)
        if words:
            text = find_level_text(goal, find_current_level(goal))
            yield PackGoal(Link(goal.title, goal_address(plan, goal)), words, text)
