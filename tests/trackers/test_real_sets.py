"""Trackers that others have published: every row is accounted for, and nothing is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from plansite.model.status import Status
from plansite.trackers.columns.map_file import parse_map_file
from plansite.trackers.readers.formats import read_sheets
from plansite.trackers.reading import TrackerReading, read_tables
from plansite.trackers.tables.tables import find_tables

_FOLDER = Path(__file__).parents[3] / "shared" / "data"
_SETS = {
    "baltimore": "baltimore-100-days/data/data/100 Day Tracker Data.xlsx",
    "dfo": "dfo-blue-whale-action-plan/data/Rmd/Ap-BlueWhaleNwRorqualBleu-v00-2020Juil-Eng.docx",
    "hera": "hera-milestones/data/records.csv",
    "nz": "nz-promises/data/data/promises.csv",
    "fds": "us-federal-data-strategy/data/pages/2020/action-plan/index.md",
    "omb": "omb-payment-integrity/data/data_processing/extracted/KPI_ImproperPaymentsSurveyProgressGoal_vw_IP.csv",
}


def _read(name: str) -> TrackerReading:
    path = _FOLDER / _SETS[name]
    if not path.exists():
        pytest.skip(f"there is no {path}")
    return read_tables(*find_tables(read_sheets(path.read_bytes(), path.name)))


@pytest.mark.parametrize("name", _SETS)
def test_every_row_belongs_to_one_action_or_has_a_reason(name: str) -> None:
    reading = _read(name)
    accounted = Counter(
        (draft.table.rsplit(", ", 1)[0] if name != "dfo" else draft.table, row)
        for draft in reading.drafts
        for row in draft.rows
    )
    assert reading.drafts
    assert sum(accounted.values()) + len(reading.unread_rows) == reading.row_count


def test_baltimore() -> None:
    reading = _read("baltimore")
    assert Counter(draft.status for draft in reading.drafts) == {
        Status.COMPLETED: 23, Status.IN_PROGRESS: 31, Status.NOT_STARTED: 4}  # fmt: skip
    assert [sheet.sheet.name for sheet in reading.skipped if "hidden" in sheet.reason] == ["Actions As Provided 129"]
    assert reading.drafts[0].ref == "8"


def test_blue_whale() -> None:
    """The numbered measures of all tables, and no other table; no words about time are dates."""
    reading = _read("dfo")
    assert [draft.ref for draft in reading.drafts] == [str(number) for number in range(1, 39)]
    assert {draft.due for draft in reading.drafts} == {None}
    assert any(other.text == "Ongoing" for draft in reading.drafts for other in draft.others)


def test_hera() -> None:
    reading = _read("hera")
    by_ref = {draft.ref: draft for draft in reading.drafts}
    assert by_ref["year2Summary"].due == date(2016, 9, 30)
    report = by_ref["year1AnnualWorkshopReport"]
    assert (report.status, report.due, report.completed) == (Status.COMPLETED, date(2015, 1, 30), date(2015, 3, 1))


def test_omb() -> None:
    """The reports of quarters about one goal are one action with dated notes."""
    reading = _read("omb")
    most = max(reading.drafts, key=lambda draft: len(draft.rows))
    assert len(most.rows) > 5
    assert len(most.notes) > 1
    groups = {
        (draft.owner, draft.goal, " ".join((draft.text or draft.title).split()).casefold()) for draft in reading.drafts
    }
    assert len(reading.drafts) < 1.15 * len(groups)
    assert all(draft.due is None or draft.due.year >= 2015 for draft in reading.drafts)


def test_federal_data_strategy() -> None:
    """Each table is below the heading of its goal; a struck date is an earlier one; words about time are no dates."""
    reading = _read("fds")
    by_title = {draft.title: draft for draft in reading.drafts}
    moved = by_title["Perform an assessment of current staff data literacy and data skills"]
    assert (moved.due, [move.due for move in moved.moved]) == (date(2020, 7, 31), [date(2020, 6, 30)])
    assert moved.goal == "Action 4: Identify Opportunities to Increase Staff Data Skills"
    assert by_title["Adopt a master data management program"].due is None
    assert len(reading.drafts) == 66


@pytest.mark.parametrize(("number", "heading", "done"), [
    ("2-1", "Did an agency post DGB to webpage?", "Y"), ("3-1", "Did the agency select a data maturity assessment model?", "Selected"),
    ("4-1", "Did the agency complete an assessment of current staff data literacy and data skills?", "Complete"),
])  # fmt: skip
def test_tables_that_do_not_say_what_to_do(number: str, heading: str, done: str) -> None:
    """With a map, each agency is an action; the row with the count is not."""
    path = _FOLDER / f"us-federal-data-strategy/data/assets/data/FDS-2020-Milestone-{number}.csv"
    if not path.exists():
        pytest.skip(f"there is no {path}")
    sheets = read_sheets(path.read_bytes(), path.name)
    tables, skipped = find_tables(sheets)
    assert (tables, "a map file" in skipped[0].reason) == ((), True)
    text = (
        f'title: "Milestone {number}: {{CFO Act Agencies}}"\ncolumns: {{CFO Act Agencies: owner, "{heading}": status}}\n'
        "statuses: {Selected: completed, Not Selected: not started}\n"
    )
    tracker_map = parse_map_file(text.encode(), "map.yaml")
    reading = read_tables(*find_tables(sheets, tracker_map=tracker_map), tracker_map)
    assert (len(reading.drafts), [row.reason for row in reading.unread_rows]) == (24, ["a total"])
    first = reading.drafts[0]
    assert (first.title, first.owner) == (f"Milestone {number}: Department of Agriculture", "Department of Agriculture")
    column = sheets[0].rows[0].index(heading)
    expected = sum(row[column] == done for row in sheets[0].rows)
    assert sum(draft.status is Status.COMPLETED for draft in reading.drafts) == expected > 0
