"""Days between rare events: a T chart, for counts that are mostly 0."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.status import Direction
from plansite.spc.limits import ProcessLimits, compute_limits
from plansite.spc.method import XmrOptions
from plansite.spc.series import DatedValue, SeriesError, order_values
from plansite.spc.special_cause import judge_points
from plansite.spc.xmr import MIN_POINTS_FOR_LIMITS, XmrChart, XmrGroup, XmrPoint, find_assurance

#: Days between events are far from normally distributed; their power of 1 ÷ 3.6 is nearly so (Nelson 1994).
_POWER = 3.6
#: More events than this are not rare, and their chart could not be read.
MAX_EVENTS = 5_000
#: Two events on one day were between 0 and 1 days apart. Without a time above 0 there is no T chart.
SAME_DAY = 0.5
_REVERSED = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP, Direction.NEUTRAL: Direction.NEUTRAL}


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysBetween:
    """The days between events, and the time since the last.

    `first` and `last` are the days of the first and the last event, None without one; `start` and `until` those of the
    first and the last reading. `chart` has a point for each event but the first: the days since the one before.
    The time from the last event to the last reading has no end yet, so that it is no point.
    """

    events: int
    first: dt.date | None
    last: dt.date | None
    start: dt.date | None
    until: dt.date | None
    chart: XmrChart

    @property
    def days_since(self) -> int | None:
        """The days from the last event to the last reading; None without an event."""
        return (self.until - self.last).days if self.until and self.last else None

    @property
    def average_days(self) -> float | None:
        """The average number of days between two events; None with fewer than two."""
        return (
            (self.last - self.first).days / (self.events - 1) if self.first and self.last and self.events > 1 else None
        )

    @property
    def is_longer_than_usual(self) -> bool:
        """Whether the time since the last event is already beyond the upper limit, whenever the next will be."""
        return bool(self.chart.groups) and (self.days_since or 0) > self.chart.groups[-1].limits.upper


def build_days_between(
    counts: Iterable[DatedValue],
    *,
    direction: Direction = Direction.NEUTRAL,
    target: float | None = None,
    rebases: Iterable[dt.date] = (),
    options: XmrOptions | None = None,
) -> DaysBetween:
    """The days between the events that are counted, in any order of the counts.

    `direction` is that of the counts: fewer events are longer times between them. `target` is in days. New limits start
    with the first event on or after each of `rebases`. `_list_events` says on which days events are.

    The days are raised to the power of 1 ÷ 3.6; centre, limits and rules are those of an XmR chart of the results, and
    are turned back into days, without a limit below 0 (L. S. Nelson, Journal of Quality Technology 26, 1994; L. Provost
    and S. Murray, The Health Care Data Guide, 2011). The R package qicharts2 does the same, with 3 ÷ 1.128 for 2.66 and
    without screening unless that is asked for.

    Raises `SeriesError` for a date that occurs twice, a value that is not a count, or too many events.
    """
    options, ordered = options or XmrOptions(), order_values(counts)
    days = _list_events(ordered)
    gaps = [DatedValue(after, (after - before).days or SAME_DAY) for before, after in pairwise(days)]
    reverse = _REVERSED[direction]
    groups = tuple(_build_group(part, reverse, options) for part in _split(gaps, rebases))
    return DaysBetween(
        events=len(days),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        start=ordered[0].date if ordered else None,
        until=ordered[-1].date if ordered else None,
        chart=XmrChart(groups=groups, assurance=find_assurance(groups, reverse, target), options=options),
    )


def _list_events(counts: Sequence[DatedValue]) -> list[dt.date]:
    """The day of each event, in order.

    An event is on the day of its count. Where a count before the last is 0, counts are of periods, such as months, and
    the events of one are spread evenly over the time since the count before (of the first, as long as to the next).
    Else each count is of a day.
    """
    for count in counts:
        if count.value < 0 or count.value != int(count.value):
            raise SeriesError(f"The value for {count.date.isoformat()} is not a number of events.")
    if sum(count.value for count in counts) > MAX_EVENTS:
        raise SeriesError(f"There are more than {MAX_EVENTS:,} events, too many for the days between them.")
    lengths = [(after.date - before.date).days for before, after in pairwise(counts)]
    is_of_periods = any(count.value == 0 for count in counts[:-1])
    spans = [*lengths[:1], *lengths] if is_of_periods else [0] * len(counts)
    return [day for count, span in zip(counts, spans, strict=True) for day in _spread_events(count, span)]


def _spread_events(count: DatedValue, span: int) -> Iterator[dt.date]:
    """The days of the events of a count, spread evenly over so many days up to its own."""
    number = int(count.value)
    for left in range(number - 1, -1, -1):
        yield add_days(count.date, -(left * span // number))


def _split(gaps: list[DatedValue], rebases: Iterable[dt.date]) -> list[list[DatedValue]]:
    """The gaps in groups. One belongs to the group in which it ended."""
    days = [gap.date for gap in gaps]
    bounds = sorted({0, len(gaps), *(bisect_left(days, rebase) for rebase in rebases)})
    return [gaps[start:end] for start, end in pairwise(bounds)]


def _build_group(gaps: Sequence[DatedValue], direction: Direction, options: XmrOptions) -> XmrGroup:
    powers = [gap.value ** (1 / _POWER) for gap in gaps]
    limits = compute_limits(powers, screens_ranges=options.screens_ranges)
    verdicts, in_days = judge_points(powers, limits, options), _turn_back(limits)
    points = tuple(
        XmrPoint(gap.date, gap.value, in_days, verdict, verdict.variation(direction))
        for gap, verdict in zip(gaps, verdicts, strict=True)
    )
    return XmrGroup(points=points, limits=in_days, is_trial=len(points) < MIN_POINTS_FOR_LIMITS)


def _turn_back(limits: ProcessLimits) -> ProcessLimits:
    """Limits of powers, in days."""
    return ProcessLimits(
        mean=limits.mean**_POWER,
        lower=max(0.0, limits.lower) ** _POWER,
        upper=limits.upper**_POWER,
        near_lower=max(0.0, limits.near_lower) ** _POWER,
        near_upper=limits.near_upper**_POWER,
    )
