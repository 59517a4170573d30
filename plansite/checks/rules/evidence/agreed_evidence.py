"""Evidence: what was agreed and is missing, and what does not count any longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_actions
from plansite.content.report import quote_text
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.evidence.expiry import expires_soon, is_expired
from plansite.model.evidence.matching import match_action_evidence, may_still_come
from plansite.model.findings import Level
from plansite.model.formatting import format_list, format_long_date
from plansite.model.site import Site

#: Of how many missing pieces of evidence a message gives the names.
_MAX_NAMED = 3


def _list_documents(site: Site) -> Iterable[Action | Incident]:
    for plan in site.plans:
        yield from plan.actions
        yield from plan.incidents


@rule("PS451", Level.WARNING, list_actions)
def missing_evidence(_: CheckContext, action: Action) -> Iterator[Violation]:
    """An action is finished, but evidence that was agreed at the start is missing.

    While its planned check has no result yet, the evidence may still come. What `evidence_needed` names is answered by
    evidence with the same label, else by evidence of the same kind. Each piece of evidence answers one.

    Example: `evidence_needed: [Audit of 20 care plans]`, and `evidence` does not have it. Add it, or open the action
    again.
    """
    is_due = action.evidence_needed and action.is_finished and not may_still_come(action)
    missing = match_action_evidence(action).missing if is_due else ()
    if missing:
        names = [quote_text(item.label) for item in missing[:_MAX_NAMED]]
        names += [f"{len(missing) - _MAX_NAMED:,} more"] if len(missing) > _MAX_NAMED else []
        message = f"it is finished, but the evidence {format_list(names)} is missing"
        remedy = "add it under `evidence` with the same label or kind, or set the status to `in progress`"
        yield flag(action, message, remedy, field="evidence_needed")


@rule("PS452", Level.WARNING, _list_documents)
def expired_evidence(context: CheckContext, document: Action | Incident) -> Iterator[Violation]:
    """The last day of a piece of evidence has passed.

    A certificate or an audit that has run out no longer shows that things are as they should be.

    Example: `{label: Gas safety certificate, expires: 2025-01-12}`, and it is 13 January. Add the new one, and delete
    `expires` from the old one if it is kept for the record.
    """
    for evidence in document.evidence:
        if evidence.expires and is_expired(evidence, context.today):
            message = f"{quote_text(evidence.label or evidence.url)} expired on {format_long_date(evidence.expires)}"
            yield flag(document, message, "add newer evidence, with the day on which it expires", field="evidence")


@rule("PS453", Level.HINT, _list_documents)
def evidence_expires_soon(context: CheckContext, document: Action | Incident) -> Iterator[Violation]:
    """The last day of a piece of evidence is at most 30 days away.

    There is still time to ask for the new one.

    Example: `{label: Gas safety certificate, expires: 2025-02-12}`, and it is 20 January.
    """
    for evidence in document.evidence:
        if evidence.expires and expires_soon(evidence, context.today):
            message = f"{quote_text(evidence.label or evidence.url)} expires on {format_long_date(evidence.expires)}"
            yield flag(document, message, "ask for newer evidence now", field="evidence")
