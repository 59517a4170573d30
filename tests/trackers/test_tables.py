"""Tables in sheets: where they begin, which rows are actions, and what is beside them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plansite.model.status import Status
from plansite.trackers.columns.map_file import parse_map_file
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


def test_the_register_that_practitioners_know() -> None:
    """Its eight columns: “Progress” has notes beside “Status”, and steps are followed by what they need."""
    heading = ("Action No", "Action", "Owner", "Steps and Resources", "Action creation date", "Action due date",
               "Progress", "Status")  # fmt: skip
    row = ("1", "Mend the radiator", "Maintenance", "Bleed it\nRing the engineer\nResources: £200", "01/01/25",
           "07/01/25", "04/01/25: Bled\nStill cold", "Resolved")  # fmt: skip
    (draft,) = read(sheet(heading, row)).drafts
    assert (draft.ref, draft.owner, draft.status) == ("1", "Maintenance", Status.COMPLETED)
    assert (draft.created, draft.due) == (date(2025, 1, 1), date(2025, 1, 7))
    assert [step.text for step in draft.steps] == ["Bleed it", "Ring the engineer"]
    assert draft.resources == "£200"
    assert [(note.day, note.text) for note in draft.notes] == [(date(2025, 1, 4), "Bled Still cold")]
    assert draft.others == ()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("In progress", ("in progress", ())),
        ("Engineer booked for Monday morning", (None, ("Engineer booked for Monday morning",))),
    ],
)
def test_progress_without_a_column_for_the_status(cell: str, expected: tuple[str | None, tuple[str, ...]]) -> None:
    """It is the status if its cells are words for one, and else has notes."""
    (draft,) = read(sheet(("Action", "Owner", "Progress"), ("Mend the radiator", "Maintenance", cell))).drafts
    assert (draft.status, draft.progress) == expected


def test_rows_that_are_merged_with_the_one_above_belong_to_its_action() -> None:
    """A step with a date and an owner of its own has them behind it."""
    rows = (("No", "Action", "Owner", "Steps", "Due"), (1, "Fit lamps", "Estates", "Measure", "01/02/2025"),
            (1, "Fit lamps", "Estates", "Order", "15/02/2025"), (1, "Fit lamps", "Contractor", "Fit", "28/02/2025"),
            (2, "Train all", "HR", "Book", "01/03/2025"))  # fmt: skip
    repeated = frozenset({(2, 0), (2, 1), (2, 2), (3, 0), (3, 1)})
    first, second = read(sheet(*rows, repeated=repeated)).drafts
    assert (first.rows, second.rows, first.ref) == ((2, 3, 4), (5,), "1")
    assert [step.text for step in first.steps] == [
        "Measure", "Order (15 February 2025)", "Fit (Contractor, 28 February 2025)"]  # fmt: skip
    assert (first.owner, first.due) == ("Estates", date(2025, 2, 1))


def test_rows_without_number_and_title_add_to_the_action_above() -> None:
    rows = (("No", "Action", "Owner", "Update"), (1, "Fit lamps", "Estates", "01/02/2025 - measured"),
            (None, None, "Contractor", "15/02/2025 - fitted"), (2, "Train all", "HR", None))  # fmt: skip
    first, second = read(sheet(*rows)).drafts
    assert ([note.text for note in first.notes], first.supporters, first.rows) == (
        ["measured", "fitted"], ("Contractor",), (2, 3))  # fmt: skip
    assert second.rows == (4,)


def test_the_first_row_continues_only_the_same_table_before_it() -> None:
    first = sheet(("No", "Action", "Due"), (1, "Order lamps", "31/01/2025"), name="A")
    other = sheet(("No", "Action", "Status"), (None, "fit lamps", "Open"), name="B")
    assert [draft.title for draft in read(first, other).drafts] == ["Order lamps", "fit lamps"]


def test_headings_of_sections_are_goals_or_say_how_the_actions_stand() -> None:
    rows = (("Ref", "Action", "Owner"), ("Safe stairs",), (1, "Order lamps", "MW"), ("Actions held over from 2024",),
            (2, "Fit lamps", "MW"), ("Completed actions",), (3, "Tell all", "MW"))  # fmt: skip
    first, second, third = read(sheet(*rows)).drafts
    assert (first.goal, second.goal, third.goal) == ("Safe stairs", "", "")
    assert [other.text for other in second.others] == ["Actions held over from 2024"]
    assert (first.status, second.status, third.status) == (None, None, Status.COMPLETED)


def test_a_title_above_the_heading_is_no_group_of_columns() -> None:
    reading = read(sheet(("Board action log",), _HEADING, (1, "Order lamps", "Maintenance", "31/01/2025", "Open")))
    assert [each.heading for each in reading.tables[0].mapping] == list(_HEADING)
    assert reading.tables[0].beside == ((1, "Board action log"),)


def test_columns_about_an_earlier_period_are_text() -> None:
    rows = (("Action", "Lead", "Previous period", None, "Current period", None), (None, None, "Status", "BRAG", "Target", "Overall status"),
            ("Train all", "HR", "In progress", "A", "31/03/2025", "Complete"))  # fmt: skip
    (draft,) = read(sheet(*rows)).drafts
    assert (draft.status, draft.due) == (Status.COMPLETED, date(2025, 3, 31))
    assert {other.heading for other in draft.others} == {"Previous period: Status", "Previous period: BRAG"}


def test_an_empty_column_in_a_table_does_not_cut_it() -> None:
    heading = ("No", "Action", "Lead", None, "Due date", "Status", None, "Status", "Count")
    rows = (
        (1, "Order", "MW", None, "31/01/2025", "Open", None, "Open", 1),
        (2, "Fit", "YO", None, "28/02/2025", "Done", None, "Done", 1),
    )
    reading = read(sheet(heading, *rows))
    assert [(draft.due, draft.status) for draft in reading.drafts] == [
        (date(2025, 1, 31), Status.NOT_STARTED), (date(2025, 2, 28), Status.COMPLETED)]  # fmt: skip
    assert (1, "Count") in reading.tables[0].beside


def test_owner_and_date_in_one_cell() -> None:
    heading = ("Ref", "Recommendation", "Responsible Officer & Target Date")
    rows = (
        ("1", "Lock the store", "Head of Estates, 31 March 2025"),
        ("2", "Count keys", "Head of Care\nJune 2025"),
        ("3", "Log visits", "Manager"),
    )
    first, second, third = read(sheet(heading, *rows)).drafts
    assert (first.owner, first.due) == ("Head of Estates", date(2025, 3, 31))
    assert (second.owner, second.due, second.others[0].text) == ("", None, "Head of Care\nJune 2025")
    assert (third.owner, third.due) == ("Manager", None)


def test_what_somebody_wrote_is_no_placeholder() -> None:
    """Sentences that begin as the fields of a form do."""
    texts = (
        "Select a new supplier.",
        "Choose a new menu with residents",
        "Enter all medicines in the chart",
        "Add handrails",
    )
    forms = (
        "Select …",
        "Choose an item.",
        "[Insert name]",
        "-- Select --",
        "dd/mm/yyyy",
        "Please choose from the list",
    )
    reading = read(
        sheet(("Action", "Owner", "Status"), *((text, form, "Open") for text, form in zip(texts, forms, strict=False)))
    )
    assert [draft.title for draft in reading.drafts] == list(texts)
    assert {draft.owner for draft in reading.drafts} == {""}
    assert "4 cells of a form that nobody filled in" in reading.notes[0]
    others = read(sheet(("Action", "Owner", "Status"), *(("Fit", form, "Open") for form in forms))).drafts
    assert {draft.owner for draft in others} == {""}


def test_totals_in_words() -> None:
    rows = (("Agency", "Posted?", "Status"), ("*Total Count of Agencies*:", 37, 20))
    tracker_map = parse_map_file(b"title: Post the charter\ncolumns: {Agency: owner, Posted?: status}\n", "map.yaml")
    assert [row.reason for row in read(sheet(*rows), tracker_map=tracker_map).unread_rows] == ["a total"]
    kept = (
        ("Action", "Owner", "Status"),
        ("Total", "Count the keys", "Open"),
        ("Total redesign of the stairs", "MW", "Open"),
    )
    assert read(sheet(*kept)).drafts[0].title == "Total redesign of the stairs"


def test_a_map_gives_the_title_where_no_column_does() -> None:
    rows = (("CFO Act Agencies", "Did an agency post its charter?"), ("Agriculture", "Y"), ("Defense", "N"))
    text = b'title: "Post the charter: {CFO Act Agencies}"\ncolumns: {CFO Act Agencies: owner, "Did an agency post its charter?": status}\n'
    assert read(sheet(*rows)).drafts == ()
    drafts = read(sheet(*rows), tracker_map=parse_map_file(text, "map.yaml")).drafts
    assert [(draft.title, draft.owner, draft.status) for draft in drafts] == [
        ("Post the charter: Agriculture", "Agriculture", Status.COMPLETED),
        ("Post the charter: Defense", "Defense", Status.NOT_STARTED),
    ]


def test_links_of_cells_are_in_the_text_or_the_evidence() -> None:
    heading = ("Action", "Due", "Evidence", "Update")
    row = ("Fit lamps <https://example.org/lamps>", date(2025, 1, 31), "Photo <https://example.org/p>\nAudit: https://example.org/a.",
           "12/01/2025 - see <https://example.org/u>")  # fmt: skip
    (draft,) = read(
        sheet(heading, row, attached={(1, 1): ("<https://example.org/day>",), (1, 0): ("Anna: Ask first",)})
    ).drafts
    assert draft.title == "Fit lamps"
    assert [(each.label, each.url) for each in draft.evidence] == [
        ("Photo", "https://example.org/p"), ("Audit", "https://example.org/a")]  # fmt: skip
    assert [note.text for note in draft.notes] == ["see <https://example.org/u>"]
    assert [(other.heading, other.text) for other in draft.others] == [
        ("Action", "Fit lamps <https://example.org/lamps>"), ("Action, comment", "Anna: Ask first"),
        ("Due", "2025-01-31 <https://example.org/day>"),
    ]  # fmt: skip
