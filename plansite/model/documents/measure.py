"""Measures: series of dated readings."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.chart_marks import Annotation, Rebase
from plansite.model.documents.records.evidence import StandardsField
from plansite.model.documents.records.waivers import AllowField
from plansite.model.fields import ChoiceOf, Field, ListOf, Number, RecordOf, Text
from plansite.model.status import ChartKind, ChartMethod, Direction, MeasureKind, SmallCounts

_EMPTY_BODY = Body()


class Reading(NamedTuple):
    """A point of a measure: a value, or a numerator `n` and denominator `d` with the value n ÷ d.

    A reading that is given as "fewer than 5" has neither value nor `n`: it is a count from 1 to 4, or a share of one.
    A site may have a hundred thousand of them, and named tuples are made and stored in a third of the time.
    """

    date: dt.date
    value: float | None
    n: float | None = None
    d: float | None = None

    @property
    def is_small(self) -> bool:
        """Whether it is given as "fewer than 5"."""
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A series of dated readings with a direction of improvement and perhaps a target.

    The readings are in order of date. `lists_events` where they count the lines of a file of dates alone.
    """

    plan: str
    slug: str
    path: str
    body: Body = _EMPTY_BODY
    readings: tuple[Reading, ...] = ()
    lists_events: bool = False
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
        Field(
            ChoiceOf(ChartKind),
            "`control` for limits, `run` for a median, `days between` for the days between events; by the readings.",
            "run",
        ),
    ] = None
    method: Annotated[
        ChartMethod,
        Field(ChoiceOf(ChartMethod), "Whose rules the limits follow.", "nhs-excel"),
    ] = ChartMethod.NHS_R
    baseline: Annotated[float | None, Field(Number(), "The value before the work began.", "9")] = None
    scale: Annotated[
        str,
        Field(
            Text(),
            "The questionnaire whose total scores these are. It makes the measure internal by default.",
            "PHQ-9",
        ),
    ] = ""
    small_counts: Annotated[
        SmallCounts,
        Field(
            ChoiceOf(SmallCounts),
            "`hide`: copies for partners and the public say “fewer than 5” in place of counts from 1 to 4.",
            "hide",
        ),
    ] = SmallCounts.SHOW
    standards: StandardsField = ()
    state: Annotated[str, Field(Text(), "`sustaining` once the target is reached.", "sustaining")] = ""
    audience: AudienceField = None
    allow: AllowField = ()

    @property
    def is_share(self) -> bool:
        """Whether the readings are counts out of a total, which are shown as percentages."""
        return any(reading.d is not None for reading in self.readings)

    @property
    def is_percentage(self) -> bool:
        """Whether the readings are percentages without their counts."""
        return not self.is_share and self.unit.strip().startswith("%")

    @property
    def counts_events(self) -> bool:
        """Whether the readings are numbers of events: whole, not below 0, no shares and no percentages."""
        if self.is_share or self.is_percentage:
            return False
        return all(value >= 0 and value == int(value) for value in self.values)

    @property
    def values(self) -> tuple[float, ...]:
        """The values of the readings that have one."""
        return tuple(reading.value for reading in self.readings if reading.value is not None)

    @property
    def has_small(self) -> bool:
        """Whether a reading is given as "fewer than 5". Nothing may be computed from the others then."""
        return any(reading.is_small for reading in self.readings)

    @property
    def scaled_target(self) -> float | None:
        """The target on the scale of the readings: for shares, one above 1 or with "%" as unit is a percentage."""
        return self._scale(self.target)

    @property
    def scaled_baseline(self) -> float | None:
        """The value before the work began, on the scale of the readings, as `scaled_target`."""
        return self._scale(self.baseline)

    def _scale(self, number: float | None) -> float | None:
        if number is None or not self.is_share:
            return number
        return number / 100 if number > 1 or self.unit.strip().startswith("%") else number

    def meets_target(self, value: float | None) -> bool | None:
        """Whether a value meets the target; None if there is no target, no value, or no better direction.

        A list of events has no target: each of its readings is a day on which something happened.
        """
        return self.compares_to(self.scaled_target, value)

    def compares_to(self, target: float | None, value: float | None) -> bool | None:
        """As `meets_target`, with the scaled target."""
        if target is None or value is None or self.lists_events or self.direction is Direction.NEUTRAL:
            return None
        return value >= target if self.direction is Direction.UP else value <= target

    @property
    def is_sustaining(self) -> bool:
        """Whether the target is reached, and is to be kept."""
        return self.state.strip().casefold().startswith("sustain")

    @property
    def has_lapsed(self) -> bool:
        """Whether the target was reached and is to be kept, and the latest reading misses it."""
        return bool(self.is_sustaining and self.readings) and self.meets_target(self.readings[-1].value) is False
