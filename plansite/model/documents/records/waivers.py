"""Rules that are set aside in a file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, TypeAlias

from plansite.deferred_dataclass import dataclass
from plansite.model.fields import Date, Field, ListOf, RecordOf, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """A rule that does not apply here, and why."""

    rule: Annotated[str, Field(Text(), "The rule's name or code.", "unknown-owner", True)] = ""
    reason: Annotated[str, Field(Text(), "Why it does not apply.", "The post is being filled", True, True)] = ""
    until: Annotated[dt.date | None, Field(Date(), "The last day on which this applies.", "2025-06-30")] = None


#: The field `allow`, which every kind of file has.
AllowField: TypeAlias = Annotated[
    tuple[Allow, ...],
    Field(
        ListOf(RecordOf(Allow)),
        "Rules that do not apply to this file, each with a reason; in `plan.md`, to all files of the plan.",
        "[{rule: silent-action, reason: Waiting for the court date}]",
    ),
]
