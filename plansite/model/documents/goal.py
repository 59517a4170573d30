"""Goals: SMART statements inside a plan."""

from __future__ import annotations

from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.documents.records.goal_attainment import GoalLevel, GoalScore
from plansite.model.fields import Field, Integer, ListOf, RecordOf, Text


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
    levels: Annotated[
        tuple[GoalLevel, ...],
        Field(
            ListOf(RecordOf(GoalLevel)),
            "What each level of attainment means.",
            "[{level: 0, text: Sleeps six hours on most nights}]",
        ),
    ] = ()
    importance: Annotated[int | None, Field(Integer(0, 3), "How important it is to the person, from 0 to 3.", "3")] = (
        None
    )
    difficulty: Annotated[int | None, Field(Integer(0, 3), "How difficult it is, from 0 to 3.", "2")] = None
    baseline: Annotated[int | None, Field(Integer(-2, 2), "The level at the start.", "-1")] = None
    scores: Annotated[
        tuple[GoalScore, ...],
        Field(ListOf(RecordOf(GoalScore)), "How far it was reached, by date.", "[{date: 2025-02-10, level: 1}]"),
    ] = ()
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
