"""The axes of a chart: where values and days stand on it, its ticks, and numbers short enough for labels."""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass

#: Top and bottom of the plot area (pixels), and the right end of the axis (per cent).
TOP, BOTTOM, RIGHT = 40, 340, 86.0
_LEFT, _INSET, _CHARACTER_WIDTH, _LINE_HEIGHT = 4.5, 1.2, 2.3, 18
_MONTH_INTERVALS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_EPSILON = 1e-12
_MAGNITUDES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e4, "k"))


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A tick with its label: a value, or a day with the year `under` it. A narrow page leaves out roomy ones."""

    at: str
    words: str
    under: str = ""
    is_roomy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartScale:
    """Maps values from `low` to `high` to pixels from the top, and days from `first` to `last` to per cent across.

    The plot area reaches from `left` to `RIGHT` (per cent) and from `top` to `bottom` (pixels).
    """

    low: float
    high: float
    left: float
    first: date
    last: date
    top: int = TOP
    bottom: int = BOTTOM

    def scale_points(self, points: Iterable[tuple[date, float]]) -> Iterator[tuple[str, str]]:
        """The places of days and the heights of values, as `scale_day` and `scale_value`; quicker for many."""
        first, span = self.first.toordinal(), (self.last - self.first).days
        start, width = self.left + _INSET, RIGHT - self.left - 2 * _INSET
        low, range_, bottom, height = self.low, self.high - self.low, self.bottom, self.bottom - self.top
        for day, value in points:
            x = start + width * ((day.toordinal() - first) / span if span else 0.5)
            yield f"{x:.2f}%", f"{bottom - (value - low) / range_ * height:.1f}"

    def scale_value(self, value: float) -> str:
        """The height of a value."""
        share = (value - self.low) / (self.high - self.low)
        return f"{self.bottom - share * (self.bottom - self.top):.1f}"

    def scale_day(self, day: date) -> str:
        """The place of a day; the middle where there is one day only."""
        start, width = self.left + _INSET, RIGHT - self.left - 2 * _INSET
        span = (self.last - self.first).days
        return format_percent(start + width * ((day - self.first).days / span if span else 0.5))


def format_percent(number: float) -> str:
    """A place across, as SVG writes it."""
    return f"{number:.2f}%"


def find_left(labels: Sequence[str]) -> float:
    """The left end of the plot area in per cent, right of the labels of values."""
    return max(_LEFT, _LEFT + _CHARACTER_WIDTH * (max(map(len, labels)) - 2))


def spread_heights(heights: Sequence[float], bottom: int = BOTTOM) -> list[float]:
    """Heights of labels from top to bottom, moved so that each is a line below the one before.

    They are moved down first; where that leads below `bottom`, all that are in the way are moved up.
    """
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + _LINE_HEIGHT) if moved else height)
    lowest = float(bottom)
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], lowest)
        lowest = moved[index] - _LINE_HEIGHT
    return moved


def choose_value_ticks(values: Sequence[float]) -> list[float]:
    """Two to eight round numbers that enclose all values; from zero if the values are near it."""
    low, high = min(values), max(values)
    if 0 <= low < 0.6 * high:
        low = 0.0
    if 0.6 * low < high <= 0:
        high = 0.0
    if high - low <= max(1e-9 * max(abs(low), abs(high)), _EPSILON):
        padding = abs(high) / 10 if abs(high) > _EPSILON else 1.0
        low, high = (max(0.0, low - padding) if low >= 0 else low - padding), high + padding
    step = _choose_step((high - low) / 6)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, max(last, first + 1) + 1)]


def _choose_step(rough: float) -> float:
    """The smallest of 1, 2, 5 and 10 times a power of ten that is not less than `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))


def format_compact(value: float) -> str:
    """A number to about three significant figures: 86.84 is "86.8", two million "2m"."""
    return format_to_step(value, 10.0 ** (math.floor(math.log10(abs(value))) - 2) if abs(value) > _EPSILON else 1)


def format_to_step(value: float, step: float) -> str:
    """A number with the decimal places that `step` needs; large ones in thousands (k), millions (m) and so on."""
    unit, suffix = next(((unit, suffix) for unit, suffix in _MAGNITUDES if abs(value) >= unit), (1.0, ""))
    unit = 1e3 if suffix == "k" else unit  # thousands are used from ten thousand on
    places = min(8, max(0, -math.floor(math.log10(step / unit) + 1e-9)))
    return format_decimal(value / unit, places) + suffix


def format_decimal(value: float, places: int, *, padded: bool = False) -> str:
    """A number with at most so many decimal places: "1,250", "0.5"; exactly so many if `padded`."""
    text = f"{abs(value):,.{places}f}"
    if "." in text and not padded:
        text = text.rstrip("0").rstrip(".")
    return f"\N{MINUS SIGN}{text}" if value < 0 and text.strip("0.") else text


def build_day_ticks(days: Sequence[date], scale: ChartScale) -> Iterator[AxisTick]:
    """Ticks at the first of every month, quarter, year, …; at the days of readings if the series is short."""
    starts = list(_list_month_starts(days[0], days[-1]))
    if len(starts) < 3:
        yield from _build_reading_day_ticks(days, scale)
        return
    year = 0
    for number, day in enumerate(starts):
        is_yearly = len(starts) > 1 and (starts[1] - starts[0]).days > 360
        is_new_year, year = day.year != year, day.year
        words = str(day.year) if is_yearly else calendar.month_abbr[day.month]
        under = str(day.year) if is_new_year and not is_yearly else ""
        yield AxisTick(scale.scale_day(day), words, under, number % 2 == 1 and not under)


def _list_month_starts(first: date, last: date) -> Iterator[date]:
    """At most nine: every first of a month, of a quarter, of a year, …, from `first` to `last`."""
    months = (last.year - first.year) * 12 + last.month - first.month
    interval = next((number for number in _MONTH_INTERVALS if months / number <= 8), _MONTH_INTERVALS[-1] * 10)
    start = first.year * 12 + first.month - (first.day == 1)
    month = -(-start // interval) * interval
    while (day := _find_month_start(month)) and day <= last:
        yield day
        month += interval


def _find_month_start(number: int) -> date | None:
    """The first day of a month, which is counted from January of year 0; None outside the years 1 to 9999."""
    year, month = divmod(number, 12)
    return date(year, month + 1, 1) if 1 <= year <= 9999 else None


def _build_reading_day_ticks(days: Sequence[date], scale: ChartScale) -> Iterator[AxisTick]:
    year = 0
    shown = days if len(days) <= 5 else (days[0], days[len(days) // 2], days[-1])
    for number, day in enumerate(shown):
        under = str(day.year) if day.year != year else ""
        year = day.year
        yield AxisTick(
            scale.scale_day(day), f"{day.day} {calendar.month_abbr[day.month]}", under, number % 2 == 1 and not under
        )
