"""Dates of trackers: whole dates only, in the order that a column proves."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.trackers.values.dates import DateOrder, TrackerDate, find_date_order, parse_date_cell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-06", date(2025, 1, 6)),
        ("06/01/2025", date(2025, 1, 6)),
        ("6.1.2025", date(2025, 1, 6)),
        ("6 January 2025", date(2025, 1, 6)),
        ("6th of January 2025", date(2025, 1, 6)),
        ("Mon 6 Jan 2025", date(2025, 1, 6)),
        ("24-Feb-21", date(2021, 2, 24)),
        ("September 30, 2020", date(2020, 9, 30)),
        ("Dec  7 2018  1:07PM", date(2018, 12, 7)),
        ("17.7.12", date(2012, 7, 17)),
        ("2025-01-06T10:30:00Z", date(2025, 1, 6)),
    ],
)
def test_whole_dates(text: str, expected: date) -> None:
    """A whole date in the forms that people write."""
    found = parse_date_cell(text)
    assert found is not None
    assert found.day == expected


@pytest.mark.parametrize(
    "text",
    ["June", "30 Sept", "Ongoing", "asap", "5 years", "2025", "30 days", "Q4 2018", "01/2025", "31/02/2025", "NEW DATE",
     "1.2", "12-13", "Measured Annually", "6 January", "0/0/0", "99/99/9999"],
)  # fmt: skip
def test_what_is_no_whole_date_stays_text(text: str) -> None:
    """Nothing is invented for a part of a date, or for words about time."""
    assert all(parse_date_cell(text, order) is None for order in DateOrder)


@pytest.mark.parametrize(
    ("text", "start", "day"),
    [
        ("19 - 23/2/2018", date(2018, 2, 19), date(2018, 2, 23)),
        ("19–23 February 2018", date(2018, 2, 19), date(2018, 2, 23)),
        ("2018-02-19 to 2018-03-02", date(2018, 2, 19), date(2018, 3, 2)),
        ("1/2/2018 - 5/2/2018", date(2018, 2, 1), date(2018, 2, 5)),
    ],
)
def test_a_range_has_a_start(text: str, start: date, day: date) -> None:
    """The end of a range is the day, and its start is kept."""
    assert parse_date_cell(text) == TrackerDate(day, start)


def test_values_of_programs_are_dates() -> None:
    """A date, and a date with a time, from a spreadsheet."""
    assert parse_date_cell(date(2018, 2, 19)) == TrackerDate(date(2018, 2, 19))
    assert parse_date_cell(datetime(2018, 2, 20, 10, 30)) == TrackerDate(date(2018, 2, 20))  # noqa: DTZ001  (as above)
    assert parse_date_cell(43150.0) is None
    assert parse_date_cell(True) is None


def test_a_column_with_a_day_above_twelve_in_the_second_place_is_month_first() -> None:
    assert find_date_order(["01/02/2025", "12/31/2024"]) is DateOrder.MONTH_FIRST
    assert find_date_order(["01/02/2025", "31/12/2024"]) is DateOrder.DAY_FIRST


def test_a_column_that_proves_neither_has_the_day_first() -> None:
    assert find_date_order(["01/02/2025", "03/04/2025"]) is DateOrder.DAY_FIRST
    assert find_date_order([]) is DateOrder.DAY_FIRST


def test_a_column_of_short_years_first() -> None:
    """16/03/30 is in 2016 where the last parts would spread years over decades."""
    texts = ["16/09/30", "15/01/30", "14/11/20", "16/01/15", "17/03/01", "14/12/31", "18/06/02", "15/07/24", "16/03/30"]
    assert find_date_order(texts) is DateOrder.YEAR_FIRST
    assert parse_date_cell("16/03/30", DateOrder.YEAR_FIRST) == TrackerDate(date(2016, 3, 30), has_short_year=True)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_written_date_is_read(day: date) -> None:
    """Each order reads what is written in it."""
    patterns = {
        DateOrder.DAY_FIRST: f"{day.day}/{day.month}/{day.year}",
        DateOrder.MONTH_FIRST: f"{day.month:02}-{day.day:02}-{day.year}",
        DateOrder.YEAR_FIRST: day.isoformat(),
    }
    assert all(parse_date_cell(text, order) == TrackerDate(day) for order, text in patterns.items())


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes an error."""
    for order in DateOrder:
        parse_date_cell(text, order)
