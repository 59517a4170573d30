"""What was found when an incident was looked into, and who has read what is learnt from it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.documents.records.interim_control import InterimField
from plansite.model.documents.records.requirements import ResponseField
from plansite.model.fields import NAME, PERSON, Date, Field, ListOf, Text


class LearningResponse(StrEnum):
    """How an incident is looked into (NHS England, Patient Safety Incident Response Framework)."""

    PSII = "PSII"
    AFTER_ACTION_REVIEW = "after action review"
    SWARM_HUDDLE = "swarm huddle"
    MDT_REVIEW = "MDT review"
    THEMATIC_REVIEW = "thematic review"
    OTHER = "other"


LEARNING_RESPONSE_SYNONYMS = {
    "psii": "PSII",
    "patient safety incident investigation": "PSII",
    "investigation": "PSII",
    "aar": "after action review",
    "swarm": "swarm huddle",
    "mdt": "MDT review",
    "mdt review": "MDT review",
    "multidisciplinary team review": "MDT review",
    "round table": "MDT review",
    "round table review": "MDT review",
    "thematic": "thematic review",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFinding:
    """Something found when an incident was looked into."""

    text: Annotated[str, Field(Text(), "What was found.", "The stair runner had a raised edge", True)] = ""
    actions: Annotated[
        tuple[str, ...],
        Field(ListOf(Text()), "Actions that answer it: refs of this plan, or `plan/slug`.", "[4, falls/stairs]"),
    ] = ()
    measures: Annotated[
        tuple[str, ...],
        Field(ListOf(Text()), "Measures that show whether it helped: slugs of this plan, or `plan/slug`.", "[falls]"),
    ] = ()
    interim: InterimField = None
    response: ResponseField = None
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingConfirmation:
    """That a service has read what was learnt from an incident."""

    service: Annotated[str, Field(NAME, "The service, as in `learning_for`.", "Riverside Lodge", True)] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day it confirmed that.", "2025-02-03")] = None
    by: Annotated[str, Field(PERSON, "Who confirmed it.", "Lodge Manager")] = ""
    audience: EntryAudienceField = None
