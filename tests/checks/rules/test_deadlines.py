"""Deadlines written into a text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.checks.rules.deadlines import find_deadlines
from tests.checks.tiny_sites import ACTION, action, broken, checked

SIXTH = date(2025, 1, 6)
FIELDS = "created: 2025-01-01\ndue: 2025-01-07\n"


@pytest.mark.parametrize(
    "text",
    [
        "Mended by 06/01/25, before the cold",
        "It is due 6.1.2025.",
        "Due on 6 January 2025",
        "Due date: 6 Jan 2025",
        "no later than the 6th January 2025",
        "before Monday, 6 January 2025",
        "BY MONDAY 6 JANUARY 2025",
        "until   2025-01-06 at noon",
        "The deadline is 06-01-2025 (agreed)",
    ],
)
def test_ways_to_write_a_deadline(text: str) -> None:
    """However people write a deadline with a whole date, day first, it is read."""
    assert [day for _, day in find_deadlines(text)] == [SIXTH]


@pytest.mark.parametrize(
    "text",
    [
        "The firm came on 6 January 2025.",
        "by 6 January",
        "by 31/02/2025",
        "standby 06/01/25",
        "by 06/01/2525/3",
        "by room 06/01",
        "by 2025-01-061",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    """A date without a word for a deadline, half a date and no date are passed over."""
    assert list(find_deadlines(text)) == []


@given(st.text("by due0123456789/.- Januory\n"))
def test_any_text_is_read(text: str) -> None:
    """Whatever is written, what is found stands in the text."""
    plain = " ".join(text.split())
    assert all(written in plain for written, _ in find_deadlines(text))


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("", "Wanted by 7 January 2025.\n"),
        ("due_history: [{due: 2025-01-06, reason: Late part}]", "Wanted by 6 January 2025 at first.\n"),
        ("verification: {by: GP, due: 2025-03-01}", "The GP looks at it before 1 March 2025.\n"),
        ("", "Out of order until 3 December 2024.\n"),
        ("", "## Steps\n- [ ] Order the part by 6 January 2025\n"),
        ("", "## Progress\n- 2025-01-02: The firm comes by 6 January 2025.\n"),
        ("", "## Outcome\nIt was warm by 6 January 2025.\n"),
        ("", "## Progress\n- 2025-01-02: One.\n\n  It comes by 6 January 2025.\n"),
        ("due: 2025-01-07", "## Barriers\nThe plan itself runs until 30 June 2025.\n"),
    ],
)
def test_deadlines_that_agree(tmp_path: Path, fields: str, body: str) -> None:
    """The due date, an earlier one, the day of the check, history, an early step and progress contradict nothing."""
    found = broken(
        tmp_path,
        (FIELDS if "due: 2025-01-07" not in fields else "created: 2025-01-01\n") + fields,
        body,
        plan="end: 2025-06-30",
    )
    assert "contradicting-deadline" not in found


@pytest.mark.parametrize(
    "body",
    [
        "Wanted by 06/01/25.\n",
        "Line one.\nStill one paragraph, due\n8 January 2025.\n",
        "## Steps\n- [ ] Order the part by 8 January 2025\n",
        "## Barriers\nThe part must come before 2025-01-05.\n",
        "## Progress\n- 2025-01-02: One.\n\n## Next\nDue on 5 January 2025.\n",
    ],
)
def test_deadlines_that_contradict(tmp_path: Path, body: str) -> None:
    """Another deadline in the prose, or a later one in a step, is a finding."""
    assert "contradicting-deadline" in broken(tmp_path, FIELDS, body)


def test_title_is_read_as_well(tmp_path: Path) -> None:
    """A deadline in the title is compared too."""
    found = checked(tmp_path, {ACTION: action(FIELDS, title="Mend it by 8 January 2025")})
    assert [finding.line for finding in found if finding.rule.name == "contradicting-deadline"] == [2]


def test_without_a_due_date_nothing_is_compared(tmp_path: Path) -> None:
    """A text may name any date where the action has none; that it has none is another finding."""
    assert "contradicting-deadline" not in broken(tmp_path, body="Wanted by 06/01/25.\n")
