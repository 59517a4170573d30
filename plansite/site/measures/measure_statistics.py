"""What the readings of a measure show: by a control chart, a run chart, or the days between events."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.measure import Measure
from plansite.model.status import ChartKind, Direction, SmallCounts
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.spc.days_between import MAX_EVENTS, SAME_DAY, DaysBetween, build_days_between
from plansite.spc.event_sentences import describe_events, describe_gaps
from plansite.spc.method import XmrOptions
from plansite.spc.run_chart import RunAnalysis, analyse_runs
from plansite.spc.sentences import describe_assurance, describe_runs, describe_variation
from plansite.spc.series import DatedValue
from plansite.spc.special_cause import Variation
from plansite.spc.xmr import Assurance, XmrChart, build_xmr_chart

#: With fewer readings a run chart is drawn (NHS England, Making Data Count: limits need at least 12).
MIN_READINGS_FOR_LIMITS = 12
#: With fewer, not even a run chart can show anything.
MIN_READINGS_FOR_RUNS = 10

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
    """The statistics of one measure: at most one of `control`, `runs` and `days` is set."""

    figures: MeasureFigures
    control: XmrChart | None = None
    runs: RunAnalysis | None = None
    days: DaysBetween | None = None

    @classmethod
    def from_figures(cls, figures: MeasureFigures, options: XmrOptions | None = None) -> MeasureStatistics:
        """The chart that the measure asks for, or the one that suits its readings.

        `options` are those of the measure's method unless they are given. Nothing is computed where a reading is given
        as "fewer than 5": from limits or a verdict it could be worked out again.
        """
        measure = figures.measure
        options = options or XmrOptions.from_method(measure.method)
        match choose_chart(measure):
            case ChartKind.DAYS_BETWEEN:
                return cls(figures=figures, days=_build_days_chart(figures, options))
            case ChartKind.CONTROL:
                return cls(figures=figures, control=_build_control_chart(figures, options))
            case ChartKind.RUN:
                return cls(figures=figures, runs=analyse_runs(measure.values))
        return cls(figures=figures)

    @property
    def limits_chart(self) -> XmrChart | None:
        """The chart with limits, of the readings or of the days between events; None if there are too few for it."""
        if self.days:
            return self.days.chart if len(self.days.chart.points) >= MIN_READINGS_FOR_RUNS else None
        return self.control

    @property
    def variation(self) -> Variation | None:
        """What the latest point shows; None without limits."""
        return self.limits_chart.variation if self.limits_chart else None

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
        measure = self.figures.measure
        if self.control:
            return describe_variation(self.control, self.figures.format_figure)
        if self.runs:
            return describe_runs(self.runs, self.figures.format_figure)
        if self.days:
            return self._describe_days(self.days)
        if measure.has_small:
            copy = " in this copy" if measure.small_counts is SmallCounts.HIDE else ""
            return f"Not judged{copy}, because counts under 5 are not shown."
        count = len(measure.readings)
        return f"There are too few readings yet to tell a change from chance ({count} of {MIN_READINGS_FOR_RUNS})."

    def _describe_days(self, days: DaysBetween) -> str:
        """What the days between events show, and when the last event was."""
        noun = self.figures.event_noun
        gaps = describe_gaps(days, noun) if self.limits_chart else ""
        if not gaps and days.events:
            gaps = f"There are too few {noun.many} yet to tell a change from chance."
        return f"{gaps} {describe_events(days, noun, self.figures.format_date)}".strip()

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
        if self.variation:
            return name_variation(self.variation)
        if self.figures.measure.has_small:
            return "Not judged"
        if self.runs:
            return "Shift" if self.runs.has_signal else "No shift"
        if self.days and not self.days.events:
            return f"No {self.figures.event_noun.many}"
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
        return tuple(name_variation(point.variation) for point in self.control.points)

    def describe_method(self) -> tuple[str, ...]:
        """How the chart was made, in sentences for the note below it."""
        if self.runs:
            return (
                "Run chart with the median, by the rules of Anhøj: a run that is too long, or too few crossings of the "
                "median, is a shift.",
            )
        if self.days:
            return tuple(self._describe_days_method(self.days))
        return tuple(self._describe_control_method(self.control)) if self.control else ()

    def _describe_control_method(self, control: XmrChart) -> Iterator[str]:
        measure = self.figures.measure
        yield (
            "Limits are the mean plus or minus 2.66 times the average step between readings (XmR chart, method "
            f"{measure.method.value}). {_describe_screening(control)}"
        )
        yield from _describe_trial(control, "readings")
        if 2 * measure.values.count(0) > len(measure.values):
            yield "Most readings are 0, so limits say little. Days between events would show more."

    def _describe_days_method(self, days: DaysBetween) -> Iterator[str]:
        measure, noun = self.figures.measure, self.figures.event_noun
        if measure.chart is None and not measure.lists_events and days.chart.points:
            yield f"Most readings are 0, so the days between {noun.many} are looked at."
        if self.limits_chart:
            yield (
                "Limits are those of an XmR chart of the days to the power of 1 ÷ 3.6 (T chart: Nelson 1994, Provost "
                f"and Murray 2011), method {measure.method.value}. {_describe_screening(days.chart)}"
            )
            yield from _describe_trial(days.chart, "times between them")
        if 0 in measure.values[:-1] and max(measure.values) > 1:
            yield f"Several {noun.many} in one reading are spread evenly over the time since the reading before."
        elif any(point.value == SAME_DAY for point in days.chart.points):
            yield f"{noun.many.capitalize()} on the same day count as half a day apart."


def name_variation(variation: Variation) -> str:
    """What a point shows in one or two words: "Concern"."""
    return _VARIATION_TEXT[variation]


def _describe_screening(chart: XmrChart) -> str:
    return f"Steps far larger than usual were {'left out' if chart.options.screens_ranges else 'kept'}."


def _describe_trial(chart: XmrChart, noun: str) -> Iterator[str]:
    if chart.groups and chart.groups[-1].is_trial:
        yield f"With 12 {noun} or fewer the limits are provisional."


#: The latest results, with the measures that they are of: to hash a measure takes as long as half of its statistics.
_RESULTS: dict[int, tuple[Measure, MeasureStatistics]] = {}
_MAX_RESULTS = 256


def analyse_measure(measure: Measure) -> MeasureStatistics:
    """The statistics of a measure, with its figures.

    Lists, goals, chains and the measure's own page ask for the same one after the other, so that it is kept.
    """
    kept = _RESULTS.get(id(measure))
    if kept and kept[0] is measure:
        return kept[1]
    statistics = MeasureStatistics.from_figures(MeasureFigures.from_measure(measure))
    if len(_RESULTS) >= _MAX_RESULTS:
        _RESULTS.pop(next(iter(_RESULTS)), None)
    _RESULTS[id(measure)] = (measure, statistics)
    return statistics


def choose_chart(measure: Measure) -> ChartKind | None:
    """The chart that a measure asks for, or the one that suits its readings; None if there are too few for any.

    Without a choice it is of the days between events for a list of events, and for counts of which more than half are
    0, from ten readings on. Days between events need counts; other readings have the chart that suits their number.
    """
    count, asked = len(measure.readings), measure.chart
    if measure.has_small or not count:
        return None
    is_wanted = measure.lists_events or asked is ChartKind.DAYS_BETWEEN or (asked is None and _is_rare(measure))
    if is_wanted and _counts_few_events(measure):
        return ChartKind.DAYS_BETWEEN
    if asked not in (ChartKind.CONTROL, ChartKind.RUN):
        asked = ChartKind.CONTROL if count >= MIN_READINGS_FOR_LIMITS else ChartKind.RUN
    if asked is ChartKind.CONTROL and count > 1:
        return ChartKind.CONTROL
    return ChartKind.RUN if count >= MIN_READINGS_FOR_RUNS else None


def _counts_few_events(measure: Measure) -> bool:
    """Whether the readings are numbers of events, and not too many for dates."""
    return measure.counts_events and sum(measure.values) <= MAX_EVENTS


def _is_rare(measure: Measure) -> bool:
    return len(measure.values) >= MIN_READINGS_FOR_RUNS and 2 * measure.values.count(0) > len(measure.values)


def _build_control_chart(figures: MeasureFigures, options: XmrOptions) -> XmrChart:
    """The chart; a rebase on a day without a reading is left out, and `check` reports it."""
    measure = figures.measure
    days = {reading.date for reading in measure.readings}
    return build_xmr_chart(
        _list_values(measure),
        direction=measure.direction,
        target=figures.target if measure.direction is not Direction.NEUTRAL else None,
        rebases=[rebase.date for rebase in measure.rebase if rebase.date in days],
        options=options,
    )


def _build_days_chart(figures: MeasureFigures, options: XmrOptions) -> DaysBetween:
    """The days between events. The target is one of readings, and has no place among them."""
    measure = figures.measure
    return build_days_between(
        _list_values(measure),
        direction=measure.direction,
        rebases=[rebase.date for rebase in measure.rebase if rebase.date],
        options=options,
    )


def _list_values(measure: Measure) -> list[DatedValue]:
    return [DatedValue(reading.date, reading.value) for reading in measure.readings if reading.value is not None]
