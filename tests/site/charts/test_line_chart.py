"""The line of readings: every point lies inside the drawing, whatever the numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.plan import Reading
from plansite.site.charts.line_chart import (
    BOTTOM,
    TOP,
    LineChart,
    build_line_chart,
    choose_value_ticks,
    format_compact,
    format_decimal,
)

#: What a file of readings may hold: finite numbers below a thousand million million.
VALUES = st.floats(-1e15, 1e15, allow_nan=False, allow_infinity=False, exclude_min=True, exclude_max=True)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def _chart(values: dict[date, float], target: float | None = None) -> LineChart:
    chart = build_line_chart([Reading(day, values[day]) for day in sorted(values)], target)
    assert chart is not None
    return chart


def _number(text: str) -> float:
    return float(text.removesuffix("%"))


def test_no_readings_no_chart() -> None:
    """There is nothing to draw."""
    assert build_line_chart([], 5) is None


@given(st.dictionaries(DAYS, VALUES, min_size=1, max_size=20), st.none() | VALUES)
def test_everything_lies_inside_the_drawing(values: dict[date, float], target: float | None) -> None:
    """Points and target between the lowest and the highest line, points from left to right, ticks within the axis."""
    chart = _chart(values, target)
    downs = [*(dot.y for dot in chart.points), *([chart.target] if chart.target else []), *(t.at for t in chart.values)]
    acrosses = [_number(dot.x) for dot in chart.points]
    assert all(TOP - 0.1 <= float(down) <= BOTTOM + 0.1 for down in downs)
    assert acrosses == sorted(acrosses)
    assert all(_number(chart.left) <= x <= _number(chart.right) for x in acrosses)
    assert all(_number(chart.left) <= _number(tick.at) <= _number(chart.right) for tick in chart.days)
    assert 1 <= len(chart.days) <= 10


@given(st.lists(VALUES, min_size=1, max_size=20))
def test_ticks_enclose_all_values(values: list[float]) -> None:
    """From two to nine lines, rising, none of the values outside them."""
    ticks = choose_value_ticks(values)
    slack = 1e-6 * (ticks[-1] - ticks[0])
    assert 2 <= len(ticks) <= 9
    assert ticks == sorted(set(ticks))
    assert ticks[0] - slack <= min(values)
    assert max(values) <= ticks[-1] + slack


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([1.9, 4.4], [0, 1, 2, 3, 4, 5]),
        ([86, 95], [86, 88, 90, 92, 94, 96]),
        ([-12, 3], [-15, -10, -5, 0, 5]),
        ([0], [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([-4, -1], [-4, -3, -2, -1, 0]),
    ],
)
def test_ticks_are_round(values: list[float], ticks: list[float]) -> None:
    """Ones, twos and fives; from nought where the values lie near it."""
    assert choose_value_ticks(values) == pytest.approx(ticks)


def test_one_reading_stands_in_the_middle() -> None:
    """One point, one day below it, and the word for it."""
    chart = _chart({date(2024, 12, 9): 4})
    middle = (_number(chart.left) + _number(chart.right)) / 2
    assert _number(chart.points[0].x) == pytest.approx(middle, abs=0.1)
    assert [(tick.words, tick.under) for tick in chart.days] == [("9 Dec", "2024")]
    assert chart.latest_words == "4"


def test_all_equal_is_a_level_line() -> None:
    """Every point at the same height, away from the edges."""
    chart = _chart({date(2024, month, 1): 5 for month in range(1, 8)})
    assert len({dot.y for dot in chart.points}) == 1
    assert TOP < float(chart.points[0].y) < BOTTOM


def test_months_are_named_and_years_once() -> None:
    """Quarters over two years; the year below its first month; a month with a year is never left out."""
    chart = _chart({date(2023 + n // 12, n % 12 + 1, 1): n for n in range(24)})
    assert [tick.words for tick in chart.days] == ["Jan", "Apr", "Jul", "Oct"] * 2
    assert [tick.under for tick in chart.days] == ["2023", "", "", "", "2024", "", "", ""]
    assert [tick.is_roomy for tick in chart.days] == [False, True, False, True] * 2


def test_many_years_are_named_by_their_numbers() -> None:
    """No months where a year is a small step."""
    chart = _chart({date(year, 6, 1): year for year in range(2000, 2020)})
    assert all(tick.words.isdigit() and not tick.under for tick in chart.days)


def test_words_do_not_touch_each_other() -> None:
    """Where the latest reading lies at the target its words move aside."""
    chart = _chart({date(2024, 1, 1): 0, date(2024, 2, 1): 5}, target=5)
    assert abs(float(chart.latest) - float(chart.target)) >= 18
    assert float(chart.points[-1].y) == float(chart.target)
    below = _chart({date(2024, 1, 1): 0, date(2024, 2, 1): 4.9}, target=5)
    assert float(below.latest) == float(below.target) + 18


def test_shares_are_drawn_as_percentages() -> None:
    """Values, target and axis are multiplied alike and carry the sign."""
    readings = [Reading(date(2024, 1, 1), 0.5, 1, 2), Reading(date(2024, 2, 1), 0.9, 9, 10)]
    chart = build_line_chart(readings, 0.95, factor=100, suffix="%")
    assert chart is not None
    assert (chart.target_words, chart.latest_words) == ("95%", "90%")
    assert chart.values[0].words.endswith("%")


def test_long_words_at_the_axis_push_it_to_the_right() -> None:
    """So that nothing leaves a narrow page on its left."""
    short, long = _chart({date(2024, 1, 1): 5}), _chart({date(2024, 1, 1): 5, date(2024, 1, 2): -120_000_000})
    assert _number(long.left) > _number(short.left)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (5, "5"), (86.84, "86.8"), (1250, "1,250"), (12_345, "12.3k"), (2_000_000, "2m"), (9.3e14, "930tn")],
)
def test_numbers_in_the_drawing_are_short(value: float, words: str) -> None:
    """About three figures, in thousands and millions above ten thousand; negative ones with a minus sign."""
    assert format_compact(value) == words
    assert format_compact(-value) == (f"\N{MINUS SIGN}{words}" if value else "0")


@given(VALUES)
def test_short_numbers_fit_beside_the_drawing(value: float) -> None:
    """Never longer than eleven characters, so that no page grows wider than its screen."""
    assert len(format_compact(value)) <= 11


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_a_decimal_reads_back(value: float, places: int) -> None:
    """What is written is the number, rounded; noughts at the end only where asked for; never a minus nought."""
    text = format_decimal(value, places)
    number = float(text.replace(",", "").replace("\N{MINUS SIGN}", "-"))
    assert number == pytest.approx(round(value, places), abs=1e-9)
    assert text != "\N{MINUS SIGN}0"
    assert "." not in text or not text.endswith(("0", "."))
    assert len(format_decimal(value, places, padded=True).partition(".")[2]) == places


def test_a_long_series_has_smaller_points() -> None:
    """A hundred points of full size would hide the line."""
    first = date(2024, 1, 1)
    many = _chart({first + timedelta(days=n): n for n in range(100)})
    assert many.radius < _chart({first: 1}).radius
    assert len(many.points) == 100
