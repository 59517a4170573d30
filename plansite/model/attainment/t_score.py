"""The T score of goal attainment scaling."""

from __future__ import annotations

import math
from collections.abc import Sequence

#: How far the scores of a person's goals are expected to go together.
EXPECTED_CORRELATION = 0.3


def calculate_t_score(levels: Sequence[float], weights: Sequence[float]) -> float | None:
    """The T score of goals with these levels (from -2 to 2) and weights (0 or more); 50 where all are as expected.

    None if there is no goal, or every weight is 0. With levels x, weights w and the correlation r of 0.3 it is
    T = 50 + 10 Σwx / √((1 - r) Σw² + r (Σw)²) (Kiresuk and Sherman 1968; the form printed in Clinical Rehabilitation
    2009;23:362-70 is wrong, and its erratum gives this one).
    """
    if not any(weights):
        return None
    weighted_sum = sum(weight * level for level, weight in zip(levels, weights, strict=True))
    squares, total = sum(weight**2 for weight in weights), sum(weights)
    deviation = math.sqrt((1 - EXPECTED_CORRELATION) * squares + EXPECTED_CORRELATION * total**2)
    return 50 + 10 * weighted_sum / deviation
