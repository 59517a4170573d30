"""What the person and their carer said, for the first screen of a plan's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import Voice
from plansite.model.formatting import shorten
from plansite.model.page_addresses import plan_address
from plansite.model.status import Participant
from plansite.site.components.page import Link
from plansite.site.voice.speakers import PERSONAL_KINDS, list_speakers, name_speaker
from plansite.site.voice.you_said import find_answers_link

#: The most characters of a statement on a plan's page; the page with all views has the rest.
MAX_LENGTH = 180
_HEARD = (Participant.PERSON, Participant.CARER)


@dataclass(frozen=True, slots=True)
class QuotationView:
    """A statement, who made it, and when."""

    said: str
    who: str
    day: date | None


@dataclass(frozen=True, slots=True)
class NotInvolvedView:
    """Who was not involved, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVoices:
    """What the person and their carer said. `gap` says that nothing is recorded of a plan about one person.

    `comes_first` says that it is above how the plan is going.
    """

    quotations: tuple[QuotationView, ...]
    not_involved: tuple[NotInvolvedView, ...]
    gap: str
    links: tuple[Link, ...]
    comes_first: bool


def build_plan_voices(dated_site: SiteOnDate, plan: Plan) -> PlanVoices | None:
    """What is said on the first screen of a plan; None if there is nothing.

    Of a plan about one person that is the newest statement of the person and of their carer, of any other plan the
    newest of the person or, failing that, of a carer. Views come before how somebody was involved, which others often
    wrote down. A copy for partners or the public does not say that something is missing: it may only be hidden.
    """
    is_personal = plan.kind in PERSONAL_KINDS
    newest = [voice for who in _HEARD if (voice := _find_newest(plan, who))]
    quotations = newest if is_personal else newest[:1]
    reasons = tuple(_list_reasons(plan)) if is_personal else ()
    is_gap = is_personal and not quotations and not reasons and dated_site.site.is_unfiltered
    if not quotations and not reasons and not is_gap:
        return None
    links = [Link("All views", f"{plan_address(plan.slug, 'protocol')}#{'views' if plan.views else 'involved'}")]
    return PlanVoices(
        quotations=tuple(
            QuotationView(shorten(voice.said, MAX_LENGTH), name_speaker(voice, plan.kind), voice.when)
            for voice in quotations
        ),
        not_involved=reasons,
        gap="Nothing is written down of what the person said." if is_gap else "",
        links=(*links, *find_answers_link(plan)),
        comes_first=is_personal,
    )


def _find_newest(plan: Plan, who: Participant) -> Voice | None:
    """The newest statement of a participant in the views, else in how they were involved; None without any."""
    return _pick_newest(plan.views, who) or _pick_newest(plan.involvement, who)


def _pick_newest(voices: Iterable[Voice], who: Participant) -> Voice | None:
    said = [voice for voice in voices if voice.who is who and voice.said]
    return max(said, key=lambda voice: voice.when or date.min, default=None)


def _list_reasons(plan: Plan) -> Iterator[NotInvolvedView]:
    """Who of the person and their carer has said nothing and was not involved, with the first reason that is given."""
    for who in _HEARD:
        voices = [voice for voice in (*plan.involvement, *plan.views) if voice.who is who]
        if not any(voice.said for voice in voices):
            reasons = (voice.not_involved for voice in voices if voice.not_involved)
            yield from (
                NotInvolvedView(list_speakers(plan.kind)[who], shorten(why, MAX_LENGTH)) for why in [*reasons][:1]
            )
