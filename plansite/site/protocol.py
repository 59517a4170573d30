"""A plan's communication protocol: who has agreed to use it, how often it is reviewed, and whose voices it heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.course import Outlook
from plansite.model.parts import Voice
from plansite.model.people import same_name
from plansite.model.plan import Plan
from plansite.model.site import Site
from plansite.model.status import Involved
from plansite.model.words import count
from plansite.site.addresses import party_link, plan_page
from plansite.site.page import Link, Page
from plansite.site.plan_head import PlanHead, plan_head, plan_trail

_WHO = {
    Involved.PERSON: "The person",
    Involved.CARER: "Carer or guardian",
    Involved.STAFF: "Staff",
    Involved.PARTNERS: "Partners",
}


@dataclass(frozen=True, slots=True)
class Part:
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

    head: PlanHead
    every: str
    sponsor: Link
    owner: Link
    parts: tuple[Part, ...]
    parts_note: str
    involved: tuple[VoiceView, ...]
    uninvolved: tuple[str, ...]
    views: tuple[VoiceView, ...]
    unasked: tuple[str, ...]


def protocol_page(outlook: Outlook, plan: Plan) -> Page:
    """How the agencies of a plan work on it together, with lines to sign when printed."""
    site, parts = outlook.site, tuple(_parts(outlook.site, plan))
    every = plan.review_every.words.removeprefix("every ").removeprefix("1 ") if plan.review_every else ""
    view = ProtocolView(
        head=plan_head(outlook, plan, "protocol"),
        every=f"Every {every}" if every else "",
        sponsor=party_link(site, plan.sponsor),
        owner=party_link(site, plan.owner),
        parts=parts,
        parts_note=_agreed(parts),
        involved=tuple(_voice(voice) for voice in plan.involvement),
        uninvolved=_silent(plan.involvement),
        views=tuple(_voice(voice) for voice in plan.views),
        unasked=_silent(plan.views),
    )
    return Page(
        path=plan_page(plan.slug, "protocol"),
        template="protocol.html",
        title=f"Protocol: {plan.title}",
        view=view,
        section="index.html",
        trail=plan_trail(plan, Link("Protocol")),
    )


def _parts(site: Site, plan: Plan) -> Iterator[Part]:
    """Agencies as the protocol lists them, then those that take part in the plan but are not listed."""
    listed = set()
    for entry in plan.protocol:
        link = party_link(site, entry.agency)
        listed.add(same_name(link.text))
        yield Part(link, entry.contact, entry.agreed, is_listed=True)
    for name in plan.agencies:
        link = party_link(site, name)
        if same_name(link.text) not in listed:
            yield Part(link, "", None, is_listed=False)


def _agreed(parts: tuple[Part, ...]) -> str:
    agreed = sum(part.agreed is not None for part in parts)
    if not parts:
        return ""
    if agreed == len(parts):
        return "All have agreed." if agreed > 1 else "It has agreed."
    return f"{agreed} of {count(len(parts), 'agency', 'agencies')} {'has' if agreed == 1 else 'have'} agreed."


def _voice(voice: Voice) -> VoiceView:
    who = _WHO[voice.who] if voice.who else "Not said who"
    return VoiceView(who, voice.when, voice.said, voice.not_involved)


def _silent(voices: tuple[Voice, ...]) -> tuple[str, ...]:
    """Of whom nothing is written, though something is of others."""
    heard = {voice.who for voice in voices}
    return tuple(words for who, words in _WHO.items() if who not in heard) if voices else ()
