"""Requests about actions that somebody has to decide: more time, and difficulties taken to somebody with authority."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import Escalation, Extension, ExtensionDecision

#: For how many days an escalation may wait for a decision before that is pointed out.
DECISION_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingExtension:
    """More time that was asked for an open action, and is not decided."""

    action: Action
    extension: Extension


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEscalation:
    """A difficulty of an open action that was taken to somebody, who has not decided."""

    action: Action
    escalation: Escalation


def list_pending_extensions(plan: Plan) -> tuple[PendingExtension, ...]:
    """The extensions of a plan that wait for a decision, in the order in which they were asked for."""
    pending = (
        PendingExtension(action=action, extension=extension)
        for action in plan.actions
        for extension in iterate_pending_extensions(action)
    )
    return tuple(sorted(pending, key=lambda each: (each.extension.asked or date.max, each.action.sort_key)))


def list_pending_escalations(plan: Plan) -> tuple[PendingEscalation, ...]:
    """The escalations of a plan that wait for a decision, the oldest first."""
    pending = (
        PendingEscalation(action=action, escalation=escalation)
        for action in plan.actions
        for escalation in iterate_pending_escalations(action)
    )
    return tuple(sorted(pending, key=lambda each: (each.escalation.date or date.max, each.action.sort_key)))


def iterate_pending_extensions(action: Action) -> Iterator[Extension]:
    """The extensions of an action that are not decided; none if it is closed, since it needs no more time."""
    if action.is_open:
        yield from (extension for extension in action.extension if extension.decision is None)


def iterate_pending_escalations(action: Action) -> Iterator[Escalation]:
    """The escalations of an action that are not decided; none if it is closed."""
    if action.is_open:
        yield from (escalation for escalation in action.escalated if not is_decided(escalation))


def is_decided(escalation: Escalation) -> bool:
    """Whether it was decided: the file gives the decision, or the day of it."""
    return bool(escalation.decision.strip()) or escalation.decided is not None


def find_granted_extension(action: Action) -> Extension | None:
    """The extension to the latest day among those that were granted; None if none was."""
    granted = [each for each in action.extension if each.decision is ExtensionDecision.GRANTED and each.until]
    return max(granted, key=lambda each: each.until or date.min, default=None)


def find_due_when_asked(action: Action, extension: Extension) -> date | None:
    """The due date that an action had when an extension was asked for: before the first move since then.

    Without the day on which it was asked, the present due date.
    """
    if extension.asked:
        for move in action.due_history:
            if move.due and move.moved and move.moved >= extension.asked:
                return move.due
    return action.due
