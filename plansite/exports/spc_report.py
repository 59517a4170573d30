"""A control chart, of readings or of the days between events, as JSON for programs and as text for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from plansite.model.documents.measure import Reading
from plansite.model.formatting import format_count, format_long_date
from plansite.model.status import ChartMethod, Direction
from plansite.spc.days_between import DaysBetween
from plansite.spc.event_sentences import EventNoun, describe_events, describe_gaps
from plansite.spc.sentences import describe_assurance, describe_variation
from plansite.spc.special_cause import Variation
from plansite.spc.xmr import XmrChart, XmrGroup, XmrPoint

JsonObject = dict[str, object]
#: What is said of readings of which some are given as "fewer than 5".
UNJUDGED = "Not judged, because counts under 5 are not shown."
_NO_POINT: JsonObject = dict.fromkeys(("date", "value", "mean", "lower", "upper", "label", "type")) | {"flags": []}

_NAMES = {
    ChartMethod.NHS_R: "NHSRplotthedots (R package)",
    ChartMethod.NHS_EXCEL: "Making Data Count (NHS England's Excel tool)",
}


def format_chart_json(chart: XmrChart, method: ChartMethod, direction: Direction, target: float | None) -> str:
    """An indented JSON object with `points`, `groups` (one a rebase) and `summary`, and a line end."""
    sentences = [describe_variation(chart, format_value), describe_assurance(chart, target, format_value)]
    summary = {**_summary_to_dict(chart), "sentence": " ".join(filter(None, sentences))}
    return _format_json(chart, method, direction, target, {"chart": "control"}, summary)


def format_days_json(days: DaysBetween, method: ChartMethod, direction: Direction, target: float | None) -> str:
    """As `format_chart_json`, of the days between events: a point is the days since the event before.

    The summary has the number of events, the day of the last, and the days since then that have no end yet.
    """
    summary = {
        **_summary_to_dict(days.chart),
        "events": days.events,
        "last_event": days.last.isoformat() if days.last else None,
        "days_since": days.days_since,
        "sentence": " ".join(_describe_days(days, target)),
    }
    return _format_json(days.chart, method, direction, target, {"chart": "days-between"}, summary)


def format_unjudged_json(readings: Sequence[Reading], method: ChartMethod, direction: Direction) -> str:
    """As `format_chart_json`, of readings of which some are given as "fewer than 5": nothing is computed of them."""
    points = [{**_NO_POINT, "date": reading.date.isoformat(), "value": reading.value} for reading in readings]
    summary = {"n": len(points), "variation": None, "assurance": None, "sentence": UNJUDGED}
    document = {"chart": None, "method": method.value, "direction": direction.value, "points": points, "groups": []}
    return json.dumps({**document, "summary": summary}, indent=2, ensure_ascii=False) + "\n"


def _format_json(
    chart: XmrChart,
    method: ChartMethod,
    direction: Direction,
    target: float | None,
    kind: JsonObject,
    summary: JsonObject,
) -> str:
    document = {
        **kind,
        "method": method.value,
        "screened": chart.options.screens_ranges,
        "direction": direction.value,
        "target": target,
        "points": [_point_to_dict(point, chart) for point in chart.points],
        "groups": [_group_to_dict(group) for group in chart.groups],
        "summary": summary,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def format_chart_text(chart: XmrChart, method: ChartMethod, target: float | None) -> Iterator[str]:
    """The lines of a report: what the chart shows, its limits, and every point."""
    if not chart.groups:
        yield "There are no readings."
        return
    yield describe_variation(chart, format_value)
    assurance = describe_assurance(chart, target, format_value)
    if assurance:
        yield assurance
    yield ""
    yield from _format_groups(chart, method, "reading")
    if 2 * sum(point.value == 0 for point in chart.points) > len(chart.points):
        yield "Most readings are 0, so limits say little. `--chart days-between` may show more."


def format_days_text(days: DaysBetween, method: ChartMethod, target: float | None) -> Iterator[str]:
    """The lines of a report on the days between events."""
    if days.start is None:
        yield "There are no readings."
        return
    yield from _describe_days(days, target)
    if days.chart.groups:
        yield ""
        yield from _format_groups(days.chart, method, "time between events", "times between events")
        yield "Limits are those of the days to the power of 1 ÷ 3.6 (T chart)."


def _describe_days(days: DaysBetween, target: float | None) -> Iterator[str]:
    """The sentences of a chart of days between events, each on its own."""
    sentences = (
        describe_gaps(days, EventNoun()),
        describe_events(days, EventNoun(), format_long_date),
        describe_assurance(days.chart, target, lambda value: format_count(round(value), "day")),
    )
    return filter(None, sentences)


def _format_groups(chart: XmrChart, method: ChartMethod, noun: str, plural: str = "") -> Iterator[str]:
    for group in chart.groups:
        yield from _format_group(group, chart, format_count(len(group.points), noun, plural))
        yield ""
    screening = "are left out" if chart.options.screens_ranges else "are kept"
    yield f"Method: {_NAMES[method]}; unusually large moving ranges {screening}."


def _point_to_dict(point: XmrPoint, chart: XmrChart) -> JsonObject:
    return {
        "date": point.date.isoformat(),
        "value": point.value,
        "mean": point.limits.mean,
        "lower": point.limits.lower,
        "upper": point.limits.upper,
        "flags": [rule.value for rule in point.verdict.rules],
        "label": point.verdict.label(chart.options.run_length),
        "type": point.variation.value,
    }


def _group_to_dict(group: XmrGroup) -> JsonObject:
    counts = group.count_variations()
    return {
        "from": group.points[0].date.isoformat(),
        "n": len(group.points),
        "mean": group.limits.mean,
        "lower": group.limits.lower,
        "upper": group.limits.upper,
        "trial_limits": group.is_trial,
        "common_cause": counts[Variation.COMMON_CAUSE],
        "special_cause_improvement": counts[Variation.IMPROVEMENT],
        "special_cause_concern": counts[Variation.CONCERN],
        "special_cause_neutral": counts[Variation.NEUTRAL_HIGH] + counts[Variation.NEUTRAL_LOW],
        "variation": group.variation.value,
    }


def _summary_to_dict(chart: XmrChart) -> JsonObject:
    """The latest group; only counts of zero where there are no points."""
    return {
        **(_group_to_dict(chart.groups[-1]) if chart.groups else {"n": 0, "variation": None}),
        "assurance": chart.assurance.value if chart.assurance else None,
    }


def _format_group(group: XmrGroup, chart: XmrChart, counted: str) -> Iterator[str]:
    limits = group.limits
    first, last = (format_long_date(point.date) for point in (group.points[0], group.points[-1]))
    trial = " (provisional: 12 readings or fewer)" if group.is_trial else ""
    yield f"{first} to {last}, {counted}"
    yield f"{'Centre' if counted.endswith('events') else 'Average'} {format_value(limits.mean)}"
    yield f"Limits {format_value(limits.lower)} to {format_value(limits.upper)}{trial}"
    for point in group.points:
        label = point.verdict.label(chart.options.run_length) if point.verdict.rules else ""
        yield f"  {point.date.isoformat()}  {format_value(point.value):>12}  {label}".rstrip()


def format_value(value: float) -> str:
    """A value to six significant figures: "1,234.5"."""
    return f"{value:,.6g}"
