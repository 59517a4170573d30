"""An XmR chart as JSON for programs, and as text for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from plansite.model.formatting import format_count, format_long_date
from plansite.model.status import ChartMethod, Direction
from plansite.spc.sentences import describe_assurance, describe_variation
from plansite.spc.special_cause import Variation
from plansite.spc.xmr import XmrChart, XmrGroup, XmrPoint

JsonObject = dict[str, object]

_NAMES = {
    ChartMethod.NHS_R: "NHSRplotthedots (R package)",
    ChartMethod.NHS_EXCEL: "Making Data Count (NHS England's Excel tool)",
}


def format_chart_json(chart: XmrChart, method: ChartMethod, direction: Direction, target: float | None) -> str:
    """An indented JSON object with `points`, `groups` (one a rebase) and `summary`, and a line end."""
    document = {
        "method": method.value,
        "screened": chart.options.screens_ranges,
        "direction": direction.value,
        "target": target,
        "points": [_point_to_dict(point, chart) for point in chart.points],
        "groups": [_group_to_dict(group) for group in chart.groups],
        "summary": _summary_to_dict(chart, target),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def format_chart_text(chart: XmrChart, method: ChartMethod, target: float | None) -> Iterator[str]:
    """The lines of a report: what the chart shows, its limits, and every point."""
    if not chart.groups:
        yield "There are no readings."
        return
    yield describe_variation(chart, _format_value)
    assurance = describe_assurance(chart, target, _format_value)
    if assurance:
        yield assurance
    yield ""
    for group in chart.groups:
        yield from _format_group(group, chart)
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


def _summary_to_dict(chart: XmrChart, target: float | None) -> JsonObject:
    """The latest group, with the sentences for people; only counts of zero where there are no points."""
    sentences = [describe_variation(chart, _format_value), describe_assurance(chart, target, _format_value)]
    return {
        **(_group_to_dict(chart.groups[-1]) if chart.groups else {"n": 0, "variation": None}),
        "assurance": chart.assurance.value if chart.assurance else None,
        "sentence": " ".join(filter(None, sentences)),
    }


def _format_group(group: XmrGroup, chart: XmrChart) -> Iterator[str]:
    limits = group.limits
    first, last = (format_long_date(point.date) for point in (group.points[0], group.points[-1]))
    trial = " (provisional: 12 readings or fewer)" if group.is_trial else ""
    yield f"{first} to {last}, {format_count(len(group.points), 'reading')}"
    yield f"Average {_format_value(limits.mean)}"
    yield f"Limits {_format_value(limits.lower)} to {_format_value(limits.upper)}{trial}"
    for point in group.points:
        label = point.verdict.label(chart.options.run_length) if point.verdict.rules else ""
        yield f"  {point.date.isoformat()}  {_format_value(point.value):>12}  {label}".rstrip()


def _format_value(value: float) -> str:
    return f"{value:,.6g}"
