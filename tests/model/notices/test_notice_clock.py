"""The clock of a notice: when the reply is due, how long there is, and that the reply ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Instrument
from plansite.model.notices.notice_clock import (
    NoticeState,
    describe_notice_clock,
    find_notice_due,
    is_unanswered,
    list_unanswered_notices,
    name_notice,
    read_notice_clock,
)

_RECEIVED, _DUE = date(2025, 1, 6), date(2025, 2, 3)
_NOTICE = Instrument(name="requirement notice", ref="RN-1", received=_RECEIVED)


@pytest.mark.parametrize(
    ("notice", "due"),
    [
        (_NOTICE, _DUE),
        (Instrument(name="PFD report", received=_RECEIVED), date(2025, 3, 3)),
        (Instrument(name="requirement notice", received=_RECEIVED, days=10), date(2025, 1, 16)),
        (Instrument(name="requirement notice", received=_RECEIVED, days=10, due=_DUE), _DUE),
        (Instrument(name="warning notice", due=_DUE), _DUE),
        (Instrument(name="warning notice", received=_RECEIVED), None),
        (Instrument(name="requirement notice"), None),
        (Instrument(name="requirement notice", received=date.max), date.max),
    ],
)
def test_when_the_reply_is_due(notice: Instrument, due: date | None) -> None:
    """What the file says counts: the day, else the days, else those of the kind; from the day after its receipt."""
    assert find_notice_due(notice) == due


@pytest.mark.parametrize(
    ("sent", "day", "state", "days", "words"),
    [
        (None, _DUE - timedelta(14), NoticeState.RUNNING, 14, "Due in 14 days"),
        (None, _DUE - timedelta(1), NoticeState.RUNNING, 1, "Due tomorrow"),
        (None, _DUE, NoticeState.DUE_TODAY, 0, "Due today"),
        (None, _DUE + timedelta(1), NoticeState.OVERDUE, 1, "Overdue by 1 day"),
        (_DUE, _DUE - timedelta(1), NoticeState.RUNNING, 1, "Due tomorrow"),
        (_DUE, _DUE, NoticeState.SENT_IN_TIME, 0, "Sent in time"),
        (_DUE - timedelta(4), _DUE + timedelta(90), NoticeState.SENT_IN_TIME, 4, "Sent in time"),
        (_DUE + timedelta(1), _DUE + timedelta(90), NoticeState.SENT_LATE, 1, "Sent 1 day late"),
        (_DUE + timedelta(12), _DUE + timedelta(3), NoticeState.OVERDUE, 3, "Overdue by 3 days"),
    ],
)
def test_how_it_stands(sent: date | None, day: date, state: NoticeState, days: int, words: str) -> None:
    """It runs until the reply is sent; a reply dated later has not been sent yet."""
    notice = Instrument(name="requirement notice", received=_RECEIVED, sent=sent)
    clock = read_notice_clock(notice, day)
    assert (clock.state, clock.days, clock.due) == (state, days, _DUE)
    assert describe_notice_clock(notice, day) == words
    assert is_unanswered(notice, day) == clock.is_unanswered == (not state.startswith("sent"))


def test_without_a_day() -> None:
    """It is still to be answered, and its clock says that no day is known."""
    notice = Instrument(name="warning notice", received=_RECEIVED)
    assert describe_notice_clock(notice, _DUE) == "No date"
    assert read_notice_clock(notice, _DUE).is_unanswered
    answered = Instrument(name="warning notice", received=_RECEIVED, sent=_DUE)
    assert describe_notice_clock(answered, _DUE) == "Sent"
    assert not read_notice_clock(answered, _DUE).is_unanswered


def test_the_first_due_comes_first() -> None:
    """Those without a day come last, and those that were answered are not listed."""
    notices = (
        Instrument(name="warning notice"),
        Instrument(name="warning notice", ref="late", due=_DUE),
        _NOTICE,
        Instrument(name="requirement notice", received=_RECEIVED, sent=_RECEIVED),
        Instrument(name="requirement notice", ref="early", received=_RECEIVED, days=1),
    )
    plan = Plan(slug="p", path="p.md", instrument=notices)
    assert [notice.ref for notice in list_unanswered_notices(plan, _RECEIVED)] == ["early", "RN-1", "late", ""]


@pytest.mark.parametrize(
    ("notice", "words"),
    [(_NOTICE, "Requirement notice RN-1"), (Instrument(name="CQC letter"), "CQC letter"), (Instrument(), "Notice")],
)
def test_the_name_of_a_notice(notice: Instrument, words: str) -> None:
    """What it is, with a capital, and its reference."""
    assert name_notice(notice) == words


@given(st.integers(1, 1000), st.integers(-400, 1500), st.none() | st.integers(-400, 1500))
def test_the_clock_agrees_with_the_calendar(allowed: int, now: int, sent: int | None) -> None:
    """The days of a clock are the distance between its day and the reply, or today; and never negative."""
    day, reply = _RECEIVED + timedelta(now), None if sent is None else _RECEIVED + timedelta(sent)
    clock = read_notice_clock(Instrument(name="letter", received=_RECEIVED, days=allowed, sent=reply), day)
    reference = reply if reply is not None and reply <= day else day
    assert clock.due == _RECEIVED + timedelta(allowed)
    assert clock.days == abs((clock.due - reference).days)
    assert (clock.state in (NoticeState.OVERDUE, NoticeState.SENT_LATE)) == (reference > clock.due)
