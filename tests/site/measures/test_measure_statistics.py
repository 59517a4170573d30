"""What is said of a measure: by limits, by a run chart, or that there are too few readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.records.chart_marks import Rebase
from plansite.model.status import ChartKind, ChartMethod, Direction
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics


def _statistics(values: Sequence[float], **fields: object) -> MeasureStatistics:
    readings = tuple(Reading(date(2023 + index // 12, index % 12 + 1, 1), value) for index, value in enumerate(values))
    measure = Measure(plan="p", slug="falls", path="falls.md", title="Falls", readings=readings, **fields)  # type: ignore[arg-type]
    return MeasureStatistics.from_figures(MeasureFigures.from_measure(measure))


def test_without_readings_nothing_is_said() -> None:
    statistics = _statistics([])
    assert (statistics.describe(), statistics.variation_words, statistics.describe_method()) == ("", "", ())


def test_too_few_readings_are_named() -> None:
    statistics = _statistics([4] * 9, direction=Direction.DOWN, target=5.0)
    assert statistics.describe() == "There are too few readings yet to tell a change from chance (9 of 10)."
    assert statistics.variation_words == ""


@pytest.mark.parametrize(
    ("values", "sentence", "words"),
    [
        (
            [1, 9, 2, 8, 1, 9, 2, 8, 1, 9],
            "No shift: the readings vary about their median as chance explains.",
            "No shift",
        ),
        ([9] * 5 + [1] * 5, "A shift: the readings cross the median of 5 less often than chance explains.", "Shift"),
    ],
)
def test_fewer_than_twelve_readings_are_a_run_chart(values: list[float], sentence: str, words: str) -> None:
    statistics = _statistics(values, direction=Direction.DOWN)
    assert (statistics.describe(), statistics.variation_words) == (sentence, words)
    assert "Anhøj" in statistics.describe_method()[0]
    assert not statistics.is_concern


@pytest.mark.parametrize(
    ("direction", "words", "opening"),
    [
        (Direction.UP, "Concern", "A concern: the last 8 readings are all below the average of 8"),
        (Direction.DOWN, "Improvement", "An improvement: the last 8 readings are all below the average of 8"),
        (Direction.NEUTRAL, "Unusually low", "The last 8 readings are all below the average of 8"),
    ],
)
def test_a_shift_is_good_or_bad_by_direction(direction: Direction, words: str, opening: str) -> None:
    statistics = _statistics([9, 10, 9, 10, 9, 10, 9, 10, 7, 6, 7, 6, 7, 6, 7, 6], direction=direction)
    assert statistics.variation_words == words
    assert statistics.describe().startswith(opening)
    assert statistics.is_concern is (words == "Concern")


@pytest.mark.parametrize(
    ("target", "words", "sentence"),
    [
        (
            1.0,
            "Will miss the target unless something changes",
            "The target of 1 will not be met unless something changes.",
        ),
        (5.0, "May or may not meet the target", "The target of 5 may or may not be met."),
        (9.0, "Can be expected to meet the target", "The target of 9 can be expected to be met every time."),
    ],
)
def test_the_target_is_held_against_the_limits(target: float, words: str, sentence: str) -> None:
    statistics = _statistics([4, 5, 6, 5] * 4, direction=Direction.DOWN, target=target)
    assert statistics.assurance_words == words
    assert statistics.describe() == f"No clear change: the readings are within their usual range. {sentence}"


def test_a_target_that_was_reached_and_lapsed_is_said_first() -> None:
    statistics = _statistics([4, 5, 4, 6], direction=Direction.DOWN, target=5.0, state="sustaining")
    assert statistics.describe().startswith("The target was reached and has lapsed.")
    assert statistics.variation_words == "Reached, then lapsed"
    assert statistics.is_concern
    assert not _statistics([6, 4], direction=Direction.DOWN, target=5.0, state="sustaining").is_concern
    assert not _statistics([4, 6], direction=Direction.DOWN, target=5.0, state="improving").is_concern


def test_the_measure_chooses_its_chart_and_method() -> None:
    readings = [4, 5, 6, 5] * 4
    assert _statistics(readings, chart=ChartKind.RUN).runs is not None
    assert _statistics(readings[:5], chart=ChartKind.CONTROL).control is not None
    excel = _statistics(readings, method=ChartMethod.NHS_EXCEL)
    assert "method nhs-excel" in excel.describe_method()[0]
    assert excel.describe_method()[0].endswith("Steps far larger than usual were kept.")


def test_limits_begin_again_where_a_reading_is() -> None:
    """A rebase on another day is left out."""
    rebases = (Rebase(date=date(2023, 9, 1), reason="Lights"), Rebase(date=date(2023, 10, 15), reason="?"))
    control = _statistics([4, 5, 6, 5] * 4, rebase=rebases).control
    assert control is not None
    assert [len(group.points) for group in control.groups] == [8, 8]


def test_mostly_zeros_and_short_groups_are_said() -> None:
    statistics = _statistics([0, 0, 1, 0] * 3, direction=Direction.DOWN, chart=ChartKind.CONTROL)
    assert statistics.describe_method()[1:] == (
        "With 12 readings or fewer the limits are provisional.",
        "Most readings are 0, so limits say little. Days between events would show more.",
    )


def test_each_reading_has_its_finding() -> None:
    statistics = _statistics([5, 6, 4, 7, 5, 6, 4, 7] * 2 + [20], direction=Direction.DOWN)
    assert statistics.describe_points()[-2:] == ("Expected variation", "Concern")
