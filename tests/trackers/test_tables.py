"""Tables in sheets: where they begin, which rows are actions, and what is beside them."""

from __future__ import annotations

from datetime import date, datetime

from plansite.model.status import Status
from plansite.trackers.tables.tables import find_tables
from plansite.trackers.values.steps import DraftStep
from tests.trackers.sheets import read, sheet

_HEADING = ("No", "Action", "Lead", "Target date", "Status")


def test_a_table_below_titles_that_begins_in_another_column() -> None:
    reading = read(
        sheet(
            (None, "Care home plan 2025"),
            (),
            (None, *_HEADING),
            (None, 1, "Order lamps", "Maintenance", date(2025, 1, 31), "Open"),
        )
    )
    draft = reading.drafts[0]
    assert (draft.ref, draft.title, draft.owner, draft.due) == ("1", "Order lamps", "Maintenance", date(2025, 1, 31))
    assert (draft.status, draft.rows) == (Status.NOT_STARTED, (4,))
    assert reading.tables[0].beside == ((1, "Care home plan 2025"),)


def test_two_header_rows_and_marked_columns() -> None:
    """The upper row has groups. A mark gives the action to the role above it."""
    reading = read(
        sheet(
            ("No", "Action", "Response", "Response", "Response", "Planned date"),
            (None, None, "Implementor", "Dev", "Ops", None),
            ("Preparation",),
            (1, "Order servers", "x", None, "x", "19 - 23/2/2018"),
            (2, "Install", None, "x", None, datetime(2018, 2, 19)),  # noqa: DTZ001  (spreadsheets know no time zones)
            (None, "  - Check the hardware"),
            (3,),
        )
    )
    first, second = reading.drafts
    assert (first.owner, first.supporters, first.goal) == ("Implementor", ("Ops",), "Preparation")
    assert (first.created, first.due) == (date(2018, 2, 19), date(2018, 2, 23))
    assert any("19 February 2018 to 23 February 2018" in remark for remark in first.remarks)
    assert (second.owner, second.steps, second.rows) == ("Dev", (DraftStep("Check the hardware"),), (5, 6))
    assert [(row.number, row.reason) for row in reading.unread_rows] == [
        (3, "the heading of a section"),
        (7, "it has a number and nothing else"),
    ]


def test_side_tables_and_legends_are_named_and_not_read() -> None:
    reading = read(
        sheet(
            (*_HEADING, None, "Status", "Count"),
            (1, "Order lamps", "Maintenance", "31/01/2025", "Open", None, "Open", 1),
            (2, "Fit lamps", "Maintenance", "28/02/2025", "Open", None, "Closed", 0),
        )
    )
    assert [draft.title for draft in reading.drafts] == ["Order lamps", "Fit lamps"]
    assert {text for _, text in reading.tables[0].beside} == {"Status", "Count", "Open", "1", "Closed", "0"}


def test_totals_repeated_headings_and_placeholders_are_not_actions() -> None:
    reading = read(
        sheet(
            _HEADING,
            (1, "Order lamps", "Maintenance", "31/01/2025", "Open"),
            _HEADING,
            (2, "Fit lamps", "Select …", "Click or tap to enter a date.", "Choose an item."),
            (3, "Select …"),
            ("Total", None, None, None, 2),
        )
    )
    assert [(draft.title, draft.owner, draft.due, draft.status) for draft in reading.drafts] == [
        ("Order lamps", "Maintenance", date(2025, 1, 31), Status.NOT_STARTED),
        ("Fit lamps", "", None, None),
    ]
    assert [row.reason for row in reading.unread_rows] == [
        "the heading again",
        "it has a number and nothing else",
        "a total",
    ]


