"""Calendar files: what an independent reader finds in them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from plansite.content.site_content import load_site
from plansite.exports.calendars.calendar_file import MAX_SERIES, format_calendar, format_event, is_near
from plansite.exports.calendars.events import list_calendar_events
from plansite.model.assessment import SiteOnDate
from tests.sites import write

_ACTION = "content/plans/warm/actions/mend.md"


def _read(tmp_path: Path, fields: str, *, today: date = date(2025, 1, 20), base_url: str = "") -> Any:
    """The calendar of a site with one action, as icalendar reads it."""
    settings = f"title: T\n{f'base_url: {base_url}' if base_url else ''}\n"
    files = {
        "plansite.yaml": settings,
        "content/plans/warm/plan.md": "---\ntitle: Warm rooms\n---\n",
        _ACTION: f"---\ntitle: Mend, and paint\n{fields}\n---\n",
    }
    site = SiteOnDate(load_site(write(tmp_path, files)), today)
    events = [event for event in list_calendar_events(site, site.site.plans[0]) if is_near(event)]
    return _parse(format_calendar("Warm rooms", today, [format_event(site, event) for event in events]))


def _parse(text: str) -> Any:
    calendar: Any = icalendar.Calendar.from_ical(text.encode())
    assert calendar.errors == []
    assert all(component.errors == [] for component in calendar.walk())
    return calendar


def _alarms(event: Any) -> list[str]:
    """When an event reminds people, in the time of wherever they are."""
    start = datetime.combine(event["DTSTART"].dt, time(), UTC)
    return [f"{start + alarm['TRIGGER'].dt:%Y-%m-%d %H:%M}" for alarm in event.walk("VALARM")]


def test_an_action_is_an_event_of_a_whole_day(tmp_path: Path) -> None:
    """Its day, title, owner, plan and page; it leaves people free, and has the day of the site as its time stamp."""
    (event,) = _read(tmp_path, "ref: 7\nowner: Cook\ndue: 2025-01-31", base_url="https://plans.example.org/home/").walk(
        "VEVENT"
    )
    page = "https://plans.example.org/home/plans/warm/actions/mend.html"
    assert {name: getattr(value, "dt", None) or str(value) for name, value in event.items() if name != "UID"} == {
        "DTSTAMP": datetime(2025, 1, 20, tzinfo=UTC),
        "DTSTART": date(2025, 1, 31),
        "DTEND": date(2025, 2, 1),
        "SUMMARY": "Due: Mend, and paint",
        "DESCRIPTION": f"Owner: Cook\nPlan: Warm rooms\nAction number: 7\n{page}",
        "CATEGORIES": str(event["CATEGORIES"]),
        "TRANSP": "TRANSPARENT",
        "URL": page,
    }
    assert [str(each) for each in event["CATEGORIES"].cats] == ["Action"]


def test_reminders_come_a_week_and_a_day_before(tmp_path: Path) -> None:
    """At nine in the morning, with the words of the event."""
    (event,) = _read(tmp_path, "due: 2025-01-31").walk("VEVENT")
    assert _alarms(event) == ["2025-01-24 09:00", "2025-01-30 09:00"]
    assert [(str(alarm["ACTION"]), str(alarm["DESCRIPTION"])) for alarm in event.walk("VALARM")] == [
        ("DISPLAY", "In a week: Due: Mend, and paint"),
        ("DISPLAY", "Tomorrow: Due: Mend, and paint"),
    ]


@pytest.mark.parametrize(
    ("due", "number"), [("2025-01-19", 0), ("2025-01-20", 2), ("2025-01-21", 2)], ids=["yesterday", "today", "tomorrow"]
)
def test_what_is_late_reminds_nobody_of_its_day(tmp_path: Path, due: str, number: int) -> None:
    """It stays in the calendar, on the day on which it was due."""
    (event,) = _read(tmp_path, f"due: {due}").walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == due
    assert len(_alarms(event)) == number


@pytest.mark.parametrize(
    ("every", "leads"), [("1 day", []), ("2 days", [1]), ("1 week", [1]), ("8 days", [1, 7]), ("1 month", [1, 7])]
)
def test_a_frequent_check_reminds_less_early(tmp_path: Path, every: str, leads: list[int]) -> None:
    """A reminder comes after the check before: nobody is told a week ahead of what is done each day."""
    interim = f"interim: {{control: A heater is lit, every: {every}, next: 2025-02-10}}"
    (event,) = _read(tmp_path, interim).walk("VEVENT")
    expected = {7: "2025-02-03 09:00", 1: "2025-02-09 09:00"}
    assert sorted(_alarms(event)) == sorted(expected[lead] for lead in leads)


def test_a_long_series_has_its_next_events(tmp_path: Path) -> None:
    """A year of weekly checks, from the next one on."""
    fields = "status: completed\ncompleted: 2024-12-01\nrepeat: every week for 3 years"
    days = [event["DTSTART"].dt for event in _read(tmp_path, fields).walk("VEVENT")]
    assert days == [date(2024, 12, 8) + timedelta(7 * number) for number in range(MAX_SERIES)]


def test_a_site_without_an_address_has_events_without_one(tmp_path: Path) -> None:
    """They say no more than what is known."""
    (event,) = _read(tmp_path, "due: 2025-01-31").walk("VEVENT")
    assert ("URL" in event, str(event["DESCRIPTION"])) == (False, "Owner: No owner yet\nPlan: Warm rooms")


@pytest.mark.parametrize("fields", ["due: 2025-01-31", "created: 2025-01-02"], ids=["an event", "no event"])
def test_a_file_says_what_it_is(tmp_path: Path, fields: str) -> None:
    """Its name, its day, and how often to look for changes; also without events it has a component, as it must."""
    calendar = _read(tmp_path, fields)
    assert {name: str(calendar[name]) for name in ("VERSION", "METHOD", "X-WR-CALNAME", "NAME", "X-WR-CALDESC")} == {
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "X-WR-CALNAME": "Warm rooms",
        "NAME": "Warm rooms",
        "X-WR-CALDESC": "What is still to be done. As at 20 January 2025.",
    }
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert len(calendar.subcomponents) == 1


@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31"])
def test_the_first_and_the_last_day(tmp_path: Path, day: str) -> None:
    """Years that files may have."""
    (event,) = _read(tmp_path, f"due: {day}").walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == day


def test_the_name_of_a_calendar_is_a_text() -> None:
    """Its signs are escaped as those of other texts."""
    assert "\r\nX-WR-CALNAME:Warm\\; dry\\, safe\\nrooms\r\n" in format_calendar(
        "Warm; dry, safe\nrooms", date(2025, 1, 20), ()
    )
