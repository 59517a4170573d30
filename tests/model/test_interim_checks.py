"""The day on which an interim control is checked next."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.dates import parse_interval
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.interim_checks import find_next_check, is_check_overdue

_CHECKED = date(2025, 1, 10)


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        (InterimControl(), None),
        (InterimControl(checked=_CHECKED), None),
        (InterimControl(every=parse_interval("1 week")), None),
        (InterimControl(checked=_CHECKED, every=parse_interval("1 week")), date(2025, 1, 17)),
        (InterimControl(checked=_CHECKED, every=parse_interval("1 week"), next=date(2025, 1, 13)), date(2025, 1, 13)),
    ],
)
def test_the_next_check(control: InterimControl, expected: date | None) -> None:
    """The day in the file counts; else it follows from the last check and the interval."""
    assert find_next_check(control) == expected


def test_a_check_is_overdue_on_the_day_after() -> None:
    """A check that is due today is not overdue; one without a day never is."""
    control = InterimControl(next=date(2025, 1, 17))
    assert [is_check_overdue(control, date(2025, 1, day)) for day in (16, 17, 18)] == [False, False, True]
    assert not is_check_overdue(InterimControl(), date(2025, 1, 18))
