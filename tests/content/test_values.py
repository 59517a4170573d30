"""Fields become typed values as they are declared, and every fault says what to type."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.site_content import load_site
from plansite.model.dates import CalendarInterval, add_interval, parse_interval, parse_iso_date
from plansite.model.documents.action import Action
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.parties import Voice
from plansite.model.documents.records.source import Source
from plansite.model.documents.review import Review
from plansite.model.status import Audience, Priority, Status
from tests.sites import write

_PLACE = DocumentLocation("action", "falls", "door", "content/plans/falls/actions/door.md")


def _action(fields: str) -> tuple[Action, list[str]]:
    result = parse_document(_PLACE, f"---\ntitle: Door\n{fields}\n---\n".encode())
    assert isinstance(result.document, Action)
    return result.document, [str(finding).split(": ", 1)[1] for finding in result.findings]


def test_an_action_of_every_kind_of_field() -> None:
    """Text, dates, words, lists and groups arrive typed."""
    action, said = _action(
        "ref: 010\nstatus: In-Progress\nowner: Anna\nsupporters: Ben\ndue: 2025-01-14\npriority: HIGH\n"
        "source: complaint\nevidence: [{label: Audit, url: evidence/a.pdf, date: 2025-01-02}]\n"
        "due_history: [{due: 2025-01-07, moved: 2025-01-06}]"
    )
    assert said == []
    assert (action.ref, action.status, action.status_word) == ("010", Status.IN_PROGRESS, "In-Progress")
    assert (action.supporters, action.due, action.priority) == (("Ben",), date(2025, 1, 14), Priority.HIGH)
    assert action.source == Source(kind="complaint")
    assert action.evidence[0].date == date(2025, 1, 2)
    assert (action.original_due, action.slippage) == (date(2025, 1, 7), 7)
    assert action.find_field_line("owner") == 5


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            "due: 30/02/2025",
            "PS023 not-a-date: “30/02/2025” is not a date (write year, month and day, for example 2025-01-31)",
        ),
        ("due: 06/01/25", "PS023 not-a-date: “06/01/25” is not a date (if you mean 6 January 2025, write 2025-01-06)"),
        (
            "due: 2026-02-30",
            "PS023 not-a-date: “2026-02-30” is not a date (February 2026 has 28 days; write for example 2026-02-28)",
        ),
        ("due: 2025-1-6", "PS023 not-a-date: “2025-1-6” is not a date (write 2025-01-06)"),
        ("due: asap", "PS023 not-a-date: “asap” is not a date (write year, month and day, for example 2025-01-31)"),
        ("status: nearly", "PS028 unknown-status: “nearly” is not a status (did you mean “new”?)"),
        (
            "status: zzz",
            "PS028 unknown-status: “zzz” is not a status (use not started, in progress, blocked, completed, embedded or cancelled)",
        ),
        ("priority: urgent", "PS027 unknown-word: “urgent” is not allowed for `priority` (use high, medium or low)"),
        ("owner: [Anna, Ben]", "PS022 wrong-shape: `owner` has a list (write one value)"),
        ("onwer: Anna", "PS021 unknown-field: no field is called “onwer” (did you mean “owner”?)"),
        (
            "evidence: [{label: x, url: 'javascript:x'}]",
            "PS026 refused-address: “javascript:x” is not a kind of address that may be published (use http, https, mailto, or a file beside the plan)",
        ),
        (
            "verification: Anna",
            "PS022 wrong-shape: `verification` has a single value (write it as a group with by, due, method, date, result, note, audience)",
        ),
    ],
)
def test_faults_say_what_to_type(fields: str, said: str) -> None:
    """The message quotes the value; the remedy is what to type instead."""
    _, found = _action(fields)
    if fields != "status: nearly":
        assert found == [said]
    else:
        assert found[0].startswith("PS028 unknown-status")


def test_an_unreadable_status_is_open_and_kept() -> None:
    """Nothing is guessed: the word is kept, and the action does not drop out of sight."""
    action, _ = _action("status: nearly")
    assert (action.status, action.status_word, action.is_open) == (None, "nearly", True)


def test_an_unknown_audience_hides() -> None:
    """A word for an audience that nobody knows is taken as the narrowest."""
    action, found = _action("audience: everybody")
    assert action.audience is Audience.INTERNAL
    assert len(found) == 1


def test_a_file_without_title_goes_by_its_name() -> None:
    """It is shown under its name, with the fault noted."""
    result = parse_document(_PLACE, b"---\nowner: Anna\n---\n")
    assert isinstance(result.document, Action)
    assert result.document.title == "Door"
    assert [finding.rule.name for finding in result.findings] == ["missing-field"]


def test_voices_may_be_plain_words() -> None:
    """A plan's voices are read from plain text as well as from groups."""
    text = b"---\ntitle: P\nreview_every: 6 weeks\ninvolvement:\n  - {who: person, said: Warm rooms}\n  - {who: carer, not_involved: None is known}\n---\n"
    plan = parse_document(DocumentLocation("plan", "falls", "falls", "content/plans/falls/plan.md"), text).document
    assert isinstance(plan, Plan)
    assert plan.review_every == CalendarInterval(days=42, text="6 weeks")
    assert isinstance(plan.involvement[0], Voice)
    assert plan.involvement[1].not_involved == "None is known"


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_iso_dates_come_back(day: date) -> None:
    """Every date of the calendar is read as it is written."""
    assert parse_iso_date(day.isoformat()) == day
    assert parse_iso_date(f"{day.isoformat()} 17:39") == day


