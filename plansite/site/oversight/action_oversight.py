"""What the page of an action says of its interim control, of who asks for it, of more time, and of updates."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.decisions import is_decided
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import Escalation, Extension
from plansite.model.documents.records.requirements import RequirementLevel, ResponseDecision
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.documents.request_answers import PLAIN_QUESTION, describe_silence, find_answer
from plansite.model.formatting import shorten
from plansite.model.site import Site
from plansite.site.components.interim import InterimView, build_action_interim, is_interim_first
from plansite.site.components.page import Link
from plansite.site.components.page_links import profile_link
from plansite.site.oversight.words import name_requirement, name_response
from plansite.site.plan.action_summary import MAX_SUMMARY_LENGTH

_NO_REASON = "No reason is given here, so this action still counts as open."


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementView:
    """Who asks for an action, as facts: how strongly, about which regulation, and whether that was breached."""

    level: str
    is_must: bool
    regulation: str
    breach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseView:
    """The answer to a recommendation in a word or two, with its reason, who gave it and when."""

    words: str
    reason: str
    by: Link
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionView:
    """More time that was asked for. `words` is the decision, empty while there is none."""

    until: date | None
    asked: date | None
    asked_by: Link
    reason: str
    words: str
    decided: date | None
    decided_by: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationView:
    """A difficulty that was taken to somebody; `is_decided` says whether there is a decision."""

    to: Link
    day: date | None
    reason: str
    is_decided: bool
    decision: str
    decided: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequestView:
    """An update that the owner was asked for.

    `answered` is the day of the answer, which `is_unsigned` if it may be of somebody else. Without one `silence` says
    for how long there has been none; empty where nobody could answer.
    """

    question: str
    by: Link
    day: date | None
    answered: date | None
    is_unsigned: bool
    silence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstInterim:
    """The beginning of an interim control, who checks it and when, as the first thing that a page says."""

    words: str
    by: Link
    next: date | None
    late: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOversight:
    """All of these of one action; `first` is what the page begins with, where the control matters most."""

    interim: InterimView | None
    first: FirstInterim | None
    requirement: RequirementView | None
    response: ResponseView | None
    extensions: tuple[ExtensionView, ...]
    escalations: tuple[EscalationView, ...]
    requests: tuple[UpdateRequestView, ...]
    is_open: bool


def build_action_oversight(dated_site: SiteOnDate, action: Action) -> ActionOversight:
    """What others ask and decide about an action."""
    site, interim = dated_site.site, build_action_interim(dated_site, action)
    return ActionOversight(
        interim=interim,
        first=_build_first(interim) if interim and is_interim_first(action) else None,
        requirement=_build_requirement(action),
        response=_build_response(site, action),
        extensions=tuple(_build_extension(site, extension) for extension in action.extension),
        escalations=tuple(_build_escalation(site, escalation) for escalation in action.escalated),
        requests=tuple(build_request_view(dated_site, action, request) for request in action.asked),
        is_open=action.is_open,
    )


def _build_first(interim: InterimView) -> FirstInterim:
    words = shorten(interim.control, MAX_SUMMARY_LENGTH)
    return FirstInterim(words=words, by=interim.by, next=interim.next, late=interim.late)


def _build_requirement(action: Action) -> RequirementView | None:
    asked = action.requirement
    if asked is None:
        return None
    return RequirementView(
        level=name_requirement(action),
        is_must=asked.level is RequirementLevel.MUST,
        regulation=asked.regulation,
        breach=asked.breach.capitalize() if asked.breach else "",
    )


def _build_response(site: Site, action: Action) -> ResponseView | None:
    answer = action.response
    if answer is None:
        return None
    is_unexplained = answer.decision is ResponseDecision.NOT_ACCEPTED and not answer.reason.strip() and action.is_open
    return ResponseView(
        words=name_response(answer),
        reason=_NO_REASON if is_unexplained else answer.reason,
        by=profile_link(site, answer.by),
        day=answer.date,
    )


def _build_extension(site: Site, extension: Extension) -> ExtensionView:
    return ExtensionView(
        until=extension.until,
        asked=extension.asked,
        asked_by=profile_link(site, extension.asked_by),
        reason=extension.reason,
        words=extension.decision.capitalize() if extension.decision else "",
        decided=extension.decided,
        decided_by=profile_link(site, extension.decided_by),
    )


def _build_escalation(site: Site, escalation: Escalation) -> EscalationView:
    return EscalationView(
        to=profile_link(site, escalation.to),
        day=escalation.date,
        reason=escalation.reason,
        is_decided=is_decided(escalation),
        decision=escalation.decision,
        decided=escalation.decided,
    )


def build_request_view(dated_site: SiteOnDate, action: Action, request: UpdateRequest) -> UpdateRequestView:
    """What is said of an update that was asked for."""
    answer = find_answer(dated_site.site, action, request)
    can_answer = action.is_open and bool(action.owner.strip())
    return UpdateRequestView(
        question=request.question.strip() or PLAIN_QUESTION,
        by=profile_link(dated_site.site, request.by),
        day=request.date,
        answered=answer.day if answer else None,
        is_unsigned=answer is not None and answer.is_unsigned,
        silence=describe_silence(request, dated_site.today) if can_answer and not answer else "",
    )
