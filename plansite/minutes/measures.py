"""A plan's measures in a draft: the latest reading in words, and what is new since the last review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.minutes.agenda import Agenda
from plansite.minutes.phrases import linked, plain
from plansite.model.dates import Span, after
from plansite.model.plan import Measure, Reading
from plansite.model.words import count, listed, long_date
from plansite.site.readings import Terms

_MOST = 6
_MONTH = Span(months=1)


def measures(agenda: Agenda) -> Iterator[str]:
    """The lines of "Measures to look at"; nothing where the plan has none."""
    since = agenda.last.date if agenda.last else None
    for measure in agenda.plan.measures:
        said = f"- {linked(measure, agenda.plan)}. {plain(Terms.of(measure).headline())}"
        yield f"{said} {_new(measure, since)}".rstrip() if since else said


def _new(measure: Measure, since: date) -> str:
    terms = Terms.of(measure)
    new = [reading for reading in measure.readings if _end(reading, terms) >= since]
    if not new:
        return f"No new reading since {long_date(since)}."
    if len(new) > _MOST:
        return f"{count(len(new), 'reading')} since last time."
    told = [f"{plain(terms.figure(each.value))} ({terms.when(each.date)})" for each in new]
    return f"New since last time: {listed(told)}."


def _end(reading: Reading, terms: Terms) -> date:
    """The day from which a reading can be known: one that stands for a month, when the month is over."""
    return after(reading.date, _MONTH) if terms.is_monthly else reading.date
