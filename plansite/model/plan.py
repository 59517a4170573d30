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
    Annotation,
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
from plansite.model.status import ChartKind, ChartMethod, Direction, MeasureKind, PlanKind, Rag

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
    annotations: Annotated[
        tuple[Annotation, ...],
        Field(
            ListOf(RecordOf(Annotation)),
            "What happened on a day, marked on the chart.",
            "[{date: 2024-06-01, text: Norovirus}]",
        ),
    ] = ()
    chart: Annotated[
        ChartKind | None,
        Field(ChoiceOf(ChartKind), "`control` for limits, `run` for a median; by the number of readings.", "run"),
    ] = None
    method: Annotated[
        ChartMethod,
        Field(ChoiceOf(ChartMethod), "Whose rules the limits follow.", "nhs-excel"),
    ] = ChartMethod.NHS_R
    state: Annotated[str, Field(Text(), "`sustaining` once the target is reached.", "sustaining")] = ""
    audience: AudienceField = None
    allow: AllowField = ()

    @property
    def is_share(self) -> bool:
        """Whether all readings are counts out of a total, which are shown as percentages."""
        return bool(self.readings) and all(reading.d is not None for reading in self.readings)

    @property
    def scaled_target(self) -> float | None:
        """The target on the scale of the readings: for shares, one above 1 or with "%" as unit is a percentage."""
        is_percentage = self.unit.strip().startswith("%") or (self.target or 0) > 1
        return self.target / 100 if self.target is not None and self.is_share and is_percentage else self.target

    def meets_target(self, value: float) -> bool | None:
        """Whether a value meets the target; None if there is no target, or no better direction."""
        target = self.scaled_target
        if target is None or self.direction is Direction.NEUTRAL:
            return None
        return value >= target if self.direction is Direction.UP else value <= target

    @property
    def has_lapsed(self) -> bool:
        """Whether the target was reached and is to be kept, and the latest reading misses it."""
        is_sustaining = self.state.strip().casefold().startswith("sustain")
        return bool(is_sustaining and self.readings) and self.meets_target(self.readings[-1].value) is False


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
