"""Verification of finished work: by whom, when, and with what result."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_actions, list_incidents
from plansite.content.report import quote_text
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.requirements import ResponseDecision
from plansite.model.findings import Level
from plansite.model.formatting import format_list, format_long_date
from plansite.model.learning.chain import ends_without_actions
from plansite.model.people import normalise_name
from plansite.model.recurrence import action_recurrence
from plansite.model.status import Status


@rule("PS320", Level.WARNING, list_actions)
def embedded_without_proof(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An action is embedded, but its file lacks the evidence.

    Embedded means that somebody other than the owner checked that it lasts, and that something shows it. That takes
    evidence, and a verification with a name, a date and the result `passed`.

    Example: `status: embedded` without `verification`. Set it to `completed` until the check is made.
    """
    if action.status is not Status.EMBEDDED:
        return
    check = action.verification
    is_missing = {
        "evidence": not action.evidence,
        "a verification": check is None,
        "the name of whoever checked": check is not None and not check.by.strip(),
        "the day of the check": check is not None and check.date is None,
        "the result of the check": check is not None
        and check.result is None
        and not _has_unreadable_result(context, action),
    }
    missing = [name for name, missing in is_missing.items() if missing]
    if missing:
        message = f"it is embedded without {format_list(missing)}"
        yield flag(action, message, "add what is missing, or set the status to `completed`", field="status")


@rule("PS321", Level.WARNING, list_actions)
def verified_by_owner(context: CheckContext, action: Action) -> Iterator[Violation]:
    """The owner of an action is also the one who checks it.

    A check counts only if somebody else makes it. A person with two names, such as a title and the name of their file,
    counts as one.

    Example: `owner: Maintenance` and `verification: {by: Maintenance}`. Name another role.
    """
    check = action.verification
    if check is None or not check.by.strip():
        return
    checker, is_made = check.by, check.result or check.date
    owner = context.declared_people.find(action.owner)
    if normalise_name(checker) == normalise_name(action.owner) or (
        owner and context.declared_people.find(checker) is owner
    ):
        message = f"{quote_text(checker)} {'checked' if is_made else 'is to check'} their own action"
        yield flag(action, message, "name somebody else under `by`", field="verification")


@rule("PS322", Level.WARNING, list_actions)
def failed_verification(_: CheckContext, action: Action) -> Iterator[Violation]:
    """The check failed, but the action is still marked completed or embedded.

    The site counts such an action as open again, with its old due date, because the work is not done yet.

    Example: `status: completed` and `verification: {result: failed}`. Set it to `in progress`, with a new date.
    """
    if action.is_reopened:
        message = f"the check failed, so it counts as open, but the file says that it is {action.status}"
        remedy = "set it to `in progress` with a new due date, or write down the later check that passed"
        yield flag(action, message, remedy, field="verification")


@rule("PS323", Level.HINT, list_actions)
def overdue_verification(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An action is completed, and its check is overdue.

    "Completed" is what the owner says. The check shows whether it worked.

    Example: `verification: {by: Registered Manager, due: 2025-01-10}`, and it is 20 January.
    """
    check = action.verification
    if check and check.due and check.due < context.today and action.awaits_verification:
        message = f"the check was due on {format_long_date(check.due)}"
        yield flag(
            action, message, "make the check and add `date` and `result`, or move its date", field="verification"
        )


@rule("PS324", Level.WARNING, list_incidents)
def unanswered_finding(context: CheckContext, incident: Incident) -> Iterator[Violation]:
    """A finding of an incident has no action, or all of its actions were cancelled.

    Readers will ask what was done about it. It may end without actions, if it says why: in a `response` that does not
    accept it, or in `no_actions` beside a `learning_response`.

    Example: `findings: [{text: The stair runner had a raised edge}]`. Add `actions: [4]`.
    """
    if ends_without_actions(incident):
        return
    for finding in incident.findings:
        if finding.response and finding.response.decision is ResponseDecision.NOT_ACCEPTED:
            continue
        named = [context.site.find_action(name, incident.plan) for name in finding.actions]
        if not named:
            message = f"no action deals with {quote_text(finding.text)}"
            yield flag(incident, message, "add `actions:` with their numbers", field="findings")
        elif all(action and action.is_dropped and not action.is_declined for action in named):
            message = f"all actions for {quote_text(finding.text)} were cancelled"
            remedy = "add another action, or a `response` with the reason why there is none"
            yield flag(incident, message, remedy, field="findings")


@rule("PS325", Level.WARNING, list_actions)
def check_without_result(context: CheckContext, action: Action) -> Iterator[Violation]:
    """A check has a date but no result.

    Until there is a result, the action still waits for its check.

    Example: `verification: {by: Registered Manager, date: 2025-01-15}`. Add `result: passed` or `result: failed`.
    """
    check = action.verification
    if check and check.date and action.awaits_verification and not _has_unreadable_result(context, action):
        message = f"the check on {format_long_date(check.date)} has no result"
        yield flag(action, message, "add `result: passed` or `result: failed`", field="verification")


def _has_unreadable_result(context: CheckContext, action: Action) -> bool:
    """Whether a result is given that could not be read."""
    return any((path, field) == (action.path, "result") for path, _, field in context.unreadable_fields)


@rule("PS326", Level.WARNING, list_actions)
def unreadable_repeat(_: CheckContext, action: Action) -> Iterator[Violation]:
    """`repeat` does not say how often and until when, so no repeat check is ever due.

    Write `every` and the time between two checks, then when they stop: `for` a time, `until` a day, or a number of
    `times`. Times are in days, weeks, months or years.

    Example: `repeat: monthly`. Write `every month for 6 months`, `every week until 2025-09-01` or `every 2 weeks 6
    times`.
    """
    if action.repeat.strip() and action_recurrence(action) is None:
        message = f"{quote_text(action.repeat)} is not a complete schedule of checks"
        examples = "`every month for 6 months`, `every week until 2025-09-01` or `every month 6 times`"
        remedy = f"say how often to check and when the checks stop: {examples}"
        yield flag(action, message, remedy, field="repeat")
