"""Relative dates become real ones, and nothing else changes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.scaffold.placeholders import RelativeDateError, resolve_relative_dates

START = date(2025, 1, 31)
LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("written", "start", "day"),
    [
        ("+0 days", START, "2025-01-31"),
        ("+1 day", START, "2025-02-01"),
        ("+14 days", START, "2025-02-14"),
        ("+1 week", START, "2025-02-07"),
        ("+6 weeks", START, "2025-03-14"),
        ("+1 fortnight", START, "2025-02-14"),
        ("+1 month", START, "2025-02-28"),
        ("+13 months", LEAP, "2029-03-29"),
        ("+1 year", LEAP, "2029-02-28"),
        ("+4 years", LEAP, "2032-02-29"),
    ],
)
def test_every_form_of_a_relative_date(written: str, start: date, day: str) -> None:
    """As a field's value, quoted or not, before a comment, and inside a group on one line."""
    for before, after in (
        ("due: ", ""),
        ('due: "', '"'),
        ("due:  '", "'"),
        ("  due: ", "   # soon"),
        ("v: {due: ", "}"),
    ):
        mark = after[:1] if after[:1] in "\"'" else ""
        expected = f"---\n{before.removesuffix(mark)}{day}{after.removeprefix(mark)}\n---\nText\n"
        assert resolve_relative_dates(f"---\n{before}{written}{after}\n---\nText\n", start) == expected


def test_days_are_not_moved_off_a_weekend() -> None:
    """Saturday stays Saturday: homes and families have no weekends."""
    assert resolve_relative_dates("---\ndue: +1 day\n---\n", START) == "---\ndue: 2025-02-01\n---\n"
    assert date(2025, 2, 1).isoweekday() == 6


def test_in_a_sentence_the_date_is_in_words() -> None:
    """In a field and in the text below, wherever the braces stand."""
    template = "---\ntime_bound: By {+3 months}.\n---\nUntil {+1 day}, {+1 week}.\n- [ ] Ring by {+2 days}\n"
    assert resolve_relative_dates(template, START) == (
        "---\ntime_bound: By 30 April 2025.\n---\nUntil 1 February 2025, 7 February 2025.\n- [ ] Ring by 2 February 2025\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "---\ntelephone: +44 20 7946 0000\n---\n",
        "---\nsaid: We need +2 nurses\n---\n",
        "---\nsaid: It is due in +14 days time\n---\n",
        "---\ntitle: x\n---\nIn the text: +14 days\n",
        "No fields at all: +14 days\n",
        "---\ntitle: {title}\n---\n{start}\n",
    ],
)
def test_other_text_stays(text: str) -> None:
    """A plus sign alone makes no date, and the places for values are somebody else's business."""
    assert resolve_relative_dates(text, START) == text


@pytest.mark.parametrize(
    "slip", ["{+14 dayz}", "{+ 14 days}", "{+14}", "{+a week}", "{+2 weeks and 1 day}", "{+14 days"]
)
def test_a_slip_in_braces_is_named_with_its_line(slip: str) -> None:
    """Braces with a plus sign are meant as a date; what is none does not reach a plan."""
    with pytest.raises(RelativeDateError) as caught:
        resolve_relative_dates(f"---\ntitle: A\n---\nBy {{+1 day}}\nor {slip}\n", START)
    assert str(caught.value) == f"5: “{slip}” is no date; write it like {{+14 days}} or {{+3 months}}"


@given(st.text())
def test_lines_keep_their_places(text: str) -> None:
    """So that a message about the new file names the line of the template, too."""
    try:
        assert resolve_relative_dates(text, START).count("\n") == text.replace("\r\n", "\n").count("\n")
    except RelativeDateError:
        assert "{+" in text


def test_the_table_of_the_documentation_holds(project: Path) -> None:
    """What writers are told is what comes out."""
    text = (project / "docs/templates.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+: \+.+)` \| `(.+)` \|$", text, re.MULTILINE)
    assert len(rows) == 4
    for written, becomes in rows:
        assert resolve_relative_dates(f"---\n{written}\n---\n", date(2025, 1, 20)) == f"---\n{becomes}\n---\n"
    assert resolve_relative_dates("By {+14 days}.", date(2025, 1, 20)) in text
