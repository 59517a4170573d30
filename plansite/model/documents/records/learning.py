"""What was found when an incident was looked into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import Field, ListOf, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFinding:
    """Something found when an incident was looked into."""

    text: Annotated[str, Field(Text(), "What was found.", "The stair runner had a raised edge", True)] = ""
    actions: Annotated[
        tuple[str, ...],
        Field(ListOf(Text()), "Actions that answer it: refs of this plan, or `plan/slug`.", "[4, falls/stairs]"),
    ] = ()
    audience: EntryAudienceField = None
