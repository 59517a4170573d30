"""The rules that tell special cause variation from common cause. Each takes a rebase group, in order of date.

Sides and directions are 1 (above the mean, rising), -1 (below, falling) and 0 (on the mean, unchanged).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def compare(value: float, other: float) -> int:
    """1 if `value` is larger, -1 if it is smaller, 0 if both are equal."""
    return (value > other) - (value < other)


def find_shift_ends(sides: Sequence[int], length: int = 7) -> list[int]:
    """The side where at least `length` points up to here are on it, else 0. A point on the mean ends a run."""
    return [run if abs(run) == 1 and count >= length else 0 for run, count in _count_runs(sides)]


def find_trend_ends(values: Sequence[float], length: int = 7) -> list[int]:
    """The direction where `length` points up to here all rise or all fall, else 0. Two equal neighbours end a run."""
    directions = [compare(after, before) for before, after in pairwise(values)]
    ends = [run if abs(run) == 1 and count >= length - 1 else 0 for run, count in _count_runs(directions)]
    return [0, *ends] if values else []


def spread_back(ends: Sequence[int], length: int = 7) -> list[int]:
    """The flags of the last points of runs, on every one of their `length` points. A later run wins over an earlier."""
    flags = [0] * len(ends)
    for index, end in enumerate(ends):
        if end:
            start = max(0, index - length + 1)
            flags[start : index + 1] = [end] * (index + 1 - start)
    return flags


def find_two_of_three(near: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    """The points of every three in a row that are on one side of the mean, and of which two are near a limit."""
    flags = [False] * len(near)
    if sum(near) < 2:
        return flags
    for start in range(len(near) - 2):
        window = slice(start, start + 3)
        if sum(near[window]) >= 2 and abs(sum(sides[window])) == 3:
            flags[window] = [True] * 3
    return flags


def _count_runs(signs: Sequence[int]) -> list[tuple[int, int]]:
    """Each sign with the number of equal ones up to it."""
    counted: list[tuple[int, int]] = []
    for sign in signs:
        before = counted[-1] if counted else (sign, 0)
        counted.append((sign, before[1] + 1 if sign == before[0] else 1))
    return counted
