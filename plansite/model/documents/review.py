"""Reviews: meetings about a plan."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.waivers import AllowField
from plansite.model.fields import NAME, PERSON, Date, Field, ListOf, Text

_EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A meeting; its page is the minutes."""

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(Text(), "What the meeting is called.", "January review", True)] = ""
    date: Annotated[
        dt.date | None, Field(Date(), "The day it was held. Default: the date in the file's name.", "2025-01-16")
    ] = None
    kind: Annotated[str, Field(Text(), "What sort of meeting.", "monthly review")] = ""
    chair: Annotated[str, Field(PERSON, "Who led it.", "Registered Manager")] = ""
    minute_taker: Annotated[str, Field(PERSON, "Who wrote the minutes.", "Administrator")] = ""
    present: Annotated[
        tuple[str, ...], Field(ListOf(PERSON), "Who was there, with their agency.", '["Nurse, GP practice"]')
    ] = ()
    apologies: Annotated[tuple[str, ...], Field(ListOf(PERSON), "Who could not come.", "[Falls Lead]")] = ()
    next: Annotated[dt.date | None, Field(Date(), "The day of the next meeting.", "2025-02-13")] = None
    distribution: Annotated[tuple[str, ...], Field(ListOf(NAME), "Who gets the minutes.", "[Riverside Council]")] = ()
    audience: AudienceField = None
    allow: AllowField = ()
