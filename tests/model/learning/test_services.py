"""Who is to read what is learnt from an incident, and who has confirmed it."""

from __future__ import annotations

from datetime import date

from plansite.model.body import Body, Section
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.learning import IncidentFinding, ReadingConfirmation
from plansite.model.learning.services import find_confirmation_deadline, list_service_readings

TITLES = {"lodge": "Riverside Lodge"}


def _incident(*named: str, confirmed: tuple[ReadingConfirmation, ...] = ()) -> Incident:
    return Incident(plan="p", slug="i", path="i.md", learning_for=named, confirmed=confirmed)


def test_services_are_told_apart_by_their_titles() -> None:
    """Two names of one service are one; a confirmation counts for whatever name it gives."""
    read = ReadingConfirmation(service="riverside  lodge", date=date(2025, 1, 14), by="Manager")
    incident = _incident("lodge", "Riverside Lodge", "Court", " ", confirmed=(read,))
    first, second = list_service_readings(incident, lambda name: TITLES.get(name, name))
    assert (first.title, first.confirmation, first.is_named) == ("Riverside Lodge", read, True)
    assert (second.title, second.confirmation, second.is_named) == ("Court", None, True)


def test_others_that_have_confirmed_come_last() -> None:
    """Of two confirmations of one service the one with a date counts."""
    bare, dated = ReadingConfirmation(service="Court"), ReadingConfirmation(service="court", date=date(2025, 1, 14))
    (reading,) = list_service_readings(_incident(confirmed=(bare, dated)), str)
    assert (reading.confirmation, reading.is_named) == (dated, False)
    (reading,) = list_service_readings(_incident(confirmed=(dated, bare)), str)
    assert reading.confirmation == dated


def test_there_is_time_to_confirm() -> None:
    """28 days from the incident, if there is anything to read; none without a date."""
    found = (IncidentFinding(text="A raised edge"),)
    learning = Body(sections=(Section(title="Learning", key="learning", html=("<p>Look.</p>",), line=1),))
    day, deadline = date(2024, 12, 1), date(2024, 12, 29)
    incident = Incident(plan="p", slug="i", path="i.md", date=day)
    assert find_confirmation_deadline(incident) is None
    assert find_confirmation_deadline(Incident(plan="p", slug="i", path="i.md", date=day, findings=found)) == deadline
    assert find_confirmation_deadline(Incident(plan="p", slug="i", path="i.md", date=day, body=learning)) == deadline
    assert find_confirmation_deadline(Incident(plan="p", slug="i", path="i.md", findings=found)) is None
