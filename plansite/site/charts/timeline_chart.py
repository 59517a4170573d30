"""The chart of a plan's timeline: a bar for each action, in per cent across, so that text keeps its size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.formatting import format_count, format_long_date
from plansite.site.charts.chart_axes import AxisTick
from plansite.site.charts.timeline_scale import ActionSpan, TimelineAxis, find_span, format_percent, need_sort_key

#: The most bars in a chart, and under one line of months: so many fit on a printed page.
MAX_BARS, BARS_PER_STRIP = 100, 20


@dataclass(frozen=True, slots=True)
class BarBlock:
    """A part of a bar. `shape` is the style in which it is drawn; a "point" has no width."""

    shape: str
    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """An action in the chart: its blocks, and its icon behind the last of them."""

    name: str
    role: str
    icon: str
    icon_at: str
    blocks: tuple[BarBlock, ...]


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A sample bar, and what it means."""

    words: str
    bar: TimelineBar


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineChart:
    """Bars in the order of the list, in strips under a line of months. `today` is empty if it is outside the axis.

    `today_side` is the side of the line for today on which its date is written: start, mid or end.
    """

    headline: str
    description: str
    note: str
    strips: tuple[tuple[TimelineBar, ...], ...]
    ticks: tuple[AxisTick, ...]
    today: str
    today_side: str
    legend: tuple[LegendItem, ...]


#: For each course: shape, colour role, icon, and the text of the legend.
_COURSE_STYLES = {
    Course.EMBEDDED: ("proof", "proof", "embedded", "Solid and strong: embedded"),
    Course.COMPLETED: ("done", "done", "completed", "Solid and muted: completed"),
    Course.CANCELLED: ("cancelled", "status", "cancelled", "Thin and dotted: cancelled"),
    Course.ON_TRACK: ("track", "track", "track", "Outline: on track"),
    Course.AT_RISK: ("risk", "risk", "risk", "Hatched: at risk"),
    Course.OVERDUE: ("planned", "late", "late", "Outline up to its date, then a tall block: overdue"),
}


def build_timeline_chart(dated_site: SiteOnDate, actions: Sequence[Action], headline: str) -> TimelineChart | None:
    """The chart of these actions in the order given; None if none of them has a date.

    Above `MAX_BARS` actions, open ones come before closed ones and earlier due dates before later ones.
    """
    dated = [action for action in actions if (span := find_span(action)).begun or span.ended]
    chosen = {action.slug for action in sorted(dated, key=need_sort_key)[:MAX_BARS]}
    shown = [(action, find_span(action)) for action in dated if action.slug in chosen]
    axis = TimelineAxis.covering(
        (day for _, span in shown for day in (span.begun, span.ended) if day), dated_site.today
    )
    if axis is None:
        return None
    builder = _BarBuilder(dated_site, axis)
    bars = [builder.build_bar(action, span) for action, span in shown]
    today_at = axis.position(dated_site.today)
    return TimelineChart(
        headline=headline,
        description=_format_description(len(bars), axis, dated_site.today),
        note=_format_note(len(dated) - len(bars), len(actions) - len(dated)),
        strips=tuple(tuple(bars[start : start + BARS_PER_STRIP]) for start in range(0, len(bars), BARS_PER_STRIP)),
        ticks=tuple(axis.build_ticks()),
        today=format_percent(today_at) if dated_site.today in axis else "",
        today_side="start" if today_at < 25 else "end" if today_at > 60 else "mid",
        legend=tuple(_build_legend(dated_site, shown, bars)),
    )


@dataclass(frozen=True, slots=True)
class _BarBuilder:
    """Builds bars along an axis."""

    dated_site: SiteOnDate
    axis: TimelineAxis

    def build_bar(self, action: Action, span: ActionSpan) -> TimelineBar:
        course = self.dated_site.assess_action(action).course
        shape, role, icon, _ = _COURSE_STYLES[course]
        blocks = tuple(self._build_blocks(action, span, shape))
        name = f"{action.ref}. {action.title}" if action.ref else action.title
        return TimelineBar(name, role, icon, blocks[-1].end, blocks)

    def _build_blocks(self, action: Action, span: ActionSpan, shape: str) -> list[BarBlock]:
        today, days = self.dated_site.today, [day for day in (span.begun, span.ended) if day]
        first, last = days[0], days[-1]
        if span.ended is None and action.is_open and first < today:
            return [self._build_block("endless", first, today)]
        after = add_days(last, 1)  # the last day itself belongs to the bar
        late = [self._build_block("late", after, today)] if shape == "planned" else []
        if len(days) == 2 and first <= last:
            return [self._build_block(shape, first, after), *late]
        return late or [self._build_block("point", last, last)]

    def _build_block(self, shape: str, first: date, last: date) -> BarBlock:
        low, high = self.axis.position(first), self.axis.position(last)
        return BarBlock(shape, format_percent(low), format_percent(high - low), format_percent(high))


def _format_description(number: int, axis: TimelineAxis, today: date) -> str:
    outside = "" if today in axis else f" That day is {'after' if today > axis.last else 'before'} the period shown."
    bars = "One bar" if number == 1 else f"{number:,} bars"
    return (
        f"{bars}, each from the day an action began to the day it ended or is due, in the order of the list. "
        f"Drawn for {format_long_date(today)}.{outside} The list above says the same in words."
    )


def _format_note(omitted: int, undated: int) -> str:
    """How many actions the chart leaves out, and why; empty if it shows all."""
    no_bar = f"{format_count(undated, 'action has', 'actions have')} no date, so no bar." if undated else ""
    closed_or_later = format_count(omitted, "closed or later action is", "closed or later actions are")
    return f"{no_bar} {f'To keep it readable, {closed_or_later} not shown.' if omitted else ''}".strip()


def _build_legend(
    dated_site: SiteOnDate, shown: Sequence[tuple[Action, ActionSpan]], bars: Sequence[TimelineBar]
) -> list[LegendItem]:
    """A legend item for each course and shape that occurs."""
    courses = {dated_site.assess_action(action).course for action, _ in shown}
    shapes = {block.shape for bar in bars for block in bar.blocks}
    items = [_build_legend_item(*_COURSE_STYLES[course]) for course in Course if course in courses]
    if "endless" in shapes:
        items.append(_build_legend_item("endless", "risk", "risk", "Dashes up to today: no due date"))
    if "point" in shapes:
        items.append(_build_legend_item("point", "status", "", "Diamond: only one day is certain"))
    return items


def _build_legend_item(shape: str, role: str, icon: str, words: str) -> LegendItem:
    blocks: tuple[BarBlock, ...] = (BarBlock(shape, "0%", "100%", "100%"),)
    if shape == "planned":
        blocks = (BarBlock(shape, "0%", "45%", "45%"), BarBlock("late", "45%", "55%", "100%"))
    return LegendItem(words, TimelineBar("", role, icon, "", blocks))
