"""What each point of an XmR chart shows: common cause, or special cause by which rule."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.status import Direction
from plansite.spc.limits import ProcessLimits
from plansite.spc.method import XmrOptions
from plansite.spc.rules import find_shift_ends, find_trend_ends, find_two_of_three, spread_back


class SpecialCauseRule(StrEnum):
    """The rules by precedence: the first that applies to a point is its label."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


class Variation(StrEnum):
    """What a point, or the chart by its latest point, says of the process."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


#: The label of each rule for a higher and a lower value, in the words of NHSRplotthedots.
_LABELS = {
    SpecialCauseRule.OUTSIDE: ("Above UCL", "Below LCL"),
    SpecialCauseRule.TREND: ("{length} Point Trend (Increasing)", "{length} Point Trend (Decreasing)"),
    SpecialCauseRule.TWO_OF_THREE: ("2 in 3 Above CL", "2 in 3 Below CL"),
    SpecialCauseRule.SHIFT: ("{length} Points Above CL", "{length} Points Below CL"),
}


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """The rules that apply to a point, by precedence; `way` is 1 where the first of them means higher values, -1 lower.

    A trend goes by its direction, whichever side of the mean its points are on.
    """

    rules: tuple[SpecialCauseRule, ...] = ()
    way: int = 0

    def label(self, run_length: int = 7) -> str:
        """The first rule in the words of NHSRplotthedots: "7 Points Above CL"."""
        if not self.rules:
            return "Common Cause"
        higher, lower = _LABELS[self.rules[0]]
        return (higher if self.way > 0 else lower).format(length=run_length)

    def variation(self, direction: Direction) -> Variation:
        """Whether this is good news, where `direction` is the better one."""
        if not self.rules:
            return Variation.COMMON_CAUSE
        if direction is Direction.NEUTRAL:
            return Variation.NEUTRAL_HIGH if self.way > 0 else Variation.NEUTRAL_LOW
        is_better = (self.way > 0) == (direction is Direction.UP)
        return Variation.IMPROVEMENT if is_better else Variation.CONCERN


def judge_points(values: Sequence[float], limits: ProcessLimits, options: XmrOptions) -> list[PointVerdict]:
    """The verdict on each value of a rebase group."""
    length = options.run_length
    mean, lower, upper = limits.mean, limits.lower, limits.upper
    near_lower, near_upper, counts_all = limits.near_lower, limits.near_upper, options.counts_beyond_limits
    sides = [(value > mean) - (value < mean) for value in values]
    outside = [value > upper or value < lower for value in values]
    near = [
        (value > near_upper or value < near_lower) and (counts_all or not is_outside)
        for value, is_outside in zip(values, outside, strict=True)
    ]
    trends = spread_back(find_trend_ends(values, length), length)
    shifts = spread_back(find_shift_ends(sides, length), length)
    pairs = [flag and is_near for flag, is_near in zip(find_two_of_three(near, sides), near, strict=True)]
    columns = zip(sides, outside, trends, pairs, shifts, strict=True)
    return [_judge(side, is_outside, trend, is_pair, shift) for side, is_outside, trend, is_pair, shift in columns]


@functools.cache  # there are few combinations, and a verdict on nearly every point is one of two
def _judge(side: int, is_outside: bool, trend: int, is_pair: bool, shift: int) -> PointVerdict:
    """The rules that apply, and the way of the first."""
    applied = [
        (rule, way)
        for rule, applies, way in (
            (SpecialCauseRule.OUTSIDE, is_outside, side),
            (SpecialCauseRule.TREND, trend, trend),
            (SpecialCauseRule.TWO_OF_THREE, is_pair, side),
            (SpecialCauseRule.SHIFT, shift, side),
        )
        if applies
    ]
    return PointVerdict(tuple(rule for rule, _ in applied), applied[0][1]) if applied else PointVerdict()
