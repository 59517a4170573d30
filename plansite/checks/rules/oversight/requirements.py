"""What others ask and decide: requirements, responses, more time, escalations, and controls that hold meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_actions, list_open_actions, list_plans
from plansite.content.report import quote_text
from plansite.model.decisions import (
    DECISION_DAYS,
    find_due_when_asked,
    find_granted_extension,
    iterate_pending_escalations,
)
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import Escalation, Extension, ExtensionDecision
from plansite.model.documents.records.requirements import RequirementLevel, ResponseDecision, YesOrNo
from plansite.model.findings import Level
from plansite.model.formatting import format_days, format_long_date, shorten
from plansite.model.interim_checks import OpenControl, find_checker, list_open_controls
from plansite.model.status import Priority

_MAX_CONTROL_LENGTH = 80


@rule("PS431", Level.HINT, list_actions)
def must_without_regulation(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action must be done, but the regulation is not given.

    “Must” means that a regulation was breached. Readers and the regulator want to know which one.

    Example: `requirement: {level: must}`. Add `regulation: hsca-2014/17`.
    """
    asked = action.requirement
    if asked and asked.level is RequirementLevel.MUST and not asked.regulation.strip():
        remedy = "add `regulation:` with its number and where it comes from"
        yield flag(action, "it must be done, but the regulation is not given", remedy, field="requirement")


@rule("PS432", Level.WARNING, list_actions)
def breach_without_must(_: CheckContext, action: Action) -> Iterator[Violation]:
    """A regulation was breached, but the action is not one that must be done.

    After a breach the regulator requires an action. “Should” and “recommendation” are for improvements without one.

    Example: `requirement: {level: should, regulation: hsca-2014/12, breach: yes}`. Set `level: must`.
    """
    asked = action.requirement
    if asked and asked.breach is YesOrNo.YES and asked.level and asked.level is not RequirementLevel.MUST:
        message = f"a regulation was breached, but its level is “{asked.level}”"
        yield flag(action, message, "set `level: must`, or `breach: no`", field="requirement")


