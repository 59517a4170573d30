"""The axis of the timeline chart, and the span of time of each action on it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import finished_on
from plansite.model.documents.action import Action
from plansite.model.documents.action_order import ActionSortKey
from plansite.model.formatting import format_days
from plansite.site.charts.chart_axes import AxisTick

#: The number of months between two ticks is the first of these that gives at most `_MAX_TICKS` ticks.
_MONTH_INTERVALS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)
_MAX_TICKS = 12
#: The position of the last day in per cent: right of it is room for the icon at the end of a bar.
_AXIS_WIDTH = 92.0
#: Today is on the axis if it is at most so many days, or the length of the axis, from the nearest date.
_MAX_DAYS_TO_TODAY = 365


@dataclass(frozen=True, slots=True)
class TimelineAxis:
    """An axis from the first of a month to the first of a later month."""

    first: date
    last: date

    @classmethod
    def covering(cls, dates: Iterable[date], today: date) -> TimelineAxis | None:
        """Whole months around these dates, and around today unless it is far from all of them; None without dates."""
        ordered = sorted(dates)
        if not ordered:
            return None
        low, high = ordered[0], ordered[-1]
        reach = max((high - low).days, _MAX_DAYS_TO_TODAY)
        if low.toordinal() - reach <= today.toordinal() <= high.toordinal() + reach:
            low, high = min(low, today), max(high, today)
        return cls(_find_month_start(low, 0), _find_month_start(high, 1))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def position(self, day: date) -> float:
        """The position of the start of a day, in per cent from the left; days outside are put at the ends."""
        share = (day - self.first).days / (self.last - self.first).days
        return _AXIS_WIDTH * min(max(share, 0.0), 1.0)

    def build_ticks(self) -> Iterator[AxisTick]:
        """A tick for each month, quarter, year, …, at most `_MAX_TICKS`; the first of a year has the year under it."""
        first, last = _month_number(self.first), _month_number(self.last)
        interval = next(
            (months for months in _MONTH_INTERVALS if (last - first) / months <= _MAX_TICKS), _MONTH_INTERVALS[-1]
        )
        year = 0
        for place, number in enumerate(range(-(-first // interval) * interval, last, interval)):
            day = date(number // 12, number % 12 + 1, 1)
            is_new_year, year = day.year != year, day.year
            words = calendar.month_abbr[day.month] if interval < 12 else str(year)
            under = str(year) if is_new_year and interval < 12 else ""
            yield AxisTick(format_percent(self.position(day)), words, under, place % 2 == 1 and not under)


def format_percent(number: float) -> str:
    """A number as an SVG length: "12.50%"."""
    return f"{number:.2f}%"


def _month_number(day: date) -> int:
    """The number of months since January of year 0."""
    return day.year * 12 + day.month - 1


def _find_month_start(day: date, months: int) -> date:
    """The first of the month so many months later, at most `date.max`."""
    number = _month_number(day) + months
    return date(number // 12, number % 12 + 1, 1) if number < 10000 * 12 else date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpan:
    """From the day an action began to the day it ended or is due; None if the file does not say.

    `begun_as` and `ended_as` are the words before each date. `note` says what is missing, wrong or late.
    """

    begun: date | None
    begun_as: str
    ended: date | None
    ended_as: str
    note: str


def find_span(action: Action) -> ActionSpan:
    """From its start, or else its creation, to its end if it is closed, or else to its due date."""
    begun = action.started or action.created
    ended, ended_as = _find_end(action)
    begun_as = "Started" if action.started else "Created" if begun else ""
    words = "" if ended is None else f", {ended_as}" if begun else ended_as.capitalize()
    return ActionSpan(
        begun=begun, begun_as=begun_as, ended=ended, ended_as=words, note=_describe_dates(action, begun, ended)
    )


def end_sort_key(action: Action) -> tuple[date, ActionSortKey]:
    """Sort key of the timeline: the earliest end first, those without an end last."""
    return (_find_end(action)[0] or date.max, action.sort_key)


def need_sort_key(action: Action) -> tuple[bool, int, ActionSortKey]:
    """Sort key for choosing what to show: open actions by due date, then closed ones, the last finished first."""
    end = _find_end(action)[0] or date.max
    return (not action.is_open, end.toordinal() if action.is_open else -end.toordinal(), action.sort_key)


def _find_end(action: Action) -> tuple[date | None, str]:
    finished = None if action.is_open else finished_on(action)
    if finished:
        return finished, "cancelled" if action.is_dropped else "completed"
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
    elif action.due and finished and finished > action.due and not action.is_dropped:
        missing.append(f"That was {format_days((finished - action.due).days)} late.")
    return " ".join(missing)
