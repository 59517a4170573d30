"""Checks that go on after an action is finished: when they are due, which were made, and which is next."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.dates import Span, after, iso_date, span

#: No action has more checks than this, whatever it asks for.
MOST = 1000

_STRETCH = r"(?:\d{1,3} |an? |one )?(?:day|week|fortnight|month|year)s?"
_RULE = re.compile(
    rf"(?P<every>every {_STRETCH}),? "
    rf"(?:for (?P<length>{_STRETCH})|until (?P<until>[\d-]{{10}})|(?P<times>\d{{1,3}}) times)",
    re.IGNORECASE,
)
_CHECKED = re.compile(r"checked\b", re.IGNORECASE)
_LAST = date(2999, 12, 31)
#: A day to measure from, to tell which of two intervals is longer.
_ANY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How often a check is made, and one of three ends: a stretch of time, a last day, or a number of checks."""

    every: Span
    length: Span | None = None
    until: date | None = None
    times: int = MOST


@functools.lru_cache(maxsize=256)
def repeat_of(text: str) -> Repeat | None:
    """What `every 3 months for 2 years`, `every week until 2025-09-01` or `every month 6 times` asks for.

    None for any other text, and where there would be no check at all.
    """
    match = _RULE.fullmatch(" ".join(text.split()).rstrip("."))
    every = span(match["every"]) if match else None
    if match is None or every is None:
        return None
    length, until = span(match["length"] or ""), iso_date(match["until"] or "")
    times = int(match["times"] or 0)
    if not (length or until or times):
        return None
    if length and after(_ANY, length) < after(_ANY, every):
        return None
    return Repeat(every=every, length=length, until=until, times=times or MOST)


def repeats(action: Action) -> Repeat | None:
    """The repeated check of an action; None where it has none, or where its text cannot be read."""
    return repeat_of(action.repeat) if action.repeat else None


def repeat_days(action: Action) -> tuple[date, ...]:
    """Every day on which a check is due, in order; none before the action is finished.

    Counted from the day it was completed, else from the day of its verification, and always from that day: after
    31 January come 28 February and 31 March.
    """
    return tuple(_days(action))


def checks_made(action: Action) -> Iterator[date]:
    """The days of its checks: progress notes that begin with "Checked", and the verification."""
    if action.verification and action.verification.date:
        yield action.verification.date
    for note in action.body.progress:
        if note.date and _CHECKED.match(note.text):
            yield note.date


def next_repeat(action: Action, today: date) -> date | None:
    """The first day of which the check is still to be made, which may be past; None where none is to come.

    A check made up to today settles every check due by the day it was made.
    """
    if not action.repeat:
        return None
    made = max((day for day in checks_made(action) if day <= today), default=date.min)
    return next((day for day in _days(action) if day > made), None)


def _finished(action: Action) -> date | None:
    if not action.is_finished:
        return None
    return action.completed or (action.verification.date if action.verification else None)


def _days(action: Action) -> Iterator[date]:
    rule, start = repeats(action), _finished(action)
    if rule is None or start is None or start > _LAST:
        return
    end = min(_LAST, rule.until or _LAST, after(start, rule.length) if rule.length else _LAST)
    for number in range(1, rule.times + 1):
        day = after(start, Span(months=rule.every.months * number, days=rule.every.days * number))
        if day > end:
            return
        yield day
