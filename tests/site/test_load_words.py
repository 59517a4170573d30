"""How busy somebody is, in sentences that are right in number and on each day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.site.components.dated_rows import DAYS_AHEAD, DatedText
from plansite.site.people.workload import (
    describe_due_dates,
    describe_late,
    describe_open_actions,
    format_late_count,
)

_TODAY = date(2025, 1, 20)


def _list_dues(*offsets: int | None) -> list[date]:
    """The due dates of open actions due so many days from today, the earliest first; None has no date."""
    return [_TODAY + timedelta(offset) for offset in sorted(offset for offset in offsets if offset is not None)]


def _describe(*offsets: int | None, finished: int = 0, today: date = _TODAY) -> DatedText:
    return describe_due_dates(_list_dues(*offsets), len(offsets), finished, today)


@pytest.mark.parametrize(
    ("offsets", "words"),
    [
        ((-20, 1, 18, 25), "1 late, 1 due tomorrow and 2 due later."),
        ((-2, -1, 0), "2 late and 1 due today."),
        ((0, 0), "both due today."),
        ((-1, -1, -1), "all late."),
        ((5, 6), "both due later."),
        ((None, None, None), "all without a date."),
        ((1, None), "1 due tomorrow and 1 without a date."),
        ((-20,), "It is late."),
        ((0,), "It is due today."),
        ((1,), "It is due tomorrow."),
        ((2,), "It is due on 22 January 2025."),
        ((None,), "It has no date."),
        ((), ""),
    ],
)
def test_when_due(offsets: Sequence[int | None], words: str) -> None:
    """Late, today, tomorrow, later and undated are told apart, each in the right number."""
    assert _describe(*offsets).words == words


def test_nothing_open_is_thanked_for() -> None:
    """Who has finished all is thanked."""
    assert describe_open_actions(0, 0) == "No open actions."
    assert _describe(finished=2) == DatedText("2 actions are finished. Thank you.")
    assert _describe(finished=1) == DatedText("1 action is finished. Thank you.")


def test_has_open_counts_plans() -> None:
    """The sentence begins with how many, and in how many plans if in several."""
    assert describe_open_actions(1, 1) == "1 open action."
    assert describe_open_actions(3, 1) == "3 open actions:"
    assert describe_open_actions(2, 2) == "2 open actions in 2 plans:"


@given(offsets=st.lists(st.none() | st.integers(-40, 60), max_size=6), later=st.integers(0, DAYS_AHEAD))
def test_words_of_a_later_day(offsets: Sequence[int | None], later: int) -> None:
    """What is carried for a later day is what that day would say."""
    dues, day = _list_dues(*offsets), _TODAY + timedelta(later)
    sayings: tuple[Callable[[date], DatedText], ...] = (
        lambda today: _describe(*offsets, today=today),
        lambda today: describe_late(dues, today),
        lambda today: format_late_count(dues, today),
    )
    for said in sayings:
        carried = said(_TODAY)
        changes = [change.split("=", 1) for change in carried.later.split("|") if change]
        come = [carried.words] + [words for begins, words in changes if begins <= day.isoformat()]
        assert come[-1] == said(day).words


def test_late_words() -> None:
    """None, one and several."""
    assert describe_late((), _TODAY).words == "None is late."
    assert describe_late((_TODAY - timedelta(1),), _TODAY).words == "1 is late."
    assert describe_late((_TODAY - timedelta(2), _TODAY - timedelta(1), _TODAY), _TODAY).words == "2 are late."
