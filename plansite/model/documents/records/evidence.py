"""What shows that something was done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import Date, Field, Text, Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A link or file that shows something."""

    label: Annotated[str, Field(Text(), "What it is, in words.", "Audit of 20 care plans", True)] = ""
    url: Annotated[
        str, Field(Url(), "Where it is: a web address, or a file beside the plan.", "evidence/audit.pdf")
    ] = ""
    date: Annotated[dt.date | None, Field(Date(), "When it was made.", "2025-01-13")] = None
    audience: EntryAudienceField = None
