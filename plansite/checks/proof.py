"""Whether what was done was also checked: by whom, when, and with what result."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.grounds import Grounds
from plansite.checks.registry import Said, about, rule
from plansite.content.report import shown
from plansite.model.action import Action
from plansite.model.course import awaits_check
from plansite.model.findings import Level
from plansite.model.people import same_name
from plansite.model.plan import Incident
from plansite.model.status import CheckResult, Status
from plansite.model.words import listed, long_date


@rule("PS320", Level.WARNING, Grounds.actions)
def embedded_without_proof(_: Grounds, action: Action) -> Iterator[Said]:
    """An action is embedded, and its file does not prove it.

    Embedded means that somebody other than the owner checked that it lasts, and that something shows it. That takes
    evidence, and a verification with a date and the result `passed`.

    Example: `status: embedded` without `verification`. Set it to `completed` until the check is made.
    """
    if action.status is not Status.EMBEDDED:
        return
    check = action.verification
    lacks = {
        "evidence": not action.evidence,
        "a verification": check is None,
        "the day of the check": check is not None and check.date is None,
        "the result of the check": check is not None and check.result is None,
    }
    missing = [name for name, is_missing in lacks.items() if is_missing]
    if missing:
        message = f"it is embedded without {listed(missing)}"
        yield about(action, message, "add what is missing, or set the status to `completed`", field="status")


@rule("PS321", Level.WARNING, Grounds.actions)
def verified_by_owner(grounds: Grounds, action: Action) -> Iterator[Said]:
    """The owner of an action is also the one who checks it.

    A check counts when somebody else makes it.

    Example: `owner: Maintenance` and `verification: {by: Maintenance}`. Name another role.
    """
    checker = action.verification.by if action.verification else ""
    if not checker:
        return
    owner, same = grounds.declared.find(action.owner), same_name(checker) == same_name(action.owner)
    if same or (owner and grounds.declared.find(checker) is owner):
        message = f"{shown(checker)} is to check their own action"
        yield about(action, message, "name somebody else under `by`", field="verification")


@rule("PS322", Level.WARNING, Grounds.actions)
def failed_verification(_: Grounds, action: Action) -> Iterator[Said]:
    """The check found that it did not work, and the action is closed all the same.

    What was promised is then not there, and nobody has it to do.

    Example: `status: completed` and `verification: {result: failed}`. Set it to `in progress`, with a new date.
    """
    check = action.verification
    if check and check.result is CheckResult.FAILED and action.status in (Status.COMPLETED, Status.EMBEDDED):
        message = f"the check failed, and the action is {action.status}"
        remedy = "open it again with a new due date, or add the later check that passed"
        yield about(action, message, remedy, field="verification")


@rule("PS323", Level.HINT, Grounds.actions)
def overdue_verification(grounds: Grounds, action: Action) -> Iterator[Said]:
    """An action is completed, and the day of its check has passed.

    "Completed" is what the owner says. Whether it changed anything, the check will show.

    Example: `verification: {by: Registered Manager, due: 2025-01-10}`, and it is 20 January.
    """
    check = action.verification
    if check and check.due and check.due < grounds.today and awaits_check(action):
        message = f"the check was due on {long_date(check.due)}"
        yield about(action, message, "make it, and add `date` and `result`; or move it", field="verification")


@rule("PS324", Level.WARNING, Grounds.incidents)
def unanswered_finding(_: Grounds, incident: Incident) -> Iterator[Said]:
    """Something was found when an incident was looked into, and no action answers it.

    Whoever reads the incident asks what was done about it.

    Example: `findings: [{text: The stair runner had a raised edge}]`. Add `actions: [4]`.
    """
    for finding in incident.findings:
        if not finding.actions:
            message = f"no action answers {shown(finding.text)}"
            yield about(incident, message, "add `actions:` with the numbers of those that do", field="findings")
