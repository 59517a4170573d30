"""Requirements, responses, extensions and escalations of actions, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.model.decisions import (
    find_granted_extension,
    iterate_pending_escalations,
    iterate_pending_extensions,
)
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import Escalation, Extension, ExtensionDecision
from plansite.model.documents.records.requirements import (
    RecommendationResponse,
    ResponseDecision,
    YesOrNo,
)
from plansite.model.documents.request_answers import (
    describe_request_day,
    describe_silence,
    get_question,
    iterate_pending_requests,
)
from plansite.model.formatting import format_long_date
from plansite.model.site import Site

_RESPONSE_WORDS = {
    ResponseDecision.ACCEPTED: "Accepted",
    ResponseDecision.PARTLY_ACCEPTED: "Partly accepted",
    ResponseDecision.NOT_ACCEPTED: "Not accepted",
}


def name_requirement(action: Action) -> str:
    """How strongly an action is asked for: "Must do", "Should do", "Recommended"; "" if nothing is said of that."""
    asked = action.requirement
    return asked.level.label if asked and asked.level else ""


def describe_requirement(action: Action) -> str:
    """How strongly it is asked for, and the regulation: "Must do: hsca-2014/17 (breach)"; "" if neither is given."""
    asked = action.requirement
    if asked is None:
        return ""
    words = ": ".join(filter(None, (name_requirement(action), asked.regulation.strip())))
    breach = {YesOrNo.YES: "breach", YesOrNo.NO: "no breach", None: ""}[asked.breach]
    return f"{words} ({breach})" if words and breach else words or breach.capitalize()


def name_response(answer: RecommendationResponse | None) -> str:
    """The answer to a recommendation in a word or two: "Partly accepted"; "" if there is none."""
    return _RESPONSE_WORDS[answer.decision] if answer and answer.decision else ""


def describe_response(answer: RecommendationResponse | None) -> str:
    """The answer to a recommendation with its reason, in a sentence; "" if there is none."""
    words, reason = name_response(answer), answer.reason.strip().rstrip(".") if answer else ""
    return f"{words}{f': {reason}' if reason else ''}." if words else ""


def describe_extension(extension: Extension) -> str:
    """More time that was asked for and what was decided, in a sentence, without the reasons."""
    until = f" to {format_long_date(extension.until)}" if extension.until else ""
    if extension.decision is None:
        source = format_source(extension.asked_by, extension.asked)
        return f"An extension{until} was asked for{source}{',' if source else ''} and is not decided yet."
    verb = "granted" if extension.decision is ExtensionDecision.GRANTED else "refused"
    return f"An extension{until} was {verb}{format_source(extension.decided_by, extension.decided)}."


def describe_escalation(escalation: Escalation, *, names_person: bool = True) -> str:
    """To whom a difficulty was taken, when and why, in a sentence; on the page of that person without the name."""
    person = escalation.to.strip() or "somebody with more authority"
    day = f" on {format_long_date(escalation.date)}" if escalation.date else ""
    subject = f"Taken to {person}{day}" if names_person else f"Escalated{day}"
    reason = escalation.reason.strip().rstrip(".")
    return f"{subject}{f': {reason}' if reason else ''}."


def describe_pending_escalation(escalation: Escalation) -> str:
    """The sentence of an escalation that nobody has decided."""
    return f"{describe_escalation(escalation)} No decision yet."


def list_open_requests(action: Action) -> Iterator[str]:
    """A sentence for each extension and escalation of an action that is not decided."""
    yield from map(describe_extension, iterate_pending_extensions(action))
    for escalation in iterate_pending_escalations(action):
        yield describe_pending_escalation(escalation)


def list_unanswered_requests(site: Site, action: Action, today: date) -> Iterator[str]:
    """A sentence for each update that the owner of an action was asked for and has not answered."""
    for request in iterate_pending_requests(site, action):
        words = f"{describe_request_day(request)}: {get_question(request)}"
        yield f"{words if words.endswith(('.', '!', '?')) else f'{words}.'} {describe_silence(request, today)}."


def name_extension(action: Action) -> str:
    """Whether more time was asked for an action and is not decided, or was granted, in a few words; "" for neither."""
    if next(iterate_pending_extensions(action), None):
        return "More time asked for"
    return "More time granted" if find_granted_extension(action) else ""


def describe_due_and_extension(due_note: str, action: Action, *, is_short: bool = False) -> str:
    """What is said of moves of the due date, and behind it the extension that is not decided.

    Where the date was not moved, also the one that was granted. `is_short` leaves out the days and names.
    """
    pending = next(iterate_pending_extensions(action), None)
    extension = pending or (None if due_note else find_granted_extension(action))
    if extension is None:
        return due_note
    words = f"{name_extension(action)}." if is_short else describe_extension(extension)
    return f"{due_note} {words}".strip()


def format_source(name: str, day: date | None) -> str:
    """By whom and when: " by Deputy Manager on 20 January 2025"; "" for neither."""
    by = f" by {name.strip()}" if name.strip() else ""
    return f"{by} on {format_long_date(day)}" if day else by
