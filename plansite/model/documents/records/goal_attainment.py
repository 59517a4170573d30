"""Goal attainment scaling: what each level means, and how far a goal was reached on a day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import Date, Field, Integer, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLevel:
    """What one level of attainment means for a goal, agreed before the work begins."""

    level: Annotated[
        int | None,
        Field(Integer(-2, 2), "From -2 (much less than expected) to 2 (much more).", "0", True),
    ] = None
    text: Annotated[str, Field(Text(), "What that looks like.", "Sleeps six hours on most nights", True)] = ""
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalScore:
    """How far a goal was reached on a day."""

    date: Annotated[dt.date | None, Field(Date(), "The day.", "2025-02-10", True)] = None
    level: Annotated[
        int | None,
        Field(Integer(-2, 2), "From -2 (much less than expected) to 2 (much more).", "1", True),
    ] = None
    note: Annotated[str, Field(Text(), "What was seen.", "Five nights of seven")] = ""
    audience: EntryAudienceField = None
