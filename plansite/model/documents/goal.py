"""Goals: SMART statements inside a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import Field, Integer, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A SMART statement: specific, measurable, achievable, relevant, time-bound."""

    key: Annotated[str, Field(Text(), "The short name that actions use in `goal`.", "care-plans-complete")] = ""
    title: Annotated[str, Field(Text(), "The goal in one line.", "Every care plan is complete", True)] = ""
    specific: Annotated[str, Field(Text(), "What exactly, who for, and where.", "All 20 people have a full plan")] = ""
    measurable: Annotated[str, Field(Text(), "How you will know.", "20 of 20 pass the audit")] = ""
    achievable: Annotated[
        str, Field(Text(), "Why it can be done with the means available.", "Two extra days are agreed")
    ] = ""
    relevant: Annotated[str, Field(Text(), "Why it matters.", "The inspection found gaps")] = ""
    time_bound: Annotated[str, Field(Text(), "By when.", "By 31 March 2025")] = ""
    measure: Annotated[str, Field(Text(), "The slug of the measure that shows it.", "falls")] = ""
    attainment: Annotated[
        int | None,
        Field(Integer(-2, 2), "Goal attainment from -2 (much less than expected) to 2 (much more).", "0"),
    ] = None
    audience: EntryAudienceField = None

    @property
    def missing_parts(self) -> tuple[str, ...]:
        """The names of the SMART parts that are empty."""
        parts = {
            "specific": self.specific,
            "measurable": self.measurable,
            "achievable": self.achievable,
            "relevant": self.relevant,
            "time-bound": self.time_bound,
        }
        return tuple(name for name, text in parts.items() if not text)
