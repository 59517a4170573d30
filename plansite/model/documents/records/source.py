"""Where an action came from."""

from __future__ import annotations

from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import Field, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an action came from."""

    kind: Annotated[str, Field(Text(), "The sort of source.", "inspection")] = ""
    ref: Annotated[str, Field(Text(), "Its reference or date.", "CQC, December 2024")] = ""
    audience: EntryAudienceField = None
