"""Whether actions were implemented, monitored and evaluated, how old the open ones are, and how their dates moved.

Three separate questions, as regulators and boards ask them. Monitoring needs somebody who looks, in some way, at some
time, and not only the owner's word (Learning Response Review and Improvement Tool, dimension 7: who monitors, how, and
when it is reviewed). Evaluation says what came of it (adapted, adopted or abandoned, in the patient safety plans of NHS
providers).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import Extension, ExtensionDecision
from plansite.model.recurrence import action_recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredGoals:
    """The keys and titles of the goals of a plan that a measure shows, and of those whose measure can tell a change."""

    measured: frozenset[str] = frozenset()
    judged: frozenset[str] = frozenset()


def find_measured_goals(plan: Plan, judged_measures: Collection[str]) -> MeasuredGoals:
    """The goals with a measure that the plan has; `judged_measures` are the slugs of those that can tell a change."""
    slugs = {measure.slug for measure in plan.measures}
    measured = [goal for goal in plan.goals if goal.measure and goal.measure in slugs]
    judged = [goal for goal in measured if goal.measure in judged_measures]
    return MeasuredGoals(
        measured=frozenset(name for goal in measured for name in (goal.key, goal.title) if name),
        judged=frozenset(name for goal in judged for name in (goal.key, goal.title) if name),
    )


def is_agreed(action: Action) -> bool:
    """Whether an action counts at all: it was neither cancelled nor declined."""
    return not action.is_dropped


def is_implemented(action: Action) -> bool:
    """Whether the work is done: completed or embedded, and no check has failed."""
    return action.is_finished


def is_monitored(action: Action, goals: MeasuredGoals) -> bool:
    """Whether an implemented action has evidence, and something that shows whether it lasts.

    That is a check by somebody else, checks that are repeated, or a measure of its goal.
    """
    return is_implemented(action) and bool(action.evidence) and is_watched(action, goals)


def is_watched(action: Action, goals: MeasuredGoals) -> bool:
    """Whether somebody or something looks at an action besides its owner: a check, repeat checks, or a measure."""
    return action.verification is not None or action_recurrence(action) is not None or action.goal in goals.measured


def is_evaluated(action: Action, goals: MeasuredGoals) -> bool:
    """Whether an implemented action was checked with a result, and what came of it is known.

    It is known from the measure of its goal, or from what is written under "Outcome".
    """
    check = action.verification
    return is_implemented(action) and check is not None and check.result is not None and has_outcome(action, goals)


def has_outcome(action: Action, goals: MeasuredGoals) -> bool:
    """Whether something says what came of an action."""
    return action.goal in goals.judged or bool(action.body.section_html("outcome"))


class AgeGroup(StrEnum):
    """How long an open action has been open, since the day it was agreed."""

    MONTH = "0 to 30 days"
    QUARTER = "31 to 90 days"
    HALF_YEAR = "91 to 180 days"
    OLDER = "over 180 days"
    UNKNOWN = "day not noted"


#: The last day of each group but the last two.
_LAST_DAYS = (30, 90, 180)
_AGE_GROUPS = tuple(AgeGroup)


def find_age_group(action: Action, today: date) -> AgeGroup:
    """The group of an open action by the days since it was agreed."""
    if action.created is None:
        return AgeGroup.UNKNOWN
    return _AGE_GROUPS[bisect_left(_LAST_DAYS, (today - action.created).days)]


def count_due_moves(action: Action) -> int:
    """How often the due date of an action moved, as its file says."""
    return sum(move.due is not None for move in action.due_history)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionCounts:
    """How many requests for more time there are, and how many of them were granted, refused and not decided."""

    asked: int
    granted: int
    refused: int
    undecided: int


def count_extensions(extensions: Iterable[Extension]) -> ExtensionCounts:
    """The number of requests by what was decided."""
    decisions = [extension.decision for extension in extensions]
    return ExtensionCounts(
        asked=len(decisions),
        granted=decisions.count(ExtensionDecision.GRANTED),
        refused=decisions.count(ExtensionDecision.REFUSED),
        undecided=decisions.count(None),
    )
