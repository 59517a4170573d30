"""The burn-up chart of a plan: actions finished and actions agreed, month by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from plansite.history.action_dates import find_creation_day
from plansite.model.assessment import finished_on
from plansite.model.dates import add_days
from plansite.model.formatting import format_count, format_short_date
from plansite.model.plan import Plan
from plansite.model.status import Status
from plansite.site.changes.history import PlanHistory

#: The size of the drawing in SVG user units; the style sheet scales it.
WIDTH, HEIGHT = 600, 160
#: Only the latest months are shown, so that chart and table stay readable.
_MAX_MONTHS = 24


@dataclass(frozen=True, slots=True)
class BurnUpMonth:
    """How many actions had been agreed by the end of a month, and how many of them were finished."""

    day: date
    agreed: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnUpChart:
    """The latest numbers in a sentence, both lines as points of an SVG polyline, and the numbers of each month."""

    headline: str
    width: int
    height: int
    agreed: str
    done: str
    months: tuple[BurnUpMonth, ...]


def build_burn_up_chart(plan: Plan, history: PlanHistory, today: date) -> BurnUpChart | None:
    """The burn-up of a plan up to `today`; None for fewer than two months. Cancelled actions do not count."""
    actions = [action for action in plan.actions if action.status is not Status.CANCELLED]
    created_on = [find_creation_day(action, history.changes_to_file(action.path, today)) for action in actions]
    ended_on = [finished_on(action) for action in actions if action.is_finished]
    starts = sorted(day for day in created_on if day and day <= today)
    ends = sorted(day for day in ended_on if day and day <= today)
    if not starts:
        return None
    days = _list_month_ends(starts[0], today)
    # Actions without a known first day count from the first month on, otherwise the lines could never meet.
    undated = sum(day is None for day in created_on)
    months = tuple(
        BurnUpMonth(day, undated + sum(start <= day for start in starts), sum(end <= day for end in ends))
        for day in days
    )
    if len(months) < 2:
        return None
    return BurnUpChart(
        headline=_format_headline(months, today),
        width=WIDTH,
        height=HEIGHT,
        agreed=_format_points(months, [month.agreed for month in months]),
        done=_format_points(months, [month.done for month in months]),
        months=months,
    )


def _format_headline(months: tuple[BurnUpMonth, ...], today: date) -> str:
    last, before = months[-1], months[-2]
    newly_done = last.done - before.done
    since = f", {newly_done:,} of them since {format_short_date(before.day, today)}" if newly_done else ""
    return f"{last.done:,} of {format_count(last.agreed, 'action')} finished{since}."


def _list_month_ends(first: date, today: date) -> list[date]:
    """The last day of each month from that of `first` on, then today; only the latest `_MAX_MONTHS`."""
    days: list[date] = []
    month = max(first, add_days(today, -31 * _MAX_MONTHS)).replace(day=1)
    while True:
        end = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        if end >= today:
            return [*days, today][-_MAX_MONTHS:]
        days.append(end)
        month = add_days(end, 1)


def _format_points(months: tuple[BurnUpMonth, ...], values: list[int]) -> str:
    top = max(month.agreed for month in months) or 1
    first, span = months[0].day.toordinal(), max((months[-1].day - months[0].day).days, 1)
    across = (round((month.day.toordinal() - first) * WIDTH / span, 1) for month in months)
    return " ".join(
        f"{x:g},{round(HEIGHT - value * HEIGHT / top, 1):g}" for x, value in zip(across, values, strict=True)
    )
