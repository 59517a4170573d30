"""The line of days under a picture of time: how far it reaches, and where each day and month stands on it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.assessment import finished_on
from plansite.model.formatting import format_days
from plansite.model.status import Status
from plansite.site.charts.line_chart import AxisTick

#: How many months lie between two marks: the first of these that makes at most so many marks.
_MONTH_INTERVALS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
_MAX_TICKS = 12
#: Where the last day stands, in per cent: beyond it is room for the mark at a bar's end.
_AXIS_WIDTH = 92.0
#: Today is put on the line unless it lies further off than the line is long, or than so many days.
_MAX_DAYS_TO_TODAY = 365


@dataclass(frozen=True, slots=True)
class TimelineAxis:
    """From the first of a month to the first of another; `first` comes before `last`."""

    first: date
    last: date

    @classmethod
    def covering(cls, known: Iterable[date], today: date) -> TimelineAxis | None:
        """Whole months around these days, and around today unless it is far from all of them. None without any."""
        found = sorted(known)
        if not found:
            return None
        low, high = found[0], found[-1]
        reach = max((high - low).days, _MAX_DAYS_TO_TODAY)
        if low.toordinal() - reach <= today.toordinal() <= high.toordinal() + reach:
            low, high = min(low, today), max(high, today)
        return cls(_find_month_start(low, 0), _find_month_start(high, 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def position(self, day: date) -> float:
        """Where a day begins, in per cent from the left."""
        share = (day - self.first).days / (self.last - self.first).days
        return _AXIS_WIDTH * min(max(share, 0.0), 1.0)

    def build_ticks(self) -> Iterator[AxisTick]:
        """A mark for each month, or for every so many that they do not crowd; a year stands under its first."""
        first, last = _month_number(self.first), _month_number(self.last)
        every = next((each for each in _MONTH_INTERVALS if (last - first) / each <= _MAX_TICKS), _MONTH_INTERVALS[-1])
        year = 0
        for place, number in enumerate(range(-(-first // every) * every, last, every)):
            day = date(number // 12, number % 12 + 1, 1)
            is_new, year = day.year != year, day.year
            words = calendar.month_abbr[day.month] if every < 12 else str(year)
            under = str(year) if is_new and every < 12 else ""
            yield AxisTick(format_percent(self.position(day)), words, under, place % 2 == 1 and not under)


def format_percent(number: float) -> str:
    """As a drawing has it: "12.50%"."""
    return f"{number:.2f}%"


def _month_number(day: date) -> int:
    """A month counted from the year nought."""
    return day.year * 12 + day.month - 1


def _find_month_start(day: date, later: int) -> date:
    """The first of its month, or of one so much later, within the days there are."""
    number = _month_number(day) + later
    return date(number // 12, number % 12 + 1, 1) if number < 10000 * 12 else date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpan:
    """From the day an action began to the day it ended or is due; None where the file does not say.

    `begun_as` and `ended_as` are the words before each day. `note` says what is missing, odd or late about them.
    """

    begun: date | None
    begun_as: str
    ended: date | None
    ended_as: str
    note: str


def find_span(action: Action) -> ActionSpan:
    """From its start, else its creation, to its end where it is closed, else to its due date."""
    begun = action.started or action.created
    ended, ended_as = _find_end(action)
    begun_as = "Started" if action.started else "Created" if begun else ""
    words = "" if ended is None else f", {ended_as}" if begun else ended_as.capitalize()
    return ActionSpan(
        begun=begun, begun_as=begun_as, ended=ended, ended_as=words, note=_describe_dates(action, begun, ended)
    )


def end_sort_key(action: Action) -> tuple[date, str]:
    """Order of the timeline: the earliest end first, those without an end last."""
    return (_find_end(action)[0] or date.max, action.slug)


def need_sort_key(action: Action) -> tuple[bool, int, str]:
    """Which actions come first where not all can be shown: open ones by due date, then what was finished last."""
    end = _find_end(action)[0] or date.max
    return (not action.is_open, end.toordinal() if action.is_open else -end.toordinal(), action.slug)


def _find_end(action: Action) -> tuple[date | None, str]:
    finished = None if action.is_open else finished_on(action)
    if finished:
        return finished, "cancelled" if action.status is Status.CANCELLED else "completed"
    return action.due, "due"


def _describe_dates(action: Action, begun: date | None, ended: date | None) -> str:
    finished = None if action.is_open else finished_on(action)
    if begun is None and ended is None:
        return "No date is given."
    if begun and ended and ended < begun:
        return "It ends before it begins: one of the two days is wrong."
    missing = [] if begun else ["When it began is not given."]
    if ended is None:
        missing.append("No due date is given." if action.is_open else "When it ended is not given.")
    elif not action.is_open and finished is None:
        missing.append("When it ended is not given.")
    elif action.due and finished and finished > action.due and action.status is not Status.CANCELLED:
        missing.append(f"That was {format_days((finished - action.due).days)} late.")
    return " ".join(missing)
