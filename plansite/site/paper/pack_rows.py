"""The lists of a review pack: what is late, due, waiting, silent, to be checked, to be decided, and closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dependencies import describe_delay, format_action_reference
from plansite.model.documents.action import Action, describe_drop, describe_reopening
from plansite.model.evidence.matching import describe_received
from plansite.model.formatting import format_days, format_due, format_list, format_long_date
from plansite.model.interim_checks import OpenControl, find_checker
from plansite.model.page_addresses import page_address
from plansite.model.status import Status, VerificationResult
from plansite.site.changes.plan_changes import MIN_MOVES_LISTED
from plansite.site.components.interim import describe_frequency, describe_last_check, format_check_lateness
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link
from plansite.site.oversight.words import list_open_requests, list_unanswered_requests
from plansite.site.paper.agenda import Agenda, AgendaCheck, AgendaItem, find_barrier


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """An action on a list. `when` is what is to be said of `day`; `words` are sentences; `said` is its newest note."""

    ref: str
    title: Link
    owner: Link
    when: str
    day: date | None
    is_late: bool = False
    words: tuple[str, ...] = ()
    said: str = ""
    said_on: date | None = None


def build_item_row(dated_site: SiteOnDate, agenda: Agenda, item: AgendaItem) -> PackRow:
    """An open action with its obstacles and moves, and its newest note."""
    note = item.action.body.latest_note
    words = (
        describe_reopening(item.action, agenda.as_at),
        describe_item_moves(item),
        describe_waits(agenda, item) if item.waits_for or item.action.status is Status.BLOCKED else "",
        _describe_evidence(dated_site, item.action),
    )
    return _build_row(
        dated_site, item.action, words, said=note.text if note else "", said_on=note.date if note else None
    )


def build_waiting_row(dated_site: SiteOnDate, agenda: Agenda, item: AgendaItem) -> PackRow:
    """An open action that waits for others or is blocked, with what it waits for."""
    return _build_row(dated_site, item.action, (describe_waits(agenda, item),))


def build_silent_row(dated_site: SiteOnDate, item: AgendaItem) -> PackRow:
    """An open action without news for longer than the review interval."""
    words = f"No news since {format_long_date(item.last_news)}." if item.last_news else "No news has been noted yet."
    return _build_row(dated_site, item.action, (words,))


def build_decision_row(dated_site: SiteOnDate, item: AgendaItem, reasons: Iterable[str]) -> PackRow:
    """An open action that needs a decision, with the reasons."""
    return _build_row(dated_site, item.action, reasons)


def list_decision_reasons(dated_site: SiteOnDate, item: AgendaItem) -> Iterator[str]:
    """Why the meeting has to decide something about an open action; nothing if it need not."""
    action = item.action
    if action.status is Status.BLOCKED:
        yield "It is blocked."
    if action.is_reopened:
        yield "Its check failed."
    if len(item.due_moves) >= MIN_MOVES_LISTED:
        yield describe_item_moves(item)
    if not action.owner.strip() and dated_site.site.is_unfiltered:  # else the owner may only be left out
        yield "It has no owner."
    if action.due is None:
        yield "It has no due date."
    yield from list_open_requests(action)
    yield from list_unanswered_requests(dated_site.site, action, dated_site.today)


def describe_item_moves(item: AgendaItem) -> str:
    """How often its due date was moved, and from which day; empty if it was not."""
    moves = item.due_moves
    if not moves:
        return ""
    times = {1: "once", 2: "twice"}.get(len(moves), f"{len(moves):,} times")
    return f"Re-planned {times}. First due {format_long_date(moves[0].before)}."


def describe_waits(agenda: Agenda, item: AgendaItem) -> str:
    """The open actions that it waits for, each with its owner and whether it is late; else what is in its way."""
    if item.waits_for:
        return describe_waits_for(item.waits_for, agenda.plan.slug, agenda.as_at)
    barrier = find_barrier(item.action)
    if barrier:
        return f"Barrier: {barrier}"
    return "Blocked. No reason is given."


def describe_waits_for(others: Iterable[Action], from_plan: str, today: date) -> str:
    """The actions that one in the plan `from_plan` waits for, each with its owner and whether it is late or blocked."""

    def mention(other: Action) -> str:
        details = ", ".join(filter(None, (other.owner, describe_delay(other, today).removeprefix("is "))))
        return format_action_reference(other, from_plan) + (f" ({details})" if details else "")

    return f"Waits for {format_list([mention(other) for other in others])}."


def build_check_row(dated_site: SiteOnDate, agenda: Agenda, check: AgendaCheck) -> PackRow:
    """A check that is to be made, with who makes it and how."""
    action, verification = check.action, check.action.verification
    checker = (verification.by if verification else "") or (action.owner if check.is_repeated else "")
    is_late = check.due is not None and check.due < agenda.as_at
    when = "No date" if check.due is None else "Check by"
    if check.due and is_late:
        when = f"Check late by {format_days((agenda.as_at - check.due).days)}"
    return PackRow(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, checker),
        when=when,
        day=check.due,
        is_late=is_late,
        words=tuple(
            filter(None, (_describe_evidence(dated_site, action), verification.method if verification else ""))
        ),
    )


def build_control_row(dated_site: SiteOnDate, agenda: Agenda, each: OpenControl) -> PackRow:
    """An interim control that is still needed, with who checks it and when."""
    document, due, today = each.document, each.next_check, agenda.as_at
    checker = find_checker(dated_site.site, each.control, document.owner)
    return PackRow(
        ref=document.ref if isinstance(document, Action) else "",
        title=Link(document.title, page_address(document)),
        owner=owner_link(dated_site.site, checker),
        when=format_check_lateness(due, today) or ("Next check" if due else "No day for a check"),
        day=due,
        is_late=due is not None and due < today,
        words=(
            each.control.control.rstrip(".") + ".",
            describe_frequency(each.control),
            describe_last_check(each.control),
        ),
    )


def build_closed_row(dated_site: SiteOnDate, action: Action, day: date) -> PackRow:
    """A closed action with how it was closed."""
    check, words = action.verification, ""
    if action.is_dropped:
        words = f"Reason: {action.drop_reason}." if action.drop_reason else "No reason is given."
    elif action.awaits_verification:
        words = "Awaiting verification."
    elif check and check.result is VerificationResult.PASSED:
        by, on = f" by {check.by}" if check.by else "", f" on {format_long_date(check.date)}" if check.date else ""
        words = f"Checked{by}{on}."
    return PackRow(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        when=describe_drop(action) if action.is_dropped else "Completed",
        day=day,
        words=tuple(filter(None, (words, _describe_evidence(dated_site, action)))),
    )


def _describe_evidence(dated_site: SiteOnDate, action: Action) -> str:
    """How much of the needed evidence is there, as a sentence; empty where none was agreed."""
    words = describe_received(action, is_partial=not dated_site.site.is_unfiltered)
    return f"{words}." if words else ""


def _build_row(
    dated_site: SiteOnDate, action: Action, words: Iterable[str], said: str = "", said_on: date | None = None
) -> PackRow:
    return PackRow(
        ref=action.ref,
        title=action_link(action),
        owner=owner_link(dated_site.site, action.owner),
        when=format_due(action.due, dated_site.today) if action.due else "No date",
        day=action.due,
        is_late=action.is_overdue(dated_site.today),
        words=tuple(filter(None, words)),
        said=said,
        said_on=said_on,
    )
