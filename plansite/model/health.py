"""Whether a plan is complete, clear and current (who does what by when; all the steps; today's work)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import is_silent, last_news, next_review
from plansite.model.plan import Plan
from plansite.model.words import count, listed, long_date


@dataclass(frozen=True, slots=True)
class Gap:
    """A reason in one sentence, with the actions it speaks of."""

    text: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the three questions with its answer: `good` says why it holds, `gaps` why it does not."""

    name: str
    good: str
    gaps: tuple[Gap, ...]

    @property
    def holds(self) -> bool:
        """No gap."""
        return not self.gaps


def health(plan: Plan, today: date) -> tuple[Verdict, Verdict, Verdict]:
    """Complete, clear and current, each with its reasons."""
    return _complete(plan), _clear(plan), _current(plan, today)


def named(actions: Sequence[Action]) -> str:
    """Actions by number, or how many where some have none or they are many: "Actions 3 and 7"."""
    refs = [action.ref for action in actions]
    if len(refs) > 4 or not all(refs):
        return count(len(actions), "action")
    return f"{'Action' if len(refs) == 1 else 'Actions'} {listed(refs)}"


def _complete(plan: Plan) -> Verdict:
    used = {goal for action in plan.actions if (goal := plan.goal(action.goal))}
    idle = [goal.title for goal in plan.goals if goal not in used]
    gaps = []
    if not plan.actions:
        gaps.append(Gap("There are no actions yet."))
    if not plan.goals:
        gaps.append(Gap("The plan names no goal."))
    if idle:
        what = f"“{idle[0]}” has" if len(idle) == 1 else f"{len(idle)} goals have"
        gaps.append(Gap(f"{what} no action."))
    gaps += _lacking(plan.open_actions, lambda action: bool(action.body.steps), "steps")
    goals = "The goal has" if len(plan.goals) == 1 else f"Each of the {len(plan.goals)} goals has"
    return Verdict("Complete", f"{goals} an action, and each open action has steps.", tuple(gaps))


def _clear(plan: Plan) -> Verdict:
    still = plan.open_actions
    gaps = [
        *_lacking(still, lambda action: bool(action.owner), "owner"),
        *_lacking(still, lambda action: action.due is not None, "due date"),
        *_lacking(still, lambda action: bool(action.resources), "resources yet"),
    ]
    return Verdict("Clear", "Each open action says who, what, by when and with what.", tuple(gaps))


def _current(plan: Plan, today: date) -> Verdict:
    still = plan.open_actions
    gaps = []
    due = next_review(plan)
    if due and due < today:
        gaps.append(Gap(f"A review was due on {long_date(due)}."))
    if due is None and not plan.reviews:
        gaps.append(Gap("No review is planned."))
    quiet = tuple(action for action in still if is_silent(action, plan, today))
    unknown = tuple(action for action in still if last_news(action) is None)
    if quiet:
        gaps.append(Gap(f"{named(quiet)} {_has(quiet)} had no news for longer than the review interval.", quiet))
    if unknown:
        gaps.append(Gap(f"{named(unknown)} {_has(unknown)} no dated news.", unknown))
    good = "Each open action has recent news, and no review is late." if still else "Nothing is open."
    return Verdict("Current", good, tuple(gaps))


def _lacking(actions: Sequence[Action], has: Callable[[Action], bool], what: str) -> list[Gap]:
    without = tuple(action for action in actions if not has(action))
    return [Gap(f"{named(without)} {_has(without)} no {what}.", without)] if without else []


def _has(actions: Sequence[Action]) -> str:
    return "has" if len(actions) == 1 else "have"
