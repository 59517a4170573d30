"""What a chart of the days between events shows, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import pairwise

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_days
from plansite.spc.days_between import DaysBetween
from plansite.spc.rules import compare
from plansite.spc.sentences import OPENINGS, count_equal_signs
from plansite.spc.special_cause import SpecialCauseRule
from plansite.spc.xmr import XmrGroup, XmrPoint

#: Turns a day into words: "3 November 2024".
FormatDay = Callable[[dt.date], str]


@dataclass(frozen=True, slots=True)
class EventNoun:
    """What one event and several are called: "fall", "falls"."""

    one: str = "event"
    many: str = "events"


def describe_gaps(days: DaysBetween, noun: EventNoun) -> str:
    """What the latest time between two events shows; empty with fewer than two events."""
    if not days.chart.groups:
        return ""
    group = days.chart.groups[-1]
    latest = group.points[-1]
    if not latest.verdict.rules:
        return f"No clear change: the days between {noun.many} are within their usual range."
    finding, opening = _describe_rule(group, latest, noun), OPENINGS.get(latest.variation)
    return f"{opening}: {finding}." if opening else f"{finding[:1].upper()}{finding[1:]}."


def describe_events(days: DaysBetween, noun: EventNoun, format_day: FormatDay) -> str:
    """When the last event was, and how often there was one before; empty without readings."""
    if days.start is None or days.until is None:
        return ""
    if days.first is None or days.last is None:
        if days.start == days.until:
            return f"There were no {noun.many} in the only reading."
        return f"There were no {noun.many} from {format_day(days.start)} to {format_day(days.until)}."
    since, average = days.days_since or 0, days.average_days
    if average is None:
        return f"The only {noun.one} was {_format_when(days.last, format_day)}{_format_since(since)}."
    if days.first == days.last:
        return f"All {days.events:,} {noun.many} were {_format_when(days.last, format_day)}{_format_since(since)}."
    often = "more than one a day" if average < 1 else f"one every {format_days(round(average))} or so"
    often = often.replace("every 1 day ", "every day ")
    when = f"The last {noun.one} was {_format_when(days.last, format_day)}"
    usual = f"{when}{_format_since(since)}. Before that there was {often}."
    return f"{usual} The time since then is already longer than usual." if days.is_longer_than_usual else usual


def _format_when(day: dt.date, format_day: FormatDay) -> str:
    words = format_day(day)
    return f"on {words}" if words[:1].isdigit() else f"in {words}"


def _format_since(since: int) -> str:
    return f", {format_days(since)} before the latest reading" if since else ""


def _describe_rule(group: XmrGroup, latest: XmrPoint, noun: EventNoun) -> str:
    is_high = latest.verdict.way > 0
    values = [point.value for point in group.points]
    match latest.verdict.rules[0]:
        case SpecialCauseRule.OUTSIDE:
            longer = "longer" if is_high else "shorter"
            return f"the time between the last two {noun.many} is {longer} than the usual range"
        case SpecialCauseRule.TREND:
            count = 1 + count_equal_signs([compare(after, before) for before, after in pairwise(values)])
            longer = "longer" if is_high else "shorter"
            return f"the last {count} times between {noun.many} are each {longer} than the one before"
        case SpecialCauseRule.TWO_OF_THREE:
            return f"two of three times in a row between {noun.many} are unusually {'long' if is_high else 'short'}"
        case SpecialCauseRule.SHIFT:
            return _describe_shift(values, group.limits.mean, noun, is_high=is_high)


def _describe_shift(values: Sequence[float], mean: float, noun: EventNoun, *, is_high: bool) -> str:
    count = count_equal_signs([compare(value, mean) for value in values])
    longer = "longer" if is_high else "shorter"
    return f"the last {count} times between {noun.many} are all {longer} than the usual {format_days(round(mean))}"
