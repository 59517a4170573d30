"""Checks that go on after an action is finished: how they are written, when they are due, and what settles them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.body import Body, ProgressNote
from plansite.model.dates import CalendarInterval
from plansite.model.documents.action import Action
from plansite.model.documents.records.verification import Verification
from plansite.model.recurrence import (
    MAX_CHECKS,
    Recurrence,
    action_recurrence,
    find_next_check,
    list_check_days,
    list_checks_made,
    parse_recurrence,
)
from plansite.model.status import Status, VerificationResult

_ACTION = Action(
    plan="p", slug="a", path="a.md", status=Status.COMPLETED, completed=date(2025, 1, 31), repeat="every month 3 times"
)
_UNITS = st.sampled_from(["day", "week", "fortnight", "month", "year"])
_STRETCHES = st.one_of(
    st.builds(lambda number, unit: f"{number} {unit}s", st.integers(1, 999), _UNITS), _UNITS, _UNITS.map("a {}".format)
)
_ENDS = st.one_of(
    _STRETCHES.map("for {}".format),
    st.dates(date(1900, 1, 1), date(2999, 12, 31)).map("until {}".format),
    st.integers(1, 999).map("{} times".format),
)
_RULES = st.builds("every {} {}".format, _STRETCHES, _ENDS)


def _noted(*notes: tuple[date | None, str]) -> Action:
    progress = tuple(
        ProgressNote(date=day, by="", text=text, html=(text,), line=n) for n, (day, text) in enumerate(notes)
    )
    return replace(_ACTION, body=Body(progress=progress))


def _month(number: int) -> CalendarInterval:
    return CalendarInterval(months=number)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every month for 6 months", Recurrence(interval=_month(1), duration=_month(6))),
        ("Every 3 months for a year.", Recurrence(interval=_month(3), duration=_month(12))),
        ("every 2 weeks, until 2025-09-01", Recurrence(interval=CalendarInterval(days=14), until=date(2025, 9, 1))),
        ("every  fortnight 6 times", Recurrence(interval=CalendarInterval(days=14), count=6)),
        ("every one week for 1 week", Recurrence(interval=CalendarInterval(days=7), duration=CalendarInterval(days=7))),
    ],
)
def test_what_can_be_written(text: str, rule: Recurrence) -> None:
    """An interval, then one of three ends; capitals, spaces and a full stop do not matter."""
    found = parse_recurrence(text)
    assert found is not None
    plain = replace(found, interval=replace(found.interval, text=""))
    assert replace(plain, duration=found.duration and replace(found.duration, text="")) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "monthly",
        "every month",
        "month for 6 months",
        "every month for ever",
        "every month until June",
        "every month until 2025-02-30",
        "every month for every year",
        "every month 0 times",
        "every 0 weeks for a year",
        "every year for 6 months",
        "every core group for 6 months",
        "every month for 6 months until 2025-09-01",
    ],
)
def test_what_cannot_be_read(text: str) -> None:
    """No interval, no end, no such day, or a time in which no check would fall."""
    assert parse_recurrence(text) is None


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands there, nothing fails."""
    parse_recurrence(text)
    parse_recurrence(f"every {text}")
    list_check_days(replace(_ACTION, repeat=f"every month for {text}"))


@given(_RULES, st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_days_rise_and_keep_their_distance(text: str, start: date) -> None:
    """They come after the start in order, the first after one interval, none after the end, and not without end."""
    action = replace(_ACTION, repeat=text, completed=start)
    rule, days = action_recurrence(action), list_check_days(action)
    assert len(days) <= MAX_CHECKS
    assert all(before < after for before, after in zip((start, *days), days, strict=False))
    if rule is None:
        assert days == ()
    elif rule.until:
        assert all(day <= rule.until for day in days)
    elif rule.duration is None and start.year < 2000 and rule.interval.months + rule.interval.days < 90:
        assert len(days) == rule.count or days[-1].year > 2900


def test_days_count_from_the_first() -> None:
    """A short month does not move the checks after it to an earlier day."""
    assert list_check_days(_ACTION) == (date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30))


