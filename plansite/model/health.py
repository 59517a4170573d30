"""Whether a plan is complete, clear and current (who does what by when; all the steps; today's work)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import is_silent, latest_news_date
from plansite.model.formatting import format_count, format_list, format_long_date
from plansite.model.plan import Plan
from plansite.model.review_dates import next_review_date


@dataclass(frozen=True, slots=True)
class HealthGap:
    """A reason in one sentence, with the actions it speaks of."""

    text: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthCriterion:
    """One of the three questions with its answer: `good` says why it holds, `gaps` why it does not."""

    name: str
    reason: str
    gaps: tuple[HealthGap, ...]

    @property
    def holds(self) -> bool:
        """No gap."""
        return not self.gaps


def assess_health(plan: Plan, today: date) -> tuple[HealthCriterion, HealthCriterion, HealthCriterion]:
    """Complete, clear and current, each with its reasons."""
    return _assess_complete(plan), _assess_clear(plan), _assess_current(plan, today)


def format_action_refs(actions: Sequence[Action]) -> str:
    """Actions by number, or how many where some have none or they are many: "Actions 3 and 7"."""
    refs = [action.ref for action in actions]
    if len(refs) > 4 or not all(refs):
        return format_count(len(actions), "action")
    return f"{'Action' if len(refs) == 1 else 'Actions'} {format_list(refs)}"


def _assess_complete(plan: Plan) -> HealthCriterion:
    used = {goal for action in plan.actions if (goal := plan.find_goal(action.goal))}
    idle = [goal.title for goal in plan.goals if goal not in used]
    gaps = []
    if not plan.actions:
        gaps.append(HealthGap("There are no actions yet."))
    if not plan.goals:
        gaps.append(HealthGap("The plan names no goal."))
    if idle:
        what = f"“{idle[0]}” has" if len(idle) == 1 else f"{len(idle)} goals have"
        gaps.append(HealthGap(f"{what} no action."))
    gaps += _find_gaps(plan.open_actions, lambda action: bool(action.body.steps), "steps")
    goals = "The goal has" if len(plan.goals) == 1 else f"Each of the {len(plan.goals)} goals has"
    return HealthCriterion("Complete", f"{goals} an action, and each open action has steps.", tuple(gaps))


def _assess_clear(plan: Plan) -> HealthCriterion:
    still = plan.open_actions
    gaps = [
        *_find_gaps(still, lambda action: bool(action.owner), "owner"),
        *_find_gaps(still, lambda action: action.due is not None, "due date"),
        *_find_gaps(still, lambda action: bool(action.resources), "resources yet"),
    ]
    return HealthCriterion("Clear", "Each open action says who, what, by when and with what.", tuple(gaps))


def _assess_current(plan: Plan, today: date) -> HealthCriterion:
    still = plan.open_actions
    gaps = []
    due = next_review_date(plan)
    if due and due < today:
        gaps.append(HealthGap(f"A review was due on {format_long_date(due)}."))
    if due is None and not plan.reviews:
        gaps.append(HealthGap("No review is planned."))
    quiet = tuple(action for action in still if is_silent(action, plan, today))
    unknown = tuple(action for action in still if latest_news_date(action) is None)
    if quiet:
        gaps.append(
            HealthGap(
                f"{format_action_refs(quiet)} {_has_or_have(quiet)} had no news for longer than the review interval.",
                quiet,
            )
        )
    if unknown:
        gaps.append(HealthGap(f"{format_action_refs(unknown)} {_has_or_have(unknown)} no dated news.", unknown))
    good = "Each open action has recent news, and no review is late." if still else "Nothing is open."
    return HealthCriterion("Current", good, tuple(gaps))


def _find_gaps(actions: Sequence[Action], predicate: Callable[[Action], bool], noun: str) -> list[HealthGap]:
    without = tuple(action for action in actions if not predicate(action))
    return [HealthGap(f"{format_action_refs(without)} {_has_or_have(without)} no {noun}.", without)] if without else []


def _has_or_have(actions: Sequence[Action]) -> str:
    return "has" if len(actions) == 1 else "have"
