"""Measures: targets that have lapsed, limits and values that do not fit the readings, and who may see scores."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.filter import resolve_audience
from plansite.model.audience.measure_filter import resolve_document_audience
from plansite.model.documents.measure import Measure
from plansite.model.findings import Level
from plansite.model.formatting import format_long_date
from plansite.model.site import Site
from plansite.model.status import Audience, ChartKind, SmallCounts

#: Limits need at least so many readings (NHS England, Making Data Count).
_MIN_READINGS_FOR_LIMITS = 12
#: More than so many times the largest reading, a value from before is taken for mistyped.
_FARTHEST_BASELINE = 20
#: Questionnaires about somebody's health or mood that are often used, by their short names.
_QUESTIONNAIRE = compile_lazily(
    r"\b(?:PHQ|GAD|CORE|HADS|BDI|EPDS|SDQ|RCADS|WEMWBS|SWEMWBS|DASS|PCL|AUDIT|MMSE|MoCA|ICECAP|GDS)[ -]?(?:OM\b|\d+)"
    r"|\b(?:HADS|EPDS|WEMWBS|SWEMWBS|RCADS|MMSE|MoCA)\b"
)


def _list_measures(site: Site) -> Iterator[Measure]:
    return (measure for plan in site.plans for measure in plan.measures)


@rule("PS411", Level.WARNING, _list_measures)
def lapsed_measure(_: CheckContext, measure: Measure) -> Iterator[Violation]:
    """A target was reached and is to be kept, and the latest reading misses it.

    What was gained is being lost. Somebody should find out why.

    Example: `state: sustaining` and `target: 90`, and the latest reading is 84.
    """
    if measure.has_lapsed:
        day = format_long_date(measure.readings[-1].date)
        message = f"the target was reached and has lapsed: the reading of {day} misses it"
        yield flag(measure, message, "find out why and agree an action, or take `state` away", field="state")


@rule("PS412", Level.WARNING, _list_measures)
def rebase_without_reading(_: CheckContext, measure: Measure) -> Iterator[Violation]:
    """New limits begin on a day without a reading.

    The chart leaves this date out, because limits begin with a reading.

    Example: `rebase: [{date: 2024-06-15, reason: New lights}]`, where the readings are for the first of each month.
    """
    days = [reading.date for reading in measure.readings]
    for rebase in measure.rebase if days else ():
        if rebase.date and rebase.date not in days:
            later = next((day for day in days if day > rebase.date), None)
            remedy = f"write `{later.isoformat()}`, the next reading" if later else "write the date of a reading"
            message = f"new limits begin on {format_long_date(rebase.date)}, and no reading has that date"
            yield flag(measure, message, remedy, field="rebase")


@rule("PS413", Level.HINT, _list_measures)
def short_rebase(_: CheckContext, measure: Measure) -> Iterator[Violation]:
    """New limits begin again after fewer than 12 readings.

    Limits from so few readings are provisional, and a chart whose limits often begin again shows nothing.

    Example: `rebase` has 2024-03-01 and 2024-06-01, and there are three readings between them.
    """
    days = [reading.date for reading in measure.readings]
    starts = sorted({rebase.date for rebase in measure.rebase if rebase.date and rebase.date in days})
    for first, second in pairwise(starts):
        count = days.index(second) - days.index(first)
        if count < _MIN_READINGS_FOR_LIMITS:
            message = f"limits begin on {first.isoformat()} and again on {second.isoformat()}, after {count} readings"
            yield flag(measure, message, "keep the one with a known cause that lasted", field="rebase")


@rule("PS414", Level.WARNING, _list_measures)
def unsuitable_days_between(_: CheckContext, measure: Measure) -> Iterator[Violation]:
    """The chart is to be of the days between events, and the readings do not say how many there were.

    Events are whole numbers of 0 or more, or dates. Other readings have the chart that suits their number.

    Example: `chart: days between`, and the readings are percentages.
    """
    if measure.chart is ChartKind.DAYS_BETWEEN and not measure.counts_events:
        message = "there are no days between events, because the readings do not say how many events there were"
        remedy = "write how many there were, such as 0 or 1, or take `chart` away"
        yield flag(measure, message, remedy, field="chart")


@rule("PS415", Level.WARNING, _list_measures)
def impossible_baseline(_: CheckContext, measure: Measure) -> Iterator[Violation]:
    """The value before the work began is one that a reading cannot have, or far from all of them.

    A count is not below 0, a percentage not above 100%. A value of more than 20 times the largest reading is probably
    mistyped, and is not drawn.

    Example: `baseline: 900`, and the readings are percentages.
    """
    before, values = measure.scaled_baseline, measure.values
    if before is None or not values:
        return
    whole = 1.0 if measure.is_share else 100.0
    is_percentage = (measure.is_share or measure.is_percentage) and max(values) <= whole
    if before < 0 <= min(values):
        problem = "below 0, and no reading is"
    elif is_percentage and before > whole:
        problem = "above 100%"
    elif any(values) and abs(before) > _FARTHEST_BASELINE * max(map(abs, values)):
        problem = f"more than {_FARTHEST_BASELINE} times the largest reading"
    else:
        return
    yield flag(measure, f"the value before the work began is {problem}", "correct it", field="baseline")


@rule("PS416", Level.WARNING, _list_measures)
def public_scores(context: CheckContext, measure: Measure) -> Iterator[Violation]:
    """The scores of a questionnaire are shown to everybody.

    They say how somebody is. Even for a group of people, a small one can be recognised.

    Example: `scale: PHQ-9` and `audience: public`.
    """
    if measure.scale and _find_audience(context, measure) is Audience.PUBLIC:
        message = "everybody can see these scores"
        yield flag(measure, message, "take `audience` away, or say why with `allow`", field="audience")


@rule("PS417", Level.WARNING, _list_measures)
def unmarked_scores(context: CheckContext, measure: Measure) -> Iterator[Violation]:
    """The name of a measure is that of a questionnaire about health or mood, and others than internal readers see it.

    With `scale`, such a measure is for internal readers only, unless it has an `audience` of its own.

    Example: `title: PHQ-9`, in a plan for partners.
    """
    if measure.scale or measure.audience or _find_audience(context, measure) is Audience.INTERNAL:
        return
    found = _QUESTIONNAIRE.search(f"{measure.title} {measure.unit}")
    if found:
        name = found.group()
        yield flag(
            measure, f"{name} is a questionnaire, and its scores are not marked as such", f"write `scale: {name}`"
        )


@rule("PS418", Level.WARNING, _list_measures)
def small_counts_of_percentages(_: CheckContext, measure: Measure) -> Iterator[Violation]:
    """Counts under 5 are to be hidden, and the readings are percentages without their counts.

    Whether a percentage is that of a small count cannot be told, so copies for others show it.

    Example: `small_counts: hide`, `unit: "% of falls"` and the columns `date,value`.
    """
    if measure.small_counts is SmallCounts.HIDE and measure.readings and measure.is_percentage:
        message = "counts under 5 are not hidden, because the readings are percentages without counts"
        yield flag(measure, message, "write the columns `date,n,d`, with the counts", field="small_counts")


def _find_audience(context: CheckContext, measure: Measure) -> Audience:
    """Who may see a measure: the narrower audience of itself and its plan."""
    of_plan = resolve_audience(context.site.plans_by_slug[measure.plan], context.site.settings)
    own = resolve_document_audience(measure, of_plan)
    return own if own.sees(of_plan) else of_plan
