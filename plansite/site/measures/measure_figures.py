"""Readings of a measure as figures and sentences, without statistics."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from plansite.model.documents.measure import Measure, Reading
from plansite.model.formatting import format_count, format_long_date
from plansite.model.status import Direction
from plansite.site.charts.chart_axes import format_decimal

#: Whether higher or lower is better, in words.
DIRECTION_TEXT = {
    Direction.UP: "Higher is better.",
    Direction.DOWN: "Lower is better.",
    Direction.NEUTRAL: "Neither higher nor lower is better.",
}


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """How the figures of one measure are formatted.

    `is_share`: readings are counts out of a total, shown as percentages. `target` is on the scale of the readings.
    `places` is the number of decimal places that all readings need. `is_monthly`: all readings are dated on the first
    of a month, so dates are shown as months.
    """

    measure: Measure
    is_share: bool
    target: float | None
    places: int
    is_monthly: bool

    @classmethod
    def from_measure(cls, measure: Measure) -> MeasureFigures:
        """The format for a measure, from all its readings."""
        readings, shares = measure.readings, measure.is_share
        places = 1 if shares else max((_count_decimal_places(reading.value) for reading in readings), default=0)
        is_monthly = all(reading.date.day == 1 for reading in readings)
        return cls(measure, shares, measure.scaled_target, places, is_monthly)

    @property
    def sign(self) -> str:
        """The per cent sign if values have one; else empty."""
        return "%" if self.is_share or self.measure.unit.strip().startswith("%") else ""

    @property
    def bounds(self) -> tuple[float, float]:
        """What readings can be: counts and shares are not below 0, and shares not above 100%; else without bounds.

        Values below 0 among the readings show that they are neither.
        """
        if any(reading.value < 0 for reading in self.measure.readings):
            return -math.inf, math.inf
        whole = 1.0 if self.is_share else 100.0
        return 0.0, whole if self.sign and all(
            reading.value <= whole for reading in self.measure.readings
        ) else math.inf

    @property
    def latest(self) -> Reading | None:
        """The newest reading."""
        return self.measure.readings[-1] if self.measure.readings else None

    def format_figure(self, value: float, *, padded: bool = False) -> str:
        """A value without the words of its unit: "1.9", "86.8%"; `padded` to the decimal places of all: "4.0"."""
        places = self.places if self.is_share or padded else _count_decimal_places(value)
        return format_decimal(value * 100 if self.is_share else value, places, padded=padded) + self.sign

    def format_amount(self, value: float) -> str:
        """A value with its unit: "4 falls", "86.8% of visits"."""
        unit = self.measure.unit.strip()
        if self.sign:
            unit = unit[1:].strip() if unit.startswith("%") else ""
        elif value == 1 and unit.isalpha() and unit.endswith("s") and not unit.endswith("ss"):
            unit = unit[:-1]
        return f"{self.format_figure(value)} {unit}".strip()

    def format_date(self, day: date) -> str:
        """ "December 2024" where readings are monthly, else "9 December 2024"."""
        return format_long_date(day).partition(" ")[2] if self.is_monthly else format_long_date(day)

    def format_target(self) -> str:
        """The target with its direction: "5 or fewer"; empty without a target."""
        if self.target is None:
            return ""
        less = "less" if self.sign else "fewer"
        ending = {Direction.UP: " or more", Direction.DOWN: f" or {less}", Direction.NEUTRAL: ""}
        return self.format_figure(self.target) + ending[self.measure.direction]

    def describe_target(self) -> str:
        """ "The target is 5 or fewer."; empty without a target."""
        return f"The target is {self.format_target()}." if self.target is not None else ""

    def describe_latest(self) -> str:
        """The latest reading, and the target."""
        sentence = "There are no readings yet."
        if self.latest:
            day = f"{'in' if self.is_monthly else 'on'} {self.format_date(self.latest.date)}"
            sentence = f"The latest reading is {self.format_amount(self.latest.value)}, {day}."
        return f"{sentence} {self.describe_target()}".strip()

    def format_latest(self) -> str:
        """The latest reading in a few words: "1.9, December 2024"; empty without readings."""
        return f"{self.format_figure(self.latest.value)}, {self.format_date(self.latest.date)}" if self.latest else ""

    def describe_reached(self, value: float) -> str:
        """Whether a value meets the target; empty if there is no target, or no better direction."""
        meets = self.measure.meets_target(value)
        return "" if meets is None else "Reached" if meets else "Not reached"


def format_caption(figures: MeasureFigures) -> str:
    """The caption of the chart: unit, period, and which direction is better; empty without readings."""
    measure = figures.measure
    if not measure.readings:
        return ""
    unit = measure.unit.strip() or measure.title
    first, last = (figures.format_date(reading.date) for reading in (measure.readings[0], measure.readings[-1]))
    period = first if first == last else f"{first} to {last}"
    return f"{unit[:1].upper()}{unit[1:]}, {period}. {DIRECTION_TEXT[measure.direction]}"


def describe_line_chart(figures: MeasureFigures) -> str:
    """The text alternative of the chart; empty without readings."""
    readings = figures.measure.readings
    if not readings:
        return ""
    low, high = min(readings, key=_value_sort_key), max(readings, key=_value_sort_key)
    if low.value == high.value:
        extent = f"{'It is' if len(readings) == 1 else 'All are'} at {figures.format_figure(low.value)}."
    else:
        lowest = f"The lowest is {figures.format_figure(low.value)} ({figures.format_date(low.date)})"
        extent = f"{lowest}, the highest {figures.format_figure(high.value)} ({figures.format_date(high.date)})."
    description = (
        f"Line chart of {format_count(len(readings), 'reading')}. {extent} {figures.describe_target()}".strip()
    )
    return f"{description} The table below lists every reading."


def _value_sort_key(reading: Reading) -> float:
    return reading.value


def _count_decimal_places(value: float) -> int:
    """The decimal places of a value: at most two, and for small values as many as three significant figures need."""
    if value == 0 or abs(value) >= 1e9 or abs(value) < 1e-9:
        return 0
    most = min(8, max(2, 2 - math.floor(math.log10(abs(value)))))
    return len(f"{value:.{most}f}".rstrip("0").partition(".")[2])
