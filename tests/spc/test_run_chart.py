"""The line of a run chart: the median of its values."""

from __future__ import annotations

import statistics

from hypothesis import given
from hypothesis import strategies as st

from plansite.spc.run_chart import analyse_runs


@given(st.lists(st.one_of(st.integers(-9, 9), st.floats(-1e9, 1e9)), min_size=1, max_size=12))
def test_the_line_is_the_median(values: list[float]) -> None:
    """As Python's own module gives it, for an odd and an even number of values."""
    assert analyse_runs(values).centre == statistics.median(values)
