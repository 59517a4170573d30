"""Groups of fields that several documents share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from plansite.model.fields import NAME, PERSON, ChoiceOf, Date, Field, ListOf, RecordOf, Text, Url
from plansite.model.status import Audience, HomeworkOutcome, Participant, VerificationResult

#: The field `audience` of a file, and of one entry in a list of a file.
AudienceField: TypeAlias = Annotated[
    Audience | None,
    Field(ChoiceOf(Audience), "Who may see it. Default: as for its plan, else the site.", "internal"),
]
EntryAudienceField: TypeAlias = Annotated[
    Audience | None,
    Field(ChoiceOf(Audience), "Who may see this entry. Default: everybody who may see the file.", "internal"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A link or file that shows something."""

    label: Annotated[str, Field(Text(), "What it is, in words.", "Audit of 20 care plans", True)] = ""
    url: Annotated[
        str, Field(Url(), "Where it is: a web address, or a file beside the plan.", "evidence/audit.pdf")
    ] = ""
    date: Annotated[dt.date | None, Field(Date(), "When it was made.", "2025-01-13")] = None
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A follow-up check by somebody other than the owner."""

    by: Annotated[str, Field(PERSON, "Who checks: not the owner.", "Registered Manager")] = ""
    due: Annotated[dt.date | None, Field(Date(), "The day by which they check.", "2025-03-01")] = None
    method: Annotated[str, Field(Text(), "How they check.", "Spot check of five plans")] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day they checked.", "2025-02-27")] = None
    result: Annotated[
        VerificationResult | None, Field(ChoiceOf(VerificationResult), "What the check found.", "passed")
    ] = None
    note: Annotated[str, Field(Text(), "What was seen.", "Five of five plans were complete.")] = ""
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an action came from."""

    kind: Annotated[str, Field(Text(), "The sort of source.", "inspection")] = ""
    ref: Annotated[str, Field(Text(), "Its reference or date.", "CQC, December 2024")] = ""
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDue:
    """A due date that an action had before it moved."""

    due: Annotated[dt.date | None, Field(Date(), "The earlier due date.", "2025-01-07", True)] = None
    moved: Annotated[dt.date | None, Field(Date(), "The day it was moved.", "2025-01-06")] = None
    by: Annotated[str, Field(PERSON, "Who moved it.", "Deputy Manager")] = ""
    reason: Annotated[str, Field(Text(), "Why it moved.", "Engineer unavailable")] = ""
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Homework:
    """Something agreed between two counselling sessions."""

    rationale: Annotated[str, Field(Text(), "Why it may help.", "To notice what eases the worry")] = ""
    outcome: Annotated[HomeworkOutcome | None, Field(ChoiceOf(HomeworkOutcome), "How it went.", "partly")] = None
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """A rule that does not apply here, and why."""

    rule: Annotated[str, Field(Text(), "The rule's name or code.", "unknown-owner", True)] = ""
    reason: Annotated[str, Field(Text(), "Why it does not apply.", "The post is being filled", True, True)] = ""
    until: Annotated[dt.date | None, Field(Date(), "The last day on which this applies.", "2025-06-30")] = None


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
    not_involved: Annotated[
        str, Field(Text(), "If they were not involved, the reason.", "She asked us to speak to her son.")
    ] = ""
    audience: EntryAudienceField = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFinding:
    """Something found when an incident was looked into."""

    text: Annotated[str, Field(Text(), "What was found.", "The stair runner had a raised edge", True)] = ""
    actions: Annotated[
        tuple[str, ...],
        Field(ListOf(Text()), "Actions that answer it: refs of this plan, or `plan/slug`.", "[4, falls/stairs]"),
    ] = ()
    audience: EntryAudienceField = None


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


#: The field `allow`, which every kind of file has.
AllowField: TypeAlias = Annotated[
    tuple[Allow, ...],
    Field(
        ListOf(RecordOf(Allow)),
        "Rules that do not apply to this file, each with a reason; in `plan.md`, to all files of the plan.",
        "[{rule: silent-action, reason: Waiting for the court date}]",
    ),
]
