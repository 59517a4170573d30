"""The check by somebody other than the owner."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import PERSON, ChoiceOf, Date, Field, Text
from plansite.model.status import VerificationResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A follow-up check by somebody other than the owner."""

    by: Annotated[str, Field(PERSON, "Who checks: not the owner.", "Registered Manager")] = ""
    due: Annotated[dt.date | None, Field(Date(), "The day by which they check.", "2025-03-01")] = None
    method: Annotated[str, Field(Text(), "How they check.", "Spot check of five plans")] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day they checked.", "2025-02-27")] = None
    result: Annotated[
        VerificationResult | None, Field(ChoiceOf(VerificationResult), "What the check found.", "passed")
    ] = None
    note: Annotated[str, Field(Text(), "What was seen.", "Five of five plans were complete.")] = ""
    audience: EntryAudienceField = None
