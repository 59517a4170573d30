"""Measures: targets that have lapsed, and new limits that begin in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.model.documents.measure import Measure
from plansite.model.findings import Level
from plansite.model.formatting import format_long_date
from plansite.model.site import Site

#: Limits need at least so many readings (NHS England, Making Data Count).
_MIN_READINGS_FOR_LIMITS = 12


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
