"""Intervals by their length and by the name of a kind of meeting."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.dates import INTERVAL_PRESETS, CalendarInterval, add_interval, parse_interval

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
