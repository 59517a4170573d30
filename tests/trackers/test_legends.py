"""Colours are read through a legend or a map file, and only so."""

from __future__ import annotations

import pytest

from plansite.model.status import Status
from plansite.trackers.columns.map_file import parse_map_file
from plansite.trackers.drafts import OtherText
from plansite.trackers.tables.legends import read_meaning
from tests.trackers.sheets import read, sheet

_HEADING = ("No", "Action", "Lead", "Due", "BRAG")
_ROWS = ((1, "Order lamps", "MW", "31/01/2025", None), (2, "Fit lamps", "YO", "28/02/2025", None))
_BLUE, _GREEN, _RED, _GREY = "0070C0", "00B050", "FF0000", "BFBFBF"


def _statuses(*rows: tuple[object, ...], **fields: object) -> list[Status | None]:
    return [draft.status for draft in read(sheet(*rows, **fields)).drafts]


def test_a_legend_of_cells_above_the_table() -> None:
    """Another green is green. What is no status stays text."""
    fills = {0: ((1, _BLUE), (2, _GREEN), (3, _RED)), 3: ((4, _BLUE),), 4: ((4, "92D050"),), 5: ((4, _RED),)}
    rows = (("Key", "Complete", "On track", "Overdue"), (), _HEADING, *_ROWS, (3, "Tell all", "MW", None, None))
    drafts = read(sheet(*rows, fills=fills)).drafts
    assert [draft.status for draft in drafts] == [Status.COMPLETED, Status.IN_PROGRESS, None]
    assert drafts[2].others == (OtherText("BRAG", "Overdue"),)
    assert drafts[0].remarks == ("the colour under “BRAG” is read as completed (“Complete”)",)


def test_without_a_legend_a_colour_says_nothing_and_that_is_said() -> None:
    reading = read(sheet(_HEADING, *_ROWS, fills={1: ((4, _GREEN),), 2: ((4, _GREEN),)}))
    assert [draft.status for draft in reading.drafts] == [None, None]
    assert "2 cells under “BRAG” with a colour and no word: not read" in reading.notes[0]
    assert "green (`00B050`)" in reading.notes[0]


def test_a_map_file_says_what_a_colour_means() -> None:
    tracker_map = parse_map_file(b"statuses: {Green: completed, FF0000: blocked}\n", "map.yaml")
    reading = read(sheet(_HEADING, *_ROWS, fills={1: ((4, _GREEN),), 2: ((4, _RED),)}), tracker_map=tracker_map)
    assert [draft.status for draft in reading.drafts] == [Status.COMPLETED, Status.BLOCKED]
    assert reading.notes == ()


def test_a_legend_in_words_explains_words() -> None:
    """In one organisation green is complete, in another on track."""
    rows = [(*row[:4], word) for row, word in zip(_ROWS, ("Blue", "G"), strict=True)]
    legend = ("Key: Blue = complete; Green = on track; Red = overdue",)
    assert _statuses(legend, _HEADING, *rows) == [Status.COMPLETED, Status.IN_PROGRESS]
    assert _statuses(_HEADING, *rows) == [None, None]


def test_a_legend_below_the_table_is_no_action() -> None:
    below = ((), ("RAG key",), (None, "Complete"), (None, "In progress"))
    fills = {1: ((4, _GREEN),), 2: ((4, _RED),), 5: ((0, _GREEN),), 6: ((0, _RED),)}
    reading = read(sheet(_HEADING, *_ROWS, *below, fills=fills))
    assert [draft.status for draft in reading.drafts] == [Status.COMPLETED, Status.IN_PROGRESS]
    assert [row.reason for row in reading.unread_rows] == ["a part of the legend"] * 3


def test_completed_rows_that_are_shaded() -> None:
    shaded = tuple((column, _GREY) for column in range(5))
    rows = (_HEADING, *_ROWS, (), (None, "Grey", "Completed action"))
    assert _statuses(*rows, fills={1: shaded, 4: ((1, _GREY),)}) == [Status.COMPLETED, None]
    assert _statuses(_HEADING, *_ROWS, fills={1: shaded}) == [None, None]


def test_a_comment_beside_a_rating_is_no_legend() -> None:
    """Colours and words in the rows of the table itself explain nothing."""
    heading = ("No", "Action", "RAG", "Comment")
    rows = (
        (1, "Order lamps", "Green", "Complete"),
        (2, "Fit lamps", "Red", "On track"),
        (3, "Tell all", "Green", None),
    )
    assert _statuses(heading, *rows) == [None, None, None]


@pytest.mark.parametrize(
    ("words", "status"),
    [("Complete", Status.COMPLETED), ("Action completed and embedded", Status.COMPLETED), ("On target", Status.IN_PROGRESS),
     ("Not yet started", Status.NOT_STARTED), ("Not on track", None), ("At risk of delay", None), ("Overdue", None),
     ("No longer required", Status.CANCELLED), ("On hold", Status.BLOCKED)],
)  # fmt: skip
def test_what_the_words_of_legends_mean(words: str, status: Status | None) -> None:
    assert read_meaning(words) is status
