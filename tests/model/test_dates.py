"""Dates and intervals: reading them, presets by the kind of meeting, and adding an interval to a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.dates import (
    INTERVAL_PRESETS,
    CalendarInterval,
    add_days,
    add_interval,
    parse_interval,
    parse_iso_date,
)

_START = date(2025, 1, 6)


@pytest.mark.parametrize(
    ("name", "first", "then"),
    [
        ("safeguarding", date(2025, 3, 3), date(2026, 1, 6)),
        ("core group", date(2025, 2, 17), date(2025, 2, 17)),
        ("team around the family", date(2025, 1, 27), date(2025, 2, 17)),
        ("service improvement", date(2025, 2, 6), date(2025, 2, 6)),
        ("incident", date(2025, 1, 13), date(2025, 1, 13)),
    ],
)
def test_a_preset_has_a_first_and_a_following_interval(name: str, first: date, then: date) -> None:
    """Where no other is known for the first time, the following one counts."""
    found = parse_interval(name)
    assert found is not None
    assert (add_interval(_START, found.first or found), add_interval(_START, found)) == (first, then)


@pytest.mark.parametrize("text", ["Core group", " core-group ", "CORE  GROUP"])
def test_a_preset_is_known_however_it_is_written(text: str) -> None:
    """Capitals, hyphens and further spaces make no difference."""
    assert parse_interval(text) == INTERVAL_PRESETS["core group"]


def test_only_incident_reviews_end_with_the_work() -> None:
    """All others go on until somebody ends the plan."""
    assert [name for name, preset in INTERVAL_PRESETS.items() if preset.until_closed] == ["incident"]


def test_the_words_of_a_preset_go_behind_every() -> None:
    """Pages put "Every" before the text, so that of a preset is an interval and not its name."""
    assert [preset.text for preset in INTERVAL_PRESETS.values()] == [
        "12 months at most, the first after 6 to 8 weeks",
        "6 weeks",
        "6 weeks, the first after 3 weeks",
        "month",
        "week until closed",
    ]


@pytest.mark.parametrize("text", ["core", "core group meeting", "every core group", ""])
def test_other_words_are_no_preset(text: str) -> None:
    """They are faults, as before."""
    assert parse_interval(text) is None


def test_an_interval_of_ones_own_is_none_of_them() -> None:
    """It has no first interval and no end."""
    assert parse_interval("6 weeks") == CalendarInterval(days=42, text="6 weeks")


@pytest.mark.parametrize(
    "text", ["2025-01-06", " 2025-01-06 ", "2025-01-06T09:30", "2025-01-06 09:30:15.5 +01:00", "2025-01-06T23:59:59Z"]
)
def test_a_date_is_read_with_or_without_a_time(text: str) -> None:
    """The time of the day is left out and moves no date to another day."""
    assert parse_iso_date(text) == date(2025, 1, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1900-01-01", date(1900, 1, 1)),
        ("2999-12-31", date(2999, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2025-01-31", date(2025, 1, 31)),
        ("1899-12-31", None),
        ("3000-01-01", None),
        ("2025-02-29", None),
        ("2025-04-31", None),
        ("2025-00-10", None),
        ("2025-13-10", None),
        ("2025-01-00", None),
        ("6 January 2025", None),
        ("2025-1-6", None),
        ("", None),
    ],
)
def test_the_first_and_last_days_that_are_read(text: str, expected: date | None) -> None:
    """Days that do not exist, and years that are likely mistyped, are no dates."""
    assert parse_iso_date(text) == expected


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        ("every 3 months", 3, 0),
        ("2 years", 24, 0),
        ("year", 12, 0),
        ("every month", 1, 0),
        ("a month", 1, 0),
        ("an month", 1, 0),
        ("one week", 0, 7),
        ("every 10 days", 0, 10),
        ("2 Fortnights", 0, 28),
        (" 6 WEEKS ", 0, 42),
    ],
)
def test_an_interval_has_months_or_days(text: str, months: int, days: int) -> None:
    """A number or an article, then a unit; the text is kept as it was written."""
    assert parse_interval(text) == CalendarInterval(months=months, days=days, text=text.strip())


@pytest.mark.parametrize("text", ["0 weeks", "every 0 months", "1000 days", "two weeks", "3 hours", "every", "weeks 3"])
def test_other_texts_are_no_interval(text: str) -> None:
    """An interval of no length would never end a series; numbers have three digits at most."""
    assert parse_interval(text) is None


@pytest.mark.parametrize(
    ("day", "interval", "expected"),
    [
        (date(2025, 1, 31), CalendarInterval(months=1), date(2025, 2, 28)),
        (date(2024, 1, 31), CalendarInterval(months=1), date(2024, 2, 29)),
        (date(2025, 11, 30), CalendarInterval(months=1), date(2025, 12, 30)),
        (date(2025, 12, 31), CalendarInterval(months=2), date(2026, 2, 28)),
        (date(2025, 1, 6), CalendarInterval(months=24), date(2027, 1, 6)),
        (date(2025, 1, 31), CalendarInterval(months=1, days=1), date(2025, 3, 1)),
        (date(2999, 12, 31), CalendarInterval(months=999 * 12), date(3998, 12, 31)),
        (date(9998, 12, 31), CalendarInterval(months=12), date(9998, 12, 31)),
        (date(2025, 5, 31), CalendarInterval(months=-3), date(2025, 2, 28)),
        (date(1, 2, 3), CalendarInterval(months=-3), date.min),
    ],
)
def test_an_interval_later(day: date, interval: CalendarInterval, expected: date) -> None:
    """At most the last day of the month, then the days; years end before those that no date can hold."""
    assert add_interval(day, interval) == expected


@given(st.dates(), st.integers(-(10**12), 10**12))
def test_days_are_kept_within_what_a_date_can_hold(day: date, number: int) -> None:
    """Exact where that is a date, else the first or last one; never in the wrong direction."""
    later = add_days(day, number)
    assert (later - day).days == number or later in (date.min, date.max)
    assert later >= day if number >= 0 else later <= day


@given(st.dates(), st.integers(0, 12 * 10**4), st.integers(0, 10**7))
def test_no_interval_is_too_long(day: date, months: int, days: int) -> None:
    """From any day, an interval of any length leads to a day that is not earlier."""
    assert add_interval(day, CalendarInterval(months=months, days=days)) >= day


def test_dates_are_counted_in_one_place() -> None:
    """Whoever adds days to a date by other means can leave the calendar."""
    package = Path(__file__).parents[2] / "plansite"
    assert [path.name for path in package.rglob("*.py") if "timedelta" in path.read_text("utf-8")] == []
