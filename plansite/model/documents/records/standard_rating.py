"""The rating of one standard in a self-assessment."""

from __future__ import annotations

from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import Field, ListOf, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRating:
    """How a service rates itself against one standard, and why."""

    standard: Annotated[str, Field(Text(), "The standard, by its identifier or name.", "safeguarding", True)] = ""
    rating: Annotated[str, Field(Text(), "The rating, in a word of the framework’s scale.", "requires improvement")] = (
        ""
    )
    evidence: Annotated[
        tuple[str, ...], Field(ListOf(Text()), "What shows it.", "[Audit of 20 referrals in December]")
    ] = ()
    note: Annotated[str, Field(Text(), "Why, or what is missing.", "Night staff have not been trained yet.")] = ""
    actions: Annotated[
        tuple[str, ...],
        Field(ListOf(Text()), "The actions that answer it: numbers of this plan, or `plan/slug`.", "[3]"),
    ] = ()
    audience: EntryAudienceField = None
