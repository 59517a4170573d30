"""Axes of charts: round ticks around all values, and numbers that are short enough for labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.site.charts.chart_axes import choose_value_ticks, format_compact, format_decimal

#: What a file of readings may hold: finite numbers below a thousand million million.
VALUES = st.floats(-1e15, 1e15, allow_nan=False, allow_infinity=False, exclude_min=True, exclude_max=True)


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
