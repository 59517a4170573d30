"""Colours are read as browsers read them, and their contrast is that of the guidelines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.render.colours import contrast_ratio, parse_colour

PART = st.floats(0, 1)
COLOUR = st.tuples(PART, PART, PART)
KNOWN = {"paper": "#ffffff", "ink": "var(--deep)", "deep": "#000", "loop": "var(--loop)"}


def _figures(value: str, *, dark: bool = False) -> str:
    colour = parse_colour(value, KNOWN, dark=dark)
    return "" if colour is None else "#" + "".join(f"{round(part * 255):02x}" for part in colour)


@pytest.mark.parametrize(
    ("value", "figures"),
    [
        ("#1A2126", "#1a2126"),
        (" #abc ", "#aabbcc"),
        ("#abcf", "#aabbcc"),
        ("#aabbccff", "#aabbcc"),
        ("White", "#ffffff"),
        ("rgb(26, 33, 38)", "#1a2126"),
        ("rgb(26 33 38 / 1)", "#1a2126"),
        ("rgb(100% 0% 50%)", "#ff0080"),
        ("rgba(26, 33, 38, 100%)", "#1a2126"),
        ("rgb(300, -5, 0)", "#ff0000"),
        ("hsl(120, 100%, 25%)", "#008000"),
        ("hsl(240deg 100% 50%)", "#0000ff"),
        ("var(--paper)", "#ffffff"),
        ("var( --ink )", "#000000"),
        ("var(--none, #123456)", "#123456"),
        ("light-dark(#fff, #000)", "#ffffff"),
        ("light-dark(rgb(1, 2, 3), var(--ink))", "#010203"),
    ],
)
def test_colours_that_are_understood(value: str, figures: str) -> None:
    """Each way of writing a colour gives the colour that a browser shows."""
    assert _figures(value) == figures


def test_the_second_of_two_is_for_the_dark() -> None:
    """`light-dark()` gives its second colour on a dark page."""
    assert _figures("light-dark(#fff, #000)", dark=True) == "#000000"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "#12",
        "#abc8",
        "#aabbcc80",
        "rgb(1, 2)",
        "rgb(1, 2, x)",
        "rgb(1 2 3 / 0.5)",
        "rgb(nan, 0, 0)",
        "oklch(70% 0.1 200)",
        "color-mix(in srgb, red, blue)",
        "var(--none)",
        "var(--loop)",
        "light-dark(#fff)",
        "transparent",
        "rebeccapurple",
    ],
)
def test_what_is_not_a_solid_colour_is_not_guessed(value: str) -> None:
    """What lets others through, goes in circles or is not understood gives nothing."""
    assert parse_colour(value, KNOWN, dark=False) is None


@pytest.mark.parametrize(("one", "ratio"), [("#000", 21), ("#767676", 4.54), ("#777", 4.48), ("#fff", 1)])
def test_contrast_with_white(one: str, ratio: float) -> None:
    """The published ratios: #767676 is the palest grey for text on white, #777777 just fails."""
    first, white = parse_colour(one, {}, dark=False), (1.0, 1.0, 1.0)
    assert first is not None
    assert contrast_ratio(first, white) == pytest.approx(ratio, abs=0.005)


@given(COLOUR, COLOUR)
def test_contrast_does_not_ask_which_comes_first(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> None:
    """The ratio is the same both ways and lies between 1 and 21."""
    assert contrast_ratio(one, other) == contrast_ratio(other, one)
    assert 1 <= contrast_ratio(one, other) <= 21.0000001


@given(st.text())
def test_no_value_breaks_the_reading(value: str) -> None:
    """Whatever stands there, the answer is a colour within bounds or nothing."""
    colour = parse_colour(value, KNOWN, dark=False)
    assert colour is None or all(0 <= part <= 1 for part in colour)
