"""What a chart says beside its drawing: its caption, and its text alternative."""

from __future__ import annotations

from operator import itemgetter

from plansite.model.formatting import format_count, format_days
from plansite.model.status import Direction
from plansite.site.measures.measure_figures import DIRECTION_TEXT, SMALL_TEXT, MeasureFigures
from plansite.site.measures.measure_statistics import MeasureStatistics
from plansite.spc.days_between import DaysBetween

_LENGTH_TEXT = {Direction.UP: " Shorter is better.", Direction.DOWN: " Longer is better.", Direction.NEUTRAL: ""}


def build_caption(statistics: MeasureStatistics) -> str:
    """The caption of the chart: what it shows, the period, and which way is better; empty without readings."""
    figures, days = statistics.figures, statistics.days
    if not days or not days.chart.points:
        return format_caption(figures)
    what = f"Days between {figures.event_noun.many}, {_format_period(figures)}."
    return f"{what}{_LENGTH_TEXT[figures.measure.direction]}"


def format_caption(figures: MeasureFigures) -> str:
    """The caption of a chart of readings: unit, period, and which direction is better; empty without readings."""
    measure = figures.measure
    if not measure.readings:
        return ""
    unit = measure.unit.strip() or measure.title
    return f"{unit[:1].upper()}{unit[1:]}, {_format_period(figures)}. {DIRECTION_TEXT[measure.direction]}"


def _format_period(figures: MeasureFigures) -> str:
    readings = figures.measure.readings
    first, last = (figures.format_date(reading.date) for reading in (readings[0], readings[-1]))
    return first if first == last else f"{first} to {last}"


def describe_chart(statistics: MeasureStatistics) -> str:
    """The text alternative of the chart; empty without readings."""
    figures, days = statistics.figures, statistics.days
    return describe_days_chart(figures, days) if days and days.chart.points else describe_line_chart(figures)


def describe_days_chart(figures: MeasureFigures, days: DaysBetween) -> str:
    """The text alternative of a chart of the days between events."""
    points, noun = days.chart.points, figures.event_noun
    short, long = min(point.value for point in points), max(point.value for point in points)
    extent = format_days(round(short)) if short == long else f"{short:,.0f} to {format_days(round(long))}"
    sentences = [f"Line chart of the days between {days.events:,} {noun.many}: {extent}."]
    if days.days_since:
        sentences.append(f"The last point is open: {format_days(days.days_since)} so far since the last {noun.one}.")
    return f"{' '.join(sentences)} The table below lists every {noun.one}."


def describe_line_chart(figures: MeasureFigures) -> str:
    """The text alternative of a chart of readings; empty without readings."""
    readings = figures.measure.readings
    if not readings:
        return ""
    extent = _describe_extent(figures)
    target = "" if figures.measure.lists_events else figures.describe_target()
    sentences = (f"Line chart of {format_count(len(readings), 'reading')}.", extent, target)
    return f"{' '.join(filter(None, sentences))} The table below lists every reading."


def _describe_extent(figures: MeasureFigures) -> str:
    """The lowest and the highest reading, and how many are not told."""
    readings = figures.measure.readings
    told = [(reading.value, reading.date) for reading in readings if reading.value is not None]
    small = len(readings) - len(told)
    words = f"{small:,} {'is' if small == 1 else 'are'} {SMALL_TEXT}." if small else ""
    if not told:
        return words
    (low, low_day), (high, high_day) = min(told, key=itemgetter(0)), max(told, key=itemgetter(0))
    if low == high and not small:
        return f"{'It is' if len(readings) == 1 else 'All are'} at {figures.format_figure(low)}."
    highest = f"{figures.format_figure(high)} ({figures.format_date(high_day)})"
    if small:
        return f"{words} Of the others, the highest is {highest}."
    return f"The lowest is {figures.format_figure(low)} ({figures.format_date(low_day)}), the highest {highest}."