@pytest.mark.parametrize(
    ("text", "number"),
    [("every week for 6 weeks", 6), ("every month for a year", 12), ("every day until 2025-02-02", 2)],
)
def test_the_last_day_counts(text: str, number: int) -> None:
    """A check may fall on the last day of the time."""
    assert len(list_check_days(replace(_ACTION, repeat=text))) == number


def test_the_check_stands_in_for_a_missing_day() -> None:
    """Without `completed` the days count from the verification; with neither there are none."""
    check = Verification(by="Ben", date=date(2025, 2, 1), result=VerificationResult.PASSED)
    assert list_check_days(replace(_ACTION, completed=None, verification=check))[0] == date(2025, 3, 1)
    assert list_check_days(replace(_ACTION, completed=None)) == ()


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.CANCELLED, None])
def test_only_finished_actions_are_checked_again(status: Status | None) -> None:
    """What is open, given up or unknown has no such checks; nor has what a failed check opened again."""
    assert list_check_days(replace(_ACTION, status=status)) == ()
    failed = Verification(by="Ben", result=VerificationResult.FAILED)
    assert list_check_days(replace(_ACTION, verification=failed)) == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Checked: all warm", True),
        ("checked by Anna", True),
        ("CHECKED", True),
        ("Not checked, the door was locked", False),
        ("Check it on Monday", False),
        ("Checkedness", False),
        ("I checked", False),
        ("", False),
    ],
)
def test_a_note_that_begins_with_checked_is_a_check(text: str, counts: bool) -> None:
    """Only the first word counts, so that a note about a check that was not made is not taken for one."""
    day = date(2025, 3, 1)
    assert list(list_checks_made(_noted((day, text), (None, "Checked")))) == [day] * counts


@pytest.mark.parametrize(
    ("noted", "day"),
    [
        (date(2025, 2, 27), date(2025, 2, 28)),
        (date(2025, 2, 28), date(2025, 3, 31)),
        (date(2025, 3, 30), date(2025, 3, 31)),
        (date(2025, 4, 2), date(2025, 4, 30)),
        (date(2025, 4, 30), None),
        (date(2025, 5, 21), date(2025, 2, 28)),
    ],
)
def test_a_check_settles_all_that_were_due_by_its_day(noted: date, day: date | None) -> None:
    """A check counts for no day after it, however near; one dated after today does not count yet."""
    assert find_next_check(_noted((noted, "Checked")), date(2025, 5, 20)) == day


def test_the_verification_settles_too() -> None:
    """It is a check like the others."""
    check = Verification(by="Ben", date=date(2025, 3, 1), result=VerificationResult.PASSED)
    assert find_next_check(replace(_ACTION, verification=check), date(2025, 3, 2)) == date(2025, 3, 31)


@given(_RULES, st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.lists(st.dates(date(2025, 1, 1), date(2027, 1, 1))))
def test_the_next_is_the_first_unsettled(text: str, today: date, noted: list[date]) -> None:
    """By brute force: the first day on or after which no check was made up to today."""
    action = replace(_noted(*((day, "Checked") for day in noted)), repeat=text)
    checks = [day for day in noted if day <= today]
    unsettled = [day for day in list_check_days(action) if not any(check >= day for check in checks)]
    assert find_next_check(action, today) == (unsettled[0] if unsettled else None)


def test_the_end_of_the_calendar_does_no_harm() -> None:
    """The last day there is has no check after it."""
    for text in ("every month 3 times", "every 999 fortnights 3 times", "every day for 999 fortnights"):
        assert list_check_days(replace(_ACTION, repeat=text, completed=date.max)) == ()
    late = replace(_ACTION, completed=date(2999, 12, 31), repeat="every 999 years for 999 years")
    assert list_check_days(late) == ()
    assert list_check_days(replace(_ACTION, completed=date.min)) != ()


def test_a_series_has_a_thousand_checks_at_most() -> None:
    """The longest series that can be written by its duration is cut; shorter ones are whole."""
    action = replace(_ACTION, completed=date(2025, 1, 1))
    assert len(list_check_days(replace(action, repeat="every day for 999 fortnights"))) == 1000
    assert len(list_check_days(replace(action, repeat="every day for 142 weeks"))) == 994
