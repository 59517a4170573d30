"""A theme came back if all of it was finished for four weeks and something new was agreed; nothing is said if unsure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.documents.action import Action
from plansite.model.governance.returning_themes import (
    BusyPeriod,
    ThemeKind,
    build_theme,
    find_action_period,
    find_returned_themes,
    group_by_theme,
    merge_periods,
)
from plansite.model.status import Status

_DAY = date(2024, 1, 1)
_OPEN = Action(plan="p", slug="a", path="a.md", title="A", created=_DAY)
_FALLS = build_theme(ThemeKind.TAG, "Falls")


def _on(number: int) -> date:
    return _DAY + timedelta(number)


def _period(begin: int, end: int | None, title: str = "A") -> BusyPeriod:
    return BusyPeriod(_on(begin), None if end is None else _on(end), title, title.lower())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, BusyPeriod(_DAY, None, "A", "x")),
        ({"status": Status.COMPLETED, "completed": _on(9)}, BusyPeriod(_DAY, _on(9), "A", "x")),
        ({"status": Status.COMPLETED, "completed": _on(-9)}, BusyPeriod(_DAY, _DAY, "A", "x")),
        ({"status": Status.COMPLETED}, BusyPeriod(None, None)),
        ({"created": None}, BusyPeriod(None, None)),
        ({"status": Status.CANCELLED}, None),
    ],
)
def test_the_time_of_an_action(fields: dict[str, object], expected: BusyPeriod | None) -> None:
    """From the day it was agreed to the day it was finished; unknown if one of the two is."""
    assert find_action_period(replace(_OPEN, **fields), "x") == expected  # type: ignore[arg-type]


def test_what_overlaps_is_one_period() -> None:
    """So is what is agreed on the day on which the last one was finished; the first action names the period."""
    merged = merge_periods([_period(20, 30, "B"), _period(0, 20, "A"), _period(5, 8, "C"), _period(31, None, "D")])
    assert merged == (_period(0, 30, "A"), _period(31, None, "D"))
    assert merge_periods([_period(0, 5), BusyPeriod(None, None)]) == (BusyPeriod(None, None),)
    assert merge_periods([_period(0, None), _period(9, 10)]) == (_period(0, None),)


@pytest.mark.parametrize(("back", "is_found"), [(27, False), (28, True), (400, True)])
def test_a_theme_that_came_back(back: int, is_found: bool) -> None:
    """Four weeks after it was closed or later, also in another plan; sooner, the next meeting went on with it."""
    found = find_returned_themes(
        [(_FALLS, "Falls", (_period(0, 10),)), (_FALLS, "falls", (_period(10 + back, None, "B"),))]
    )
    assert [(each.label, each.closed, each.back, each.title) for each in found] == (
        [("Falls", _on(10), _on(10 + back), "B")] if is_found else []
    )


@pytest.mark.parametrize(
    "periods",
    [
        (_period(0, None), _period(100, None)),
        (_period(0, 10), _period(100, 110)),
        (_period(0, 10), _period(100, None), BusyPeriod(None, None)),
        (_period(100, None),),
    ],
)
def test_a_theme_that_did_not(periods: tuple[BusyPeriod, ...]) -> None:
    """One that was never closed, that is closed again, of which something is not known, or that is new."""
    assert find_returned_themes([(_FALLS, "Falls", periods)]) == []


def test_the_themes_of_actions() -> None:
    """Tags and standards are the same in all plans, a goal is one of its plan and called by its title."""
    action = replace(_OPEN, tags=("Falls", " "), standards=("safe",), goal="warm")
    period = _period(0, None)
    assert list(group_by_theme([(action, period)], {"warm": "Warm rooms"})) == [
        ((ThemeKind.TAG, "", "falls"), "Falls", (period,)),
        ((ThemeKind.STANDARD, "", "safe"), "safe", (period,)),
        ((ThemeKind.GOAL, "p", "warm rooms"), "Warm rooms", (period,)),
    ]


@given(st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 30)), max_size=8), st.integers(0, 8))
def test_merging_parts_is_merging_all(spans: list[tuple[int, int | None]], cut: int) -> None:
    """A plan contributes its merged periods, and the result is that of all actions at once."""
    periods = [
        _period(begin, None if days is None else begin + days, str(at)) for at, (begin, days) in enumerate(spans)
    ]
    parts = (*merge_periods(periods[:cut]), *merge_periods(periods[cut:]))
    spans_of = [[(each.begin, each.end) for each in merge_periods(every)] for every in (parts, periods)]
    assert spans_of[0] == spans_of[1]
