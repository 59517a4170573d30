"""The chart of a measure: its readings with limits and target, and the actions that were completed meanwhile."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import finished_on
from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import action_address
from plansite.model.status import FINISHED_STATUSES
from plansite.site.charts.line_chart import ChartOverlay, LevelLine, LineChart, build_line_chart
from plansite.site.components.page import Link
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics
from plansite.site.plan.goals import find_measure
from plansite.spc.days_between import SAME_DAY, DaysBetween
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
#: A value before the work that is so many times the largest reading is not drawn: the readings would be a flat line.
_FARTHEST_BASELINE = 20


@dataclass(frozen=True, slots=True)
class MeasureEvent:
    """A day that is marked on the chart: actions that were completed, or a note. `letter` marks it."""

    letter: str
    day: date
    actions: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChart:
    """A drawing with what its key explains: the `centre` line by name (or none), and the roles of lines and points.

    `point` is what a circle is: a reading, or the days between two events.
    """

    drawing: LineChart
    centre: str
    point: str
    roles: frozenset[str]
    events: tuple[MeasureEvent, ...]


def build_measure_chart(statistics: MeasureStatistics, events: tuple[MeasureEvent, ...]) -> MeasureChart | None:
    """The chart; None without readings."""
    if statistics.days and statistics.days.chart.points:
        drawing = _draw_days(statistics, statistics.days, events)
        centre, point = "Centre", "days between two events"
    else:
        drawing = _draw_readings(statistics, events)
        centre, point = "Mean" if statistics.control else "Median" if statistics.runs else "", "a reading"
    if not drawing:
        return None
    return MeasureChart(
        drawing=drawing,
        centre=centre if any(line.role == "mean" for line in drawing.lines) else "",
        point=point,
        roles=frozenset(point.role for point in drawing.points) | {line.role for line in drawing.lines},
        events=events,
    )


def _draw_readings(statistics: MeasureStatistics, events: tuple[MeasureEvent, ...]) -> LineChart | None:
    figures = statistics.figures
    return build_line_chart(
        figures.measure.readings,
        None if figures.measure.lists_events else figures.target,
        factor=100 if figures.is_share else 1,
        suffix=figures.sign,
        overlay=_build_overlay(statistics, events),
    )


def _draw_days(statistics: MeasureStatistics, days: DaysBetween, events: tuple[MeasureEvent, ...]) -> LineChart | None:
    """The chart of the days between events; the time since the last is its open point."""
    chart, readings = statistics.limits_chart, statistics.figures.measure.readings
    until, since = readings[-1].date, days.days_since
    bounds = (math.nextafter(SAME_DAY, 1), math.inf)
    return build_line_chart(
        [Reading(point.date, point.value) for point in days.chart.points],
        None,
        overlay=ChartOverlay(
            roles=_list_roles(chart) if chart else (),
            levels=tuple(_build_levels(chart, bounds, "Centre", until)) if chart else (),
            events=_list_marks(events),
            pending=Reading(until, since) if since else None,
            period=(min(readings[0].date, days.chart.points[0].date), until),
        ),
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


def _list_marks(events: tuple[MeasureEvent, ...]) -> tuple[tuple[str, date], ...]:
    return tuple((event.letter, event.day) for event in events)


def _list_roles(chart: XmrChart) -> tuple[str, ...]:
    return tuple(_ROLES[point.variation] for point in chart.points)


def _build_overlay(statistics: MeasureStatistics, events: tuple[MeasureEvent, ...]) -> ChartOverlay:
    figures, marks = statistics.figures, _list_marks(events)
    before = tuple(_build_baseline_level(figures))
    if statistics.control:
        levels = _build_levels(statistics.control, figures.bounds, "Mean", figures.measure.readings[-1].date)
        return ChartOverlay(roles=_list_roles(statistics.control), levels=(*levels, *before), events=marks)
    if statistics.runs:
        median = _build_whole_level(figures, "mean", "Median", statistics.runs.centre)
        return ChartOverlay(levels=(median, *before), events=marks)
    return ChartOverlay(levels=before, events=marks)


def _build_baseline_level(figures: MeasureFigures) -> Iterator[LevelLine]:
    """The value before the work began, as a line; none if it is out of all proportion, or the readings are events."""
    baseline, values = figures.measure.scaled_baseline, figures.measure.values
    if baseline is None or figures.measure.lists_events or not figures.measure.readings:
        return
    largest = max(map(abs, values), default=0.0)
    if not largest or abs(baseline) <= _FARTHEST_BASELINE * largest:
        yield _build_whole_level(figures, "baseline", "Before", baseline)


def _build_whole_level(figures: MeasureFigures, role: str, name: str, value: float) -> LevelLine:
    readings = figures.measure.readings
    return LevelLine(role=role, name=name, value=value, first=readings[0].date, last=readings[-1].date)


def _build_levels(chart: XmrChart, bounds: tuple[float, float], centre: str, end: date) -> Iterator[LevelLine]:
    """Mean and limits of each group; only those of the latest have names, `centre` for the mean, and go on to `end`."""
    for group in chart.groups[:-1]:
        yield from _build_group_levels(group, bounds, "", group.points[-1].date)
    for group in chart.groups[-1:]:
        yield from _build_group_levels(group, bounds, centre, end)


def _build_group_levels(group: XmrGroup, bounds: tuple[float, float], centre: str, end: date) -> Iterator[LevelLine]:
    """The levels of a group without limits that no point can be beyond: below 0 for counts and days, above 100%."""
    first, (lowest, highest) = group.points[0].date, bounds
    for role, name, value in (
        ("limit", "Upper limit", group.limits.upper),
        ("mean", centre, group.limits.mean),
        ("limit", "Lower limit", group.limits.lower),
    ):
        if lowest <= value <= highest:
            yield LevelLine(role=role, name=name if centre else "", value=value, first=first, last=end)
