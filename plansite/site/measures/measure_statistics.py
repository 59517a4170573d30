"""What the readings of a measure show: by a control chart, or by a run chart where there are few."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from plansite.model.documents.measure import Measure
from plansite.model.status import ChartKind, Direction
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.spc.method import XmrOptions
from plansite.spc.run_chart import RunAnalysis, analyse_runs
from plansite.spc.sentences import describe_assurance, describe_runs, describe_variation
from plansite.spc.series import DatedValue
from plansite.spc.special_cause import Variation
from plansite.spc.xmr import Assurance, XmrChart, build_xmr_chart

#: With fewer readings a run chart is drawn (NHS England, Making Data Count: limits need at least 12).
MIN_READINGS_FOR_LIMITS = 12
#: With fewer, not even a run chart can show anything.
_MIN_READINGS_FOR_RUNS = 10
#: Limits say little where at least this share of the readings is 0.
_MANY_ZEROS = 0.5

_VARIATION_TEXT = {
    Variation.COMMON_CAUSE: "Expected variation",
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
    Variation.NEUTRAL_HIGH: "Unusually high",
    Variation.NEUTRAL_LOW: "Unusually low",
}
_ASSURANCE_TEXT = {
    Assurance.PASS: "Can be expected to meet the target",
    Assurance.FAIL: "Will miss the target unless something changes",
    Assurance.INCONSISTENT: "May or may not meet the target",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStatistics:
    """The statistics of one measure. One of `control` and `runs` is set if there are readings enough for it."""

    figures: MeasureFigures
    control: XmrChart | None = None
    runs: RunAnalysis | None = None

    @classmethod
    def from_figures(cls, figures: MeasureFigures) -> MeasureStatistics:
        """The chart that the measure asks for, or the one that suits the number of its readings."""
        measure = figures.measure
        readings = measure.readings
        kind = measure.chart or (ChartKind.CONTROL if len(readings) >= MIN_READINGS_FOR_LIMITS else ChartKind.RUN)
        if kind is ChartKind.CONTROL and len(readings) > 1:
            return cls(figures=figures, control=_build_control_chart(figures))
        if len(readings) >= _MIN_READINGS_FOR_RUNS:
            return cls(figures=figures, runs=analyse_runs([reading.value for reading in readings]))
        return cls(figures=figures)

    @property
    def variation(self) -> Variation | None:
        """What the latest reading shows; None without a control chart."""
        return self.control.variation if self.control else None

    def describe(self) -> str:
        """The sentence above the chart: what has changed, and whether the target can be relied on."""
        if not self.figures.latest:
            return ""
        lapse = "The target was reached and has lapsed." if self.figures.measure.has_lapsed else ""
        return " ".join(filter(None, (lapse, self._describe_change(), self.describe_assurance())))

    def describe_with_latest(self) -> str:
        """What the chart shows, then the latest reading and the target."""
        return f"{self.describe()} {self.figures.describe_latest()}".strip()

    def _describe_change(self) -> str:
        if self.control:
            return describe_variation(self.control, self.figures.format_figure)
        if self.runs:
            return describe_runs(self.runs, self.figures.format_figure)
        count = len(self.figures.measure.readings)
        return f"There are too few readings yet to tell a change from chance ({count} of {_MIN_READINGS_FOR_RUNS})."

    def describe_assurance(self) -> str:
        """Whether the target can be relied on; empty without limits, a target or a direction."""
        if not self.control:
            return ""
        return describe_assurance(self.control, self.figures.target, self.figures.format_figure)

    @property
    def variation_words(self) -> str:
        """The finding in one or two words: "Concern"; empty where nothing can be said."""
        if self.figures.measure.has_lapsed:
            return "Reached, then lapsed"
        if self.control:
            return _VARIATION_TEXT[self.control.variation] if self.control.variation else ""
        if self.runs:
            return "Shift" if self.runs.has_signal else "No shift"
        return ""

    @property
    def assurance_words(self) -> str:
        """Whether the target is met, in a few words; empty where nothing can be said."""
        return _ASSURANCE_TEXT[self.control.assurance] if self.control and self.control.assurance else ""

    def summarise(self) -> str:
        """The latest reading and the finding: "42.3%, December 2024. Concern"; empty without readings."""
        return ". ".join(filter(None, (self.figures.format_latest(), self.variation_words)))

    @property
    def is_concern(self) -> bool:
        """Whether somebody should look into it."""
        return self.figures.measure.has_lapsed or self.variation is Variation.CONCERN

    def describe_points(self) -> tuple[str, ...]:
        """What each reading shows, for the table: "Concern: 7 in a row falling"; empty without a control chart."""
        if not self.control:
            return ()
        return tuple(_VARIATION_TEXT[point.variation] for point in self.control.points)

    def describe_method(self) -> tuple[str, ...]:
        """How the chart was made, in sentences for the note below it."""
        if self.runs:
            return (
                "Run chart with the median, by the rules of Anhøj: a run that is too long, or too few crossings of the "
                "median, is a shift.",
            )
        if not self.control:
            return ()
        return tuple(self._describe_control_method(self.control))

    def _describe_control_method(self, control: XmrChart) -> list[str]:
        measure = self.figures.measure
        screening = "left out" if control.options.screens_ranges else "kept"
        notes = [
            "Limits are the mean plus or minus 2.66 times the average step between readings (XmR chart, method "
            f"{measure.method.value}). Steps far larger than usual were {screening}."
        ]
        if control.groups and control.groups[-1].is_trial:
            notes.append("With 12 readings or fewer the limits are provisional.")
        zeros = sum(reading.value == 0 for reading in measure.readings)
        if zeros >= _MANY_ZEROS * len(measure.readings):
            notes.append("Most readings are 0, so limits say little. Days between events would show more.")
        return notes


@functools.lru_cache(256)  # lists, goals, chains and the measure's own page ask one after the other
def analyse_measure(measure: Measure) -> MeasureStatistics:
    """The statistics of a measure, with its figures."""
    return MeasureStatistics.from_figures(MeasureFigures.from_measure(measure))


def _build_control_chart(figures: MeasureFigures) -> XmrChart:
    """The chart; a rebase on a day without a reading is left out, and `check` reports it."""
    measure = figures.measure
    days = {reading.date for reading in measure.readings}
    return build_xmr_chart(
        [DatedValue(reading.date, reading.value) for reading in measure.readings],
        direction=measure.direction,
        target=figures.target if measure.direction is not Direction.NEUTRAL else None,
        rebases=[rebase.date for rebase in measure.rebase if rebase.date in days],
        options=XmrOptions.from_method(measure.method),
    )
