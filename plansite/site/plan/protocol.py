"""The communication protocol of a plan: agencies that agreed to it, reviews, and people who were involved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import Voice
from plansite.model.formatting import format_count
from plansite.model.links.repository import edit_plan_url
from plansite.model.page_addresses import FRONT_PAGE, plan_address
from plansite.model.people import normalise_name
from plansite.model.site import Site
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.voice.speakers import list_speakers, name_speaker
from plansite.site.voice.you_said import find_answers_link


@dataclass(frozen=True, slots=True)
class AgencyAgreement:
    """An agency, and the day on which it agreed. `is_listed` is False if the protocol has no entry for it."""

    agency: Link
    contact: str
    agreed: date | None
    is_listed: bool


@dataclass(frozen=True, slots=True)
class VoiceView:
    """Who was involved, when, and what they said; `why_not` is the reason for not involving them.

    `did` is what was done about it, `is_waiting` says that nothing is.
    """

    who: str
    day: date | None
    said: str
    why_not: str
    did: str = ""
    is_waiting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolView:
    """What the protocol shows. `uninvolved` and `unasked` are participants whom the two sections do not mention."""

    head: PlanHeader
    edit: str
    every: str
    sponsor: Link
    owner: Link
    agreements: tuple[AgencyAgreement, ...]
    agreements_note: str
    involved: tuple[VoiceView, ...]
    uninvolved: tuple[str, ...]
    views: tuple[VoiceView, ...]
    answers: tuple[Link, ...]
    unasked: tuple[str, ...]


def build_protocol_page(dated_site: SiteOnDate, plan: Plan) -> Page:
    """The protocol of a plan, with lines for signatures in print."""
    site, agreements = dated_site.site, tuple(_list_agreements(dated_site.site, plan))
    every = plan.review_every.text.removeprefix("every ").removeprefix("1 ") if plan.review_every else ""
    view = ProtocolView(
        head=build_plan_header(dated_site, plan, "protocol"),
        edit=edit_plan_url(site, plan, "protocol"),
        every=f"Every {every}" if every else "",
        sponsor=profile_link(site, plan.sponsor),
        owner=profile_link(site, plan.owner),
        agreements=agreements,
        agreements_note=_describe_agreements(agreements),
        involved=tuple(_build_voice_view(voice, plan, asks_answer=False) for voice in plan.involvement),
        uninvolved=_list_unheard(plan, plan.involvement),
        views=tuple(_build_voice_view(voice, plan, asks_answer=site.is_unfiltered) for voice in plan.views),
        answers=find_answers_link(plan),
        unasked=_list_unheard(plan, plan.views),
    )
    return Page(
        path=plan_address(plan.slug, "protocol"),
        template="plan/protocol.html",
        title=f"Protocol: {plan.title}",
        view=view,
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Protocol")),
    )


def _list_agreements(site: Site, plan: Plan) -> Iterator[AgencyAgreement]:
    """The agencies in the protocol, then those that take part in the plan and are not in it."""
    listed = set()
    for entry in plan.protocol:
        link = profile_link(site, entry.agency)
        listed.add(normalise_name(link.text))
        yield AgencyAgreement(link, entry.contact, entry.agreed, is_listed=True)
    for name in plan.agencies:
        link = profile_link(site, name)
        if normalise_name(link.text) not in listed:
            yield AgencyAgreement(link, "", None, is_listed=False)


def _describe_agreements(agreements: tuple[AgencyAgreement, ...]) -> str:
    agreed = sum(agreement.agreed is not None for agreement in agreements)
    if not agreements:
        return ""
    if agreed == len(agreements):
        return "All have agreed." if agreed > 1 else "It has agreed."
    agencies = format_count(len(agreements), "agency", "agencies")
    return f"{agreed} of {agencies} {'has' if agreed == 1 else 'have'} agreed."


def _build_voice_view(voice: Voice, plan: Plan, *, asks_answer: bool) -> VoiceView:
    is_waiting = asks_answer and bool(voice.said) and not voice.did
    return VoiceView(name_speaker(voice, plan.kind), voice.when, voice.said, voice.not_involved, voice.did, is_waiting)


def _list_unheard(plan: Plan, voices: tuple[Voice, ...]) -> tuple[str, ...]:
    """The participants that a section does not mention; none if the section is empty."""
    heard = {voice.who for voice in voices}
    return tuple(name for who, name in list_speakers(plan.kind).items() if who not in heard) if voices else ()
