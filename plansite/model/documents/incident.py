"""Incidents: what went wrong, what was found, and what is learnt from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from plansite.model.body import Body
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.evidence import Evidence
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.documents.records.waivers import AllowField
from plansite.model.fields import NAME, PERSON, Date, Field, ListOf, RecordOf, Text

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
    factors: Annotated[tuple[str, ...], Field(ListOf(Text()), "Work-system factors.", "[internal environment]")] = ()
    findings: Annotated[
        tuple[IncidentFinding, ...],
        Field(ListOf(RecordOf(IncidentFinding)), "What was found.", "[{text: A raised edge, actions: [4]}]"),
    ] = ()
    learning_for: Annotated[
        tuple[str, ...], Field(ListOf(NAME), "Services the learning is shared with.", "[Riverside Lodge]")
    ] = ()
    evidence: Annotated[
        tuple[Evidence, ...], Field(ListOf(RecordOf(Evidence)), "The evidence for it.", "[{label: Photographs}]")
    ] = ()
    audience: AudienceField = None
    allow: AllowField = ()
