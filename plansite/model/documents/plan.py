"""Plans, and everything in their folders."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.dates import CalendarInterval
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.parties import ProtocolEntry, Voice
from plansite.model.documents.records.requirements import Instrument
from plansite.model.documents.records.waivers import AllowField
from plansite.model.documents.review import Review
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.fields import EMAIL, NAME, PERSON, ChoiceOf, Date, Either, Field, Interval, ListOf, RecordOf, Text
from plansite.model.status import PlanKind, Rag

_EMPTY_BODY = Body()


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
    assessments: tuple[SelfAssessment, ...] = ()  # oldest first
    title: Annotated[str, Field(Text(), "What the plan is called.", "After the inspection", True)] = ""
    kind: Annotated[PlanKind, Field(ChoiceOf(PlanKind), "What sort of plan it is.", "improvement")] = PlanKind.GENERAL
    objective: Annotated[str, Field(Text(), "What will be different for people.", "Every care plan is true today")] = ""
    owner: Annotated[str, Field(PERSON, "Who is responsible for the plan.", "Registered Manager")] = ""
    sponsor: Annotated[str, Field(PERSON, "Who gives it authority.", "Director of Care")] = ""
    contact: Annotated[
        str,
        Field(EMAIL, "Where updates by e-mail go, if not to the site's contact.", "inspection-plan@example.org"),
    ] = ""
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
    easy_read: Annotated[
        tuple[str, ...],
        Field(
            ListOf(Text()),
            "The plan in easy words: short sentences with one idea each.",
            "[This is your plan., We help you stay warm.]",
        ),
    ] = ()
    instrument: Annotated[
        tuple[Instrument, ...],
        Field(
            ListOf(RecordOf(Instrument)),
            "Letters and notices that have to be answered by a day.",
            "[{name: requirement notice, received: 2025-01-06}]",
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
