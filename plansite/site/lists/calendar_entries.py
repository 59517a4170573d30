"""The entries of the calendar: actions with a due date, checks, reviews, replies, and evidence that expires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.exports.calendars.events import CalendarEvent, CalendarEventKind
from plansite.model.formatting import format_count, format_list, shorten


class CalendarEntryKind(StrEnum):
    """What is due: finishing an action, checking one, reviewing a plan, answering a notice; or evidence expires."""

    ACTION = "action"
    CHECK = "check"
    REVIEW = "review"
    NOTICE = "notice"
    EXPIRY = "expiry date"


#: How many characters of an interim control an entry shows.
_MAX_CONTROL_LENGTH = 60
#: The kinds of events by name; all others are checks.
_ENTRY_KINDS = {
    CalendarEventKind.ACTION: CalendarEntryKind.ACTION,
    CalendarEventKind.REVIEW: CalendarEntryKind.REVIEW,
    CalendarEventKind.NOTICE: CalendarEntryKind.NOTICE,
    CalendarEventKind.EXPIRY: CalendarEntryKind.EXPIRY,
}
_KIND_ORDER = {kind: number for number, kind in enumerate(CalendarEntryKind)}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that is due on a day.

    `first_day` orders the entries of a day: for a recurring check it is the day of the next one, else `day`. `page` is
    the output path of its page. `owner` is the name of the owner or checker as pages show it. `plan` is the title of
    the plan; empty for a review, whose own title names the plan.
    """

    day: date
    kind: CalendarEntryKind
    first_day: date
    title: str
    page: str
    owner: str
    plan: str


EntriesByDay = Mapping[date, tuple[CalendarEntry, ...]]


def group_entries_by_day(entries: Iterable[CalendarEntry]) -> EntriesByDay:
    """Entries by day, in the order of days; on each day actions, then checks, reviews, notices and expiry dates.

    `entries` are those of `list_calendar_entries` of each plan, in the order of plans.
    """
    by_day: dict[date, list[CalendarEntry]] = defaultdict(list)
    for entry in sorted(entries, key=_sort_key):
        by_day[entry.day].append(entry)
    return {day: tuple(entries_of_day) for day, entries_of_day in by_day.items()}


def _sort_key(entry: CalendarEntry) -> tuple[date, int, date]:
    return entry.day, _KIND_ORDER[entry.kind], entry.first_day


def list_calendar_entries(events: Iterable[CalendarEvent]) -> Iterator[CalendarEntry]:
    """The entries of the calendar on pages, in the order of the events of a plan."""
    for event in events:
        is_interim = event.kind is CalendarEventKind.INTERIM_CHECK
        yield CalendarEntry(
            day=event.day,
            kind=_ENTRY_KINDS.get(event.kind, CalendarEntryKind.CHECK),
            first_day=event.series_start,
            title=shorten(event.title, _MAX_CONTROL_LENGTH) if is_interim else event.title,
            page=event.page,
            owner=event.owner,
            plan="" if event.kind is CalendarEventKind.REVIEW else event.plan,
        )


def format_counts(counts: Mapping[CalendarEntryKind, int]) -> str:
    """The counts in words, "4 actions, 2 checks and 1 review"; empty for none."""
    return format_list([format_count(counts[kind], kind.value) for kind in CalendarEntryKind if counts.get(kind)])
