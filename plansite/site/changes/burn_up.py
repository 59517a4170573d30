"""Work done against work agreed, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.history.action_dates import find_creation_day
from plansite.model.assessment import finished_on
from plansite.model.formatting import format_count, format_short_date
from plansite.model.plan import Plan
from plansite.model.status import Status
from plansite.site.changes.history import PlanHistory

#: The drawing in units of its own; the sheet stretches it.
WIDTH, HEIGHT = 600, 160
#: More months than these make neither a picture nor a table that anybody reads.
_MAX_MONTHS = 24


@dataclass(frozen=True, slots=True)
class BurnUpMonth:
    """How many actions had been agreed by a day, and how many of them were finished."""

    day: date
    agreed: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnUpChart:
    """The finding in a sentence, two lines as points of a drawing, and the numbers behind them."""

    headline: str
    width: int
    height: int
    agreed: str
    done: str
    months: tuple[BurnUpMonth, ...]


def build_burn_up_chart(plan: Plan, history: PlanHistory, today: date) -> BurnUpChart | None:
    """The burn-up of a plan up to a day; None where fewer than two months are known. Cancelled actions count not."""
    kept = [action for action in plan.actions if action.status is not Status.CANCELLED]
    begun = [find_creation_day(action, history.changes_to_file(action.path, today)) for action in kept]
    ended = [finished_on(action) for action in kept if action.is_finished]
    starts = sorted(day for day in begun if day and day <= today)
    ends = sorted(day for day in ended if day and day <= today)
    if not starts:
        return None
    days = _list_month_ends(starts[0], today)
    # What nobody dated was there from the first day that is known: it counts, or the lines would never meet.
    undated = sum(day is None for day in begun)
    months = tuple(
        BurnUpMonth(day, undated + sum(s <= day for s in starts), sum(e <= day for e in ends)) for day in days
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
    grown = last.done - before.done
    since = f", {grown:,} of them since {format_short_date(before.day, today)}" if grown else ""
    return f"{last.done:,} of {format_count(last.agreed, 'action')} finished{since}."


def _list_month_ends(first: date, today: date) -> list[date]:
    """The last day of each month from the first on, then today."""
    days: list[date] = []
    month = first.replace(day=1)
    while True:
        following = (month.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
        end = date.fromordinal(following.toordinal() - 1)
        if end >= today:
            return [*days, today][-_MAX_MONTHS:]
        days.append(end)
        month = following


def _format_points(months: tuple[BurnUpMonth, ...], values: list[int]) -> str:
    top = max(month.agreed for month in months) or 1
    first, span = months[0].day.toordinal(), max((months[-1].day - months[0].day).days, 1)
    across = (round((month.day.toordinal() - first) * WIDTH / span, 1) for month in months)
    return " ".join(
        f"{x:g},{round(HEIGHT - value * HEIGHT / top, 1):g}" for x, value in zip(across, values, strict=True)
    )
