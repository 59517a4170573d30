"""What keeps people safe until an action is done."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeAlias

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import CalendarInterval
from plansite.model.documents.records.audience_fields import EntryAudienceField
from plansite.model.fields import PERSON, Date, Either, Field, Interval, RecordOf, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimControl:
    """What keeps people safe until an action is done, who checks it, and when next."""

    control: Annotated[
        str, Field(Text(), "What keeps people safe until it is done.", "Night staff carry torches", True)
    ] = ""
    by: Annotated[str, Field(PERSON, "Who checks it.", "Night Senior")] = ""
    every: Annotated[CalendarInterval | None, Field(Interval(), "How often it is checked.", "1 week")] = None
    checked: Annotated[dt.date | None, Field(Date(), "The day it was last checked.", "2025-01-10")] = None
    next: Annotated[
        dt.date | None, Field(Date(), "The day of the next check. Default: from `checked` and `every`.", "2025-01-17")
    ] = None
    audience: EntryAudienceField = None


#: The field `interim` of actions, and of the findings of an incident.
InterimField: TypeAlias = Annotated[
    InterimControl | None,
    Field(
        Either(Text(), RecordOf(InterimControl)),
        "What keeps people safe until it is done.",
        "{control: Night staff carry torches, by: Night Senior, every: 1 week, checked: 2025-01-10}",
    ),
]
