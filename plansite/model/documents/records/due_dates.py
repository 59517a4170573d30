"""How the due date of an action moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import PERSON, Date, Field, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDue:
    """A due date that an action had before it moved."""

    due: Annotated[dt.date | None, Field(Date(), "The earlier due date.", "2025-01-07", True)] = None
    moved: Annotated[dt.date | None, Field(Date(), "The day it was moved.", "2025-01-06")] = None
    by: Annotated[str, Field(PERSON, "Who moved it.", "Deputy Manager")] = ""
    reason: Annotated[str, Field(Text(), "Why it moved.", "Engineer unavailable")] = ""
    audience: EntryAudienceField = None
