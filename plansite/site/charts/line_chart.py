"""The line chart of a measure. Places are in per cent across and pixels down, so that text keeps its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.measure import Reading
from plansite.site.charts.chart_axes import (
    RIGHT,
    AxisTick,
    ChartScale,
    build_day_ticks,
    choose_value_ticks,
    find_left,
    format_compact,
    format_percent,
    format_to_step,
    spread_heights,
)

#: The height of the whole chart (pixels).
HEIGHT = 400
#: Counts that are not told are fewer than this.
SMALL_LIMIT = 5.0


class ChartPoint(NamedTuple):
    """A reading: per cent across, pixels down; `role` is `common`, `better`, `worse`, `unusual`, `small` or `open`.

    A `small` one is a count that is not told, at the same height whatever it is. An `open` one is not finished yet.
    There are many, and named tuples are quicker to make than dataclasses.
    """

    x: str
    y: str
    role: str = "common"


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A level line from `left` to `right`: the `mean`, a `limit`, the `target`, or the `baseline`."""

    role: str
    left: str
    right: str
    y: str


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """A label to the right of the chart at the height `y`: its `name`, which narrow pages leave out, and a value."""

    role: str
    y: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """A line from top to bottom, with a letter that the list below the chart explains."""

    letter: str
    x: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """A line chart. `radius` is in pixels; `joins` are the pairs of points with a line between them."""

    left: str
    right: str
    height: int
    values: tuple[AxisTick, ...]
    days: tuple[AxisTick, ...]
    points: tuple[ChartPoint, ...]
    joins: tuple[tuple[ChartPoint, ChartPoint], ...]
    radius: float
    lines: tuple[ChartLine, ...]
    labels: tuple[ChartLabel, ...]
    events: tuple[ChartEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    """A level of the values from one day to another; `name` is its label, which only the latest of a role has."""

    role: str
    name: str
    value: float
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartOverlay:
    """What a chart shows besides its readings: a role for each of them, levels, and events with their letters.

    `pending` is a last value that is not finished yet. `period` are the first and the last day, if these are not those
    of the readings.
    """

    roles: tuple[str, ...] = ()
    levels: tuple[LevelLine, ...] = ()
    events: tuple[tuple[str, date], ...] = ()
    pending: Reading | None = None
    period: tuple[date, date] | None = None


def build_line_chart(
    readings: Sequence[Reading],
    target: float | None,
    *,
    factor: float = 1,
    suffix: str = "",
    overlay: ChartOverlay | None = None,
) -> LineChart | None:
    """The chart of readings, which are in order of date; None without any.

    All values are multiplied by `factor` (100 for shares) and shown with `suffix` behind them. A reading without a
    value is drawn at a height that does not depend on it: half way to 5 among counts, at the foot among shares.
    """
    if not readings:
        return None
    overlay = overlay or ChartOverlay()
    drawn = [*readings, overlay.pending] if overlay.pending else list(readings)
    first, last = overlay.period or (drawn[0].date, drawn[-1].date)
    levels = [*overlay.levels, *_build_target_level(target, first, last)]
    ticks = choose_value_ticks([*_list_values(drawn, factor), *(level.value * factor for level in levels)])
    labels = [f"{format_to_step(tick, ticks[1] - ticks[0])}{suffix}" for tick in ticks]
    scale = ChartScale(low=ticks[0], high=ticks[-1], left=find_left(labels), first=first, last=last)
    points = tuple(_build_points(readings, overlay, scale, factor))
    return LineChart(
        left=format_percent(scale.left),
        right=format_percent(RIGHT),
        height=HEIGHT,
        values=tuple(AxisTick(scale.scale_value(tick), text) for tick, text in zip(ticks, labels, strict=True)),
        days=tuple(build_day_ticks([reading.date for reading in drawn], scale)),
        points=points,
        joins=tuple(pair for pair in pairwise(points) if pair[0].role != "small" != pair[1].role),
        radius=4 if len(readings) <= 60 else 2.5,
        lines=tuple(_build_line(level, scale, factor) for level in levels),
        labels=_build_labels(levels, drawn[-1], scale, factor, suffix),
        events=tuple(ChartEvent(letter, scale.scale_day(day)) for letter, day in overlay.events),
    )


def _list_values(readings: Sequence[Reading], factor: float) -> Iterator[float]:
    """The values of readings. Those without one make the chart begin at 0 and reach to 5, or to 100%."""
    for reading in readings:
        if reading.value is None:
            yield from (0.0, SMALL_LIMIT if factor == 1 else factor)
        else:
            yield reading.value * factor


def _build_points(
    readings: Sequence[Reading], overlay: ChartOverlay, scale: ChartScale, factor: float
) -> Iterator[ChartPoint]:
    """The points of readings, and of the one that is not finished yet."""
    small = SMALL_LIMIT / 2 if factor == 1 else scale.low
    roles = overlay.roles or ("common",) * len(readings)
    if overlay.pending:
        readings, roles = (*readings, overlay.pending), (*roles, "open")
    values = ((each.date, small if each.value is None else each.value * factor) for each in readings)
    for reading, role, (x, y) in zip(readings, roles, scale.scale_points(values), strict=True):
        yield ChartPoint(x, y, "small" if reading.value is None else role)


def _build_target_level(target: float | None, first: date, last: date) -> Iterator[LevelLine]:
    if target is not None:
        yield LevelLine(role="target", name="Target", value=target, first=first, last=last)


def _build_line(level: LevelLine, scale: ChartScale, factor: float) -> ChartLine:
    """The line of a level. At the first and the last reading it goes on to the edge of the chart."""
    left = format_percent(scale.left) if level.first == scale.first else scale.scale_day(level.first)
    right = format_percent(RIGHT) if level.last == scale.last else scale.scale_day(level.last)
    return ChartLine(level.role, left, right, scale.scale_value(level.value * factor))


_LABEL_ROLES = {"mean": "word", "limit": "soft", "target": "target-word", "baseline": "soft"}


def _build_labels(
    levels: Sequence[LevelLine], latest: Reading, scale: ChartScale, factor: float, suffix: str
) -> tuple[ChartLabel, ...]:
    """The labels from top to bottom, each as near to its line as the others allow. A latest count not told has none."""
    wanted = [(_LABEL_ROLES[level.role], level.name, level.value * factor) for level in levels if level.name]
    if latest.value is not None:
        wanted.append(("word", "Latest", latest.value * factor))
    wanted.sort(key=lambda label: -label[2])
    heights = spread_heights([float(scale.scale_value(value)) for _, _, value in wanted])
    return tuple(
        ChartLabel(role, f"{height:.1f}", name, f"{format_compact(value)}{suffix}")
        for (role, name, value), height in zip(wanted, heights, strict=True)
    )
