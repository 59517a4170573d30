"""Self-assessments: how a service rates itself against the standards of a framework on a day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.standard_rating import StandardRating
from plansite.model.documents.records.waivers import AllowField
from plansite.model.fields import PERSON, Date, Field, ListOf, RecordOf, Text

_EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfAssessment:
    """How a service rates itself against the standards of a framework on a day."""

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(Text(), "What it is called.", "Self-assessment, January 2025", True)] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day it was made. Default: the file’s name.", "2025-01-16")] = (
        None
    )
    framework: Annotated[
        str, Field(Text(), "The framework, by identifier or name. Default: that of the standards rated.", "cqc-saf")
    ] = ""
    owner: Annotated[str, Field(PERSON, "Who answers for it.", "Registered Manager")] = ""
    ratings: Annotated[
        tuple[StandardRating, ...],
        Field(
            ListOf(RecordOf(StandardRating)),
            "The standards and their ratings.",
            "[{standard: safeguarding, rating: good, evidence: [Audit of referrals]}]",
        ),
    ] = ()
    audience: AudienceField = None
    allow: AllowField = ()
