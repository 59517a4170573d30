"""The line of readings: every point lies inside the drawing, whatever the numbers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.documents.measure import Reading
from plansite.site.charts.chart_axes import BOTTOM, TOP, spread_heights
from plansite.site.charts.line_chart import ChartOverlay, LevelLine, LineChart, build_line_chart

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
    downs = [*(dot.y for dot in chart.points), *(line.y for line in chart.lines), *(t.at for t in chart.values)]
    acrosses = [_number(dot.x) for dot in chart.points]
    assert all(TOP - 0.1 <= float(down) <= BOTTOM + 0.1 for down in downs)
    assert acrosses == sorted(acrosses)
    assert all(_number(chart.left) <= x <= _number(chart.right) for x in acrosses)
    assert all(_number(chart.left) <= _number(tick.at) <= _number(chart.right) for tick in chart.days)
    assert 1 <= len(chart.days) <= 10


def test_one_reading_stands_in_the_middle() -> None:
    """One point, one day below it, and the word for it."""
    chart = _chart({date(2024, 12, 9): 4})
    middle = (_number(chart.left) + _number(chart.right)) / 2
    assert _number(chart.points[0].x) == pytest.approx(middle, abs=0.1)
    assert [(tick.words, tick.under) for tick in chart.days] == [("9 Dec", "2024")]
    assert [(label.name, label.value) for label in chart.labels] == [("Latest", "4")]


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


def test_labels_do_not_touch_each_other() -> None:
    """Where the latest reading is near the target the lower label moves down; the lines stay."""
    chart = _chart({date(2024, 1, 1): 0, date(2024, 2, 1): 4.9}, target=5)
    target, latest = chart.labels
    assert (target.name, latest.name) == ("Target", "Latest")
    assert float(latest.y) == float(target.y) + 18
    assert target.y == chart.lines[0].y


@given(st.lists(st.floats(TOP, BOTTOM), max_size=6))
def test_labels_stay_in_order_and_beside_the_chart(heights: list[float]) -> None:
    """Each a line below the one before, and none below the axis."""
    moved = spread_heights(sorted(heights))
    assert all(after - before >= 18 - 1e-9 for before, after in pairwise(moved))
    assert all(height <= BOTTOM for height in moved)
    assert len(moved) == len(heights)


def test_levels_end_where_their_readings_do() -> None:
    """A level before a rebase ends at its last reading; those at the edges go on to the edge of the chart."""
    days = [date(2024, month, 1) for month in (1, 2, 3, 4)]
    levels = (
        LevelLine(role="mean", name="", value=1, first=days[0], last=days[1]),
        LevelLine(role="mean", name="Mean", value=3, first=days[2], last=days[3]),
    )
    readings = [Reading(day, value) for day, value in zip(days, (1, 1, 3, 3), strict=True)]
    overlay = ChartOverlay(levels=levels, roles=("common",) * 3 + ("better",), events=(("A", days[1]),))
    chart = build_line_chart(readings, None, overlay=overlay)
    assert chart is not None
    first, second = chart.lines
    assert (first.left, first.right) == (chart.left, chart.points[1].x)
    assert (second.left, second.right) == (chart.points[2].x, chart.right)
    assert [label.name for label in chart.labels] == ["Mean", "Latest"]
    assert [point.role for point in chart.points] == ["common", "common", "common", "better"]
    assert [(event.letter, event.x) for event in chart.events] == [("A", chart.points[1].x)]


def test_shares_are_drawn_as_percentages() -> None:
    """Values, target and axis are multiplied alike and carry the sign."""
    readings = [Reading(date(2024, 1, 1), 0.5, 1, 2), Reading(date(2024, 2, 1), 0.9, 9, 10)]
    chart = build_line_chart(readings, 0.95, factor=100, suffix="%")
    assert chart is not None
    assert [label.value for label in chart.labels] == ["95%", "90%"]
    assert chart.values[0].words.endswith("%")


def test_long_words_at_the_axis_push_it_to_the_right() -> None:
    """So that nothing leaves a narrow page on its left."""
    short, long = _chart({date(2024, 1, 1): 5}), _chart({date(2024, 1, 1): 5, date(2024, 1, 2): -120_000_000})
    assert _number(long.left) > _number(short.left)


def test_a_long_series_has_smaller_points() -> None:
    """A hundred points of full size would hide the line."""
    first = date(2024, 1, 1)
    many = _chart({first + timedelta(days=n): n for n in range(100)})
    assert many.radius < _chart({first: 1}).radius
    assert len(many.points) == 100
