"""The burn-up chart of a plan: actions finished and actions agreed, month by month."""

from __future__ import annotations

import calendar
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.history.action_dates import find_creation_day
from plansite.model.assessment import finished_on
from plansite.model.dates import add_days
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_short_date
from plansite.site.changes.history import PlanHistory
from plansite.site.charts.chart_axes import (
    RIGHT,
    AxisTick,
    ChartScale,
    build_day_ticks,
    choose_value_ticks,
    find_left,
    format_percent,
    spread_heights,
)
from plansite.site.charts.line_chart import ChartPoint

#: Height of the chart, and top and bottom of its plot area (pixels).
HEIGHT, TOP, BOTTOM = 260, 20, 205
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
    """The latest numbers in a sentence, the axes, the points of both lines, and the numbers of each month.

    `left` and `right` are the ends of the plot area (per cent); `agreed_label` and `done_label` are the heights of the
    labels at the right end of the lines.
    """

    headline: str
    height: int
    left: str
    right: str
    values: tuple[AxisTick, ...]
    days: tuple[AxisTick, ...]
    agreed: tuple[ChartPoint, ...]
    done: tuple[ChartPoint, ...]
    agreed_label: str
    done_label: str
    months: tuple[BurnUpMonth, ...]


def build_burn_up_chart(plan: Plan, history: PlanHistory, today: date) -> BurnUpChart | None:
    """The burn-up of a plan up to `today`; None for fewer than two months. Cancelled actions do not count."""
    actions = [action for action in plan.actions if not action.is_dropped]
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
    return _draw(months, today)


def _draw(months: tuple[BurnUpMonth, ...], today: date) -> BurnUpChart:
    most = max(month.agreed for month in months) or 1
    ticks = [int(tick) for tick in choose_value_ticks([0, most]) if tick == int(tick)]
    labels, days = [f"{tick:,}" for tick in ticks], [month.day for month in months]
    left = find_left(labels)
    scale = ChartScale(low=0, high=ticks[-1], left=left, first=days[0], last=days[-1], top=TOP, bottom=BOTTOM)
    agreed_label, done_label = spread_heights(
        [float(scale.scale_value(number)) for number in (months[-1].agreed, months[-1].done)], BOTTOM
    )
    return BurnUpChart(
        headline=_format_headline(months, today),
        height=HEIGHT,
        left=format_percent(left),
        right=format_percent(RIGHT),
        values=tuple(AxisTick(scale.scale_value(tick), label) for tick, label in zip(ticks, labels, strict=True)),
        days=tuple(build_day_ticks(days, scale)),
        agreed=_build_points(scale, days, [month.agreed for month in months]),
        done=_build_points(scale, days, [month.done for month in months]),
        agreed_label=f"{agreed_label:.1f}",
        done_label=f"{done_label:.1f}",
        months=months,
    )


def _build_points(scale: ChartScale, days: list[date], values: list[int]) -> tuple[ChartPoint, ...]:
    return tuple(
        ChartPoint(scale.scale_day(day), scale.scale_value(value)) for day, value in zip(days, values, strict=True)
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
