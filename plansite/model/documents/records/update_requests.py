"""Updates that somebody asked the owner of an action for."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import PERSON, Date, Field, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequest:
    """An update that the owner of an action was asked for."""

    date: Annotated[dt.date | None, Field(Date(), "The day it was asked for.", "2025-01-13", True)] = None
    by: Annotated[str, Field(PERSON, "Who asked.", "Registered Manager")] = ""
    question: Annotated[str, Field(Text(), "What was asked.", "Is the engineer booked?")] = ""
    answered: Annotated[
        dt.date | None,
        Field(
            Date(),
            "The day it was answered. Default: the day of the owner’s first progress note since then.",
            "2025-01-15",
        ),
    ] = None
    audience: EntryAudienceField = None
