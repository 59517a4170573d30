"""How the due date of an action moved, and what was asked of whom when it could not be kept."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import PERSON, ChoiceOf, Date, Field, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDue:
    """A due date that an action had before it moved."""

    due: Annotated[dt.date | None, Field(Date(), "The earlier due date.", "2025-01-07", True)] = None
    moved: Annotated[dt.date | None, Field(Date(), "The day it was moved.", "2025-01-06")] = None
    by: Annotated[str, Field(PERSON, "Who moved it.", "Deputy Manager")] = ""
    reason: Annotated[str, Field(Text(), "Why it moved.", "Engineer unavailable")] = ""
    audience: EntryAudienceField = None


class ExtensionDecision(StrEnum):
    """What was decided about more time."""

    GRANTED = "granted"
    REFUSED = "refused"


EXTENSION_SYNONYMS = {
    "agreed": "granted",
    "approved": "granted",
    "accepted": "granted",
    "declined": "refused",
    "rejected": "refused",
    "not agreed": "refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time that was asked for, and what was decided."""

    until: Annotated[dt.date | None, Field(Date(), "The day that was asked for.", "2025-02-28", True)] = None
    asked: Annotated[dt.date | None, Field(Date(), "The day it was asked for.", "2025-01-20")] = None
    asked_by: Annotated[str, Field(PERSON, "Who asked.", "Deputy Manager")] = ""
    reason: Annotated[str, Field(Text(), "Why more time is needed.", "The contractor is ill")] = ""
    decision: Annotated[
        ExtensionDecision | None,
        Field(ChoiceOf(ExtensionDecision, EXTENSION_SYNONYMS), "What was decided.", "granted"),
    ] = None
    decided: Annotated[dt.date | None, Field(Date(), "The day it was decided.", "2025-01-22")] = None
    decided_by: Annotated[str, Field(PERSON, "Who decided.", "Governance committee")] = ""
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A difficulty that was taken to somebody with more authority."""

    to: Annotated[str, Field(PERSON, "Who it was taken to.", "Director of Care", True)] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day it was taken there.", "2025-01-20")] = None
    reason: Annotated[str, Field(Text(), "Why.", "The landlord does not answer")] = ""
    decision: Annotated[str, Field(Text(), "What was decided.", "We pay, and ask for the money later")] = ""
    decided: Annotated[dt.date | None, Field(Date(), "The day it was decided.", "2025-01-23")] = None
    audience: EntryAudienceField = None
