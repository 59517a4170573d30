"""A picture of a plan's time: a bar for each action, per cent across, so that words never shrink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Course, Outlook
from plansite.model.words import count, long_date
from plansite.site.bands import shifted
from plansite.site.charts import Tick
from plansite.site.timeline_axis import Axis, percent
from plansite.site.timeline_spans import Span, by_need, span_of

#: At most so many bars in a picture, and so many under one head: those fit on a sheet of paper.
MOST, STRIP = 100, 20


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a bar. `look` names how it is drawn; a "point" has no width."""

    look: str
    x: str
    width: str
    end: str


@dataclass(frozen=True, slots=True)
class Bar:
    """An action in the picture: its blocks, and its mark behind the last of them."""

    name: str
    role: str
    mark: str
    mark_at: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """How something in the picture looks, and what it means."""

    words: str
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Bars in the order of the list, in strips under a line of months. `today` is empty where it lies outside.

    `today_side` says on which side of the line for today its words stand: start, mid or end.
    """

    headline: str
    description: str
    note: str
    strips: tuple[tuple[Bar, ...], ...]
    ticks: tuple[Tick, ...]
    today: str
    today_side: str
    keys: tuple[Key, ...]


#: How each course looks, with its colour role, its mark, and what the key says.
_LOOKS = {
    Course.EMBEDDED: ("proof", "proof", "embedded", "Solid and strong: embedded"),
    Course.COMPLETED: ("done", "done", "completed", "Solid and muted: completed"),
    Course.CANCELLED: ("cancelled", "status", "cancelled", "Thin and dotted: cancelled"),
    Course.ON_TRACK: ("track", "track", "track", "Outline: on track"),
    Course.AT_RISK: ("risk", "risk", "risk", "Hatched: at risk"),
    Course.OVERDUE: ("planned", "late", "late", "Outline up to its date, then a tall block: overdue"),
}


def picture_of(outlook: Outlook, actions: Sequence[Action], headline: str) -> Picture | None:
    """The picture of these actions in the order given; None where none of them has a date."""
    dated = [action for action in actions if (span := span_of(action)).begun or span.ended]
    chosen = {action.slug for action in sorted(dated, key=by_need)[:MOST]}
    shown = [(action, span_of(action)) for action in dated if action.slug in chosen]
    axis = Axis.over((day for _, span in shown for day in (span.begun, span.ended) if day), outlook.today)
    if axis is None:
        return None
    pen = _Pen(outlook, axis)
    bars = [pen.bar(action, span) for action, span in shown]
    at = axis.at(outlook.today)
    return Picture(
        headline=headline,
        description=_description(len(bars), axis, outlook.today),
        note=_note(len(dated) - len(bars), len(actions) - len(dated)),
        strips=tuple(tuple(bars[start : start + STRIP]) for start in range(0, len(bars), STRIP)),
        ticks=tuple(axis.ticks()),
        today=percent(at) if outlook.today in axis else "",
        today_side="start" if at < 25 else "end" if at > 60 else "mid",
        keys=tuple(_keys(outlook, shown, bars)),
    )


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws bars along an axis."""

    outlook: Outlook
    axis: Axis

    def bar(self, action: Action, span: Span) -> Bar:
        course = self.outlook.standing(action).course
        look, role, mark, _ = _LOOKS[course]
        blocks = tuple(self._blocks(action, span, look))
        name = f"{action.ref}. {action.title}" if action.ref else action.title
        return Bar(name, role, mark, blocks[-1].end, blocks)

    def _blocks(self, action: Action, span: Span, look: str) -> list[Block]:
        today, known = self.outlook.today, [day for day in (span.begun, span.ended) if day]
        first, last = known[0], known[-1]
        if span.ended is None and action.is_open and first < today:
            return [self._block("endless", first, today)]
        after = shifted(last, 1)  # the last day itself belongs to the bar
        late = [self._block("late", after, today)] if look == "planned" else []
        if len(known) == 2 and first <= last:
            return [self._block(look, first, after), *late]
        return late or [self._block("point", last, last)]

    def _block(self, look: str, first: date, last: date) -> Block:
        low, high = self.axis.at(first), self.axis.at(last)
        return Block(look, percent(low), percent(high - low), percent(high))


def _description(number: int, axis: Axis, today: date) -> str:
    outside = "" if today in axis else f" That day lies {'after' if today > axis.last else 'before'} the picture."
    bars = "One bar" if number == 1 else f"{number:,} bars"
    return (
        f"{bars}, each from the day an action began to the day it ended or is due, in the order of the list. "
        f"Drawn for {long_date(today)}.{outside} The list above says the same in words."
    )


def _note(left: int, undated: int) -> str:
    """What the picture leaves out; empty where it shows all."""
    no_bar = f"{count(undated, 'action has', 'actions have')} no date, so no bar." if undated else ""
    closed_or_later = count(left, "closed or later action is", "closed or later actions are")
    return f"{no_bar} {f'To keep it readable, {closed_or_later} left out.' if left else ''}".strip()


def _keys(outlook: Outlook, shown: Sequence[tuple[Action, Span]], bars: Sequence[Bar]) -> list[Key]:
    """What each look that occurs means."""
    courses = {outlook.standing(action).course for action, _ in shown}
    looks = {block.look for bar in bars for block in bar.blocks}
    keys = [_key(*_LOOKS[course]) for course in Course if course in courses]
    if "endless" in looks:
        keys.append(_key("endless", "risk", "risk", "Dashes up to today: no due date"))
    if "point" in looks:
        keys.append(_key("point", "status", "", "Diamond: only one day is certain"))
    return keys


def _key(look: str, role: str, mark: str, words: str) -> Key:
    blocks: tuple[Block, ...] = (Block(look, "0%", "100%", "100%"),)
    if look == "planned":
        blocks = (Block(look, "0%", "45%", "45%"), Block("late", "45%", "55%", "100%"))
    return Key(words, Bar("", role, mark, "", blocks))
