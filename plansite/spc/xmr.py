"""An XmR chart: points with their limits and verdicts, and what the chart says as a whole."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.status import Direction
from plansite.spc.limits import ProcessLimits, compute_limits
from plansite.spc.method import XmrOptions
from plansite.spc.series import DatedValue, order_values, split_at_rebases
from plansite.spc.special_cause import PointVerdict, Variation, judge_points

#: Limits of fewer points are trial limits (the default of NHSRplotthedots).
MIN_POINTS_FOR_LIMITS = 13


class Assurance(StrEnum):
    """Whether the process can be expected to meet its target."""

    PASS = "consistent_pass"  # noqa: S105  (a word of the reference, no password)
    FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


class XmrPoint(NamedTuple):
    """A point with the limits of its rebase group; a named tuple, because there are many."""

    date: dt.date
    value: float
    limits: ProcessLimits
    verdict: PointVerdict
    variation: Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class XmrGroup:
    """The points between two rebases. `is_trial`: there are too few for limits that last."""

    points: tuple[XmrPoint, ...]
    limits: ProcessLimits
    is_trial: bool

    @property
    def variation(self) -> Variation:
        """What the latest point shows."""
        return self.points[-1].variation

    def count_variations(self) -> Counter[Variation]:
        """How many points show what."""
        return Counter(point.variation for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class XmrChart:
    """The groups in order of date; none without values. `assurance` is None without a target or a direction."""

    groups: tuple[XmrGroup, ...]
    assurance: Assurance | None
    options: XmrOptions

    @property
    def points(self) -> tuple[XmrPoint, ...]:
        """All points in order of date."""
        if len(self.groups) == 1:
            return self.groups[0].points
        return tuple(point for group in self.groups for point in group.points)

    @property
    def variation(self) -> Variation | None:
        """What the latest point shows; None without points."""
        return self.groups[-1].variation if self.groups else None


def build_xmr_chart(
    values: Iterable[DatedValue],
    *,
    direction: Direction = Direction.NEUTRAL,
    target: float | None = None,
    rebases: Iterable[dt.date] = (),
    options: XmrOptions | None = None,
) -> XmrChart:
    """The chart of the values, in any order; `target` is on their scale.

    Raises `SeriesError` for a date that occurs twice, a value that cannot be charted, or a rebase without a value.
    """
    options = options or XmrOptions()
    groups = tuple(_build_group(group, direction, options) for group in split_at_rebases(order_values(values), rebases))
    return XmrChart(groups=groups, assurance=find_assurance(groups, direction, target), options=options)


def _build_group(group: tuple[DatedValue, ...], direction: Direction, options: XmrOptions) -> XmrGroup:
    values = [point.value for point in group]
    limits = compute_limits(values, screens_ranges=options.screens_ranges)
    verdicts = judge_points(values, limits, options)
    points = tuple(
        XmrPoint(day, value, limits, verdict, verdict.variation(direction) if verdict.rules else Variation.COMMON_CAUSE)
        for (day, value), verdict in zip(group, verdicts, strict=True)
    )
    return XmrGroup(points=points, limits=limits, is_trial=len(points) < MIN_POINTS_FOR_LIMITS)


def find_assurance(groups: tuple[XmrGroup, ...], direction: Direction, target: float | None) -> Assurance | None:
    """The target against the latest limits. A target that equals a limit is not met for certain."""
    if not groups or target is None or direction is Direction.NEUTRAL:
        return None
    limits = groups[-1].limits
    if limits.lower <= target <= limits.upper:
        return Assurance.INCONSISTENT
    is_pass = target < limits.lower if direction is Direction.UP else target > limits.upper
    return Assurance.PASS if is_pass else Assurance.FAIL
