"""What shows that something was done."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, TypeAlias

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import PERSON, ChoiceOf, Date, Field, ListOf, Text, Url


class EvidenceKind(StrEnum):
    """What sort of evidence it is."""

    DOCUMENT = "document"
    PHOTOGRAPH = "photograph"
    AUDIT = "audit"
    OBSERVATION = "observation"
    STATEMENT = "statement"
    OUTCOME = "outcome"
    FEEDBACK = "feedback"
    PEOPLE_FEEDBACK = "feedback from people"
    STAFF_FEEDBACK = "feedback from staff"
    PARTNER_FEEDBACK = "feedback from partners"


#: Words for kinds of evidence, in lower case, and the kind each means.
EVIDENCE_KIND_SYNONYMS = {
    "photo": "photograph",
    "photos": "photograph",
    "photographs": "photograph",
    "picture": "photograph",
    "spot check": "observation",
    "interview": "statement",
    "feedback from residents": "feedback from people",
    "feedback from families": "feedback from people",
    "feedback from relatives": "feedback from people",
    "feedback from leaders": "feedback from staff",
    "feedback from professionals": "feedback from partners",
    "survey": "feedback",
}

EvidenceKindField: TypeAlias = Annotated[
    EvidenceKind | None,
    Field(ChoiceOf(EvidenceKind, EVIDENCE_KIND_SYNONYMS), "What sort of evidence it is.", "audit"),
]
StandardsField: TypeAlias = Annotated[
    tuple[str, ...],
    Field(
        ListOf(Text()),
        "The standards of a regulator that it is about, each by its label or identifier.",
        "[Safeguarding, hsca-2014/17]",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A link or file that shows something."""

    label: Annotated[str, Field(Text(), "What it is, in words.", "Audit of 20 care plans", True)] = ""
    url: Annotated[
        str, Field(Url(), "Where it is: a web address, or a file beside the plan.", "evidence/audit.pdf")
    ] = ""
    date: Annotated[dt.date | None, Field(Date(), "When it was made.", "2025-01-13")] = None
    kind: EvidenceKindField = None
    owner: Annotated[str, Field(PERSON, "Who keeps it up to date.", "Deputy Manager")] = ""
    expires: Annotated[dt.date | None, Field(Date(), "The last day on which it counts.", "2026-01-12")] = None
    standards: StandardsField = ()
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededEvidence:
    """Evidence that was agreed at the start, and will show that an action is done."""

    label: Annotated[str, Field(Text(), "What will show it, in words.", "Audit of 20 care plans", True)] = ""
    kind: EvidenceKindField = None
    audience: EntryAudienceField = None
