"""Headings of columns that say more than one known name, and which of several columns has a field."""

from __future__ import annotations

import pytest

from plansite.model.status import Status
from plansite.trackers.columns.mapping import Confidence, map_columns
from plansite.trackers.drafts import OtherText
from plansite.trackers.tables.tables import find_tables
from tests.trackers.sheets import read, sheet


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Progress / comments", "progress"), ("Area / KLOE", "goal"), ("Agency lead", "owner"), ("Lead officer", "owner"),
     ("Responsible agency", "owner"), ("Action taken / evidence of progress", "progress"), ("Due / review date", "due"),
     ("Impact - how do we know?", "outcome"), ("Agreed deadline", "due"), ("Update on actions", "progress"),
     ("Who will lead on this?", "owner"), ("Actions taken so far", "progress"), ("Evidence & assurance", "evidence"),
     ("Responsible person(s) / lead", "owner"), ("Start / end date", "due"), ("Desired impact for residents", "outcome"),
     ("Audit findings", "finding"), ("Recommendation made", "title"), ("Comments from the inspector", "progress")],
)  # fmt: skip
def test_a_part_of_a_heading_names_the_field(heading: str, field: str) -> None:
    (found,) = map_columns([heading], [])
    assert found.field == field


@pytest.mark.parametrize(
    "heading",
    ["Assignee Email", "Created By", "Completed By", "Issue Type", "Last Modified", "Blocking (Dependencies)", "Lead time",
     "Is Recurring", "Residual risk rating", "Actions completed to date", "Attachment Count", "Staff name", "Regulation"],
)  # fmt: skip
def test_a_heading_about_something_else_is_text(heading: str) -> None:
    (found,) = map_columns([heading], [], has_title=True)
    assert (found.field, found.reason) == ("", "the heading is not known")


def test_the_surer_column_has_the_field_and_the_other_is_text() -> None:
    """A part of a heading is less sure than a heading, whichever comes first; an empty column has nothing to say."""
    headings = ("Action", "Agency lead", "Agreed deadline", "Owner", "Due date", "Status")
    row = ("Order lamps", "Police", "31/01/2025", "MW", "28/02/2025", "Open")
    (draft,) = read(sheet(headings, row)).drafts
    assert (draft.owner, draft.due and draft.due.month, draft.supporters) == ("MW", 2, ())
    assert draft.others == (OtherText("Agency lead", "Police"), OtherText("Agreed deadline", "31/01/2025"))
    (draft,) = read(sheet(headings, (*row[:3], None, None, "Open"))).drafts
    assert (draft.owner, draft.due and draft.due.month) == ("Police", 1)


def test_how_sure_a_part_is() -> None:
    found = map_columns(["Lead", "Impact - measures", "Agency contact lead"], [], has_title=True)
    assert [each.confidence for each in found] == [Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW]


def test_a_heading_of_which_only_parts_are_known_is_found() -> None:
    headings = ("Agency lead", "Recommendations made by the review", "Progress against them", "Agreed deadline")
    (draft,) = read(sheet(headings, ("Police", "Share alerts", "Begun", "31/01/2025"))).drafts
    assert (draft.title, draft.owner, draft.progress) == ("Share alerts", "Police", ("Begun",))


def test_headings_in_other_languages_are_text_and_the_report_says_what_to_do() -> None:
    (draft,) = read(
        sheet(("Action", "Verantwoordelijk", "Deadline", "Status"), ("A", "B", "01-02-2026", "Open"))
    ).drafts
    assert draft.others == (OtherText("Verantwoordelijk", "B"),)
    _, (skipped,) = find_tables([sheet(("Plan",), ("Maßnahme", "Frist"), ("Teppich", "31.01.2026"))])
    assert 'say in a map file (--map) what the columns are, for example `columns: {"Maßnahme": title,' in skipped.reason


@pytest.mark.parametrize(
    ("cell", "status", "rag"),
    [("Complete", Status.COMPLETED, ""), ("Closed", Status.COMPLETED, ""), ("Not started", Status.NOT_STARTED, ""),
     ("R", None, "red"), ("A", None, "amber"), ("Green", None, "green")],
)  # fmt: skip
def test_a_rating_that_is_a_status(cell: str, status: Status | None, rag: str) -> None:
    (draft,) = read(sheet(("Action", "Lead", "BRAG"), ("Order lamps", "MW", cell))).drafts
    assert (draft.status, draft.rag, draft.others) == (status, rag, ())
    assert draft.remarks == ((f"“{cell}” under “BRAG” is read as {status}",) if status else ())


