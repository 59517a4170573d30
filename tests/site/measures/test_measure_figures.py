"""Readings in words: only what is certain, with numbers as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.documents.measure import Measure, Reading
from plansite.model.status import Direction
from plansite.site.measures.chart_texts import describe_line_chart, format_caption
from plansite.site.measures.measure_figures import MeasureFigures

FIRST, SECOND = date(2024, 11, 1), date(2024, 12, 1)


def _terms(*values: float, days: tuple[date, ...] = (FIRST, SECOND), **more: object) -> MeasureFigures:
    readings = tuple(Reading(day, value) for day, value in zip(days, values, strict=False))
    given = {"plan": "p", "slug": "m", "path": "m.md", "title": "Falls", "readings": readings, **more}
    return MeasureFigures.from_measure(Measure(**given))  # type: ignore[arg-type]  # any field


def _shares(*pairs: tuple[int, int], **more: object) -> MeasureFigures:
    readings = tuple(Reading(date(2024, n, 1), part / of, part, of) for n, (part, of) in enumerate(pairs, 1))
    given = {"plan": "p", "slug": "m", "path": "m.md", "title": "Plans", "readings": readings, **more}
    return MeasureFigures.from_measure(Measure(**given))  # type: ignore[arg-type]  # any field


def test_the_headline_states_only_what_is_certain() -> None:
    """The latest reading with its unit and month, and the target with its direction."""
    terms = _terms(6, 4, unit="falls", direction=Direction.DOWN, target=5.0)
    assert terms.describe_latest() == "The latest reading is 4 falls, in December 2024. The target is 5 or fewer."
    assert terms.format_latest() == "4, December 2024"


def test_a_day_is_named_where_readings_are_not_monthly() -> None:
    """As soon as one reading is not on the first of a month."""
    terms = _terms(6, 4, days=(FIRST, date(2024, 12, 9)))
    assert terms.describe_latest() == "The latest reading is 4, on 9 December 2024."


@pytest.mark.parametrize(
    ("direction", "unit", "said"),
    [
        (Direction.UP, "visits", "The target is 5 or more."),
        (Direction.DOWN, "visits", "The target is 5 or fewer."),
        (Direction.DOWN, "% of visits", "The target is 5% or less."),
        (Direction.NEUTRAL, "", "The target is 5."),
    ],
)
def test_the_target_says_which_way(direction: Direction, unit: str, said: str) -> None:
    """More, fewer or less, as the direction and the unit ask."""
    assert _terms(1, direction=direction, unit=unit, target=5.0).describe_target() == said


def test_without_readings_it_says_so() -> None:
    """Once, with the target if there is one; no caption, no description."""
    terms = _terms(target=5.0, direction=Direction.UP)
    assert terms.describe_latest() == "There are no readings yet. The target is 5 or more."
    assert (terms.format_latest(), format_caption(terms), describe_line_chart(terms)) == ("", "", "")


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [
        (1, "falls", "1 fall"),
        (1, "missed visits", "1 missed visit"),
        (1, "injuries", "1 injury"),
        (1, "breaches", "1 breach"),
        (1, "hours a month", "1 hours a month"),
        (1, "illness", "1 illness"),
        (1.5, "falls", "1.5 falls"),
        (None, "falls", "fewer than 5 falls"),
    ],
)
def test_one_thing_is_not_written_as_many(value: float | None, unit: str, amount: str) -> None:
    """A plain plural becomes its singular; anything else stays as it is."""
    assert _terms(1, unit=unit).format_amount(Reading(FIRST, value)) == amount


def test_counts_out_of_a_whole_are_percentages() -> None:
    """One decimal place; a target above 1 or with a per cent unit is meant in per cent."""
    terms = _shares((11, 26), (25, 27), unit="% of plans", target=95.0, direction=Direction.UP)
    assert (
        terms.describe_latest() == "The latest reading is 92.6% of plans, in February 2024. The target is 95% or more."
    )
    assert [terms.describe_reached(reading.value) for reading in terms.measure.readings] == [
        "Not reached",
        "Not reached",
    ]
    assert _shares((1, 2), target=0.95).target == 0.95
    assert _shares((1, 2), target=95.0).target == 0.95
    assert _shares((1, 2), unit="%", target=1.0).target == 0.01


def test_figures_of_a_column_line_up() -> None:
    """In a column all have the places that the finest needs; in a sentence none has a needless nought."""
    terms = _terms(3.25, 4)
    assert [terms.format_figure(value, padded=True) for value in (3.25, 4)] == ["3.25", "4.00"]
    assert terms.format_figure(4) == "4"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (-5.25, "\N{MINUS SIGN}5.25"),
        (1234567, "1,234,567"),
        (9e14, "900,000,000,000,000"),
        (0.00012, "0.00012"),
    ],
)
def test_numbers_of_any_size(value: float, said: str) -> None:
    """Thousands apart, small ones with their figures, a true minus sign."""
    assert _terms(value).format_figure(value) == said


@pytest.mark.parametrize(
    ("direction", "said"),
    [
        (Direction.UP, ["Not reached", "Reached", "Reached"]),
        (Direction.DOWN, ["Reached", "Reached", "Not reached"]),
        (Direction.NEUTRAL, ["", "", ""]),
    ],
)
def test_reaching_the_target_includes_it(direction: Direction, said: list[str]) -> None:
    """At the target is reached; without a direction nothing is."""
    terms = _terms(1, direction=direction, target=5.0)
    assert [terms.describe_reached(value) for value in (4, 5, 6)] == said


def test_the_picture_in_words() -> None:
    """How many readings, the lowest and the highest with their months, the target; level lines say so."""
    terms = _terms(6, 4, unit="falls", direction=Direction.DOWN, target=5.0)
    assert describe_line_chart(terms) == (
        "Line chart of 2 readings. The lowest is 4 (December 2024), the highest 6 (November 2024). "
        "The target is 5 or fewer. The table below lists every reading."
    )
    assert "All are at 5." in describe_line_chart(_terms(5, 5))
    assert "It is at 5." in describe_line_chart(_terms(5))


def test_the_caption_names_unit_time_and_direction() -> None:
    """The unit, else the title; one date where there is one reading."""
    assert format_caption(_terms(6, 4, unit="falls", direction=Direction.DOWN)) == (
        "Falls, November 2024 to December 2024. Lower is better."
    )
    assert format_caption(_terms(6)) == "Falls, November 2024. Neither higher nor lower is better."


@given(st.lists(st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True), min_size=1, max_size=2))
def test_any_number_has_words(values: list[float]) -> None:
    """Nothing fails, and no figure is empty or a minus nought."""
    terms = _terms(*values)
    figures = [terms.format_figure(value, padded=padded) for value in values for padded in (False, True)]
    assert all(figures)
    assert "\N{MINUS SIGN}0" not in figures
    assert terms.describe_latest().startswith("The latest reading is ")
