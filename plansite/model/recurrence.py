"""Recurring checks after an action is finished: when they are due, which were made, and which is next."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.dates import CalendarInterval, add_interval, parse_interval, parse_iso_date
from plansite.model.documents.action import Action

#: The greatest number of checks of an action.
MAX_CHECKS = 1000

_DURATION = r"(?:\d{1,3} |an? |one )?(?:day|week|fortnight|month|year)s?"
_RECURRENCE = compile_lazily(
    rf"(?P<interval>every {_DURATION}),? "
    rf"(?:for (?P<duration>{_DURATION})|until (?P<until>[\d-]{{10}})|(?P<count>\d{{1,3}}) times)",
    re.IGNORECASE,
)
#: The word, perhaps behind the time of day.
_CHECKED = compile_lazily(r"(?:[0-9]{1,2}[:.][0-9]{2}\S{0,12} )?checked\b", re.IGNORECASE)
_LAST_DAY = date(2999, 12, 31)
#: Intervals are compared by the day they lead to from this one.
_REFERENCE_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How often a check is made, and when it ends: after a duration, on a last day, or after a number of checks."""

    interval: CalendarInterval
    duration: CalendarInterval | None = None
    until: date | None = None
    count: int = MAX_CHECKS


@functools.lru_cache(maxsize=256)
def parse_recurrence(text: str) -> Recurrence | None:
    """The recurrence of `every 3 months for 2 years`, `every week until 2025-09-01` or `every month 6 times`.

    None for any other text, and if there would be no check at all.
    """
    match = _RECURRENCE.fullmatch(" ".join(text.split()).rstrip("."))
    interval = parse_interval(match["interval"]) if match else None
    if match is None or interval is None:
        return None
    duration, until = parse_interval(match["duration"] or ""), parse_iso_date(match["until"] or "")
    count = int(match["count"] or 0)
    if not (duration or until or count):
        return None
    if duration and add_interval(_REFERENCE_DAY, duration) < add_interval(_REFERENCE_DAY, interval):
        return None
    return Recurrence(interval=interval, duration=duration, until=until, count=count or MAX_CHECKS)


def action_recurrence(action: Action) -> Recurrence | None:
    """The recurrence of an action's check; None if it has none or its text cannot be parsed."""
    return parse_recurrence(action.repeat) if action.repeat else None


def list_check_days(action: Action) -> tuple[date, ...]:
    """Every day on which a check is due, in order; empty if the action is not finished.

    Each is counted from the day of completion, else of verification, and not from the check before it: after 31 January
    come 28 February and 31 March.
    """
    return tuple(_iterate_days(action))


def list_checks_made(action: Action) -> Iterator[date]:
    """The days on which checks were made: of the verification, and of progress notes that begin with "Checked"."""
    if action.verification and action.verification.date:
        yield action.verification.date
    for note in action.body.progress:
        if note.date and _CHECKED.match(note.text):
            yield note.date


def find_next_check(action: Action, today: date) -> date | None:
    """The first due day, past or future, whose check has not been made; None if there is none.

    A check made up to today counts for every check due by the day it was made.
    """
    if not action.repeat:
        return None
    last_made = max((day for day in list_checks_made(action) if day <= today), default=date.min)
    return next((day for day in _iterate_days(action) if day > last_made), None)


def _finish_date(action: Action) -> date | None:
    if not action.is_finished:
        return None
    return action.completed or (action.verification.date if action.verification else None)


def _iterate_days(action: Action) -> Iterator[date]:
    recurrence, start = action_recurrence(action), _finish_date(action)
    if recurrence is None or start is None or start > _LAST_DAY:
        return
    interval, duration = recurrence.interval, recurrence.duration
    end = min(_LAST_DAY, recurrence.until or _LAST_DAY, add_interval(start, duration) if duration else _LAST_DAY)
    for number in range(1, recurrence.count + 1):
        day = add_interval(start, CalendarInterval(months=interval.months * number, days=interval.days * number))
        if day > end:
            return
        yield day
