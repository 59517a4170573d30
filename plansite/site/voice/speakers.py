"""Who said something, in words."""

from __future__ import annotations

from plansite.model.documents.records.parties import Voice
from plansite.model.status import Participant, PlanKind

_NAMES = {
    Participant.PERSON: "The person",
    Participant.CARER: "Carer or guardian",
    Participant.STAFF: "Staff",
    Participant.PARTNERS: "Partners",
}
#: The same in plans that are not about one person.
_NAMES_IN_SERVICES = {
    **_NAMES,
    Participant.PERSON: "People who use the service",
    Participant.CARER: "Relatives and carers",
}
_KINDS_OF_SERVICES = (PlanKind.SERVICE, PlanKind.IMPROVEMENT)
#: Kinds of plans that are about one person.
PERSONAL_KINDS = (PlanKind.INTEGRATED, PlanKind.COUNSELLING)


def list_speakers(kind: PlanKind) -> dict[Participant, str]:
    """The participants of a plan of this kind, in words."""
    return _NAMES_IN_SERVICES if kind in _KINDS_OF_SERVICES else _NAMES


def name_speaker(voice: Voice, kind: PlanKind) -> str:
    """Who said something in a plan of this kind, in words."""
    return list_speakers(kind)[voice.who] if voice.who else "Not said who"
