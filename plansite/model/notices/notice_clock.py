"""When a notice has to be answered, and whether it was: a clock from its receipt to the reply."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.requirements import Instrument
from plansite.model.formatting import format_days, format_due
from plansite.model.notices.notice_kinds import find_notice_kind


class NoticeState(StrEnum):
    """How a notice stands on a day. In the first four it is still to be answered."""

    OVERDUE = "overdue"
    DUE_TODAY = "due today"
    RUNNING = "running"
    UNDATED = "no date"
    SENT_IN_TIME = "sent in time"
    SENT_LATE = "sent late"
    SENT = "sent"


_UNANSWERED = frozenset({NoticeState.OVERDUE, NoticeState.DUE_TODAY, NoticeState.RUNNING, NoticeState.UNDATED})


@dataclass(frozen=True, slots=True)
class NoticeClock:
    """The state of a notice on a day, the day by which to reply if that is known, and a number of days.

    `days` are those left while it is running, those it is overdue, those the reply was sent before the day in time or
    after it; 0 where no day is known.
    """

    state: NoticeState
    due: date | None
    days: int = 0

    @property
    def is_unanswered(self) -> bool:
        """Whether the reply is still to be sent."""
        return self.state in _UNANSWERED


def find_days_allowed(notice: Instrument) -> int | None:
    """The days allowed for the reply: as the file gives them, else those of its kind; None where neither is known."""
    if notice.days is not None:
        return notice.days
    kind = find_notice_kind(notice.name)
    return kind.days if kind else None


def find_computed_due(notice: Instrument) -> date | None:
    """The day by which to reply, from the day it was received and the days allowed; None where one is not known."""
    days = find_days_allowed(notice)
    return add_days(notice.received, days) if notice.received and days is not None else None


def find_notice_due(notice: Instrument) -> date | None:
    """The day by which to reply: as the file gives it, else computed; None where neither is known."""
    return notice.due or find_computed_due(notice)


def read_notice_clock(notice: Instrument, day: date) -> NoticeClock:
    """How a notice stands on a day. A reply that is dated later than that day has not been sent yet."""
    due, sent = find_notice_due(notice), notice.sent
    if sent is not None and sent <= day:
        if due is None:
            return NoticeClock(NoticeState.SENT, None)
        early = (due - sent).days
        return NoticeClock(NoticeState.SENT_IN_TIME if early >= 0 else NoticeState.SENT_LATE, due, abs(early))
    if due is None:
        return NoticeClock(NoticeState.UNDATED, None)
    left = (due - day).days
    if left == 0:
        return NoticeClock(NoticeState.DUE_TODAY, due)
    return NoticeClock(NoticeState.RUNNING if left > 0 else NoticeState.OVERDUE, due, abs(left))


def describe_notice_clock(notice: Instrument, day: date) -> str:
    """How a notice stands on a day in a few words: "Due in 14 days", "Overdue by 3 days", "Sent 2 days late"."""
    clock = read_notice_clock(notice, day)
    match clock.state:
        case NoticeState.UNDATED:
            return "No date"
        case NoticeState.SENT_IN_TIME:
            return "Sent in time"
        case NoticeState.SENT_LATE:
            return f"Sent {format_days(clock.days)} late"
        case NoticeState.SENT:
            return "Sent"
    return format_due(clock.due or day, day)


def is_unanswered(notice: Instrument, day: date) -> bool:
    """Whether the reply to a notice is still to be sent on a day."""
    return notice.sent is None or notice.sent > day


def list_unanswered_notices(plan: Plan, day: date) -> list[Instrument]:
    """The notices of a plan whose reply is still to be sent, the one due first at the top, those without a day last."""
    notices = (notice for notice in plan.instrument if is_unanswered(notice, day))
    return sorted(notices, key=notice_sort_key)


def notice_sort_key(notice: Instrument) -> tuple[date, date, str, str]:
    """Sort key of notices: by the day by which to reply, the day of receipt, name and reference; without a day last."""
    return (find_notice_due(notice) or date.max, notice.received or date.max, notice.name, notice.ref)


def name_notice(notice: Instrument) -> str:
    """A notice by what it is and its reference, with a capital: "Requirement notice RN-2025-014"."""
    name = notice.name.strip() or "Notice"
    return " ".join(filter(None, (name[:1].upper() + name[1:], notice.ref.strip())))
