"""Tables fit the width of the terminal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.action_filter import ActionFilter
from plansite.exports.action_records import ActionRecord
from plansite.exports.action_table import explain_no_actions, format_action_table, summarise_actions
from plansite.exports.terminal_text import measure_width
from plansite.model.assessment import Course
from plansite.model.people import Owner
from plansite.model.status import OPEN_STATUSES, Status

TODAY = date(2025, 1, 20)
TITLES = {"falls": "Fewer falls", "meals": "Better meals"}


def _entry(plan: str = "falls", **values: object) -> ActionRecord:
    known: dict[str, object] = {"status": Status.IN_PROGRESS, "course": Course.ON_TRACK, "title": "Mend the lights"}
    return ActionRecord(plan=plan, path="a.md", page="a.html", **{**known, **values})  # type: ignore[arg-type]  # cases vary


LATE = _entry(ref="3", owner="Maintenance", due=date(2024, 12, 31), overdue=True, course=Course.OVERDUE)


def test_groups_by_plan_with_words_for_dates() -> None:
    """Each plan has its title and its slug; a late action says by how much."""
    text = "\n".join(format_action_table([LATE, _entry("meals", title="Soup")], TITLES, TODAY, 100))
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
    assert list(format_action_table([LATE], TITLES, TODAY, 30))[1:5] == [
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
def test_no_line_is_wider_than_the_terminal(entries: list[ActionRecord], width: int) -> None:
    """Whatever is in the files, lines fit and hold nothing that steers the terminal."""
    for line in format_action_table(entries, TITLES, TODAY, width):
        assert measure_width(line) <= width
        assert "\x1b" not in line


def test_only_the_date_is_coloured() -> None:
    """Colour is put on by the caller and adds no words."""
    lines = list(format_action_table([LATE], TITLES, TODAY, 100, lambda cell, entry: f"<{entry.course}>{cell}"))
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
def test_each_state_has_its_words(entry: ActionRecord, words: str) -> None:
    """What is unknown says so; what is finished says when."""
    assert words in "\n".join(format_action_table([entry], TITLES, TODAY, 120))


def test_the_summary_counts() -> None:
    """Late and faulty files are counted in words."""
    assert summarise_actions([_entry()]) == "1 action."
    assert summarise_actions([LATE, _entry(needs_attention=True)]) == (
        "2 actions: 1 overdue and 1 with errors in the file (see “plansite check”)."
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (ActionFilter(), "No action is on file yet. Begin one with “plansite new action”."),
        (ActionFilter(overdue=True), "No action is overdue. That is good news: no due date has passed."),
        (ActionFilter(overdue=True, due_within=7), "No action is overdue or due within 7 days."),
        (ActionFilter(plan="falls", due_within=1), "No action in “Fewer falls” is due within 1 day."),
        (ActionFilter(due_within=0), "No action is due today."),
        (ActionFilter(owner=Owner(slug="m", title="Maintenance")), "No action of Maintenance is on file."),
        (
            ActionFilter(statuses=frozenset({Status.BLOCKED})),
            "No action is blocked. That is good news: nothing is held up.",
        ),
        (ActionFilter(statuses=frozenset({Status.CANCELLED})), "No action is cancelled."),
        (
            ActionFilter(statuses=OPEN_STATUSES | {None}),
            "No action is open. That is good news: everything is finished.",
        ),
    ],
)
def test_an_empty_list_says_why(wanted: ActionFilter, words: str) -> None:
    """It names what was asked for, and why nothing may be good news."""
    assert explain_no_actions(wanted, TITLES).startswith(words)
