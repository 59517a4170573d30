"""Checks that go on after an action is finished: when they are due, which were made, and which is next."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.dates import CalendarInterval, add_interval, parse_interval, parse_iso_date

#: No action has more checks than this, whatever it asks for.
MAX_CHECKS = 1000

_DURATION = r"(?:\d{1,3} |an? |one )?(?:day|week|fortnight|month|year)s?"
_RECURRENCE = re.compile(
    rf"(?P<every>every {_DURATION}),? "
    rf"(?:for (?P<length>{_DURATION})|until (?P<until>[\d-]{{10}})|(?P<times>\d{{1,3}}) times)",
    re.IGNORECASE,
)
_CHECKED = re.compile(r"checked\b", re.IGNORECASE)
_LAST_DAY = date(2999, 12, 31)
#: A day to measure from, to tell which of two intervals is longer.
_REFERENCE_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How often a check is made, and one of three ends: a stretch of time, a last day, or a number of checks."""

    interval: CalendarInterval
    duration: CalendarInterval | None = None
    until: date | None = None
    count: int = MAX_CHECKS


@functools.lru_cache(maxsize=256)
def parse_recurrence(text: str) -> Recurrence | None:
    """What `every 3 months for 2 years`, `every week until 2025-09-01` or `every month 6 times` asks for.

    None for any other text, and where there would be no check at all.
    """
    match = _RECURRENCE.fullmatch(" ".join(text.split()).rstrip("."))
    every = parse_interval(match["every"]) if match else None
    if match is None or every is None:
        return None
    length, until = parse_interval(match["length"] or ""), parse_iso_date(match["until"] or "")
    times = int(match["times"] or 0)
    if not (length or until or times):
        return None
    if length and add_interval(_REFERENCE_DAY, length) < add_interval(_REFERENCE_DAY, every):
        return None
    return Recurrence(interval=every, duration=length, until=until, count=times or MAX_CHECKS)


def action_recurrence(action: Action) -> Recurrence | None:
    """The repeated check of an action; None where it has none, or where its text cannot be read."""
    return parse_recurrence(action.repeat) if action.repeat else None


def list_check_days(action: Action) -> tuple[date, ...]:
    """Every day on which a check is due, in order; none before the action is finished.

    Counted from the day it was completed, else from the day of its verification, and always from that day: after
    31 January come 28 February and 31 March.
    """
    return tuple(_iterate_days(action))


def list_checks_made(action: Action) -> Iterator[date]:
    """The days of its checks: progress notes that begin with "Checked", and the verification."""
    if action.verification and action.verification.date:
        yield action.verification.date
    for note in action.body.progress:
        if note.date and _CHECKED.match(note.text):
            yield note.date


def find_next_check(action: Action, today: date) -> date | None:
    """The first day of which the check is still to be made, which may be past; None where none is to come.

    A check made up to today settles every check due by the day it was made.
    """
    if not action.repeat:
        return None
    made = max((day for day in list_checks_made(action) if day <= today), default=date.min)
    return next((day for day in _iterate_days(action) if day > made), None)


def _finish_date(action: Action) -> date | None:
    if not action.is_finished:
        return None
    return action.completed or (action.verification.date if action.verification else None)


def _iterate_days(action: Action) -> Iterator[date]:
    rule, start = action_recurrence(action), _finish_date(action)
    if rule is None or start is None or start > _LAST_DAY:
        return
    end = min(_LAST_DAY, rule.until or _LAST_DAY, add_interval(start, rule.duration) if rule.duration else _LAST_DAY)
    for number in range(1, rule.count + 1):
        day = add_interval(
            start, CalendarInterval(months=rule.interval.months * number, days=rule.interval.days * number)
        )
        if day > end:
            return
        yield day
