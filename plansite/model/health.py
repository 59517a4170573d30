"""The health of a plan: whether it is complete, clear and current, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.formatting import choose_form, format_count, format_list, format_long_date
from plansite.model.review_dates import is_silent, latest_news_date, next_review_date, silent_from


@dataclass(frozen=True, slots=True)
class HealthGap:
    """What is missing, in one sentence, and the actions concerned."""

    text: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthCriterion:
    """A criterion, with the `reason` why it is met, or the gaps because of which it is not.

    `until` is the first later day on which time alone adds a gap; None if it never does.
    """

    name: str
    reason: str
    gaps: tuple[HealthGap, ...]
    until: date | None = None

    @property
    def holds(self) -> bool:
        """Whether there is no gap."""
        return not self.gaps


def assess_health(
    plan: Plan, today: date, unread_files: str = ""
) -> tuple[HealthCriterion, HealthCriterion, HealthCriterion]:
    """The criteria complete, clear and current, in this order.

    `unread_files` says how many files of the plan were not read: then no criterion holds. It is empty if all were read.
    """
    criteria = _assess_complete(plan), _assess_clear(plan), _assess_current(plan, today)
    if not unread_files:
        return criteria
    gap = HealthGap(unread_files)
    complete, clear, current = (replace(criterion, gaps=(gap, *criterion.gaps)) for criterion in criteria)
    return complete, clear, current


def format_action_refs(actions: Sequence[Action]) -> str:
    """Actions by number ("Actions 3 and 7"); how many ("5 actions") if they are more than 4 or one has no number."""
    refs = [action.ref for action in actions]
    if len(refs) > 4 or not all(refs):
        return format_count(len(actions), "action")
    return f"{choose_form(len(refs), 'Action', 'Actions')} {format_list(refs)}"


def _assess_complete(plan: Plan) -> HealthCriterion:
    used_goals = {goal for action in plan.actions if (goal := plan.find_goal(action.goal))}
    unused_titles = [goal.title for goal in plan.goals if goal not in used_goals]
    gaps = []
    if not plan.actions:
        gaps.append(HealthGap("There are no actions yet."))
    if not plan.goals:
        gaps.append(HealthGap("The plan has no goals."))
    if unused_titles:
        number = len(unused_titles)
        subject = f"“{unused_titles[0]}” has" if number == 1 else f"{number} goals have"
        gaps.append(HealthGap(f"{subject} no action."))
    doubtful = tuple(action for action in plan.open_actions if action.body.has_unread_steps)
    readable = [action for action in plan.open_actions if not action.body.has_unread_steps]
    gaps += _find_gaps(readable, lambda action: bool(action.body.steps), "steps")
    if doubtful:
        gaps.append(HealthGap(f"{_refs_have(doubtful)} steps that could not be read.", doubtful))
    goals = "The goal has" if len(plan.goals) == 1 else f"Each of the {len(plan.goals)} goals has"
    return HealthCriterion("Complete", f"{goals} an action, and each open action has steps.", tuple(gaps))


def _assess_clear(plan: Plan) -> HealthCriterion:
    actions = plan.open_actions
    gaps = [
        *_find_gaps(actions, lambda action: bool(action.owner), "owner"),
        *_find_gaps(actions, lambda action: action.due is not None, "due date"),
        *_find_gaps(actions, lambda action: bool(action.resources), "resources yet"),
    ]
    return HealthCriterion("Clear", "Each open action says who, what, by when and with what.", tuple(gaps))


def _assess_current(plan: Plan, today: date) -> HealthCriterion:
    open_actions = plan.open_actions
    gaps = []
    due = next_review_date(plan)
    if due and due < today:
        gaps.append(HealthGap(f"A review was due on {format_long_date(due)}."))
    if due is None and not plan.reviews:
        gaps.append(HealthGap("No review is planned."))
    silent = tuple(action for action in open_actions if is_silent(action, plan, today))
    undated = tuple(action for action in open_actions if latest_news_date(action) is None)
    if silent:
        gaps.append(HealthGap(f"{_refs_have(silent)} had no news for longer than the review interval.", silent))
    if undated:
        gaps.append(HealthGap(f"{_refs_have(undated)} no dated news.", undated))
    reason = "Each open action has recent news, and no review is late." if open_actions else "Nothing is open."
    return HealthCriterion("Current", reason, tuple(gaps), _find_next_gap(plan, today))


def _find_next_gap(plan: Plan, today: date) -> date | None:
    """The first later day on which a review of the plan is late or an open action has been silent for too long."""
    review = next_review_date(plan)
    days = [add_days(review, 1)] if review else []
    days += [day for action in plan.open_actions if (day := silent_from(action, plan))]
    return min((day for day in days if day > today), default=None)


def _find_gaps(actions: Sequence[Action], predicate: Callable[[Action], bool], noun: str) -> list[HealthGap]:
    """A gap that names the actions for which the predicate is false; an empty list if there are none."""
    without = tuple(action for action in actions if not predicate(action))
    return [HealthGap(f"{_refs_have(without)} no {noun}.", without)] if without else []


def _refs_have(actions: Sequence[Action]) -> str:
    """The start of a sentence: "Action 3 has", "Actions 3 and 7 have"."""
    return f"{format_action_refs(actions)} {choose_form(len(actions), 'has', 'have')}"
