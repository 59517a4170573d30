"""What comes and goes with the day: rows carried hidden until they belong, and words that change by themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.words import count
from plansite.site.page import Link
from plansite.site.parts import Done, Row

#: How many days ahead a page can tell the truth without being built anew.
AHEAD = 31


@dataclass(frozen=True, slots=True)
class Changing:
    """Words, and what they become on later days: `2025-01-22=6 actions|2025-01-25=7 actions`."""

    words: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """When something shows: hidden until the day it joins, None if it shows today; gone from the day it leaves."""

    joins: date | None = None
    leaves: date | None = None


ALWAYS = Shown()


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list, and when it shows."""

    row: Row | Done
    shown: Shown = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under a heading, and when the whole shows; `tail` is said after the entries."""

    key: str
    title: Link
    note: Changing
    entries: tuple[Entry, ...] = ()
    shown: Shown = ALWAYS
    tail: Changing = Changing()


@dataclass(frozen=True, slots=True)
class Band:
    """Which rows stand together: those from `first` to `last` days late, negative before the date; None is no bound."""

    key: str
    title: str
    first: int | None
    last: int | None


def shifted(day: date, number: int) -> date:
    """So many days later, within the days there are."""
    return date.fromordinal(min(max(day.toordinal() + number, 1), date.max.toordinal()))


def coming(today: date) -> list[date]:
    """Today and each day that a page speaks for ahead."""
    return [shifted(today, number) for number in range(AHEAD + 1)]


def changing(said: Callable[[date], str], today: date) -> Changing:
    """What is said today, and each later day on which something else is said. No word may hold `|`."""
    last = words = said(today)
    later = []
    for day in coming(today)[1:]:
        now = said(day)
        if now != last:
            later.append(f"{day.isoformat()}={now}")
        last = now
    return Changing(words, "|".join(later))


def filled(band: Band, rows: Iterable[Row], today: date, noun: str = "action") -> Group | None:
    """The rows of a band in the order given, today's and those that will join; None where there are none."""
    entries = tuple(entry for row in rows if (entry := _entry(band, row, today)))
    return dated_group(band.key, band.title, entries, today, noun) if entries else None


def dated_group(key: str, title: str, entries: tuple[Entry, ...], today: date, noun: str) -> Group:
    """A group that counts its entries day by day, and shows itself while it has any."""
    present = presence(entries, today)
    shown = shown_while(lambda day: present(day) > 0, today) or ALWAYS
    note = changing(lambda day: count(present(day), noun), today)
    return Group(key=key, title=Link(title), note=note, entries=entries, shown=shown)


def plain_group(key: str, title: Link, rows: Iterable[Row | Done], noun: str = "action") -> Group:
    """A group whose entries do not depend on the day."""
    entries = tuple(Entry(row) for row in rows)
    return Group(key=key, title=title, note=Changing(count(len(entries), noun)), entries=entries)


def presence(entries: Sequence[Entry], today: date) -> Callable[[date], int]:
    """How many of these entries show on a day, from today on."""
    begins = sorted(entry.shown.joins or today for entry in entries)
    ends = sorted(entry.shown.leaves for entry in entries if entry.shown.leaves)
    return lambda day: bisect_right(begins, day) - bisect_right(ends, day)


def shown_while(holds: Callable[[date], bool], today: date) -> Shown | None:
    """From the first day on which this holds to the last; None where it does on no day that a page speaks for."""
    days = coming(today)
    held = [number for number, day in enumerate(days) if holds(day)]
    if not held:
        return None
    return Shown(days[held[0]] if held[0] else None, days[held[-1] + 1] if held[-1] < AHEAD else None)


def _entry(band: Band, row: Row, today: date) -> Entry | None:
    if row.due is None:
        return None
    joins = today if band.first is None else shifted(row.due, band.first)
    leaves = None if band.last is None else shifted(row.due, band.last + 1)
    horizon = shifted(today, AHEAD)
    if joins > horizon or (leaves is not None and leaves <= today):
        return None
    return Entry(row, Shown(joins if joins > today else None, leaves if leaves and leaves <= horizon else None))
