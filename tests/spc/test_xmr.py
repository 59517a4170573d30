"""What charts say of series that are short, constant, wrong or shifted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.status import ChartMethod, Direction
from plansite.spc.method import XmrOptions
from plansite.spc.series import DatedValue, SeriesError
from plansite.spc.special_cause import SpecialCauseRule, Variation
from plansite.spc.xmr import Assurance, XmrChart, build_xmr_chart

_START = dt.date(2024, 1, 1)
#: Whole numbers, so that adding and scaling are exact and no point changes sides by rounding.
_VALUES = st.lists(st.integers(-1000, 1000), min_size=1, max_size=40)


def _date(values: Sequence[float]) -> list[DatedValue]:
    return [DatedValue(_START + dt.timedelta(days=index), value) for index, value in enumerate(values)]


def _limits(chart: XmrChart) -> list[float]:
    limits = chart.groups[0].limits
    return [limits.mean, limits.lower, limits.upper, limits.near_lower, limits.near_upper]


@pytest.mark.parametrize("values", [[5], [5, 5], [0.1] * 20, [-3.3] * 13])
def test_a_constant_series_has_its_value_as_limits(values: list[float]) -> None:
    """All moving ranges are 0, and no point shows a special cause."""
    chart = build_xmr_chart(_date(values), direction=Direction.UP, target=9)
    assert _limits(chart) == [values[0]] * 5
    assert {point.variation for point in chart.points} == {Variation.COMMON_CAUSE}
    assert chart.assurance is Assurance.FAIL


def test_no_values_are_no_chart() -> None:
    chart = build_xmr_chart([], direction=Direction.UP, target=9)
    assert (chart.groups, chart.points, chart.variation, chart.assurance) == ((), (), None, None)


def test_values_are_put_in_order() -> None:
    values = _date([1, 5, 2, 8, 3])
    assert build_xmr_chart(values[::-1]) == build_xmr_chart(values)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e300])
def test_what_is_no_ordinary_number_is_refused(value: float) -> None:
    with pytest.raises(SeriesError, match="2024-01-02"):
        build_xmr_chart(_date([1, value]))


def test_a_date_twice_is_refused() -> None:
    with pytest.raises(SeriesError, match="two values for 2024-01-01"):
        build_xmr_chart([*_date([1, 2]), DatedValue(_START, 1)])


def test_a_rebase_without_a_value_is_refused() -> None:
    with pytest.raises(SeriesError, match="no value for 2025-05-05"):
        build_xmr_chart(_date([1, 2]), rebases=[dt.date(2025, 5, 5)])


def test_a_rebase_starts_limits_and_rules_again() -> None:
    """Six points above the mean before it and six after it are no shift."""
    values = [0, 2, 0, 2, 0, 2, 10, 12, 10, 12, 10, 12]
    chart = build_xmr_chart(_date(values), rebases=[_START + dt.timedelta(days=6)])
    assert [group.limits.mean for group in chart.groups] == [1, 11]
    assert {point.variation for point in chart.points} == {Variation.COMMON_CAUSE}


@pytest.mark.parametrize(("count", "is_trial"), [(12, True), (13, False)])
def test_limits_of_twelve_points_or_fewer_are_trial_limits(count: int, is_trial: bool) -> None:
    assert build_xmr_chart(_date([1, 2] * 6 + [1] * (count - 12))).groups[0].is_trial is is_trial


def test_a_target_on_a_limit_is_not_met_for_certain() -> None:
    values = _date([4, 6] * 7)
    limits = build_xmr_chart(values).groups[0].limits
    for target, assurance in (
        (limits.lower, Assurance.INCONSISTENT),
        (limits.upper, Assurance.INCONSISTENT),
        (limits.lower - 1, Assurance.PASS),
        (limits.upper + 1, Assurance.FAIL),
    ):
        assert build_xmr_chart(values, direction=Direction.UP, target=target).assurance is assurance


def test_the_methods_differ_on_points_beyond_a_limit() -> None:
    """Two points beyond a limit and one near it: the R package leaves the third alone, the Excel tool does not."""
    values = [10, 11] * 15 + [17, 17, 13]
    by_method = {}
    for method in ChartMethod:
        options = XmrOptions.from_method(method, screens_ranges=True)
        by_method[method] = [point.verdict.rules for point in build_xmr_chart(_date(values), options=options).points]
    assert by_method[ChartMethod.NHS_R][-1] == ()
    assert by_method[ChartMethod.NHS_EXCEL][-1] == (SpecialCauseRule.TWO_OF_THREE,)


def test_six_points_are_a_shift_where_the_site_says_so() -> None:
    values = [0, 1, 0, 1, 0, 1, 4, 3.5, 4, 3.5, 4, 3.5]
    rules = {length: _rules(values, length) for length in (6, 7)}
    assert SpecialCauseRule.SHIFT in rules[6]
    assert SpecialCauseRule.SHIFT not in rules[7]


def _rules(values: Sequence[float], length: int) -> set[SpecialCauseRule]:
    chart = build_xmr_chart(_date(values), options=XmrOptions(run_length=length))
    return {rule for point in chart.points for rule in point.verdict.rules}


@given(_VALUES, st.integers(-500, 500))
def test_adding_a_constant_shifts_centre_and_limits_by_it(values: list[int], constant: int) -> None:
    moved = build_xmr_chart(_date([value + constant for value in values]))
    chart = build_xmr_chart(_date(values))
    assert _limits(moved) == pytest.approx([limit + constant for limit in _limits(chart)], abs=1e-9)


@given(_VALUES, st.sampled_from([0.25, 2, 8]))
def test_scaling_scales_limits_and_changes_no_verdict(values: list[int], factor: float) -> None:
    """By powers of two, so that nothing is rounded."""
    scaled = build_xmr_chart(_date([value * factor for value in values]))
    chart = build_xmr_chart(_date(values))
    assert _limits(scaled) == pytest.approx([limit * factor for limit in _limits(chart)], abs=1e-9)
    assert [point.verdict for point in scaled.points] == [point.verdict for point in chart.points]


@given(_VALUES)
def test_the_other_direction_swaps_improvement_and_concern(values: list[int]) -> None:
    up, down = (
        [point.variation for point in build_xmr_chart(_date(values), direction=direction).points]
        for direction in (Direction.UP, Direction.DOWN)
    )
    swapped = {Variation.IMPROVEMENT: Variation.CONCERN, Variation.CONCERN: Variation.IMPROVEMENT}
    assert [swapped.get(variation, variation) for variation in up] == down
