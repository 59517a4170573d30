"""Calendar files: one all-day event for each thing that is due, with reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from plansite.exports.calendars.calendar_text import escape_text, format_property
from plansite.exports.calendars.event_ids import build_event_id
from plansite.exports.calendars.events import CalendarEvent, CalendarEventKind
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.formatting import format_long_date
from plansite.model.site import Site

#: How many checks of a series a calendar has: a year of weekly ones. Others follow as checks are made.
MAX_SERIES = 52
#: How many days before its day an event reminds people, the duration up to the start of that day, and the words.
#: Reminders come at nine in the morning: 15 hours before midnight.
_ALARMS = ((7, "-P6DT15H", "In a week"), (1, "-PT15H", "Tomorrow"))
_OWNER_LABELS = {
    CalendarEventKind.ACTION: "Owner",
    CalendarEventKind.REVIEW: "Plan lead",
    CalendarEventKind.NOTICE: "Plan lead",
    CalendarEventKind.EXPIRY: "Kept by",
}
#: A file needs a component, so one without events describes the time zone that has no rules.
_NO_EVENTS = (
    "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZNAME:UTC\r\n"
    "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def format_calendar(title: str, today: date, events: Iterable[str]) -> str:
    """The text of a calendar file, from the texts of its events. `title` is the name that other calendars show."""
    name, note = escape_text(title), escape_text(f"What is still to be done. As at {format_long_date(today)}.")
    lines = (
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//plansite//Shared action plans//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("DESCRIPTION", note),
        ("X-WR-CALDESC", note),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT12H"),
        ("X-PUBLISHED-TTL", "PT12H"),
    )
    head = "".join(format_property(*line) for line in lines)
    return f"{head}{''.join(events) or _NO_EVENTS}END:VCALENDAR\r\n"


def is_near(event: CalendarEvent) -> bool:
    """Whether a calendar file has the event: of a long series, it has the next `MAX_SERIES`."""
    return event.position < MAX_SERIES


def format_event(dated_site: SiteOnDate, event: CalendarEvent) -> str:
    """The text of an event (VEVENT). Its time stamp is the day of the site, so that a later copy replaces it."""
    site, today = dated_site.site, dated_site.today
    summary = f"Due: {event.title}" if event.kind is CalendarEventKind.ACTION else event.title
    address = _build_address(site, event.page)
    return (
        f"BEGIN:VEVENT\r\nUID:{build_event_id(site, event)}\r\nDTSTAMP:{_format_day(today)}T000000Z\r\n"
        f"DTSTART;VALUE=DATE:{_format_day(event.day)}\r\nDTEND;VALUE=DATE:{_format_day(add_days(event.day, 1))}\r\n"
        f"{format_property('SUMMARY', escape_text(summary))}"
        f"{format_property('DESCRIPTION', escape_text(_describe(event, address)))}"
        f"CATEGORIES:{event.kind.capitalize()}\r\nTRANSP:TRANSPARENT\r\n"
        f"{format_property('URL', address) if address else ''}"
        f"{_format_alarms(event, summary) if event.day >= today else ''}END:VEVENT\r\n"
    )


def _describe(event: CalendarEvent, address: str) -> str:
    """Who does it, in which plan, and where to read more, in one line each."""
    owner = f"{_OWNER_LABELS.get(event.kind, 'Checked by')}: {event.owner}"
    number = f"Action number: {event.number}" if event.number else ""
    return "\n".join(filter(None, (owner, f"Plan: {event.plan}", number, address)))


def _format_alarms(event: CalendarEvent, summary: str) -> str:
    """The reminders of an event. One that would come before the check before it is left out."""
    return "".join(
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\n"
        f"{format_property('DESCRIPTION', escape_text(f'{words}: {summary}'))}"
        f"TRIGGER:{trigger}\r\nEND:VALARM\r\n"
        for days, trigger, words in _ALARMS
        if event.interval is None or days < event.interval
    )


def _build_address(site: Site, page: str) -> str:
    base = site.settings.base_url.rstrip("/")
    return f"{base}/{quote(page)}" if base else ""


def _format_day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"
