"""The path of a goal over its levels: in order of time, from the start if it is known."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.site.attainment.path_chart import PathChart, build_path_chart, format_level

WORDS = ("Start", "16 January 2025", "From below to above.")


def _chart(*scores: tuple[int, int], baseline: int | None = None, start: date | None = None) -> PathChart | None:
    return build_path_chart([(date(2025, 1, day), level) for day, level in scores], baseline, start, WORDS)


def _points(chart: PathChart | None) -> list[tuple[float, int]]:
    assert chart is not None
    return [(float(point.x), point.y) for point in chart.points]


def test_points_are_at_their_days_and_levels() -> None:
    """Ten of 20 days are half of the way; a higher level is further up."""
    assert _points(_chart((1, -2), (11, 0), (21, 2))) == [(10.0, 108), (53.5, 60), (97.0, 12)]


def test_the_start_is_the_day_that_the_plan_begins() -> None:
    """The first score is as far along as its day."""
    assert _points(_chart((11, 0), (21, 0), baseline=-1, start=date(2025, 1, 1))) == [
        (10.0, 84),
        (53.5, 60),
        (97.0, 60),
    ]


@pytest.mark.parametrize("start", [None, date(2025, 1, 11), date(2025, 2, 1)])
def test_a_start_without_an_earlier_day_is_a_little_before_the_first_score(start: date | None) -> None:
    """Not at the same place, which would hide it."""
    xs = [x for x, _ in _points(_chart((11, 0), (21, 0), baseline=-1, start=start))]
    assert xs[0] < xs[1] < xs[2] == 97.0


def test_two_scores_on_one_day() -> None:
    """Nothing is divided by nothing."""
    assert [x for x, _ in _points(_chart((11, 0), (11, 1)))] == [97.0, 97.0]
    assert [x for x, _ in _points(_chart((11, 0), (11, 1), baseline=0))] == [10.0, 97.0, 97.0]


def test_one_level_is_no_path() -> None:
    """A single point, or none, is said in words."""
    assert _chart((11, 0)) is None
    assert _chart(baseline=-1) is None


def test_the_expected_level_is_marked() -> None:
    """One line of five, and the words are those given."""
    chart = _chart((1, 0), (2, 0))
    assert chart is not None
    assert [(line.number, line.is_expected) for line in chart.lines] == [
        ("+2", False),
        ("+1", False),
        ("0", True),
        ("\N{MINUS SIGN}1", False),
        ("\N{MINUS SIGN}2", False),
    ]
    assert (chart.first, chart.last, chart.description) == WORDS
    assert max(point.y for point in chart.points) < chart.day_y < chart.height


def test_levels_have_a_sign() -> None:
    """A true minus, as wide as the plus."""
    assert [format_level(level) for level in (2, 0, -1)] == ["+2", "0", "\N{MINUS SIGN}1"]
