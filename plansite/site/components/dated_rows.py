"""What comes and goes with the day: rows carried hidden until they belong, and words that change by themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.formatting import format_count
from plansite.site.components.page import Link
from plansite.site.components.widgets import ActionRow, FinishedRow

#: How many days ahead a page can tell the truth without being built anew.
DAYS_AHEAD = 31


@dataclass(frozen=True, slots=True)
class DatedText:
    """Words, and what they become on later days: `2025-01-22=6 actions|2025-01-25=7 actions`."""

    words: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Visibility:
    """When something shows: hidden until the day it joins, None if it shows today; gone from the day it leaves."""

    joins: date | None = None
    leaves: date | None = None


ALWAYS_VISIBLE = Visibility()


@dataclass(frozen=True, slots=True)
class DatedRow:
    """A row of a list, and when it shows."""

    row: ActionRow | FinishedRow
    shown: Visibility = ALWAYS_VISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """Entries under a heading, and when the whole shows; `tail` is said after the entries."""

    key: str
    title: Link
    note: DatedText
    entries: tuple[DatedRow, ...] = ()
    shown: Visibility = ALWAYS_VISIBLE
    tail: DatedText = DatedText()


@dataclass(frozen=True, slots=True)
class DueRange:
    """Which rows stand together: those from `first` to `last` days late, negative before the date; None is no bound."""

    key: str
    title: str
    first: int | None
    last: int | None


def add_days(day: date, number: int) -> date:
    """So many days later, within the days there are."""
    return date.fromordinal(min(max(day.toordinal() + number, 1), date.max.toordinal()))


def list_covered_days(today: date) -> list[date]:
    """Today and each day that a page speaks for ahead."""
    return [add_days(today, number) for number in range(DAYS_AHEAD + 1)]


def build_dated_text(describe: Callable[[date], str], today: date) -> DatedText:
    """What is said today, and each later day on which something else is said. No word may hold `|`."""
    last = words = describe(today)
    later = []
    for day in list_covered_days(today)[1:]:
        now = describe(day)
        if now != last:
            later.append(f"{day.isoformat()}={now}")
        last = now
    return DatedText(words, "|".join(later))


def group_rows_in_range(
    due_range: DueRange, rows: Iterable[ActionRow], today: date, noun: str = "action"
) -> RowGroup | None:
    """The rows of a band in the order given, today's and those that will join; None where there are none."""
    entries = tuple(entry for row in rows if (entry := _build_dated_row(due_range, row, today)))
    return build_dated_group(due_range.key, due_range.title, entries, today, noun) if entries else None


def build_dated_group(key: str, title: str, entries: tuple[DatedRow, ...], today: date, noun: str) -> RowGroup:
    """A group that counts its entries day by day, and shows itself while it has any."""
    present = build_visible_counter(entries, today)
    shown = find_visibility(lambda day: present(day) > 0, today) or ALWAYS_VISIBLE
    note = build_dated_text(lambda day: format_count(present(day), noun), today)
    return RowGroup(key=key, title=Link(title), note=note, entries=entries, shown=shown)


def build_plain_group(key: str, title: Link, rows: Iterable[ActionRow | FinishedRow], noun: str = "action") -> RowGroup:
    """A group whose entries do not depend on the day."""
    entries = tuple(DatedRow(row) for row in rows)
    return RowGroup(key=key, title=title, note=DatedText(format_count(len(entries), noun)), entries=entries)


def build_visible_counter(entries: Sequence[DatedRow], today: date) -> Callable[[date], int]:
    """How many of these entries show on a day, from today on."""
    begins = sorted(entry.shown.joins or today for entry in entries)
    ends = sorted(entry.shown.leaves for entry in entries if entry.shown.leaves)
    return lambda day: bisect_right(begins, day) - bisect_right(ends, day)


def find_visibility(condition: Callable[[date], bool], today: date) -> Visibility | None:
    """From the first day on which this holds to the last; None where it does on no day that a page speaks for."""
    days = list_covered_days(today)
    held = [number for number, day in enumerate(days) if condition(day)]
    if not held:
        return None
    return Visibility(days[held[0]] if held[0] else None, days[held[-1] + 1] if held[-1] < DAYS_AHEAD else None)


def _build_dated_row(due_range: DueRange, row: ActionRow, today: date) -> DatedRow | None:
    if row.due is None:
        return None
    joins = today if due_range.first is None else add_days(row.due, due_range.first)
    leaves = None if due_range.last is None else add_days(row.due, due_range.last + 1)
    horizon = add_days(today, DAYS_AHEAD)
    if joins > horizon or (leaves is not None and leaves <= today):
        return None
    return DatedRow(row, Visibility(joins if joins > today else None, leaves if leaves and leaves <= horizon else None))
