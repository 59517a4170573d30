"""The protocol: who has agreed, how often the plan is reviewed, whose voices it heard."""

from __future__ import annotations

from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.dates import CalendarInterval
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import ProtocolEntry, Voice
from plansite.model.people import Agency, Owner
from plansite.model.settings import Settings
from plansite.model.site import Site
from plansite.model.status import Participant
from plansite.site.components.page import Link
from plansite.site.plan.protocol import ProtocolView, build_protocol_page

TODAY = date(2025, 1, 20)
COUNCIL = Agency(slug="council", path="c.md", title="Riverside Council")
SPONSOR = Owner(slug="director", path="d.md", title="Director of Care")


def _view(plan: Plan) -> ProtocolView:
    site = Site(settings=Settings(title="S"), plans=(plan,), agencies=(COUNCIL,), owners=(SPONSOR,))
    page = build_protocol_page(SiteOnDate(site, TODAY), plan)
    assert page.path == "plans/p/protocol.html"
    assert isinstance(page.view, ProtocolView)
    return page.view


def test_each_agency_says_whether_it_has_agreed() -> None:
    """Known agencies are links by their title, others words; the note counts who has agreed."""
    entries = (
        ProtocolEntry(agency="council", contact="Duty desk", agreed=date(2025, 1, 8)),
        ProtocolEntry(agency="The GP practice"),
    )
    view = _view(Plan(slug="p", path="p.md", protocol=entries))
    council, practice = view.agreements
    assert (council.agency, council.contact) == (Link("Riverside Council", "agencies/council.html"), "Duty desk")
    assert (council.agreed, council.is_listed) == (date(2025, 1, 8), True)
    assert (practice.agency, practice.agreed) == (Link("The GP practice"), None)
    assert view.agreements_note == "1 of 2 agencies has agreed."


def test_an_agency_that_takes_part_without_an_entry_is_shown() -> None:
    """Once, after those of the protocol, whichever way its name is written."""
    entries = (ProtocolEntry(agency="Riverside Council", agreed=date(2025, 1, 8)),)
    view = _view(Plan(slug="p", path="p.md", protocol=entries, agencies=("council", "House")))
    assert [(part.agency.text, part.is_listed) for part in view.agreements] == [
        ("Riverside Council", True),
        ("House", False),
    ]


def test_all_have_agreed() -> None:
    """Then the note says that, and gives no sum."""
    entries = tuple(ProtocolEntry(agency=name, agreed=date(2025, 1, 8)) for name in ("A", "B"))
    assert _view(Plan(slug="p", path="p.md", protocol=entries)).agreements_note == "All have agreed."


def test_rhythm_and_authority() -> None:
    """The interval in words, and the sponsor as a link."""
    view = _view(
        Plan(slug="p", path="p.md", review_every=CalendarInterval(months=1, text="1 month"), sponsor="Director of Care")
    )
    assert view.every == "Every month"
    assert view.sponsor == Link("Director of Care", "owners/director.html")


def test_voices_keep_their_words_or_the_reason_for_none() -> None:
    """Who, when and what; a reason in its own place; a voice without a name says that."""
    voices = (
        Voice(who=Participant.PERSON, when=date(2025, 1, 4), said="I want to be warm."),
        Voice(who=Participant.CARER, not_involved="She asked us not to."),
        Voice(said="More time."),
    )
    view = _view(Plan(slug="p", path="p.md", involvement=voices))
    assert [(voice.who, voice.said, voice.why_not) for voice in view.involved] == [
        ("The person", "I want to be warm.", ""),
        ("Carer or guardian", "", "She asked us not to."),
        ("Not said who", "More time.", ""),
    ]
    assert view.uninvolved == ("Staff", "Partners")


def test_nothing_is_written_yet() -> None:
    """Empty lists, no interval, nobody named; silence is listed only where somebody was heard."""
    view = _view(Plan(slug="p", path="p.md"))
    assert (view.agreements, view.agreements_note, view.every, view.sponsor.text) == ((), "", "", "")
    assert (view.involved, view.uninvolved, view.views, view.unasked) == ((), (), (), ())
