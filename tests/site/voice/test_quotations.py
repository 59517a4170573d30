"""What is said on the first screen of a plan: the person first, the newest words, and why somebody was not involved."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import Voice
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Participant, PlanKind
from plansite.site.components.page import Link
from plansite.site.voice.quotations import MAX_LENGTH, PlanVoices, build_plan_voices

PERSON, CARER, STAFF = Participant.PERSON, Participant.CARER, Participant.STAFF
PERSONAL = PlanKind.INTEGRATED


def _voice(who: Participant | None, day: int, said: str = "", did: str = "") -> Voice:
    return Voice(who=who, when=date(2025, 1, day), said=said, did=did)


def _build(
    *views: Voice, involvement: tuple[Voice, ...] = (), kind: PlanKind = PERSONAL, is_unfiltered: bool = True
) -> PlanVoices | None:
    plan = Plan(slug="p", path="p.md", kind=kind, views=views, involvement=involvement)
    site = Site(settings=Settings(title="S"), plans=(plan,), is_unfiltered=is_unfiltered)
    return build_plan_voices(SiteOnDate(site, date(2025, 1, 20)), plan)


def _said(voices: PlanVoices | None) -> list[tuple[str, str]]:
    assert voices is not None
    return [(each.who, each.said) for each in voices.quotations]


def test_the_newest_words_of_the_person_then_of_the_carer() -> None:
    """Staff and partners are on the page with all views."""
    voices = _build(
        _voice(CARER, 19, "carer"), _voice(PERSON, 2, "old"), _voice(STAFF, 20, "staff"), _voice(PERSON, 9, "new")
    )
    assert _said(voices) == [("The person", "new"), ("Carer or guardian", "carer")]
    assert voices is not None
    assert voices.comes_first


@pytest.mark.parametrize("kind", [PlanKind.SERVICE, PlanKind.IMPROVEMENT])
def test_other_plans_have_one_quotation(kind: PlanKind) -> None:
    """After how the plan is going; a carer speaks where no person does."""
    both = _build(_voice(CARER, 19, "carer"), _voice(PERSON, 2, "person"), kind=kind)
    assert _said(both) == [("People who use the service", "person")]
    assert both is not None
    assert not both.comes_first
    assert _said(_build(_voice(CARER, 19, "carer"), kind=kind)) == [("Relatives and carers", "carer")]


def test_views_come_before_how_they_were_involved() -> None:
    """Also an older view, since others often wrote down how somebody took part."""
    involvement = (_voice(PERSON, 18, "He chose the goals."), _voice(CARER, 18, "She came."))
    assert _said(_build(_voice(PERSON, 2, "My telly is in a box."), involvement=involvement)) == [
        ("The person", "My telly is in a box."),
        ("Carer or guardian", "She came."),
    ]


def test_a_long_statement_is_cut() -> None:
    """The link leads to all of it."""
    voices = _build(_voice(PERSON, 2, "word " * 100))
    (_, said), *_ = _said(voices)
    assert len(said) <= MAX_LENGTH
    assert said.endswith("…")
    assert voices is not None
    assert voices.links == (Link("All views", "plans/p/protocol.html#views"),)


def test_who_was_not_involved_and_why() -> None:
    """The first reason given, unless they did say something; only in a plan about one person."""
    involvement = (
        Voice(who=CARER, not_involved="He asked us not to ring her."),
        Voice(who=PERSON, not_involved="He was ill."),
        Voice(who=STAFF, not_involved="Away."),
    )
    view = _voice(PERSON, 2, "Hello")
    voices = _build(view, Voice(who=CARER, not_involved="Later."), involvement=involvement)
    assert voices is not None
    assert [(each.who, each.why) for each in voices.not_involved] == [
        ("Carer or guardian", "He asked us not to ring her.")
    ]
    assert voices.links == (Link("All views", "plans/p/protocol.html#views"),)
    assert _build(involvement=involvement, kind=PlanKind.SERVICE) is None


def test_silence_is_a_gap_for_those_who_see_everything() -> None:
    """In another copy the words may only be hidden; and no other plan has to quote anybody."""
    voices = _build()
    assert voices is not None
    assert voices.gap == "Nothing is written down of what the person said."
    assert voices.links == (Link("All views", "plans/p/protocol.html#involved"),)
    assert _build(is_unfiltered=False) is None
    assert _build(kind=PlanKind.GENERAL) is None


def test_answers_are_linked() -> None:
    """Where something was done about a view."""
    voices = _build(_voice(PERSON, 2, "It is cold.", "The heating comes on at six."))
    assert voices is not None
    assert voices.links[1:] == (Link("You said, we did", "plans/p/you-said.html"),)
