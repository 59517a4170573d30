"""Plans, and the goals, reviews, incidents and measures that belong to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from plansite.model.action import Action
from plansite.model.body import Body
from plansite.model.dates import CalendarInterval
from plansite.model.field_groups import (
    AllowField,
    AudienceField,
    EntryAudienceField,
    Evidence,
    IncidentFinding,
    ProtocolEntry,
    Rebase,
    Voice,
)
from plansite.model.fields import (
    NAME,
    PERSON,
    ChoiceOf,
    Date,
    Either,
    Field,
    Integer,
    Interval,
    ListOf,
    Number,
    RecordOf,
    Text,
)
from plansite.model.status import Direction, MeasureKind, PlanKind, Rag

_EMPTY_BODY = Body()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A meeting; its page is the minutes."""

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(Text(), "What the meeting is called.", "January review", True)] = ""
    date: Annotated[
        dt.date | None, Field(Date(), "The day it was held. Default: the date in the file's name.", "2025-01-16")
    ] = None
    kind: Annotated[str, Field(Text(), "What sort of meeting.", "monthly review")] = ""
    chair: Annotated[str, Field(PERSON, "Who led it.", "Registered Manager")] = ""
    minute_taker: Annotated[str, Field(PERSON, "Who wrote the minutes.", "Administrator")] = ""
    present: Annotated[
        tuple[str, ...], Field(ListOf(PERSON), "Who was there, with their agency.", '["Nurse, GP practice"]')
    ] = ()
    apologies: Annotated[tuple[str, ...], Field(ListOf(PERSON), "Who could not come.", "[Falls Lead]")] = ()
    next: Annotated[dt.date | None, Field(Date(), "The day of the next meeting.", "2025-02-13")] = None
    distribution: Annotated[tuple[str, ...], Field(ListOf(NAME), "Who gets the minutes.", "[Riverside Council]")] = ()
    audience: AudienceField = None
    allow: AllowField = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something that went wrong, what was found, and what is learnt from it."""

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(Text(), "What happened, in one line.", "A fall on the main stairs", True)] = ""
    date: Annotated[dt.date | None, Field(Date(), "The day it happened.", "2024-11-18")] = None
    owner: Annotated[str, Field(PERSON, "Who looks into it.", "Falls Lead")] = ""
    severity: Annotated[str, Field(Text(), "How much harm was done.", "moderate")] = ""
    source: Annotated[str, Field(Text(), "How it was reported.", "Night report")] = ""
    factors: Annotated[tuple[str, ...], Field(ListOf(Text()), "Work-system factors.", "[internal environment]")] = ()
    findings: Annotated[
        tuple[IncidentFinding, ...],
        Field(ListOf(RecordOf(IncidentFinding)), "What was found.", "[{text: A raised edge, actions: [4]}]"),
    ] = ()
    learning_for: Annotated[
        tuple[str, ...], Field(ListOf(NAME), "Services the learning is shared with.", "[Riverside Lodge]")
    ] = ()
    evidence: Annotated[
        tuple[Evidence, ...], Field(ListOf(RecordOf(Evidence)), "The evidence for it.", "[{label: Photographs}]")
    ] = ()
    audience: AudienceField = None
    allow: AllowField = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A point of a measure: a value, or a numerator `n` and denominator `d` with the value n ÷ d."""

    date: dt.date
    value: float
    n: float | None = None
    d: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A series of dated readings with a direction of improvement and perhaps a target."""

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    readings: tuple[Reading, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(Text(), "What is counted.", "Falls each month", True)] = ""
    unit: Annotated[str, Field(Text(), "The unit it is counted in.", "falls")] = ""
    kind: Annotated[
        MeasureKind | None,
        Field(ChoiceOf(MeasureKind), "Whether it measures the outcome, the process, or side effects.", "outcome"),
    ] = None
    direction: Annotated[Direction, Field(ChoiceOf(Direction), "Which way is better.", "down")] = Direction.NEUTRAL
    target: Annotated[float | None, Field(Number(), "The value aimed for.", "5")] = None
    source: Annotated[str, Field(Text(), "Where the numbers come from.", "Incident log")] = ""
    rebase: Annotated[
        tuple[Rebase, ...],
        Field(
            ListOf(RecordOf(Rebase)),
            "Dates from which the limits are calculated again.",
            "[{date: 2024-06-01, reason: Lights}]",
        ),
    ] = ()
    state: Annotated[str, Field(Text(), "`sustaining` once the target is reached.", "sustaining")] = ""
    audience: AudienceField = None
    allow: AllowField = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One objective with its actions and everything else in its folder."""

    slug: str
    path: str
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    actions: tuple[Action, ...] = ()  # sorted by `Action.sort_key`
    reviews: tuple[Review, ...] = ()
    incidents: tuple[Incident, ...] = ()
    measures: tuple[Measure, ...] = ()
    title: Annotated[str, Field(Text(), "What the plan is called.", "After the inspection", True)] = ""
    kind: Annotated[PlanKind, Field(ChoiceOf(PlanKind), "What sort of plan it is.", "improvement")] = PlanKind.GENERAL
    objective: Annotated[str, Field(Text(), "What will be different for people.", "Every care plan is true today")] = ""
    owner: Annotated[str, Field(PERSON, "Who is responsible for the plan.", "Registered Manager")] = ""
    sponsor: Annotated[str, Field(PERSON, "Who gives it authority.", "Director of Care")] = ""
    agencies: Annotated[tuple[str, ...], Field(ListOf(NAME), "Agencies taking part.", "[riverside-council]")] = ()
    start: Annotated[dt.date | None, Field(Date(), "The day it begins.", "2025-01-01")] = None
    end: Annotated[dt.date | None, Field(Date(), "The day it ends.", "2025-06-30")] = None
    review_every: Annotated[CalendarInterval | None, Field(Interval(), "How often it is reviewed.", "6 weeks")] = None
    goals: Annotated[
        tuple[Goal, ...], Field(ListOf(RecordOf(Goal)), "Its SMART goals.", "[{key: warm, title: Warm rooms}]")
    ] = ()
    protocol: Annotated[
        tuple[ProtocolEntry, ...],
        Field(
            ListOf(RecordOf(ProtocolEntry)),
            "Agencies that agree to use and review the plan.",
            "[{agency: riverside-council, agreed: 2025-01-08}]",
        ),
    ] = ()
    involvement: Annotated[
        tuple[Voice, ...],
        Field(
            ListOf(Either(Text(), RecordOf(Voice))),
            "How the person and carers were involved.",
            "[{who: person, when: 2025-01-04, said: I want to be warm.}]",
        ),
    ] = ()
    views: Annotated[
        tuple[Voice, ...],
        Field(
            ListOf(Either(Text(), RecordOf(Voice))),
            "Views of staff, people and partners.",
            "[{who: staff, said: More time.}]",
        ),
    ] = ()
    audience: AudienceField = None
    rag: Annotated[Rag | None, Field(ChoiceOf(Rag), "The owner's own red, amber or green rating.", "amber")] = None
    tags: Annotated[tuple[str, ...], Field(ListOf(Text()), "Short labels for finding it.", "[winter]")] = ()
    allow: AllowField = ()

    @property
    def open_actions(self) -> tuple[Action, ...]:
        """Its actions that are still to be done."""
        return tuple(action for action in self.actions if action.is_open)

    def find_goal(self, name: str) -> Goal | None:
        """The goal with this key, else with this exact title; None if there is none."""
        return next((goal for goal in self.goals if goal.key == name), None) or next(
            (goal for goal in self.goals if goal.title == name), None
        )
