"""What a chart shows, in sentences that claim no more than the rules support."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile

from plansite.spc.rules import compare
from plansite.spc.run_chart import RunAnalysis
from plansite.spc.special_cause import SpecialCauseRule, Variation
from plansite.spc.xmr import Assurance, XmrChart, XmrGroup, XmrPoint

#: Turns a value into words: "86.8%".
FormatValue = Callable[[float], str]

#: How a sentence about good news, or bad, begins.
OPENINGS = {Variation.IMPROVEMENT: "An improvement", Variation.CONCERN: "A concern"}
_ASSURANCE = {
    Assurance.PASS: "The target of {target} can be expected to be met every time.",
    Assurance.FAIL: "The target of {target} will not be met unless something changes.",
    Assurance.INCONSISTENT: "The target of {target} may or may not be met.",
}


def describe_variation(chart: XmrChart, format_value: FormatValue) -> str:
    """What the latest reading shows: "A concern: the last 7 readings have all fallen."; empty without readings."""
    if not chart.groups:
        return ""
    group = chart.groups[-1]
    latest = group.points[-1]
    if not latest.verdict.rules:
        return "No clear change: the readings are within their usual range."
    finding = _describe_rule(group, latest, format_value)
    opening = OPENINGS.get(latest.variation)
    return f"{opening}: {finding[:1].lower()}{finding[1:]}." if opening else f"{finding}."


def describe_assurance(chart: XmrChart, target: float | None, format_value: FormatValue) -> str:
    """Whether the target can be relied on; empty without a target, or a direction that is better."""
    if chart.assurance is None or target is None:
        return ""
    return _ASSURANCE[chart.assurance].format(target=format_value(target))


def _describe_rule(group: XmrGroup, latest: XmrPoint, format_value: FormatValue) -> str:
    is_high = latest.verdict.way > 0
    values = [point.value for point in group.points]
    match latest.verdict.rules[0]:
        case SpecialCauseRule.OUTSIDE:
            finding = f"The latest reading is {'above' if is_high else 'below'} the usual range"
            return (
                f"{finding}, and {_describe_trend(values)}"
                if SpecialCauseRule.TREND in latest.verdict.rules
                else finding
            )
        case SpecialCauseRule.TREND:
            return _describe_trend(values).capitalize()
        case SpecialCauseRule.TWO_OF_THREE:
            return f"Two of three readings in a row are unusually {'high' if is_high else 'low'}"
        case SpecialCauseRule.SHIFT:
            side = "above" if is_high else "below"
            count = _count_side(values, group.limits.mean)
            return f"The last {count} readings are all {side} the average of {format_value(group.limits.mean)}"


def _describe_trend(values: Sequence[float]) -> str:
    """How many readings up to the latest all rise, or all fall: "the last 7 readings have all fallen"."""
    directions = [compare(after, before) for before, after in pairwise(values)]
    count = 1 + count_equal_signs(directions)
    return f"the last {count} readings have all {'risen' if directions[-1] > 0 else 'fallen'}"


def _count_side(values: Sequence[float], mean: float) -> int:
    """How many readings up to the latest are on its side of the mean."""
    return count_equal_signs([compare(value, mean) for value in values])


def count_equal_signs(signs: Sequence[int]) -> int:
    """How many signs up to the last are equal to it."""
    return len(list(takewhile(lambda sign: sign == signs[-1], reversed(signs))))


def describe_runs(runs: RunAnalysis, format_value: FormatValue) -> str:
    """What a run chart shows. It tells a shift from chance, and not since when or whether it is good."""
    median = format_value(runs.centre)
    if runs.longest_allowed is not None and runs.longest_run > runs.longest_allowed:
        return f"A shift: {runs.longest_run} readings in a row are on one side of the median of {median}."
    if runs.has_signal:
        return f"A shift: the readings cross the median of {median} less often than chance explains."
    return "No shift: the readings vary about their median as chance explains."
