"""Seconds to days."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from plansite.history.commit_changes import day_of


@pytest.mark.parametrize(
    ("time", "day"),
    [
        (0, date(1970, 1, 1)),
        (1_735_689_599, date(2024, 12, 31)),
        (1_735_689_600, date(2025, 1, 1)),
        (1_751_324_400, date(2025, 7, 1)),
        (48_000_000_000, date(2999, 12, 31)),
        (10**18, date(2999, 12, 31)),
        (10**30, date(2999, 12, 31)),
        (-(10**10), date(1900, 1, 1)),
    ],
)
def test_days_in_london(time: int, day: date) -> None:
    """A day ends at midnight of the zone, in summer an hour before UTC's; no number is too large."""
    assert day_of(time, ZoneInfo("Europe/London")) == day