@rule("PS433", Level.HINT, list_open_actions)
def must_without_interim(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An open action of high priority must be done, and nothing says what keeps people safe until then.

    Somebody may come to harm before it is done. If nothing is needed meanwhile, it may not be of high priority.

    Example: `priority: high` and `requirement: {level: must}`. Add `interim: Night staff carry torches`.
    """
    asked = action.requirement
    is_must = asked is not None and asked.level is RequirementLevel.MUST
    if is_must and action.priority is Priority.HIGH and action.interim is None:
        message = "it must be done and has high priority, but nothing says what keeps people safe until then"
        remedy = "add `interim:` with the control, who checks it and how often"
        yield flag(action, message, remedy, field="requirement")


@rule("PS434", Level.WARNING, list_actions)
def not_accepted_without_reason(_: CheckContext, action: Action) -> Iterator[Violation]:
    """A recommendation was not accepted, and the reason is missing.

    With a reason the action ends there. Without one it stays open, and becomes late.

    Example: `response: {decision: not accepted}`. Add `reason: The building cannot carry a lift`.
    """
    answer = action.response
    if answer and answer.decision is ResponseDecision.NOT_ACCEPTED and not answer.reason.strip():
        stays = ", so the action stays open" if action.is_open else ""
        message = f"it was not accepted, but the reason is missing{stays}"
        yield flag(action, message, "add `reason:` to `response`", field="response")


@rule("PS435", Level.HINT, list_actions)
def partly_accepted_without_reason(_: CheckContext, action: Action) -> Iterator[Violation]:
    """A recommendation was accepted in part, and nothing says which part was not, and why.

    Whoever made it will ask.

    Example: `response: {decision: partly accepted}`. Add `reason: The landlord owns the stairs`.
    """
    answer = action.response
    if answer and answer.decision is ResponseDecision.PARTLY_ACCEPTED and not answer.reason.strip():
        message = "it was accepted in part, but nothing says why"
        yield flag(action, message, "add `reason:` to `response`", field="response")


@rule("PS436", Level.WARNING, list_open_actions)
def extension_not_applied(_: CheckContext, action: Action) -> Iterator[Violation]:
    """The due date of an open action does not agree with what was decided about more time.

    Either the date was not moved, or it was moved further than agreed.

    Example: `due: 2025-01-31` and `extension: [{until: 2025-02-28, decision: granted}]`. Set `due: 2025-02-28`, and
    keep the earlier date in `due_history`.
    """
    granted, due = find_granted_extension(action), action.due
    if due is None:
        return
    if granted and granted.until and due != granted.until:
        until, is_due = format_long_date(granted.until), f"it is due {_format_day(due)}"
        was_applied = any(move.due == granted.until for move in action.due_history)
        if due > granted.until:
            message, remedy = f"{is_due}, but more time was granted only until {until}", "correct `due:`, or ask again"
            yield flag(action, message, remedy, field="extension")
        elif not was_applied:
            message, remedy = (
                f"more time was granted until {until}, but {is_due}",
                "move `due:`, and note the earlier date",
            )
            yield flag(action, message, f"{remedy} in `due_history`", field="extension")
    elif granted is None:
        yield from _find_refused_moves(action, due)


def _find_refused_moves(action: Action, due: date) -> Iterator[Violation]:
    """Where more time was refused, and the due date was moved that far all the same."""
    for extension in action.extension:
        if extension.decision is ExtensionDecision.REFUSED and extension.until and extension.until <= due:
            before = find_due_when_asked(action, extension)
            if before and before < extension.until:
                message = (
                    f"more time was refused until {format_long_date(extension.until)}, but it is due {_format_day(due)}"
                )
                yield flag(action, message, "correct `due:`, or write down the later decision", field="extension")


def _format_day(day: date) -> str:
    return f"on {format_long_date(day)}"


@rule("PS437", Level.WARNING, list_actions)
def contradicting_decision(_: CheckContext, action: Action) -> Iterator[Violation]:
    """The dates of an extension or escalation contradict each other, or a decision has a day but no result.

    Usually one of the dates is mistyped.

    Example: `extension: [{until: 2025-02-28, asked: 2025-01-20, decision: granted, decided: 2025-01-02}]`. It was
    decided before it was asked for.
    """
    for extension in action.extension:
        for message, remedy in _list_extension_faults(action, extension):
            yield flag(action, message, remedy, field="extension")
    for escalation in action.escalated:
        for message, remedy in _list_escalation_faults(escalation):
            yield flag(action, message, remedy, field="escalated")


def _list_extension_faults(action: Action, extension: Extension) -> Iterator[tuple[str, str]]:
    name = f"the extension until {format_long_date(extension.until)}" if extension.until else "the extension"
    due, is_granted = find_due_when_asked(action, extension), extension.decision is ExtensionDecision.GRANTED
    if extension.until and extension.asked and extension.until < extension.asked:
        yield f"{name} was asked for on {format_long_date(extension.asked)}, after that day", "correct one of the dates"
    elif extension.until and due and extension.until < due and not is_granted:
        yield f"{name} ends before the action is due, on {format_long_date(due)}", "correct `until` or `due`"
    if extension.asked and extension.decided and extension.decided < extension.asked:
        yield f"{name} was decided before it was asked for", "correct `asked` or `decided`"
    if extension.decided and extension.decision is None:
        yield f"{name} was decided, but not how", "add `decision: granted` or `decision: refused`"


def _list_escalation_faults(escalation: Escalation) -> Iterator[tuple[str, str]]:
    name = f"the escalation to {quote_text(escalation.to)}"
    if escalation.date and escalation.decided and escalation.decided < escalation.date:
        yield f"{name} was decided before it was taken there", "correct `date` or `decided`"
    if escalation.decided and not escalation.decision.strip():
        yield f"{name} was decided, but not how", "add `decision:` with what was decided"


@rule("PS438", Level.HINT, list_open_actions)
def undecided_escalation(context: CheckContext, action: Action) -> Iterator[Violation]:
    """A difficulty was taken to somebody more than two weeks ago, and there is no decision.

    The action waits meanwhile.

    Example: `escalated: [{to: Director of Care, date: 2025-01-02}]`, and it is 20 January. Ask again, or add
    `decision:`.
    """
    for escalation in iterate_pending_escalations(action):
        days = (context.today - escalation.date).days if escalation.date else 0
        if days > DECISION_DAYS:
            message = f"{quote_text(escalation.to)} has not decided in {format_days(days)}"
            yield flag(action, message, "ask again, or add `decision:` and `decided:`", field="escalated")


@rule("PS439", Level.HINT, list_plans)
def unchecked_interim_control(context: CheckContext, plan: Plan) -> Iterator[Violation]:
    """The check of an interim control is late, or no check is planned.

    A control that nobody checks tends to stop, and then nothing keeps people safe until the action is done.

    Example: `interim: {control: Night staff carry torches, every: 1 week, checked: 2025-01-02}`, and it is 20 January.
    Make the check and write its day in `checked`.
    """
    for each in list_open_controls(context.site, plan):
        message, remedy = _describe_unchecked(context, each)
        if message:
            field = "findings" if each.finding else "interim"
            name = quote_text(shorten(each.control.control, _MAX_CONTROL_LENGTH))
            yield flag(each.document, f"{name}: {message}", remedy, field=field)


def _describe_unchecked(context: CheckContext, each: OpenControl) -> tuple[str, str]:
    """What is wrong with the check of an interim control, and the remedy; empty if nothing is."""
    due = each.next_check
    if due is None:
        return "no day is set for the next check", "add `every:` and `checked:`, or `next:`"
    if due < context.today:
        return f"its check was due on {format_long_date(due)}", "make the check, and write its day in `checked:`"
    if not find_checker(context.site, each.control, each.document.owner):
        return "nobody is named to check it", "add `by:` with who checks it"
    return "", ""
