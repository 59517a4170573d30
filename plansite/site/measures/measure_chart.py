"""The chart of a measure: its readings with limits and target, and the actions that were completed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import finished_on
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import action_address
from plansite.model.status import FINISHED_STATUSES
from plansite.site.charts.line_chart import ChartOverlay, LevelLine, LineChart, build_line_chart
from plansite.site.components.page import Link
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics
from plansite.site.plan.goals import find_measure
from plansite.spc.special_cause import Variation
from plansite.spc.xmr import XmrChart, XmrGroup

_ROLES = {
    Variation.COMMON_CAUSE: "common",
    Variation.IMPROVEMENT: "better",
    Variation.CONCERN: "worse",
    Variation.NEUTRAL_HIGH: "unusual",
    Variation.NEUTRAL_LOW: "unusual",
}
#: The most days that are marked on one chart; the latest are kept.
_MAX_EVENTS = 12


@dataclass(frozen=True, slots=True)
class MeasureEvent:
    """A day that is marked on the chart: actions that were completed, or a note. `letter` marks it."""

    letter: str
    day: date
    actions: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChart:
    """A drawing with what its key explains: the `centre` line by name (or none), and the roles of lines and points."""

    drawing: LineChart
    centre: str
    roles: frozenset[str]
    events: tuple[MeasureEvent, ...]


def build_measure_chart(statistics: MeasureStatistics, events: tuple[MeasureEvent, ...]) -> MeasureChart | None:
    """The chart; None without readings."""
    figures = statistics.figures
    drawing = build_line_chart(
        figures.measure.readings,
        figures.target,
        factor=100 if figures.is_share else 1,
        suffix=figures.sign,
        overlay=_build_overlay(statistics, events),
    )
    if not drawing:
        return None
    return MeasureChart(
        drawing=drawing,
        centre="Mean" if statistics.control else "Median" if statistics.runs else "",
        roles=frozenset(point.role for point in drawing.points) | {line.role for line in drawing.lines},
        events=events,
    )


def list_measure_events(plan: Plan, measure: Measure) -> tuple[MeasureEvent, ...]:
    """The days from the first to the latest reading on which actions for the measure's goals were completed, and notes.

    Without a goal that names the measure, the actions are all those of the plan.
    """
    if not measure.readings:
        return ()
    first, last = measure.readings[0].date, measure.readings[-1].date
    goals = [goal for goal in plan.goals if find_measure(plan, goal) == measure]
    links: dict[date, list[Link]] = {}
    for action in plan.actions:
        day = finished_on(action) if action.status in FINISHED_STATUSES else None
        if day and first <= day <= last and (not goals or plan.find_goal(action.goal) in goals):
            words = f"Action {action.ref}: {action.title}" if action.ref else action.title
            links.setdefault(day, []).append(Link(words, action_address(action)))
    notes: dict[date, list[str]] = {}
    for note in measure.annotations:
        if note.date and first <= note.date <= last:
            notes.setdefault(note.date, []).append(note.text)
    days = sorted({*links, *notes})[-_MAX_EVENTS:]
    return tuple(
        MeasureEvent(chr(ord("A") + index), day, tuple(links.get(day, ())), tuple(notes.get(day, ())))
        for index, day in enumerate(days)
    )


def _build_overlay(statistics: MeasureStatistics, events: tuple[MeasureEvent, ...]) -> ChartOverlay:
    marks = tuple((event.letter, event.day) for event in events)
    if statistics.control:
        roles = tuple(_ROLES[point.variation] for point in statistics.control.points)
        return ChartOverlay(
            roles=roles, levels=tuple(_build_levels(statistics.control, statistics.figures)), events=marks
        )
    if statistics.runs:
        readings = statistics.figures.measure.readings
        median = LevelLine(
            role="mean",
            name="Median",
            value=statistics.runs.centre,
            first=readings[0].date,
            last=readings[-1].date,
        )
        return ChartOverlay(levels=(median,), events=marks)
    return ChartOverlay(events=marks)


def _build_levels(control: XmrChart, figures: MeasureFigures) -> Iterator[LevelLine]:
    """Mean and limits of each group; only those of the latest have names."""
    for group in control.groups:
        yield from _build_group_levels(group, figures, is_latest=group is control.groups[-1])


def _build_group_levels(group: XmrGroup, figures: MeasureFigures, *, is_latest: bool) -> Iterator[LevelLine]:
    """A limit that no reading can reach is left out: below 0 for counts and shares, above 100%."""
    first, last = group.points[0].date, group.points[-1].date
    lowest, highest = figures.bounds
    for role, name, value in (
        ("limit", "Upper limit", group.limits.upper),
        ("mean", "Mean", group.limits.mean),
        ("limit", "Lower limit", group.limits.lower),
    ):
        if lowest <= value <= highest:
            yield LevelLine(role=role, name=name if is_latest else "", value=value, first=first, last=last)
