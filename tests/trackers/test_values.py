"""Statuses, people, references and dated notes in the cells of trackers."""

from __future__ import annotations

from datetime import date

import pytest

from plansite.model.documents.records.requirements import ResponseDecision
from plansite.model.status import Status
from plansite.trackers.cells import CellValue, format_cell
from plansite.trackers.values.dated_notes import DatedNote, split_dated_notes
from plansite.trackers.values.dates import DateOrder
from plansite.trackers.values.people import split_people
from plansite.trackers.values.references import read_references, split_ref
from plansite.trackers.values.statuses import TrackerStatus, parse_status


@pytest.mark.parametrize(
    ("value", "status"),
    [("Complete", Status.COMPLETED), ("In Process", Status.IN_PROGRESS), ("Not Yet Started", Status.NOT_STARTED),
     (True, Status.COMPLETED), (False, Status.NOT_STARTED), ("TRUE", Status.COMPLETED), ("N", Status.NOT_STARTED),
     ("Implemented", Status.COMPLETED), ("Removed", Status.CANCELLED), (1.0, Status.COMPLETED), ("100%", Status.COMPLETED)],
)  # fmt: skip
def test_words_for_statuses(value: CellValue, status: Status) -> None:
    assert parse_status(value).status is status


@pytest.mark.parametrize("text", ["late", "Due", "On-time", "red", "see above", "N/A", "-"])
def test_words_that_are_no_status_stay_text(text: str) -> None:
    """How an action stands on a day is computed, and nothing is guessed."""
    assert parse_status(text) == TrackerStatus(rest=text)


def test_a_response_is_no_status() -> None:
    found = parse_status("Partially Agreed With")
    assert (found.status, found.response) == (None, ResponseDecision.PARTLY_ACCEPTED)


def test_days_late_belong_to_the_completion() -> None:
    assert parse_status("Complete -41") == TrackerStatus(status=Status.COMPLETED, days_late=-41)


def test_a_status_with_a_remark_keeps_the_remark() -> None:
    found = parse_status("Complete/Will have updates")
    assert (found.status, found.rest) == (Status.COMPLETED, "Complete/Will have updates")


def test_ambiguous_words_are_said() -> None:
    assert parse_status("Ongoing") == TrackerStatus(status=Status.IN_PROGRESS, is_ambiguous=True)


@pytest.mark.parametrize(
    ("text", "names"),
    [("MW/YO", ("MW", "YO")), ("Deputy Manager; Night Senior", ("Deputy Manager", "Night Senior")),
     ("Police Department, Mayor's Office of Safety & Engagement", ("Police Department", "Mayor's Office of Safety & Engagement")),
     ("Nurse (GP practice, Alder)", ("Nurse (GP practice, Alder)",)), ("TBC", ()), ("DFO,\nuniversities", ("DFO", "universities"))],
)  # fmt: skip
def test_people_are_split(text: str, names: tuple[str, ...]) -> None:
    assert split_people(text) == names


def test_initials_have_names_through_a_legend() -> None:
    assert split_people("MW/YO", {"MW": "Maria White"}) == ("Maria White", "YO")


def test_numbers_before_and_between_texts() -> None:
    assert split_ref("Recommendation 3: Review the rota") == ("3", "Review the rota")
    assert split_ref("Review 3 rotas") == ("", "Review 3 rotas")
    assert read_references("3,5,26") == ("3", "5", "26")
    assert read_references("3 chairs") is None


def test_dated_lines_become_notes() -> None:
    notes, rest = split_dated_notes(
        "Agreed.\n12/01/2024 - drafted\nby two people\n30/01/2024 (JW): sent", DateOrder.DAY_FIRST
    )
    assert notes == (DatedNote(date(2024, 1, 12), "drafted by two people"), DatedNote(date(2024, 1, 30), "sent", "JW"))
    assert rest == "Agreed."


def test_cells_as_people_read_them() -> None:
    assert [format_cell(value) for value in (8.0, 0.5, True, None, date(2025, 1, 6), "  a \r\n b  ")] == [
        "8", "0.5", "True", "", "2025-01-06", "a\nb"]  # fmt: skip