def test_a_rating_that_contradicts_the_status_is_text() -> None:
    (draft,) = read(sheet(("Action", "RAG", "Status"), ("Order lamps", "Complete", "In progress"))).drafts
    assert (draft.status, draft.others) == (Status.IN_PROGRESS, (OtherText("RAG", "Complete"),))


def test_blue_is_completed_only_through_a_legend() -> None:
    table = (("Action", "Lead", "BRAG"), ("Order lamps", "MW", "Blue"), ("Fit lamps", "MW", "B"))
    first, second = read(sheet(*table)).drafts
    assert (first.status, first.others, second.status) == (None, (OtherText("BRAG", "Blue"),), None)
    assert first.remarks == ("“Blue” is text: say under `statuses` in a map file what it means",)
    first, second = read(sheet(("Key: Blue = complete; Green = on track",), *table)).drafts
    assert (first.status, second.status, first.others) == (Status.COMPLETED, Status.COMPLETED, ())


def test_a_text_under_the_goal_alone_is_the_heading_of_a_section() -> None:
    rows = (("3a", "Safe", "Chase staff", "MW"), (None, "Well led", None, None), ("4", None, "Hold a meeting", "RM"))
    reading = read(sheet(("Ref", "Area", "Action", "Lead"), *rows))
    assert [(draft.title, draft.goal) for draft in reading.drafts] == [
        ("Chase staff", "Safe"),
        ("Hold a meeting", "Well led"),
    ]
    assert [row.text for row in reading.unread_rows] == ["Well led"]


def test_a_new_date_among_the_progress_moves_the_due_date() -> None:
    (draft,) = read(sheet(("Action", "Due", "Progress / comments"), ("Fit", "31/01/2026", "NEW DATE 30/04/26"))).drafts
    assert (str(draft.due), [str(move.due) for move in draft.moved]) == ("2026-04-30", ["2026-01-31"])
    assert draft.progress == ("NEW DATE 30/04/26",)


def test_several_owners_and_acronyms() -> None:
    rows = (
        ("Review", "Adult Social Care (ASC)"),
        ("Share", "ASC / Police"),
        ("Train", "ASC/Police"),
        ("Meet", "All partners"),
    )
    drafts = read(sheet(("Action", "Agency lead"), *rows)).drafts
    assert [draft.owner for draft in drafts] == [*["Adult Social Care (ASC)"] * 3, "All partners"]
    assert [draft.supporters for draft in drafts] == [(), ("Police",), ("Police",), ()]
    assert "“ASC” is read as Adult Social Care (ASC)" in drafts[1].remarks
    assert "of several names, Adult Social Care (ASC) is taken as the owner" in drafts[1].remarks


def test_two_dates_below_a_heading_that_says_which_is_newer() -> None:
    row = ("Fit", "30/06/25 / 30/09/25")
    (draft,) = read(sheet(("Action", "Deadline (original / revised)"), row)).drafts
    assert (str(draft.due), [str(move.due) for move in draft.moved]) == ("2025-09-30", ["2025-06-30"])
    (draft,) = read(sheet(("Action", "Deadline"), row)).drafts
    assert (draft.due, [other.text for other in draft.others]) == (None, ["30/06/25 / 30/09/25"])


def test_people_with_initials_are_two() -> None:
    rows = (("Order", "T Reed & Dr A. Shah"), ("Meet", "Office of Safety & Engagement"))
    first, second = read(sheet(("Action", "Responsible officer(s)"), *rows)).drafts
    assert (first.owner, first.supporters, second.owner) == ("T Reed", ("Dr A. Shah",), "Office of Safety & Engagement")


def test_milestones_with_dates_on_one_line() -> None:
    (draft,) = read(
        sheet(("Action", "Lead", "Key milestones"), ("Fit", "MW", "Draft by 31/03/25; Final by 30/06/25"))
    ).drafts
    assert [step.text for step in draft.steps] == ["Draft (31 March 2025)", "Final (30 June 2025)"]
