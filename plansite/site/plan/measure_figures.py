"""A measure's readings in words: what is certain of them, and nothing that would have to be worked out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from plansite.model.formatting import format_count, format_long_date
from plansite.model.plan import Measure, Reading
from plansite.model.status import Direction
from plansite.site.charts.line_chart import format_decimal

#: Which way is better, in words.
DIRECTION_TEXT = {
    Direction.UP: "Higher is better.",
    Direction.DOWN: "Lower is better.",
    Direction.NEUTRAL: "Neither way is better in itself.",
}


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """How the figures of one measure are written.

    `is_share`: counts out of a whole, shown as percentages. `target` is in the terms of the readings. `places` are the
    decimal places that all readings need. `is_monthly`: dated on the first of months, so the month is enough.
    """

    measure: Measure
    is_share: bool
    target: float | None
    places: int
    is_monthly: bool

    @classmethod
    def from_measure(cls, measure: Measure) -> MeasureFigures:
        """Work them out once for a measure."""
        readings = measure.readings
        is_share = bool(readings) and all(reading.d is not None for reading in readings)
        places = 1 if is_share else max((_count_decimal_places(reading.value) for reading in readings), default=0)
        is_monthly = all(reading.date.day == 1 for reading in readings)
        return cls(measure, is_share, _normalise_target(measure, is_share), places, is_monthly)

    @property
    def sign(self) -> str:
        """The per cent sign, where values have one."""
        return "%" if self.is_share or self.measure.unit.strip().startswith("%") else ""

    @property
    def latest(self) -> Reading | None:
        """The newest reading."""
        return self.measure.readings[-1] if self.measure.readings else None

    def format_figure(self, value: float, *, padded: bool = False) -> str:
        """A value without the rest of its unit: "1.9", "86.8%"; in a column `padded` to line up: "4.0"."""
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
        """The target with its direction: "5 or fewer"; empty without one."""
        if self.target is None:
            return ""
        less = "less" if self.sign else "fewer"
        ending = {Direction.UP: " or more", Direction.DOWN: f" or {less}", Direction.NEUTRAL: ""}
        return self.format_figure(self.target) + ending[self.measure.direction]

    def describe_target(self) -> str:
        """ "The target is 5 or fewer."; empty without one."""
        return f"The target is {self.format_target()}." if self.target is not None else ""

    def describe_latest(self) -> str:
        """The latest reading, and the target."""
        said = "There are no readings yet."
        if self.latest:
            day = f"{'in' if self.is_monthly else 'on'} {self.format_date(self.latest.date)}"
            said = f"The latest reading is {self.format_amount(self.latest.value)}, {day}."
        return f"{said} {self.describe_target()}".strip()

    def format_latest(self) -> str:
        """The latest reading in a few words: "1.9, December 2024"; empty without readings."""
        return f"{self.format_figure(self.latest.value)}, {self.format_date(self.latest.date)}" if self.latest else ""

    def describe_reached(self, value: float) -> str:
        """Whether a value keeps to the target; empty where there is nothing to keep to."""
        if self.target is None or self.measure.direction is Direction.NEUTRAL:
            return ""
        up = self.measure.direction is Direction.UP
        return "Reached" if (value >= self.target if up else value <= self.target) else "Not reached"


def format_caption(figures: MeasureFigures) -> str:
    """What the line shows, over what time, and which way is better; empty without readings."""
    measure = figures.measure
    if not measure.readings:
        return ""
    unit = measure.unit.strip() or measure.title
    first, last = (figures.format_date(measure.readings[at].date) for at in (0, -1))
    span = first if first == last else f"{first} to {last}"
    return f"{unit[:1].upper()}{unit[1:]}, {span}. {DIRECTION_TEXT[measure.direction]}"


def describe_line_chart(figures: MeasureFigures) -> str:
    """The picture in words, for those who cannot see it; empty without readings."""
    readings = figures.measure.readings
    if not readings:
        return ""
    low, high = min(readings, key=_value_sort_key), max(readings, key=_value_sort_key)
    if low.value == high.value:
        extent = f"{'It stands' if len(readings) == 1 else 'All stand'} at {figures.format_figure(low.value)}."
    else:
        lowest = f"The lowest is {figures.format_figure(low.value)} ({figures.format_date(low.date)})"
        extent = f"{lowest}, the highest {figures.format_figure(high.value)} ({figures.format_date(high.date)})."
    told = f"Line chart of {format_count(len(readings), 'reading')}. {extent} {figures.describe_target()}".strip()
    return f"{told} The table below holds every reading."


def _value_sort_key(reading: Reading) -> float:
    return reading.value


def _normalise_target(measure: Measure, is_share: bool) -> float | None:
    """Beside shares of one, a target above 1 or with a "%" in its unit is a percentage."""
    is_percentage = measure.unit.strip().startswith("%") or (measure.target or 0) > 1
    if measure.target is not None and is_share and is_percentage:
        return measure.target / 100
    return measure.target


def _count_decimal_places(value: float) -> int:
    """How many decimal places a value is written with: up to two, and for small ones up to three figures."""
    if value == 0 or abs(value) >= 1e9 or abs(value) < 1e-9:
        return 0
    most = min(8, max(2, 2 - math.floor(math.log10(abs(value)))))
    return len(f"{value:.{most}f}".rstrip("0").partition(".")[2])
