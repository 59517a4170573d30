"""Days between events: which days events have, the T chart of the days, and what is said of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.formatting import format_long_date
from plansite.model.status import Direction
from plansite.spc.days_between import MAX_EVENTS, DaysBetween, build_days_between
from plansite.spc.event_sentences import EventNoun, describe_events, describe_gaps
from plansite.spc.method import XmrOptions
from plansite.spc.series import DatedValue, SeriesError
from plansite.spc.special_cause import Variation

_FALLS = EventNoun("fall", "falls")
_START = date(2024, 1, 1)


def _dates(*days: int) -> list[DatedValue]:
    """An event on each of these days after the first of January."""
    return [DatedValue(_START + timedelta(day), 1) for day in days]


def _months(*counts: float) -> list[DatedValue]:
    return [DatedValue(date(2023 + n // 12, n % 12 + 1, 1), count) for n, count in enumerate(counts)]


def _gaps(days: DaysBetween) -> list[float]:
    return [point.value for point in days.chart.points]


def _say(days: DaysBetween) -> str:
    return f"{describe_gaps(days, _FALLS)} {describe_events(days, _FALLS, format_long_date)}".strip()


def test_limits_are_those_of_the_powers() -> None:
    """Worked out apart: t to the power of 1/3.6, mean plus or minus 2.66 times the average step, to the power of 3.6.

    Without screening, as a spreadsheet does it: the powers of 10, 20, 40, 5, 25 are 1.8957, 2.2983, 2.7863, 1.5637 and
    2.4453, their mean is 2.19786 and their average step 0.7487.
    """
    days = build_days_between(_dates(0, 10, 30, 70, 75, 100), options=XmrOptions(screens_ranges=False))
    assert _gaps(days) == [10, 20, 40, 5, 25]
    limits = days.chart.groups[0].limits
    assert limits.mean == pytest.approx(2.19786**3.6, rel=2e-4)
    assert limits.upper == pytest.approx((2.19786 + 2.66 * 0.7487) ** 3.6, rel=2e-4)
    assert limits.lower == pytest.approx((2.19786 - 2.66 * 0.7487) ** 3.6, rel=2e-2)
    assert days.chart.groups[0].is_trial


def test_no_limit_is_below_0() -> None:
    """Where the limit of the powers is."""
    limits = build_days_between(_dates(0, 1, 101, 102, 202)).chart.groups[0].limits
    assert (limits.lower, limits.near_lower) == (0, 0)


def test_screening_leaves_out_large_steps() -> None:
    even = _dates(*range(0, 200, 10), 1200)
    screened, kept = (
        build_days_between(even, options=XmrOptions(screens_ranges=screens)).chart.groups[0].limits
        for screens in (True, False)
    )
    assert screened.upper == pytest.approx(screened.mean)
    assert kept.upper > kept.mean


@pytest.mark.parametrize(
    ("counts", "gaps"),
    [
        (_months(0, 1, 0, 1), [59]),
        (_months(0, 0, 2, 0, 1), [14, 61]),
        (_months(2, 0, 1), [15, 59]),
        (_months(1, 2, 1), [31, 0.5, 28]),
        (_months(1, 0), []),
        (_months(1, 1, 0), [31]),
        ([DatedValue(_START, 3)], [0.5, 0.5]),
    ],
)
def test_counts_become_events(counts: list[DatedValue], gaps: list[float]) -> None:
    """Those of periods are spread over the time since the count before; without a 0, each count is of a day."""
    assert _gaps(build_days_between(counts)) == gaps


def test_events_never_come_after_their_count() -> None:
    """So the last event is on the day of the last count that has one."""
    days = build_days_between(_months(0, 3, 0, 0))
    assert (days.first, days.last, days.until) == (date(2023, 1, 12), date(2023, 2, 1), date(2023, 4, 1))
    assert days.days_since == 59


@pytest.mark.parametrize(
    ("counts", "events", "since", "said"),
    [
        ([], 0, None, ""),
        (_months(0), 0, None, "There were no falls in the only reading."),
        (_months(0, 0, 0), 0, None, "There were no falls from 1 January 2023 to 1 March 2023."),
        (_months(0, 1), 1, 0, "The only fall was on 1 February 2023."),
        (_months(0, 1, 0), 1, 28, "The only fall was on 1 February 2023, 28 days before the latest reading."),
        ([DatedValue(_START, 2)], 2, 0, "All 2 falls were on 1 January 2024."),
    ],
)
def test_few_events_have_a_defined_answer(counts: list[DatedValue], events: int, since: int | None, said: str) -> None:
    """None, one, all zero, all on one day."""
    days = build_days_between(counts)
    assert (days.events, days.days_since) == (events, since)
    assert describe_events(days, _FALLS, format_long_date) == said
    assert (describe_gaps(days, _FALLS) == "") == (events < 2)


def test_it_is_said_in_words() -> None:
    """When the last was, and how often there was one before."""
    days = build_days_between([*_dates(0, 20, 40, 60), DatedValue(_START + timedelta(123), 0)])
    assert describe_events(days, _FALLS, format_long_date) == (
        "The last fall was on 1 March 2024, 63 days before the latest reading. Before that there was one every 20 days "
        "or so. The time since then is already longer than usual."
    )


def test_an_unfinished_time_is_no_point() -> None:
    """However long it is already, neither limits nor verdict change."""
    even = _dates(*range(0, 240, 20))
    open_ended = [*even, DatedValue(_START + timedelta(2000), 0)]
    assert build_days_between(even).chart == build_days_between(open_ended).chart


@pytest.mark.parametrize(
    ("direction", "variation", "opening"),
    [
        (Direction.DOWN, Variation.IMPROVEMENT, "An improvement: the time"),
        (Direction.UP, Variation.CONCERN, "A concern: the time"),
        (Direction.NEUTRAL, Variation.NEUTRAL_HIGH, "The time"),
    ],
)
def test_longer_is_better_where_fewer_is(direction: Direction, variation: Variation, opening: str) -> None:
    days = build_days_between(_dates(0, 20, 41, 60, 82, 100, 121, 140, 160, 181, 200, 500), direction=direction)
    assert days.chart.variation is variation
    assert describe_gaps(days, _FALLS) == f"{opening} between the last two falls is longer than the usual range."


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        ([20, 22, 21, 19, 20, 22, 20, 21], "No clear change: the days between falls are within their usual range."),
        ([*[10, 40] * 5, *[31, 33] * 3, 32], "An improvement: the last 8 times between falls are all longer than the usual 25 days."),
        ([*[10, 40] * 5, 16, 18, 20, 22, 24, 26, 28], "An improvement: the last 7 times between falls are each longer than the one before."),
        ([*[10, 40] * 5, 36, 34, 32, 30, 28, 26, 24], "A concern: the last 8 times between falls are each shorter than the one before."),
    ],
)  # fmt: skip
def test_each_rule_has_its_words(gaps: list[int], said: str) -> None:
    at, days = 0, [0]
    for gap in gaps:
        at += gap
        days.append(at)
    assert said in describe_gaps(build_days_between(_dates(*days), direction=Direction.DOWN), _FALLS)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([*_dates(0), *_dates(0)], "two values"),
        (_months(0.5, 0), "not a number of events"),
        (_months(-1, 0), "not a number of events"),
        (_months(1e99, 0), f"more than {MAX_EVENTS:,} events"),
        (_months(float("inf")), "too large or not a number"),
    ],
)
def test_what_is_no_count_has_no_chart(counts: list[DatedValue], said: str) -> None:
    with pytest.raises(SeriesError, match=said):
        build_days_between(counts)


def test_limits_begin_again_with_the_next_event() -> None:
    days = build_days_between(_dates(*range(0, 240, 10)), rebases=[_START + timedelta(95), date(2030, 1, 1)])
    assert [len(group.points) for group in days.chart.groups] == [9, 14]
    assert days.chart.groups[1].points[0].date == _START + timedelta(100)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=60, unique=True), st.sampled_from(list(Direction)))
def test_every_list_of_days_has_finite_limits(days: list[int], direction: Direction) -> None:
    """Around the centre, not below 0; each gap but the open one is a point, and all of them make the whole time."""
    chart = build_days_between(_dates(*days), direction=direction)
    assert sum(_gaps(chart)) == max(days) - min(days)
    for group in chart.chart.groups:
        limits = group.limits
        assert 0 <= limits.lower <= limits.mean * (1 + 1e-9)
        assert limits.mean <= limits.upper * (1 + 1e-9) < 1e9
    assert _say(chart)


@given(st.lists(st.integers(0, 400), min_size=2, max_size=40, unique=True), st.integers(2, 5))
def test_stretching_time_stretches_limits(days: list[int], factor: int) -> None:
    """The power only bends the scale: all of it grows by the same factor."""
    plain = build_days_between(_dates(*days)).chart.groups[0].limits
    longer = build_days_between(_dates(*(day * factor for day in days))).chart.groups[0].limits
    assert [longer.mean, longer.upper, longer.lower] == pytest.approx(
        [plain.mean * factor, plain.upper * factor, plain.lower * factor], rel=1e-6, abs=1e-6
    )