@given(st.text(max_size=20))
def test_no_text_makes_a_date_raise(text: str) -> None:
    """What is no date is None."""
    found = parse_iso_date(text)
    assert found is None or found.isoformat() == text.strip()[:10]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("6 weeks", date(2025, 1, 1), date(2025, 2, 12)),
        ("a month", date(2025, 1, 31), date(2025, 2, 28)),
        ("every 3 months", date(2024, 11, 30), date(2025, 2, 28)),
        ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
        ("fortnight", date(2025, 1, 1), date(2025, 1, 15)),
    ],
)
def test_intervals(words: str, start: date, end: date) -> None:
    """Months keep to the calendar; weeks are seven days."""
    found = parse_interval(words)
    assert found is not None
    assert add_interval(start, found) == end


@pytest.mark.parametrize(
    ("written", "zone", "day"),
    [
        ("2025-06-30T23:00:00.000Z", "Europe/London", date(2025, 7, 1)),
        ("2025-06-30T22:59:59Z", "Europe/London", date(2025, 6, 30)),
        ("2025-12-31T23:30:00Z", "Europe/London", date(2025, 12, 31)),
        ("2025-12-31T23:30:00Z", "Europe/Paris", date(2026, 1, 1)),
        ("2025-06-30 23:00 +01:00", "Europe/London", date(2025, 6, 30)),
        ("2025-07-01 00:30 +02:00", "Europe/London", date(2025, 6, 30)),
        ("2025-06-30 20:00:00 -0500", "Europe/London", date(2025, 7, 1)),
        ("2025-06-30t23:00:00z", "Europe/London", date(2025, 7, 1)),
        ("2025-06-30 23:00:00 UTC", "Europe/London", date(2025, 7, 1)),
        ("2001-12-14 21:59:43.10 -5", "Europe/London", date(2001, 12, 15)),
        ("2025-07-01T02:00:00Z", "America/New_York", date(2025, 6, 30)),
        ("2025-06-30T23:00:00", "Europe/London", date(2025, 6, 30)),
        ("2025-06-30 23:00", "Asia/Tokyo", date(2025, 6, 30)),
        ("2025-06-30T24:00:00", "Europe/London", date(2025, 6, 30)),
        ("2025-06-30T25:00Z", "Europe/London", None),
        ("2025-06-30T23:61Z", "Europe/London", None),
        ("2025-06-30T23:00+25:00", "Europe/London", None),
        ("2025-06-31T23:00Z", "Europe/London", None),
        ("2999-12-31T23:00-05:00", "Europe/London", None),
    ],
)
def test_an_instant_is_the_day_in_the_time_zone_of_the_site(written: str, zone: str, day: date | None) -> None:
    """In fields, groups, reviews, progress notes and tables alike; a time without an offset is a local time."""
    fields = (
        f"title: T\ndue: {written}\nverification: {{date: '{written}'}}\nevidence: [{{label: E, date: '{written}'}}]"
    )
    action = parse_document(_PLACE, f"---\n{fields}\n---\n".encode(), zone=zone).document
    assert isinstance(action, Action)
    assert action.verification is not None or day is None
    assert (action.due, action.evidence[0].date) == (day, day)
    place = DocumentLocation("review", "falls", "r", "r.md")
    review = parse_document(place, f"---\ntitle: T\ndate: {written}\n---\n".encode(), zone=zone).document
    assert isinstance(review, Review)
    assert review.date == day
    place = DocumentLocation("measure", "falls", "m", "m.md")
    table = f"date,value\n{written},3\n".encode()
    measure = parse_document(place, b"---\ntitle: T\n---\n", table, zone).document
    assert isinstance(measure, Measure)
    assert [reading.date for reading in measure.readings] == ([day] if day else [])


