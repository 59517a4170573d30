"""Due dates with words around them, changes of due dates, and steps with dates."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.trackers.drafts import MovedDate
from plansite.trackers.values.dates import DateOrder, prove_date_order
from plansite.trackers.values.due_changes import DueChange, parse_change, parse_due_text
from plansite.trackers.values.steps import DraftStep, split_steps
from tests.trackers.sheets import read, sheet

_JANUARY, _FEBRUARY, _MARCH = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "due", "earlier"),
    [
        ("By 31 March 2025", _MARCH, ()),
        ("31/01/2025, revised to 28/02/2025", _FEBRUARY, (_JANUARY,)),
        ("31/01/2025 → 28/02/2025", _FEBRUARY, (_JANUARY,)),
        ("28/02/2025 (was 31/01/2025)", _FEBRUARY, (_JANUARY,)),
        ("~~31/01/2025~~ 28/02/2025", _FEBRUARY, (_JANUARY,)),
        ("Originally 31/1/25, now 28/2/25", _FEBRUARY, (_JANUARY,)),
        ("31/01/2025 extended to 28/02/2025, extended to 31/03/2025", _MARCH, (_JANUARY, _FEBRUARY)),
    ],
)
def test_a_due_date_and_the_ones_that_it_replaced(text: str, due: date, earlier: tuple[date, ...]) -> None:
    assert parse_due_text(text, DateOrder.DAY_FIRST) == DueChange(due, earlier)


@pytest.mark.parametrize(
    "text",
    ["31/01/2025\n28/02/2025", "End of March 2025", "31/01/2025 subject to funding", "Ongoing, review 31/03/2025",
     "w/c 6 January 2025", "before 31/01/2025 if agreed", "~~31/01/2025~~", "~~June~~ 28/02/2025"],
)  # fmt: skip
def test_nothing_is_guessed_where_words_would_be_lost(text: str) -> None:
    assert parse_due_text(text, DateOrder.DAY_FIRST) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1) 31/01/2025 to 28/02/2025 - vendor delay", DueChange(_FEBRUARY, (_JANUARY,), "vendor delay")),
        ("From 31/01/2025 to 28/02/2025 due to illness", DueChange(_FEBRUARY, (_JANUARY,), "illness")),
        ("Moved from 31/01/2025", DueChange(None, (_JANUARY,))),
        ("31/01/2025: supplier late", DueChange(None, (_JANUARY,), "supplier late")),
        ("New date 28/02/2025 because the supplier was late to deliver",
         DueChange(_FEBRUARY, (), "the supplier was late to deliver")),
        ("Jan 2025 to Feb 2025", None),
        ("none", None),
    ],
)  # fmt: skip
def test_a_line_of_the_history(text: str, expected: DueChange | None) -> None:
    assert parse_change(text, DateOrder.DAY_FIRST) == expected


def test_changes_of_milestones_move_the_due_date() -> None:
    heading = (
        "POAM ID",
        "Weaknesses",
        "POC",
        "Scheduled Completion Date",
        "Milestones with Completion Dates",
        "Milestone Changes",
    )
    row = ("V-1", "Accounts are not reviewed", "ISSO", "06/30/2019", "1) Identify - 03/31/2019; 2) Deploy - 06/30/2019",
           "06/30/2019 to 09/30/2019 - vendor delay")  # fmt: skip
    (draft,) = read(sheet(heading, row)).drafts
    assert (draft.ref, draft.owner, draft.due) == ("V-1", "ISSO", date(2019, 9, 30))
    assert draft.moved == (MovedDate(date(2019, 6, 30), "vendor delay"),)
    assert draft.steps == (DraftStep("Identify (31 March 2019)"), DraftStep("Deploy (30 June 2019)"))


def test_several_columns_of_new_dates() -> None:
    heading = ("Action", "Original due date", "Revised date", "2nd revised target date")
    first, second = read(
        sheet(heading, ("Fit", "31/01/2025", "28/02/2025", "31/03/2025"), ("Order", "31/01/2025", "", ""))
    ).drafts
    assert (first.due, [move.due for move in first.moved]) == (_MARCH, [_JANUARY, _FEBRUARY])
    assert (second.due, second.moved) == (_JANUARY, ())


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Milestone 1: Test the plan\nDate: 31/01/2025", (DraftStep("Test the plan (31 January 2025)"),)),
        ("(1) 2025-01-31: Begin (2) 2025-02-28: End", (DraftStep("Begin (31 January 2025)"), DraftStep("End (28 February 2025)"))),
        ("- Ring\n- Fit by 31/01/2025 - Complete\n[x] Measure\n☐ Tell all",
         (DraftStep("Ring"), DraftStep("Fit (31 January 2025)", is_done=True), DraftStep("Measure", is_done=True), DraftStep("Tell all"))),
        ("Measure;Order;Fit", (DraftStep("Measure"), DraftStep("Order"), DraftStep("Fit"))),
        ("Order by June 2025", (DraftStep("Order by June 2025"),)),
        ("Draft by 31/01/2025; agree on 28/02/2025", (DraftStep("Draft by 31/01/2025; agree on 28/02/2025"),)),
    ],
)  # fmt: skip
def test_steps_with_their_dates(text: str, steps: tuple[DraftStep, ...]) -> None:
    assert split_steps(text, DateOrder.DAY_FIRST) == steps


def test_a_column_that_proves_nothing_follows_the_others() -> None:
    """Dates of one program have one order."""
    heading = ("Action", "Created Date", "Due date", "Updates")
    rows = (("Fit", "01/13/2025", "02/03/2025", "02/10/2025 - fitted"), ("Order", "01/14/2025", "02/04/2025", ""))
    draft = read(sheet(heading, *rows)).drafts[0]
    assert (draft.created, draft.due, draft.notes[0].day) == (date(2025, 1, 13), date(2025, 2, 3), date(2025, 2, 10))
    assert prove_date_order(["02/03/2025"]) is None
    assert prove_date_order(["13/03/2025"]) is DateOrder.DAY_FIRST
