"""Fields become typed values as they are declared, and every fault says what to type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.model.action import Action
from plansite.model.dates import CalendarInterval, add_interval, parse_interval, parse_iso_date
from plansite.model.field_groups import Source, Voice
from plansite.model.plan import Plan
from plansite.model.status import Audience, Priority, Status

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
        ("status: nearly", "PS028 unknown-status: “nearly” is no status (did you mean “new”?)"),
        (
            "status: zzz",
            "PS028 unknown-status: “zzz” is no status (write one of: not started, in progress, blocked, completed, embedded, cancelled)",
        ),
        ("priority: urgent", "PS027 unknown-word: “urgent” is no priority (write one of: high, medium, low)"),
        ("owner: [Anna, Ben]", "PS022 wrong-shape: `owner` holds a list (write one value)"),
        ("onwer: Anna", "PS021 unknown-field: no field is called “onwer” (did you mean “owner”?)"),
        (
            "evidence: [{label: x, url: 'javascript:x'}]",
            "PS026 refused-address: “javascript:x” is not an address that may be published (use http, https, mailto, or a file beside the plan)",
        ),
        (
            "verification: Anna",
            "PS022 wrong-shape: `verification` holds a single value (write it as a group with by, due, method, date, result, note, audience)",
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
