"""Entries with an audience of their own, also where they are inside other entries."""

from __future__ import annotations

import pytest

from plansite.model.audience.entries import filter_marked_fields, list_entries
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.status import Audience

_CONTROL = InterimControl(control="Torches", audience=Audience.INTERNAL)
_INCIDENT = Incident(plan="p", slug="i", path="i.md", findings=(IncidentFinding(text="Dark", interim=_CONTROL),))


@pytest.mark.parametrize("audience", [Audience.PARTNERS, Audience.PUBLIC])
def test_an_entry_inside_an_entry_is_hidden(audience: Audience) -> None:
    """A marked control is taken out of a finding that stays."""
    expected = Incident(plan="p", slug="i", path="i.md", findings=(IncidentFinding(text="Dark"),))
    assert filter_marked_fields(audience, _INCIDENT) == expected


def test_nothing_changes_where_nothing_is_hidden() -> None:
    """The document itself is the answer, so that it is not compared in vain."""
    assert filter_marked_fields(Audience.INTERNAL, _INCIDENT) is _INCIDENT


def test_inner_entries_are_listed() -> None:
    """Each entry comes before those inside it."""
    assert list_entries(_INCIDENT) == (*_INCIDENT.findings, _CONTROL)
