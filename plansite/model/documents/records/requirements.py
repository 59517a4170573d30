"""What a regulator or reviewer requires, and the answer to it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, TypeAlias

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import NAME, PERSON, ChoiceOf, Date, Field, Integer, RecordOf, Text


class RequirementLevel(StrEnum):
    """How strongly somebody outside asks for an action: a breach to put right, an improvement, or advice."""

    MUST = "must"
    SHOULD = "should"
    RECOMMENDATION = "recommendation"

    @property
    def label(self) -> str:
        """The level as pages show it: "Must do"."""
        return {"must": "Must do", "should": "Should do"}.get(self.value, "Recommended")


class YesOrNo(StrEnum):
    """An answer of yes or no."""

    YES = "yes"
    NO = "no"


class ResponseDecision(StrEnum):
    """The answer to a recommendation."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly accepted"
    NOT_ACCEPTED = "not accepted"


REQUIREMENT_SYNONYMS = {
    "must do": "must",
    "should do": "should",
    "requirement": "must",
    "recommended": "recommendation",
    "could": "recommendation",
}
RESPONSE_SYNONYMS = {
    "agreed": "accepted",
    "agree": "accepted",
    "accept": "accepted",
    "partly": "partly accepted",
    "partially accepted": "partly accepted",
    "partly agreed": "partly accepted",
    "partially agreed": "partly accepted",
    "accepted in part": "partly accepted",
    "accepted in principle": "partly accepted",
    "rejected": "not accepted",
    "declined": "not accepted",
    "not agreed": "not accepted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """How strongly somebody outside asks for an action, and the regulation it is about."""

    level: Annotated[
        RequirementLevel | None,
        Field(ChoiceOf(RequirementLevel, REQUIREMENT_SYNONYMS), "How strongly it is asked for.", "must", True),
    ] = None
    regulation: Annotated[str, Field(Text(), "The regulation, with its instrument.", "hsca-2014/17")] = ""
    breach: Annotated[YesOrNo | None, Field(ChoiceOf(YesOrNo), "Whether a regulation was breached.", "yes")] = None
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationResponse:
    """The answer to a recommendation, apart from how far the work has got."""

    decision: Annotated[
        ResponseDecision | None,
        Field(ChoiceOf(ResponseDecision, RESPONSE_SYNONYMS), "The answer to it.", "partly accepted", True),
    ] = None
    reason: Annotated[str, Field(Text(), "Why.", "The landlord owns the stairs.")] = ""
    by: Annotated[str, Field(PERSON, "Who decided it.", "Director of Care")] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day it was decided.", "2025-01-09")] = None
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A letter or notice that has to be answered by a day."""

    name: Annotated[str, Field(Text(), "What it is.", "requirement notice", True)] = ""
    ref: Annotated[str, Field(Text(), "Its reference.", "RN-2025-014")] = ""
    sender: Annotated[str, Field(NAME, "Who sent it.", "Care Quality Commission")] = ""
    received: Annotated[dt.date | None, Field(Date(), "The day it was received.", "2025-01-06")] = None
    days: Annotated[
        int | None, Field(Integer(1, 1000), "Days allowed for the reply. Default: by what it is.", "28")
    ] = None
    due: Annotated[
        dt.date | None, Field(Date(), "The day by which to reply. Default: `received` and the days.", "2025-02-03")
    ] = None
    sent: Annotated[dt.date | None, Field(Date(), "The day the reply was sent.", "2025-01-30")] = None
    note: Annotated[str, Field(Text(), "What was sent, or is to be sent.", "Written report with this plan")] = ""
    audience: EntryAudienceField = None


RequirementField: TypeAlias = Annotated[
    Requirement | None,
    Field(
        RecordOf(Requirement),
        "Whether it must or should be done, or is recommended, and the regulation.",
        "{level: must, regulation: hsca-2014/17, breach: yes}",
    ),
]
ResponseField: TypeAlias = Annotated[
    RecommendationResponse | None,
    Field(
        RecordOf(RecommendationResponse),
        "The answer to the recommendation that it comes from.",
        "{decision: partly accepted, reason: The landlord owns the stairs.}",
    ),
]
