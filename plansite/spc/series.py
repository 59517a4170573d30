"""Dated values in order, and what cannot be charted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

#: Far below the largest float, so that no sum or product of a few values is infinite.
_LARGEST = 1e100


class SeriesError(ValueError):
    """Values that have no chart: a date twice, a value that is no finite number, or a rebase date without a value."""


class DatedValue(NamedTuple):
    """A value and its day. There are many, and named tuples are quicker than dataclasses to make and to sort."""

    date: dt.date
    value: float


def order_values(values: Iterable[DatedValue]) -> tuple[DatedValue, ...]:
    """The values by date. Raises `SeriesError` for a date that occurs twice, and a value that cannot be charted."""
    ordered = tuple(sorted(values))
    for day, value in ordered:
        if not -_LARGEST <= value <= _LARGEST:  # so is no value that is not a number
            raise SeriesError(f"The value for {day.isoformat()} is too large or not a number.")
    for before, after in pairwise(ordered):
        if before.date == after.date:
            raise SeriesError(f"There are two values for {after.date.isoformat()}. Keep one of them.")
    return ordered


def split_at_rebases(values: tuple[DatedValue, ...], rebases: Iterable[dt.date]) -> list[tuple[DatedValue, ...]]:
    """The groups that have limits of their own: a new one begins on each rebase date.

    Raises `SeriesError` if there is no value on a rebase date.
    """
    position = {point.date: index for index, point in enumerate(values)}
    starts = {0}
    for day in rebases:
        if day not in position:
            raise SeriesError(f"There is no value for {day.isoformat()}, where new limits should start.")
        starts.add(position[day])
    bounds = [*sorted(starts), len(values)]
    return [values[start:end] for start, end in pairwise(bounds) if start < end]
