"""Centre line and process limits of an XmR chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from plansite.deferred_dataclass import dataclass

#: Three standard deviations in terms of the average moving range of two points: 3 ÷ 1.128, rounded as NHS England does.
_LIMIT_FACTOR = 2.66
_NEAR_FACTOR = _LIMIT_FACTOR * 2 / 3
#: The upper limit of moving ranges of two points, as a multiple of their average (D4 for n = 2).
_RANGE_LIMIT_FACTOR = 3.267


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLimits:
    """The mean, the limits at three standard deviations, and the near limits at two; all on the scale of the values."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


def compute_limits(values: Sequence[float], *, screens_ranges: bool) -> ProcessLimits:
    """The limits of at least one value: mean ± 2.66 times the average moving range.

    With `screens_ranges`, moving ranges of 3.267 times their average or more are left out, once. Where no range is
    left, as in a constant series or with a single value, the limits equal the mean.
    """
    mean = compute_mean(values)
    average_range = compute_average_range(values, screens_ranges=screens_ranges)
    limit, near = _LIMIT_FACTOR * average_range, _NEAR_FACTOR * average_range
    return ProcessLimits(
        mean=mean, lower=mean - limit, upper=mean + limit, near_lower=mean - near, near_upper=mean + near
    )


def compute_mean(values: Sequence[float]) -> float:
    """The mean of at least one value, so exact that the mean of equal values is that value.

    As in R, the mean of the remainders is added to a first result; `math.fsum` alone can be off by the last digit.
    """
    first = math.fsum(values) / len(values)
    return first + math.fsum([value - first for value in values]) / len(values)


def compute_average_range(values: Sequence[float], *, screens_ranges: bool) -> float:
    """The average of the differences between neighbours, without unusually large ones if `screens_ranges`."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if ranges and screens_ranges:
        bound = _RANGE_LIMIT_FACTOR * compute_mean(ranges)
        ranges = [size for size in ranges if size < bound]
    return compute_mean(ranges) if ranges else 0.0
