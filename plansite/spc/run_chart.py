"""Run charts by the rules of Anhøj, which find a shift without limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby, pairwise

from plansite.deferred_dataclass import dataclass
from plansite.spc.rules import compare

#: The share of cases, in per cent, below which crossings are too few.
_CROSSINGS_PER_CENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnalysis:
    """The runs of values on one side of a centre line.

    `useful` counts the values that are not on the line. `longest_allowed` and `fewest_allowed` are what chance
    explains; both are None where no value is useful, and there is no signal then.
    """

    centre: float
    useful: int
    longest_run: int
    longest_allowed: int | None
    crossings: int
    fewest_allowed: int | None

    @property
    def has_signal(self) -> bool:
        """Whether a run is longer, or the line is crossed less often, than chance explains."""
        if self.longest_allowed is None or self.fewest_allowed is None:
            return False
        return self.longest_run > self.longest_allowed or self.crossings < self.fewest_allowed


def analyse_runs(values: Sequence[float], centre: float | None = None) -> RunAnalysis:
    """The analysis of at least one value, about their median or another `centre`.

    The longest run allowed is round(log₂ n) + 3, the fewest crossings the 5% quantile of Binomial(n - 1, 0.5), for n
    useful values (Anhøj and Olesen 2014; `runs.analysis` of qicharts2).
    """
    line = _median(values) if centre is None else centre
    sides = [side for side in (compare(value, line) for value in values) if side]
    useful = len(sides)
    return RunAnalysis(
        centre=line,
        useful=useful,
        longest_run=max((len(list(run)) for _, run in groupby(sides)), default=0),
        longest_allowed=round(math.log2(useful)) + 3 if useful else None,
        crossings=sum(before != after for before, after in pairwise(sides)),
        fewest_allowed=_find_binomial_quantile(useful - 1) if useful else None,
    )


def _median(values: Sequence[float]) -> float:
    """As `statistics.median`, without the import of fractions and decimal numbers."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _find_binomial_quantile(trials: int) -> int:
    """The least k for which Binomial(trials, 0.5) is at most k in 5% of cases or more; in whole numbers, so exact."""
    bound = _CROSSINGS_PER_CENT * 2**trials
    term, total, k = 1, 1, 0
    while total * 100 < bound:
        term = term * (trials - k) // (k + 1)
        total += term
        k += 1
    return k
