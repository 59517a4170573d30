"""Days that are marked on the chart of a measure."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import Date, Field, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebase:
    """A date from which a measure's limits are worked out again."""

    date: Annotated[dt.date | None, Field(Date(), "A date in the series.", "2024-06-01", True)] = None
    reason: Annotated[str, Field(Text(), "What changed then.", "New lights on the landing", True)] = ""
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What happened on a day, to be marked on a measure's chart."""

    date: Annotated[dt.date | None, Field(Date(), "A date between two readings.", "2024-06-01", True)] = None
    text: Annotated[str, Field(Text(), "What happened.", "Norovirus on the ward", True)] = ""
    audience: EntryAudienceField = None
