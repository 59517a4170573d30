"""Readings of a measure as figures and sentences, without statistics."""

from __future__ import annotations

import math
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.measure import Measure, Reading
from plansite.model.formatting import MONTH_NAMES, format_count, format_long_date
from plansite.model.status import Direction
from plansite.site.charts.chart_axes import format_decimal
from plansite.spc.event_sentences import EventNoun

#: What is told of a count from 1 to 4, and of a share of one, in copies that hide them.
SMALL_TEXT = "fewer than 5"

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
        shares = measure.is_share
        places = 1 if shares else max(map(count_decimal_places, set(measure.values)), default=0)
        is_monthly = all(reading.date.day == 1 for reading in measure.readings)
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
        values = self.measure.values
        if min(values, default=0) < 0:
            return -math.inf, math.inf
        whole = 1.0 if self.is_share else 100.0
        return 0.0, whole if self.sign and max(values, default=0) <= whole else math.inf

    @property
    def latest(self) -> Reading | None:
        """The newest reading."""
        return self.measure.readings[-1] if self.measure.readings else None

    def format_figure(self, value: float, *, padded: bool = False) -> str:
        """A value without the words of its unit: "1.9", "86.8%"; `padded` to the decimal places of all: "4.0"."""
        places = self.places if self.is_share or padded else count_decimal_places(value)
        return format_decimal(value * 100 if self.is_share else value, places, padded=padded) + self.sign

    def format_reading(self, reading: Reading) -> str:
        """A reading without the words of its unit: as `format_figure`, or "fewer than 5"."""
        return SMALL_TEXT if reading.value is None else self.format_figure(reading.value)

    def format_padded(self, value: float | None) -> str:
        """The value of a reading with the decimal places of all: "4.0"; or "fewer than 5"."""
        return SMALL_TEXT if value is None else self.format_figure(value, padded=True)

    def format_total(self, reading: Reading) -> str:
        """A count and the total that it is out of: "11 of 26", "fewer than 5 of 26"; empty without a total."""
        if reading.d is None:
            return ""
        return f"{SMALL_TEXT if reading.n is None else f'{reading.n:,g}'} of {reading.d:,g}"

    def format_amount(self, reading: Reading) -> str:
        """A reading with its unit: "4 falls", "86.8% of visits", "fewer than 5 falls"."""
        unit = self.measure.unit.strip()
        if self.sign:
            unit = unit[1:].strip() if unit.startswith("%") else ""
        elif reading.value == 1:
            unit = find_singular(unit) or unit
        if reading.value is None and self.is_share:
            return self.format_total(reading) or SMALL_TEXT
        return f"{self.format_reading(reading)} {unit}".strip()

    @property
    def event_noun(self) -> EventNoun:
        """What the measure counts, one and several: "fall", "falls"; "event" where the unit is no plural noun."""
        unit = self.measure.unit.strip()
        one = find_singular(unit)
        return EventNoun(one, unit) if one else EventNoun()

    def format_date(self, day: date) -> str:
        """ "December 2024" where readings are monthly, else "9 December 2024"."""
        return f"{MONTH_NAMES[day.month]} {day.year}" if self.is_monthly else format_long_date(day)

    def format_dates(self) -> list[str]:
        """The date of each reading, as `format_date`."""
        days = [reading.date for reading in self.measure.readings]
        if self.is_monthly:
            return [f"{MONTH_NAMES[day.month]} {day.year}" for day in days]
        return [f"{day.day} {MONTH_NAMES[day.month]} {day.year}" for day in days]

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

    def format_latest_figure(self) -> str:
        """The latest reading without its unit, or how many events are listed; empty without readings."""
        if self.latest is None:
            return ""
        return f"{sum(self.measure.values):,.0f}" if self.measure.lists_events else self.format_reading(self.latest)

    def format_latest_amount(self) -> str:
        """The latest reading with its unit, or how many events are listed; empty without readings."""
        if self.latest is None:
            return ""
        noun = self.event_noun
        if self.measure.lists_events:
            return format_count(int(sum(self.measure.values)), noun.one, noun.many)
        return self.format_amount(self.latest)

    def format_baseline(self) -> str:
        """The value before the work began: "9"; empty without one."""
        baseline = self.measure.scaled_baseline
        return "" if baseline is None else self.format_figure(baseline)

    def describe_baseline(self) -> str:
        """ "Before the work began it was 9."; empty without a value from before."""
        return f"Before the work began it was {baseline}." if (baseline := self.format_baseline()) else ""

    def describe_latest(self) -> str:
        """The latest reading, the value before the work began, and the target."""
        sentences = [self._describe_latest_reading(), self.describe_baseline()]
        if not self.measure.lists_events:
            sentences.append(self.describe_target())
        return " ".join(filter(None, sentences))

    def _describe_latest_reading(self) -> str:
        if self.latest is None:
            return "There are no readings yet."
        if self.measure.lists_events:
            noun, first = self.event_noun, self.measure.readings[0].date
            count = format_count(int(sum(self.measure.values)), noun.one, noun.many)
            days = dict.fromkeys((self.format_date(first), self.format_date(self.latest.date)))
            return f"The list has {count}, {'from ' if len(days) > 1 else 'on '}{' to '.join(days)}."
        day = f"{'in' if self.is_monthly else 'on'} {self.format_date(self.latest.date)}"
        return f"The latest reading is {self.format_amount(self.latest)}, {day}."

    def format_latest(self) -> str:
        """The latest reading in a few words: "1.9, December 2024"; empty without readings."""
        if self.latest is None:
            return ""
        day = self.format_date(self.latest.date)
        return f"Last on {day}" if self.measure.lists_events else f"{self.format_reading(self.latest)}, {day}"

    def describe_reached(self, value: float | None) -> str:
        """Whether a value meets the target; empty if there is no target, no value, or no better direction."""
        meets = self.measure.compares_to(self.target, value)
        return "" if meets is None else "Reached" if meets else "Not reached"


def find_singular(plural: str) -> str:
    """One of what a unit counts: "fall" of "falls"; empty for a unit that is no plural noun."""
    *before, last = plural.split() or [""]
    if not all(word.isalpha() for word in (*before, last)) or not last.endswith("s") or last.endswith("ss"):
        return ""
    endings = (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("sses", "ss"), ("s", ""))
    ending, replacement = next((each for each in endings if last.endswith(each[0])), ("s", ""))
    return " ".join((*before, last.removesuffix(ending) + replacement))


def count_decimal_places(value: float) -> int:
    """The decimal places of a value: at most two, and for small values as many as three significant figures need."""
    if value == int(value) or abs(value) >= 1e9 or abs(value) < 1e-9:
        return 0
    most = min(8, max(2, 2 - math.floor(math.log10(abs(value)))))
    return len(f"{value:.{most}f}".rstrip("0").partition(".")[2])
