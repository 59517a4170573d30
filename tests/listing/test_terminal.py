"""What people read in a terminal fits it and says things in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.listing.entries import Entry
from plansite.listing.filters import Wanted
from plansite.listing.terminal import nothing, summary, table
from plansite.listing.wrapping import places
from plansite.model.course import Course
from plansite.model.people import Owner
from plansite.model.status import OPEN, Status

TODAY = date(2025, 1, 20)
TITLES = {"falls": "Fewer falls", "meals": "Better meals"}


def _entry(plan: str = "falls", **values: object) -> Entry:
    known: dict[str, object] = {"status": Status.IN_PROGRESS, "course": Course.ON_TRACK, "title": "Mend the lights"}
    return Entry(plan=plan, path="a.md", page="a.html", **{**known, **values})  # type: ignore[arg-type]  # cases vary


LATE = _entry(ref="3", owner="Maintenance", due=date(2024, 12, 31), overdue=True, course=Course.OVERDUE)


def test_groups_by_plan_with_words_for_dates() -> None:
    """Each plan has its title and its slug; a late action says by how much."""
    text = "\n".join(table([LATE, _entry("meals", title="Soup")], TITLES, TODAY, 100))
    assert text.splitlines() == [
        "Fewer falls (falls)",
        "  No  Action           Owner        Status       When",
        "  --  ---------------  -----------  -----------  ------------------",
        "  3   Mend the lights  Maintenance  In progress  Overdue by 20 days",
        "",
        "Better meals (meals)",
        "  No  Action  Owner  Status       When",
        "  --  ------  -----  -----------  -----------",
        "      Soup           In progress  No due date",
        "",
        "2 actions: 1 overdue.",
    ]


def test_a_narrow_terminal_gets_paragraphs() -> None:
    """Where columns do not fit, the same words stand below each other."""
    assert list(table([LATE], TITLES, TODAY, 30))[1:5] == [
        "  3 Mend the lights",
        "    Maintenance, In progress",
        "    Overdue by 20 days",
        "",
    ]


@given(
    st.lists(
        st.builds(
            _entry,
            title=st.text(max_size=80),
            ref=st.text(max_size=20),
            owner=st.text(max_size=40),
            status=st.none(),
            status_word=st.text(max_size=30),
        ),
        min_size=1,
        max_size=3,
    ),
    st.integers(24, 200),
)
def test_no_line_is_wider_than_the_terminal(entries: list[Entry], width: int) -> None:
    """Whatever is in the files, lines fit and hold nothing that steers the terminal."""
    for line in table(entries, TITLES, TODAY, width):
        assert places(line) <= width
        assert "\x1b" not in line


def test_only_the_date_is_coloured() -> None:
    """Colour is put on by the caller and adds no words."""
    lines = list(table([LATE], TITLES, TODAY, 100, lambda cell, entry: f"<{entry.course}>{cell}"))
    assert lines[3] == "  3   Mend the lights  Maintenance  In progress  <overdue>Overdue by 20 days"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (_entry(course=None, status=None), "Cannot be read"),
        (_entry(status=None, status_word="nearly"), "“nearly”, not known"),
        (_entry(due=TODAY), "Due today"),
        (_entry(status=Status.COMPLETED, completed=date(2025, 1, 6)), "6 January"),
        (_entry(status=Status.EMBEDDED, completed=date(2024, 1, 6)), "6 January 2024"),
    ],
)
def test_each_state_has_its_words(entry: Entry, words: str) -> None:
    """What is unknown says so; what is finished says when."""
    assert words in "\n".join(table([entry], TITLES, TODAY, 120))


def test_the_summary_counts() -> None:
    """Late and faulty files are counted in words."""
    assert summary([_entry()]) == "1 action."
    assert summary([LATE, _entry(needs_attention=True)]) == (
        "2 actions: 1 overdue and 1 with errors in the file (see “plansite check”)."
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(), "No action is on file yet. Begin one with “plansite new action”."),
        (Wanted(overdue=True), "No action is overdue. That is good news: no due date has passed."),
        (Wanted(overdue=True, due_within=7), "No action is overdue or due within 7 days."),
        (Wanted(plan="falls", due_within=1), "No action in “Fewer falls” is due within 1 day."),
        (Wanted(due_within=0), "No action is due today."),
        (Wanted(owner=Owner(slug="m", title="Maintenance")), "No action of Maintenance is on file."),
        (Wanted(statuses=frozenset({Status.BLOCKED})), "No action is blocked. That is good news: nothing is held up."),
        (Wanted(statuses=frozenset({Status.CANCELLED})), "No action is cancelled."),
        (Wanted(statuses=OPEN | {None}), "No action is open. That is good news: everything is finished."),
    ],
)
def test_an_empty_list_says_why(wanted: Wanted, words: str) -> None:
    """It names what was asked for, and why nothing may be good news."""
    assert nothing(wanted, TITLES).startswith(words)
