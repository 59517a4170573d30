"""What the chart of a measure shows, as tables: its readings, and the days between events."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count, format_days
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics, name_variation
from plansite.spc.days_between import SAME_DAY, DaysBetween

#: A table is open at first if it has at most so many rows.
_MAX_OPEN_ROWS = 12


class ReadingRow(NamedTuple):
    """A reading in the table, of which there are many. `of` is "11 of 26" for a count out of a total.

    `reached` says whether it meets the target, and `shows` what a control chart says of it. Each may be empty.
    """

    when: str
    figure: str
    of: str
    reached: str
    shows: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """An event in the table of days between events: its day, the days since the one before, and what they show."""

    when: str
    days: str
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTables:
    """The tables of a measure. `columns` are the headings of readings; the table of `gaps` may be without rows."""

    columns: tuple[str, ...]
    readings: tuple[ReadingRow, ...]
    counted: str
    is_open: bool
    event: str
    gaps: tuple[GapRow, ...]
    gaps_show: bool


def build_measure_tables(statistics: MeasureStatistics) -> MeasureTables:
    """The tables; without rows where the measure has no readings, or no two events."""
    figures, readings = statistics.figures, statistics.figures.measure.readings
    shown = statistics.describe_points() or ("",) * len(readings)
    rows = tuple(_build_reading_rows(figures, shown))
    gaps = tuple(_list_gap_rows(statistics, statistics.days)) if statistics.days else ()
    return MeasureTables(
        columns=(
            "Reading",
            "Count" if any(row.of for row in rows) else "",
            "Target" if any(row.reached for row in rows) else "",
            "What it shows" if any(shown) else "",
        ),
        readings=() if figures.measure.lists_events else rows,
        counted=format_count(len(readings), "reading"),
        is_open=len(gaps or rows) <= _MAX_OPEN_ROWS,
        event=figures.event_noun.one.capitalize(),
        gaps=gaps,
        gaps_show=any(row.shows for row in gaps),
    )


def _build_reading_rows(figures: MeasureFigures, shown: tuple[str, ...]) -> Iterator[ReadingRow]:
    """A row for each reading. Each value is put into words once, however often it comes."""
    format_reading, describe = functools.cache(figures.format_padded), functools.cache(figures.describe_reached)
    readings, is_share = figures.measure.readings, figures.is_share
    for reading, day, shows in zip(readings, figures.format_dates(), shown, strict=True):
        total = figures.format_total(reading) if is_share else ""
        yield ReadingRow(day, format_reading(reading.value), total, describe(reading.value), shows)


def _list_gap_rows(statistics: MeasureStatistics, days: DaysBetween) -> Iterator[GapRow]:
    """A row for each event, and one for the time since the last."""
    figures = statistics.figures
    if days.first is None or days.until is None:
        return
    yield GapRow(figures.format_date(days.first), "", "")
    for point in days.chart.points:
        shows = name_variation(point.variation) if statistics.limits_chart else ""
        gap = "same day" if point.value == SAME_DAY else f"{point.value:,.0f}"
        yield GapRow(figures.format_date(point.date), gap, shows)
    if days.days_since:
        since = f"{format_days(days.days_since)} so far"
        yield GapRow(f"None up to {figures.format_date(days.until)}", since, "")
