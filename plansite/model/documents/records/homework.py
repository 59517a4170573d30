"""What is agreed between two counselling sessions."""

from __future__ import annotations

from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import ChoiceOf, Field, Text
from plansite.model.status import HomeworkOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Homework:
    """Something agreed between two counselling sessions."""

    rationale: Annotated[str, Field(Text(), "Why it may help.", "To notice what eases the worry")] = ""
    outcome: Annotated[HomeworkOutcome | None, Field(ChoiceOf(HomeworkOutcome), "How it went.", "partly")] = None
    audience: EntryAudienceField = None
