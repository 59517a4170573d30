"""Incidents: what went wrong, what was found, and what is learnt from it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.evidence import Evidence, StandardsField
from plansite.model.documents.records.learning import (
    LEARNING_RESPONSE_SYNONYMS,
    IncidentFinding,
    LearningResponse,
    ReadingConfirmation,
)
from plansite.model.documents.records.waivers import AllowField
from plansite.model.fields import NAME, PERSON, ChoiceOf, Date, Field, ListOf, RecordOf, Text
from plansite.model.people import normalise_name

_EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that went wrong, what was found, and what is learnt from it."""

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(Text(), "What happened, in one line.", "A fall on the main stairs", True)] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day it happened.", "2024-11-18")] = None
    owner: Annotated[str, Field(PERSON, "Who looks into it.", "Falls Lead")] = ""
    severity: Annotated[str, Field(Text(), "How much harm was done.", "moderate")] = ""
    source: Annotated[str, Field(Text(), "How it was reported.", "Night report")] = ""
    learning_response: Annotated[
        LearningResponse | None,
        Field(ChoiceOf(LearningResponse, LEARNING_RESPONSE_SYNONYMS), "How it is looked into.", "after action review"),
    ] = None
    factors: Annotated[tuple[str, ...], Field(ListOf(Text()), "Work-system factors.", "[internal environment]")] = ()
    findings: Annotated[
        tuple[IncidentFinding, ...],
        Field(ListOf(RecordOf(IncidentFinding)), "What was found.", "[{text: A raised edge, actions: [4]}]"),
    ] = ()
    no_actions: Annotated[
        str,
        Field(Text(), "If it rightly ends without actions, the reason.", "The review found that all was done well."),
    ] = ""
    learning_for: Annotated[
        tuple[str, ...], Field(ListOf(NAME), "Services the learning is shared with.", "[Riverside Lodge]")
    ] = ()
    confirmed: Annotated[
        tuple[ReadingConfirmation, ...],
        Field(
            ListOf(RecordOf(ReadingConfirmation)),
            "Services that have confirmed reading the learning.",
            "[{service: Riverside Lodge, date: 2025-02-03}]",
        ),
    ] = ()
    standards: StandardsField = ()
    evidence: Annotated[
        tuple[Evidence, ...], Field(ListOf(RecordOf(Evidence)), "The evidence for it.", "[{label: Photographs}]")
    ] = ()
    audience: AudienceField = None
    allow: AllowField = ()

    @property
    def unconfirmed_services(self) -> tuple[str, ...]:
        """The services for which the learning is meant and that have not confirmed reading it."""
        confirmed = {normalise_name(each.service) for each in self.confirmed}
        return tuple(name for name in self.learning_for if normalise_name(name) not in confirmed)
