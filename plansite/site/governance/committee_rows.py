"""The rows of a committee paper: actions with what a committee has to know or decide of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.decisions import iterate_pending_escalations, iterate_pending_extensions
from plansite.model.documents.action import Action, describe_drop
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.due_dates import Extension
from plansite.model.documents.records.requirements import RequirementLevel
from plansite.model.formatting import format_count, format_days, format_due, format_long_date
from plansite.model.governance.outcomes import (
    MeasuredGoals,
    count_due_moves,
    has_outcome,
    is_evaluated,
    is_implemented,
    is_monitored,
    is_watched,
)
from plansite.model.status import Status, VerificationResult
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.oversight.words import describe_extension, describe_pending_escalation
from plansite.site.paper.agenda import find_barrier


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """An action on a committee paper: what is to be known of it, whose it is, and a day with what that is."""

    ref: str
    title: Link
    words: str
    owner: Link
    when: str
    day: date | None
    is_late: bool = False


def build_paper_row(dated_site: SiteOnDate, action: Action, words: str = "") -> PaperRow:
    """An open action by when it is due; a closed one by when it was finished or dropped."""
    today, is_open = dated_site.today, action.is_open
    day = action.due if is_open else finished_on(action)
    when = format_due(day, today) if is_open and day else "No date" if is_open else "Finished"
    return PaperRow(
        ref=action.ref,
        title=action_link(action),
        words=words,
        owner=owner_link(dated_site.site, action.owner),
        when=describe_drop(action) if action.is_dropped else when,
        day=day,
        is_late=is_open and day is not None and day < today,
    )


def list_decisions(dated_site: SiteOnDate, plan: Plan) -> Iterator[PaperRow]:
    """Open actions on which something has to be decided, with what that is."""
    for action in plan.open_actions:
        reasons = " ".join(_list_decision_reasons(dated_site, action))
        if reasons:
            yield build_paper_row(dated_site, action, reasons)


def _list_decision_reasons(dated_site: SiteOnDate, action: Action) -> Iterator[str]:
    for request in iterate_pending_extensions(action):
        yield describe_request(request)
    yield from map(describe_pending_escalation, iterate_pending_escalations(action))
    if action.status is Status.BLOCKED:
        yield f"Blocked. {find_barrier(action)}".strip()
    requirement, response = action.requirement, action.response
    is_advice = requirement is not None and requirement.level is RequirementLevel.RECOMMENDATION
    if is_advice and (response is None or response.decision is None) and dated_site.site.is_unfiltered:
        yield "A recommendation without a response: accepted, partly accepted or not accepted?"


def describe_request(request: Extension) -> str:
    """A request for more time with its reason, and what was decided, in sentences."""
    reason = request.reason.strip().rstrip(".")
    return f"{describe_extension(request)} {f'The reason: {reason}.' if reason else ''}".strip()


def list_moved(dated_site: SiteOnDate, plan: Plan) -> Iterator[PaperRow]:
    """Open actions whose due date has moved, those that moved furthest first."""
    moved = [action for action in plan.open_actions if count_due_moves(action)]
    for action in sorted(moved, key=lambda action: (-action.slippage, action.sort_key)):
        first, days = action.original_due, action.slippage
        words = f"{format_count(count_due_moves(action), 'move')}, first due {format_long_date(first)}" if first else ""
        later = f": {format_days(days)} later" if days > 0 else f": {format_days(-days)} earlier" if days else ""
        yield build_paper_row(dated_site, action, f"{words}{later}.")


def list_requests(dated_site: SiteOnDate, plan: Plan, since: date) -> Iterator[PaperRow]:
    """Requests for more time: those of open actions, and of closed ones those that were decided since that day."""
    for action in plan.actions:
        requests = [
            request
            for request in action.extension
            if action.is_open or (request.decided is not None and request.decided >= since)
        ]
        if requests:
            yield build_paper_row(dated_site, action, " ".join(map(describe_request, requests)))


def list_closed(dated_site: SiteOnDate, actions: Sequence[Action], since: date) -> list[PaperRow]:
    """What was completed or cancelled since a day, the newest first."""
    closed = [
        (day, action) for action in actions if not action.is_open and (day := finished_on(action)) and day >= since
    ]
    closed.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].sort_key))
    return [build_paper_row(dated_site, action, _describe_closing(action)) for _, action in closed]


def _describe_closing(action: Action) -> str:
    check = action.verification
    if action.is_dropped:
        return f"Reason: {action.drop_reason.rstrip('.')}." if action.drop_reason else "No reason is given."
    if check and check.result is VerificationResult.PASSED:
        by, on = f" by {check.by}" if check.by else "", f" on {format_long_date(check.date)}" if check.date else ""
        return f"Checked{by}{on}."
    return "Awaiting verification." if action.awaits_verification else ""


def list_worked(dated_site: SiteOnDate, plan: Plan, goals: MeasuredGoals) -> Iterator[PaperRow]:
    """Every implemented action, with whether it is monitored and evaluated, and what is missing."""
    is_whole = dated_site.site.is_unfiltered
    for action in filter(is_implemented, plan.actions):
        monitored, evaluated = is_monitored(action, goals), is_evaluated(action, goals)
        words = " ".join(
            (
                "Monitored." if monitored else f"Not monitored{_explain(_list_unmonitored(action, goals), is_whole)}.",
                "Evaluated." if evaluated else f"Not evaluated{_explain(_list_unevaluated(action, goals), is_whole)}.",
            )
        )
        yield build_paper_row(dated_site, action, words)


def _explain(missing: Iterator[str], is_whole: bool) -> str:
    """What is missing. Where it may only be hidden, nothing is said of it."""
    return f" ({', '.join(missing)})" if is_whole else ""


def _list_unmonitored(action: Action, goals: MeasuredGoals) -> Iterator[str]:
    if not action.evidence:
        yield "no evidence"
    if not is_watched(action, goals):
        yield "no check, repeat checks or measure"


def _list_unevaluated(action: Action, goals: MeasuredGoals) -> Iterator[str]:
    if action.verification is None or action.verification.result is None:
        yield "no check with a result"
    if not has_outcome(action, goals):
        yield "no outcome or measure"
