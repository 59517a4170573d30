"""The agencies and people of a plan."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import NAME, ChoiceOf, Date, Field, Text
from plansite.model.status import Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolEntry:
    """One agency's part in the communication protocol."""

    agency: Annotated[str, Field(NAME, "The agency's slug or title.", "riverside-council", True)] = ""
    contact: Annotated[str, Field(NAME, "Who to contact there.", "duty@example.org")] = ""
    agreed: Annotated[dt.date | None, Field(Date(), "The day it agreed to use the plan.", "2025-01-08")] = None
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who was involved or asked, when, and what they said; or why they were not."""

    who: Annotated[Participant | None, Field(ChoiceOf(Participant), "Who said it.", "person")] = None
    when: Annotated[dt.date | None, Field(Date(), "The day they were asked.", "2025-01-04")] = None
    said: Annotated[str, Field(Text(), "What they said, in their words.", "I want to be warm.")] = ""
    did: Annotated[
        str, Field(Text(), "What was done about it: “you said, we did”.", "The heating comes on at six now.")
    ] = ""
    not_involved: Annotated[
        str, Field(Text(), "If they were not involved, the reason.", "She asked us to speak to her son.")
    ] = ""
    audience: EntryAudienceField = None
