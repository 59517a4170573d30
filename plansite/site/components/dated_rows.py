"""Rows and texts that change with the day.

A page holds what it shows today and on each of the next `DAYS_AHEAD` days. A script shows, hides and replaces parts of
it when the day comes, so that a site that nobody builds again stays correct for that long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_days
from plansite.model.formatting import format_count
from plansite.site.components.drawn_rows import DrawnRow
from plansite.site.components.page import Link
from plansite.site.components.table_rows import TableRow
from plansite.site.components.widgets import ActionRow, FinishedRow

#: For how many days after its own a page is correct without being built again.
DAYS_AHEAD = 31
#: A row that may have a due date.
DueRow = ActionRow | TableRow | DrawnRow


@dataclass(frozen=True, slots=True)
class DatedText:
    """A text, and what replaces it on later days: `2025-01-22=6 actions|2025-01-25=7 actions`.

    `reach` is the last day for which it is known; None if it stays known for ever.
    """

    words: str = ""
    later: str = ""
    reach: date | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Visibility:
    """The days on which something shows: from `joins` (None if it shows today) to the day before `leaves`.

    From the first day in `turns` on it shows again, from the next on it does not, and so on.
    """

    joins: date | None = None
    leaves: date | None = None
    turns: tuple[date, ...] = ()


ALWAYS_VISIBLE = Visibility()


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A row of a list, and when it shows."""

    row: ActionRow | FinishedRow | TableRow | DrawnRow
    shown: Visibility = ALWAYS_VISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Rows under a heading, and when the group shows; `tail` is a text after the rows.

    `reach` is the last day for which the rows are known; None if they do not depend on the day.
    """

    key: str
    title: Link
    note: DatedText
    entries: tuple[DatedRow, ...] = ()
    shown: Visibility = ALWAYS_VISIBLE
    tail: DatedText = DatedText()
    reach: date | None = None


@dataclass(frozen=True, slots=True)
class DueRange:
    """A group by lateness: rows from `first` to `last` days late, negative before the due date; None is no bound."""

    key: str
    title: str
    first: int | None
    last: int | None


def list_covered_days(today: date) -> list[date]:
    """Today and the next `DAYS_AHEAD` days."""
    return [add_days(today, number) for number in range(DAYS_AHEAD + 1)]


def find_reach(today: date) -> date:
    """The last covered day."""
    return add_days(today, DAYS_AHEAD)


def build_dated_text(
    describe: Callable[[date], str],
    today: date,
    change_days: Iterable[date] | None = None,
    *,
    reach: date | None = None,
) -> DatedText:
    """The text for today, and for each day up to `reach` on which it changes. No text may contain `|`.

    `change_days` are the days on which it may change and no others, also beyond `reach`. Left out, it may change on any
    day. `reach` is the last covered day if left out.
    """
    reach = reach or find_reach(today)
    if change_days is None:
        days, is_constant = list_covered_days(today)[1:], False
    else:
        later_days = sorted({day for day in change_days if day > today})
        days = [day for day in later_days if day <= reach]
        is_constant = len(days) == len(later_days)
    previous = words = describe(today)
    later = []
    for day in days:
        text = describe(day)
        if text != previous:
            later.append(f"{day.isoformat()}={text}")
        previous = text
    return DatedText(words, "|".join(later), None if is_constant else reach)


def build_text_of_dates(describe: Callable[[date], str], today: date, dues: Iterable[date]) -> DatedText:
    """A text that changes when one of these few dates has passed, and with the year. It is known for ever."""
    next_year = add_days(date(today.year, 12, 31), 1)
    return build_dated_text(describe, today, (*list_days_after(dues), next_year), reach=date.max)


def list_days_after(dues: Iterable[date]) -> Iterator[date]:
    """The days on which what was due on these days becomes late."""
    return (add_days(due, 1) for due in dues)


def group_rows_in_range(
    due_range: DueRange, rows: Iterable[DueRow], today: date, noun: str = "action"
) -> RowGroup | None:
    """The rows that are in the range today or on a covered day, in the order given; None if there are none."""
    entries = tuple(entry for row in rows if (entry := _build_dated_row(due_range, row, today)))
    return build_dated_group(due_range.key, due_range.title, entries, today, noun) if entries else None


def build_dated_group(key: str, title: str, entries: tuple[DatedRow, ...], today: date, noun: str) -> RowGroup:
    """A group with the number of its rows on each day, which shows while it has any."""
    count_on = build_visible_counter(entries, today)
    shown = find_visibility(lambda day: count_on(day) > 0, today) or ALWAYS_VISIBLE
    note = build_dated_text(lambda day: format_count(count_on(day), noun), today)
    return RowGroup(key=key, title=Link(title), note=note, entries=entries, shown=shown, reach=find_reach(today))


def build_plain_group(
    key: str, title: Link, rows: Iterable[ActionRow | FinishedRow | TableRow | DrawnRow], noun: str = "action"
) -> RowGroup:
    """A group whose rows do not depend on the day."""
    entries = tuple(DatedRow(row) for row in rows)
    return RowGroup(key=key, title=title, note=DatedText(format_count(len(entries), noun)), entries=entries)


def build_visible_counter(entries: Sequence[DatedRow], today: date) -> Callable[[date], int]:
    """A function from a day, today or later, to the number of these rows that show on it."""
    spans = [span for entry in entries for span in list_visible_spans(entry.shown, today)]
    begins = sorted(begin for begin, _ in spans)
    ends = sorted(end for _, end in spans if end)
    return lambda day: bisect_right(begins, day) - bisect_right(ends, day)


def list_visible_spans(shown: Visibility, today: date) -> Iterator[tuple[date, date | None]]:
    """The spans of days on which something shows, each with the first day after it, None for one without end."""
    yield shown.joins or today, shown.leaves
    for number in range(0, len(shown.turns), 2):
        yield shown.turns[number], next(iter(shown.turns[number + 1 :]), None)


def find_time_late(due: date | None, today: date) -> Visibility:
    """When something shows that says that a day has passed. Without a day it is not to be used."""
    return Visibility(add_days(due, 1) if due and due >= today else None)


def find_time_before_late(due: date | None, today: date) -> Visibility | None:
    """When something shows that says that a day has not passed yet; None if it has."""
    if due is None:
        return ALWAYS_VISIBLE
    return Visibility(None, add_days(due, 1)) if due >= today else None


def find_visibility(
    condition: Callable[[date], bool], today: date, change_days: Iterable[date] | None = None
) -> Visibility | None:
    """When the condition holds on covered days; None if it holds on none of them.

    It changes on `change_days` and no others, those that are not covered among them; left out, on any day.
    """
    holds = was_held = condition(today)
    turns = []
    if change_days is None:
        later_days = list_covered_days(today)[1:]
    else:
        reach = find_reach(today)
        later_days = sorted({day for day in change_days if today < day <= reach})
    for day in later_days:
        if condition(day) != holds:
            holds = not holds
            turns.append(day)
    if not was_held and not turns:
        return None
    joins = None if was_held else turns.pop(0)
    return Visibility(joins, turns[0] if turns else None, tuple(turns[1:]))


def _build_dated_row(due_range: DueRange, row: DueRow, today: date) -> DatedRow | None:
    if row.due is None:
        return None
    joins = today if due_range.first is None else add_days(row.due, due_range.first)
    leaves = None if due_range.last is None else add_days(row.due, due_range.last + 1)
    horizon = add_days(today, DAYS_AHEAD)
    if joins > horizon or (leaves is not None and leaves <= today):
        return None
    return DatedRow(row, Visibility(joins if joins > today else None, leaves if leaves and leaves <= horizon else None))