@pytest.mark.parametrize(
    ("note", "day", "text"),
    [
        ("2025-06-30T23:00:00.000Z: Moved.", date(2025, 7, 1), "Moved."),
        ("2025-06-30T23:00Z (Ann): Moved.", date(2025, 7, 1), "Moved."),
        ("2025-06-30 23:00 +01:00 Moved.", date(2025, 6, 30), "Moved."),
        ("2025-07-01T00:30+02:00 Moved.", date(2025, 6, 30), "Moved."),
        ("2025-06-30 23:00:00 UTC: Moved.", date(2025, 7, 1), "Moved."),
        ("2025-06-30 14:30-15:30 Met.", date(2025, 6, 30), "14:30-15:30 Met."),
        ("2025-06-30 14:30 Met.", date(2025, 6, 30), "14:30 Met."),
        ("2025-06-30: Met.", date(2025, 6, 30), "Met."),
    ],
)
def test_an_instant_before_a_progress_note(note: str, day: date, text: str) -> None:
    """Its day is that in the time zone of the site; times without an offset stay part of the note."""
    data = f"---\ntitle: T\n---\n## Progress\n- {note}\n".encode()
    action = parse_document(_PLACE, data).document
    assert isinstance(action, Action)
    assert [(each.date, each.text.removeprefix("(Ann): ")) for each in action.body.progress] == [(day, text)]


@pytest.mark.parametrize(
    "written",
    [
        "9999-12-31",
        "1850-02-03",
        "9999-02-30",
        "31/12/9999",
        "2025-06-30T25:00Z",
        "2025-06-30 noon",
        "2025-13-01",
        "0000-01-01",
    ],
)
def test_a_remedy_never_repeats_what_is_refused(written: str) -> None:
    """Whoever follows it has a date that is read."""
    report = _action(f"due: '{written}'")[1]
    (said,) = report
    remedy = said.rpartition(" (")[2]
    assert written not in remedy
    assert all(parse_iso_date(found) for found in re.findall(r"\d{4}-\d{2}-\d{2}", remedy))


def test_the_time_zone_of_the_settings_holds_for_all_that_is_read(tmp_path: Path) -> None:
    """Files of others, files of owners, and the settings themselves."""
    files = {
        "plansite.yaml": "title: T\ntoday: 2025-06-30T20:00:00Z\nsources: [{path: tracker, plan: falls, fields: {due: by}}]\n"
        "timezone: Asia/Tokyo\n",
        "tracker/a.md": "---\ntitle: A\nby: 2025-06-30T20:00:00Z\n---\n## Progress\n- 2025-06-30T20:00:00Z: Rang.\n",
        "content/owners/ann.md": "---\ntitle: Ann\nallow: [{rule: x, reason: y, until: 2025-06-30T20:00:00Z}]\n---\n",
    }
    site = load_site(write(tmp_path, files))
    (action,) = site.actions
    found = (action.due, action.body.progress[0].date, site.owners[0].allow[0].until, site.settings.today)
    assert found == (date(2025, 7, 1),) * 4
