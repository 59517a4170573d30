"""What an audience sees of measures: who may see one, and counts under 5 that are not told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from plansite.model.documents.measure import Measure, Reading
from plansite.model.site import Document
from plansite.model.status import Audience, SmallCounts

#: Counts from 1 to 4 are the smallest from which somebody might be recognised.
_LEAST_TOLD = 5


def resolve_document_audience(document: Document, default: Audience) -> Audience:
    """The audience of a document: its own, else internal for scores of a questionnaire, else that of its plan or site.

    `default` is the audience of the plan or site.
    """
    if isinstance(document, Measure) and document.scale and document.audience is None:
        return Audience.INTERNAL
    return document.audience or default


def hide_small_counts(measure: Measure) -> Measure:
    """The measure without counts from 1 to 4, where it hides them; "fewer than 5" is all that is left of each.

    A count is a value, or the numerator of a share. A total under 5 is not told either, and so is a value under 5
    before the work began. Of a list of events only their number in each month is left, because each of its lines is a
    count of 1.
    """
    if measure.small_counts is not SmallCounts.HIDE or measure.is_percentage:
        return measure
    readings = tuple(_count_by_month(measure)) if measure.lists_events else measure.readings
    return replace(
        measure,
        readings=tuple(_hide_small(reading) for reading in readings),
        lists_events=False,
        baseline=None if not measure.is_share and _is_small(measure.baseline) else measure.baseline,
    )


def count_small(measure: Measure) -> int:
    """How many figures of a measure `hide_small_counts` takes out."""
    hidden = hide_small_counts(measure)
    readings = sum(reading.is_small for reading in hidden.readings) - sum(each.is_small for each in measure.readings)
    return readings + (hidden.baseline != measure.baseline)


def _hide_small(reading: Reading) -> Reading:
    count = reading.value if reading.d is None else reading.n
    if not (_is_small(count) or _is_small(reading.d)):
        return reading
    return Reading(reading.date, None, None, None if _is_small(reading.d) else reading.d)


def _is_small(count: float | None) -> bool:
    return count is not None and 0 < count < _LEAST_TOLD


def _count_by_month(measure: Measure) -> Iterator[Reading]:
    """The number of events in each month, from that of the first to that of the last, dated on its first day."""
    counts = Counter[int]()
    for reading in measure.readings:
        counts[reading.date.year * 12 + reading.date.month - 1] += int(reading.value or 0)
    for month in range(min(counts, default=0), max(counts, default=-1) + 1):
        yield Reading(dt.date(month // 12, month % 12 + 1, 1), float(counts[month]))
