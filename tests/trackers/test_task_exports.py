"""Exports of programs for tasks: boards, checklists, dependencies, facts above the table, and months first."""

from __future__ import annotations

from datetime import date

from plansite.model.status import Status
from plansite.trackers.drafts import OtherText
from plansite.trackers.values.dated_notes import DatedNote
from tests.trackers.sheets import read, sheet


def test_facts_above_the_table_prove_the_order_of_dates() -> None:
    """Dates in the table may be in either order; the day of the export is not."""
    rows = (("Task Name", "Assigned To", "Due date"), ("Buy mats", "A;B", "01/12/2026"))
    reading = read(sheet(("Plan name", "Falls"), ("Date of export", "01/15/2026"), (), *rows))
    (draft,) = reading.drafts
    note = "dates in digits are read as month, day, year, because other dates prove it"
    assert reading.notes == (f"tracker.xlsx: {note}",)
    assert draft.due == date(2026, 1, 12)
    (draft,) = read(sheet(*rows)).drafts
    assert draft.due == date(2026, 12, 1)


def test_a_checklist_with_how_many_are_done() -> None:
    heading = ("Task Name", "Progress", "Checklist Items", "Completed Checklist Items", "Late")
    first, second = read(sheet(heading, ("Buy", "In progress", "Ask;Order;Pay", "1/3", "true"),
                               ("Fit", "Completed", "Ask;Fit", "2/2", "false"))).drafts  # fmt: skip
    assert [(step.text, step.is_done) for step in first.steps] == [("Ask", False), ("Order", False), ("Pay", False)]
    assert first.others == (OtherText("Completed Checklist Items", "1/3"), OtherText("Late", "true"))
    assert [(step.text, step.is_done) for step in second.steps] == [("Ask", True), ("Fit", True)]


def test_the_list_of_a_board_is_the_status_or_the_goal() -> None:
    heading = ("Card Name", "Members", "List Name", "Due Complete")
    drafts = read(sheet(heading, ("Fix", "Ann, Tom", "Doing", "false"), ("Old", None, "Done", None), ("Buy", None, "To do", "true"),
                        ("Think", None, "Garden", None))).drafts  # fmt: skip
    assert [draft.status for draft in drafts] == [Status.IN_PROGRESS, Status.COMPLETED, Status.COMPLETED, None]
    assert [draft.goal for draft in drafts] == ["", "", "", "Garden"]
    assert (drafts[0].owner, drafts[0].supporters) == ("Ann", ("Tom",))
    assert drafts[0].others == (OtherText("Due Complete", "false"),)
    assert drafts[2].others == (OtherText("List Name", "To do"),)
    assert "“Doing” under “List Name” is read as in progress" in drafts[0].remarks
    (draft,) = read(sheet(("Card Name", "Members", "List Name"), ("Fix", "Ann", "Garden"))).drafts
    assert (draft.goal, draft.status) == ("Garden", None)


def test_a_status_of_its_own_counts_before_the_list() -> None:
    (draft,) = read(sheet(("Task name", "Status", "Column"), ("Fix", "Blocked", "Doing"))).drafts
    assert (draft.status, draft.others, draft.goal) == (Status.BLOCKED, (OtherText("Column", "Doing"),), "")


def test_names_of_actions_that_come_first() -> None:
    heading = ("Task ID", "Name", "Assignee", "Due Date", "Blocked By (Dependencies)")
    rows = (("12", "Write, then agree", "Ann", None, None), ("13", "Agree", "Ann", None, "Write, then agree"),
            ("14", "Print", "Ann", None, "Agree, 12"), ("15", "Post", "Ann", None, "Agree, Sign"))  # fmt: skip
    drafts = read(sheet(heading, *rows)).drafts
    assert [draft.depends_on for draft in drafts] == [(), ("12",), ("13", "12"), ()]
    assert drafts[3].others == (OtherText("Blocked By (Dependencies)", "Agree, Sign"),)


def test_numbers_of_rows_are_no_numbers_of_actions() -> None:
    """Without a column for numbers, a predecessor is a row of the program, and the plan may have another number 1."""
    _, second = read(
        sheet(("Task Name", "Finish", "Predecessors"), ("Plan", "01/01/2026", None), ("Fit", None, "1"))
    ).drafts
    assert (second.depends_on, second.others) == ((), (OtherText("Predecessors", "1"),))


def test_a_table_with_many_columns_of_its_own() -> None:
    """Six known columns among sixty: the heading is found, and the comments are notes with their authors."""
    heading = (
        "Summary",
        "Issue key",
        "Status",
        "Assignee",
        "Due date",
        "Comment",
        "Comment",
        *(f"Custom field (F{n})" for n in range(60)),
    )
    row = ("Review", "QI-1", "In Progress", "ashah", "20/Jan/26 12:00 AM", "04/Dec/25 4:00 PM;ashah;Half are done",
           "05/Dec/25 9:00 AM;treed;Good")  # fmt: skip
    (draft,) = read(sheet(heading, row)).drafts
    assert (draft.ref, draft.title, draft.status, draft.due) == (
        "QI-1",
        "Review",
        Status.IN_PROGRESS,
        date(2026, 1, 20),
    )
    assert draft.notes == (
        DatedNote(date(2025, 12, 4), "Half are done", "ashah"), DatedNote(date(2025, 12, 5), "Good", "treed"),
    )  # fmt: skip


def test_groups_that_repeat_the_heading() -> None:
    heading = ("Name", "Person", "Status", "Timeline - Start", "Timeline - End")
    rows = (heading, ("Buy mats", "Ann", "Working on it", "2026-01-05", "2026-01-30"), ("Training",), heading,
            ("Train staff", "Tom", "Done", None, "2026-01-20"))  # fmt: skip
    first, second = read(sheet(*rows)).drafts
    assert (first.status, first.started, first.due) == (Status.IN_PROGRESS, date(2026, 1, 5), date(2026, 1, 30))
    assert (second.title, second.goal) == ("Train staff", "Training")


def test_lists_in_brackets_and_nothing() -> None:
    heading = ("Task Name", "Assignees", "Tags", "Parent ID", "Due Date")
    (draft,) = read(sheet(heading, ("Review", "[Ann, Tom]", "[]", "null", None))).drafts
    assert (draft.owner, draft.supporters, draft.tags, draft.others) == ("Ann", ("Tom",), (), ())


def test_several_dated_notes_on_one_line() -> None:
    text = "05/01/26 - quotes requested. 10/01/26 - contractor booked (MW)"
    (draft,) = read(sheet(("Action", "Lead", "Progress / comments"), ("Fit closers", "MW", text))).drafts
    assert draft.notes == (
        DatedNote(date(2026, 1, 5), "quotes requested."), DatedNote(date(2026, 1, 10), "contractor booked (MW)"),
    )  # fmt: skip
