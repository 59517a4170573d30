"""Rows and words that change with the day: what a page carries for later is what that day would have made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.dates import add_days
from plansite.site.components.dated_rows import (
    DAYS_AHEAD,
    DatedRow,
    DatedText,
    DueRange,
    RowGroup,
    Visibility,
    build_dated_text,
    build_text_of_dates,
    find_visibility,
    group_rows_in_range,
)
from plansite.site.components.page import Link
from plansite.site.components.widgets import ActionRow, StepCount, Tag
from tests.site.entries import row_of

_TODAY = date(2025, 1, 20)
_BANDS = (
    DueRange("weeks", "More than two weeks", 15, None),
    DueRange("week", "A week or less", 1, 7),
    DueRange("soon", "Due soon", -14, 0),
    DueRange("next", "Next", None, 0),
)


def _row(due: date | None) -> ActionRow:
    return ActionRow(
        title=Link(str(due)),
        ref="",
        plan=Link("P"),
        owner=Link("O"),
        when="",
        due=due,
        is_late=False,
        said="",
        said_on=None,
        steps=StepCount(),
        tag=Tag("", "", ""),
    )


def words_on(words: DatedText, day: date) -> str:
    """What the page says on a day, as its script works it out."""
    changes = [change.split("=", 1) for change in words.later.split("|") if change]
    return ([words.words] + [said for begins, said in changes if begins <= day.isoformat()])[-1]


def is_shown(shown: Visibility, day: date) -> bool:
    """Whether something shows on a day, as the script works it out."""
    turned = sum(turn <= day for turn in shown.turns) % 2 == 1
    return (shown.joins is None or day >= shown.joins) and (shown.leaves is None or day < shown.leaves or turned)


def _shown_on(group: RowGroup | None, day: date) -> list[str]:
    return [row_of(entry).title.text for entry in group.entries if is_shown(entry.shown, day)] if group else []


@given(
    offsets=st.lists(st.integers(-60, 60), max_size=8),
    later=st.integers(0, DAYS_AHEAD),
    band=st.sampled_from(_BANDS),
)
def test_a_later_day_shows_what_it_would_have_made(offsets: Sequence[int], later: int, band: DueRange) -> None:
    """The rows, the heading and its count of a page are right on each day it speaks for."""
    rows = [_row(_TODAY + timedelta(offset)) for offset in sorted(offsets)]
    day = _TODAY + timedelta(later)
    carried, made = group_rows_in_range(band, rows, _TODAY), group_rows_in_range(band, rows, day)
    expected = _shown_on(made, day)
    assert _shown_on(carried, day) == expected
    if carried and made and expected:
        assert is_shown(carried.shown, day)
        assert words_on(carried.note, day) == made.note.words


def test_a_group_is_hidden_until_it_has_a_row() -> None:
    """A heading without rows today joins on the day of its first row."""
    group = group_rows_in_range(_BANDS[1], [_row(_TODAY + timedelta(2))], _TODAY)
    assert group is not None
    assert group.shown == Visibility(_TODAY + timedelta(3), _TODAY + timedelta(10))
    assert (group.note.words, group.note.later) == ("0 actions", "2025-01-23=1 action|2025-01-30=0 actions")


def test_rows_without_a_date_belong_to_no_band() -> None:
    """Only dates decide; without any the band is not there at all."""
    assert group_rows_in_range(_BANDS[3], [_row(None)], _TODAY) is None


def test_rows_far_away_are_not_carried() -> None:
    """What joins after the last day that a page speaks for is left to a later build."""
    assert group_rows_in_range(_BANDS[1], [_row(_TODAY + timedelta(DAYS_AHEAD))], _TODAY) is None
    assert group_rows_in_range(_BANDS[1], [_row(_TODAY + timedelta(DAYS_AHEAD - 1))], _TODAY) is not None


@pytest.mark.parametrize("band", _BANDS)
@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_of_all_days(band: DueRange, day: date) -> None:
    """Dates at the ends of the calendar stop nothing."""
    group_rows_in_range(band, [_row(date.min), _row(date.max)], day)


def test_changing_says_only_what_changes() -> None:
    """A day on which the same is said as before is left out."""
    said = build_dated_text(lambda day: "one" if day < date(2025, 1, 25) else "two", _TODAY)
    assert said == DatedText("one", "2025-01-25=two")


def test_shown_while_nothing_holds() -> None:
    """What never holds is never shown."""
    assert find_visibility(lambda _: False, _TODAY) is None
    assert find_visibility(lambda _: True, _TODAY) == Visibility()
    assert find_visibility(lambda day: day == _TODAY, _TODAY) == Visibility(None, date(2025, 1, 21))


def test_a_group_may_come_and_go() -> None:
    """What is empty on some of the days between does not show on them."""
    begin, end, again = date(2025, 1, 22), date(2025, 1, 25), date(2025, 2, 1)
    assert find_visibility(lambda day: begin <= day < end or day >= again, _TODAY) == Visibility(begin, end, (again,))
    assert find_visibility(lambda day: day < begin or day == end, _TODAY) == Visibility(
        None, begin, (end, add_days(end, 1))
    )


def test_a_text_is_known_up_to_a_day() -> None:
    """To the last covered day; for ever where it is told that nothing follows, and so is not looked at in vain."""
    last = add_days(_TODAY, DAYS_AHEAD)
    assert build_dated_text(str, _TODAY).reach == last
    assert build_dated_text(str, _TODAY, [last]).reach is None
    assert build_dated_text(str, _TODAY, [_TODAY, last, add_days(last, 1)]).reach == last
    assert build_dated_text(str, _TODAY, [_TODAY, last]).later == f"{last}={last}"
    assert build_text_of_dates(str, _TODAY, [add_days(last, 9)]).later.endswith("2026-01-01=2026-01-01")


def test_shifted_stays_within_the_calendar() -> None:
    """So many days later, and never past the last day there is."""
    assert add_days(_TODAY, 12) == date(2025, 2, 1)
    assert add_days(date.max, 1) == date.max
    assert add_days(date.min, -1) == date.min


def test_an_entry_shows_unless_told() -> None:
    """Without a day to join or to leave, a row simply shows."""
    assert is_shown(DatedRow(_row(None)).shown, _TODAY)


@pytest.mark.parametrize("band", _BANDS, ids=lambda band: band.key)
@pytest.mark.parametrize("later", [0, 1, DAYS_AHEAD - 1, DAYS_AHEAD])
def test_every_row_comes_and_goes_on_its_day(band: DueRange, later: int) -> None:
    """For each distance from today, on the first and the last days that a page speaks for; no other row is carried."""
    day, days = _TODAY + timedelta(later), [_TODAY + timedelta(number) for number in range(DAYS_AHEAD + 1)]
    for offset in range(-DAYS_AHEAD - 20, DAYS_AHEAD + 20):
        rows = [_row(_TODAY + timedelta(offset))]
        late = later - offset
        belongs = (band.first is None or late >= band.first) and (band.last is None or late <= band.last)
        group = group_rows_in_range(band, rows, _TODAY)
        assert bool(_shown_on(group, day)) is belongs, offset
        for entry in group.entries if group else ():
            assert any(is_shown(entry.shown, each) for each in days), offset
            assert not entry.shown.joins or _TODAY < entry.shown.joins <= days[-1], offset
            assert not entry.shown.leaves or _TODAY < entry.shown.leaves <= days[-1], offset
