"""The path of a goal over its five levels, drawn in per cent across and pixels down, so that text keeps its size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass

MINUS = "\N{MINUS SIGN}"
#: The lines of the levels from 2 down to -2 (pixels down), and where days are written.
_LEVEL_Y = {2: 12, 1: 36, 0: 60, -1: 84, -2: 108}
_DAY_Y, _HEIGHT = 132, 138
#: The first and the last point (per cent across).
_LEFT, _RIGHT = 10.0, 97.0
#: How far before the first score the start is drawn where its day is not known, as a part of the whole width.
_START_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class LevelGridLine:
    """The line of a level with its number; that of what was expected is marked."""

    y: int
    number: str
    is_expected: bool


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A level of the goal: per cent across, pixels down."""

    x: str
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PathChart:
    """A path of points joined by straight lines, with the words below its first and last one.

    `description` says the same in a sentence.
    """

    height: int
    day_y: int
    lines: tuple[LevelGridLine, ...]
    points: tuple[PathPoint, ...]
    first: str
    last: str
    description: str


def build_path_chart(
    scores: Sequence[tuple[date, int]],
    baseline: int | None,
    start: date | None,
    words: tuple[str, str, str],
) -> PathChart | None:
    """The path of scores in order of date, from the level at the start if that is given; None below two points.

    `start` is the day that the plan begins. `words` are those below the first and last point, and the description.
    """
    places = _place_scores([day for day, _ in scores], start, has_baseline=baseline is not None)
    levels = [*([] if baseline is None else [baseline]), *(level for _, level in scores)]
    if len(levels) < 2:
        return None
    first, last, description = words
    return PathChart(
        height=_HEIGHT,
        day_y=_DAY_Y,
        lines=tuple(LevelGridLine(y, format_level(level), level == 0) for level, y in _LEVEL_Y.items()),
        points=tuple(
            PathPoint(f"{_LEFT + (_RIGHT - _LEFT) * place:.1f}", _LEVEL_Y[level])
            for place, level in zip(places, levels, strict=True)
        ),
        first=first,
        last=last,
        description=description,
    )


def _place_scores(days: Sequence[date], start: date | None, *, has_baseline: bool) -> list[float]:
    """Where each point is, from 0 to 1: the start first if it is drawn, then the scores by their days."""
    if not days:
        return [0.0] if has_baseline else []
    first, last = days[0].toordinal(), days[-1].toordinal()
    if has_baseline and start and start < days[0]:
        begin = start.toordinal()
        return [0.0, *(_divide(day.toordinal() - begin, last - begin) for day in days)]
    offset = _START_SHARE if has_baseline else 0.0
    places = [offset + (1 - offset) * _divide(day.toordinal() - first, last - first) for day in days]
    if first == last:
        places = [1.0] * len(days)
    return [0.0, *places] if has_baseline else places


def _divide(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def format_level(level: int) -> str:
    """A level with its sign, a true minus before a negative one: +1, 0."""
    return f"{level:+d}".replace("-", MINUS) if level else "0"
