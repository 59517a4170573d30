"""A plan's communication protocol: who has agreed to use it, how often it is reviewed, and whose voices it heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.field_groups import Voice
from plansite.model.formatting import format_count
from plansite.model.people import normalise_name
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.model.status import Participant
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_address, profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail

_VOICE_NAMES = {
    Participant.PERSON: "The person",
    Participant.CARER: "Carer or guardian",
    Participant.STAFF: "Staff",
    Participant.PARTNERS: "Partners",
}


@dataclass(frozen=True, slots=True)
class AgencyAgreement:
    """One agency's part. `is_listed` is False for an agency that takes part without an entry of its own."""

    agency: Link
    contact: str
    agreed: date | None
    is_listed: bool


@dataclass(frozen=True, slots=True)
class VoiceView:
    """Whose voice, when, and what was said; or in `why_not` the reason why they were not involved."""

    who: str
    day: date | None
    said: str
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolView:
    """What the page shows. `unheard` names those of whom neither section says a word."""

    head: PlanHeader
    every: str
    sponsor: Link
    owner: Link
    parts: tuple[AgencyAgreement, ...]
    parts_note: str
    involved: tuple[VoiceView, ...]
    uninvolved: tuple[str, ...]
    views: tuple[VoiceView, ...]
    unasked: tuple[str, ...]


def build_protocol_page(dated_site: SiteOnDate, plan: Plan) -> Page:
    """How the agencies of a plan work on it together, with lines to sign when printed."""
    site, parts = dated_site.site, tuple(_list_agreements(dated_site.site, plan))
    every = plan.review_every.text.removeprefix("every ").removeprefix("1 ") if plan.review_every else ""
    view = ProtocolView(
        head=build_plan_header(dated_site, plan, "protocol"),
        every=f"Every {every}" if every else "",
        sponsor=profile_link(site, plan.sponsor),
        owner=profile_link(site, plan.owner),
        parts=parts,
        parts_note=_describe_agreements(parts),
        involved=tuple(_build_voice_view(voice) for voice in plan.involvement),
        uninvolved=_list_unheard(plan.involvement),
        views=tuple(_build_voice_view(voice) for voice in plan.views),
        unasked=_list_unheard(plan.views),
    )
    return Page(
        path=plan_address(plan.slug, "protocol"),
        template="protocol.html",
        title=f"Protocol: {plan.title}",
        view=view,
        section="index.html",
        trail=build_plan_trail(plan, Link("Protocol")),
    )


def _list_agreements(site: Site, plan: Plan) -> Iterator[AgencyAgreement]:
    """Agencies as the protocol lists them, then those that take part in the plan but are not listed."""
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
    agreed = sum(part.agreed is not None for part in agreements)
    if not agreements:
        return ""
    if agreed == len(agreements):
        return "All have agreed." if agreed > 1 else "It has agreed."
    return (
        f"{agreed} of {format_count(len(agreements), 'agency', 'agencies')} {'has' if agreed == 1 else 'have'} agreed."
    )


def _build_voice_view(voice: Voice) -> VoiceView:
    who = _VOICE_NAMES[voice.who] if voice.who else "Not said who"
    return VoiceView(who, voice.when, voice.said, voice.not_involved)


def _list_unheard(voices: tuple[Voice, ...]) -> tuple[str, ...]:
    """Of whom nothing is written, though something is of others."""
    heard = {voice.who for voice in voices}
    return tuple(words for who, words in _VOICE_NAMES.items() if who not in heard) if voices else ()