def test_a_log_of_risks_has_only_its_actions_read() -> None:
    heading = ("ID", "Type", "Description", "Owner", "Status")
    rows = (("R1", "Risk", "Supplier fails", "PM", "Open"), ("AC1", "Action", "Order", "IT", "Open"),
            ("I1", "Issue", "No laptop", "IT", "Closed"))  # fmt: skip
    reading = read(sheet(heading, *rows))
    assert [draft.title for draft in reading.drafts] == ["Order"]
    assert [row.reason for row in reading.unread_rows] == ["a risk, not an action", "an issue, not an action"]


def test_a_page_break_in_a_document() -> None:
    """A table that goes on with its heading, and with the rest of the last row before it, is one table."""
    reading = read(
        sheet(
            ("#", "Recovery measures", "Priority1"), ("1", "Study the noise of ships. It may", "High"), name="table 1"
        ),
        sheet(
            ("#", "Recovery measures", "Priority1"),
            ("", "harm them.", ""),
            ("2", "Count krill.", "Low"),
            name="table 2",
        ),
    )
    assert [(draft.ref, draft.text or draft.title) for draft in reading.drafts] == [
        ("1", "Study the noise of ships. It may harm them."),
        ("2", "Count krill."),
    ]


def test_a_heading_without_rows_has_no_actions() -> None:
    reading = read(sheet(_HEADING))
    assert (len(reading.tables), reading.drafts, reading.row_count) == (1, (), 0)


def test_hidden_sheets_are_read_only_when_asked() -> None:
    hidden = sheet(_HEADING, (1, "Order lamps", "Maintenance", "31/01/2025", "Open"), name="Old", is_hidden=True)
    assert read(hidden).drafts == ()
    assert "hidden" in read(hidden).skipped[0].reason
    assert len(read(hidden, include_hidden=True).drafts) == 1


def test_lists_of_other_things_are_not_actions() -> None:
    """Days, committees and organisations have numbers and names, but neither owners nor dates nor statuses."""
    tables, skipped = find_tables(
        [
            sheet(("Number", "Name", "Priority"), (1, "Building public trust", "Transparency"), name="Committees"),
            sheet(
                ("Day", "Date", "Milestone", "Owner"),
                *((day, date(2025, 1, day), None, None) for day in range(1, 9)),
                name="Days",
            ),
        ]
    )
    assert (tables, len(skipped)) == ((), 2)


def test_rows_that_report_again_are_one_action() -> None:
    heading = ("Recorded date", "Agency", "Goal", "Goal status", "Comments", "Due date")
    rows = (("7 Dec 2018", "RRB", "Train the staff of all offices", "On track", "Begun", "1 May 2019"),
            ("7 Mar 2019", "RRB", "Train the staff of all offices", "Completed", "All trained", "1 May 2019"))  # fmt: skip
    (draft,) = read(sheet(heading, *rows)).drafts
    assert (draft.status, draft.rows) == (Status.COMPLETED, (2, 3))
    assert [(note.day, note.text) for note in draft.notes] == [
        (date(2018, 12, 7), "Begun"),
        (date(2019, 3, 7), "All trained"),
    ]


def test_numbers_that_repeat_belong_to_their_documents() -> None:
    heading = ("Audit", "Recommendation", "Response", "Status")
    rows = (("Audit A", "Recommendation 1: Lock the store", "Agreed With", "Implemented"),
            ("Audit B", "Recommendation 1: Count the keys", "Disagreed With", "Not Implemented"))  # fmt: skip
    first, second = read(sheet(heading, *rows)).drafts
    assert (first.ref, first.source_ref, first.title) == ("", "Audit A, number 1", "Lock the store")
    assert (first.response, second.response) == ("accepted", "not accepted")
    assert (first.status, second.status) == (Status.COMPLETED, Status.NOT_STARTED)


def test_a_new_date_moves_the_old_one_into_the_history() -> None:
    (draft,) = read(sheet(("Action", "Due date", "New date"), ("Order lamps", "24/01/2025", "31/01/2025"))).drafts
    assert (draft.due, [move.due for move in draft.moved]) == (date(2025, 1, 31), [date(2025, 1, 24)])
