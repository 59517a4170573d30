"""Links, comments, colours and formulas of workbooks come with their cells; XLS files are read, and looked into first."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill

from plansite.trackers.readers.formats import read_sheets
from plansite.trackers.sheets import UnreadableTrackerError
from plansite.trackers.values.colours import name_colour
from tests.trackers.sheets import saved, workbook

_FILES = Path(__file__).parent / "files"


def test_links_of_cells_are_behind_their_words() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(Plan=(("Action", "Due"), ("Photo", date(2025, 1, 31)), ("Mail", "x"))))
    )
    page = book["Plan"]
    page["A2"].hyperlink = "https://example.org/a?b=1&c=2"
    page["B2"].hyperlink = "https://example.org/day"
    page["A3"].hyperlink = "mailto:anna@example.org"
    page["B3"].hyperlink = "#Plan!A1"
    page["A4"] = '=HYPERLINK("https://example.org/f","Formula")'
    (sheet,) = read_sheets(saved(book), "a.xlsx")
    assert sheet.rows[1:] == (
        ("Photo <https://example.org/a?b=1&c=2>", date(2025, 1, 31)),
        ("Mail", "x"),
        ("Formula <https://example.org/f>",),
    )
    assert sheet.attached == {(1, 1): ("<https://example.org/day>",)}
    assert "1 link to e-mail addresses: not read" in sheet.notes


def test_comments_have_their_authors() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Plan=(("Action", "Due"), ("Order", None)))))
    book["Plan"]["A2"].comment = Comment("Ask first", "Anna")
    book["Plan"]["B2"].comment = Comment("When?", "Ben")
    (sheet,) = read_sheets(saved(book), "a.xlsx")
    assert sheet.attached == {(1, 0): ("Anna: Ask first",), (1, 1): ("Ben: When?",)}


def test_colours_behind_cells() -> None:
    """Colours in digits, of a theme with a tint, and of the old palette; white is none."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(Plan=(("a", "b", "c", "d"),))))
    colours = (Color("FF00B050"), Color(theme=9, tint=0.4), Color(indexed=10), Color("FFFFFFFF"))
    for cell, colour in zip(book["Plan"][1], colours, strict=True):
        cell.fill = PatternFill("solid", fgColor=colour)
    (sheet,) = read_sheets(saved(book), "a.xlsx")
    assert [(column, name_colour(colour)) for column, colour in sheet.fills[0]] == [
        (0, "green"),
        (1, "amber"),
        (2, "red"),
    ]


@pytest.mark.parametrize(
    ("colour", "name"),
    [("00B050", "green"), ("C6EFCE", "green"), ("FF0000", "red"), ("FFC7CE", "red"), ("FFC000", "amber"), ("FFFF00", "yellow"),
     ("0070C0", "blue"), ("7030A0", "purple"), ("BFBFBF", "grey"), ("000000", "black"), ("FEFEFE", "white")],
)  # fmt: skip
def test_colours_have_names(colour: str, name: str) -> None:
    assert name_colour(colour) == name


def test_a_formula_without_a_result_is_text_and_the_others_are_counted() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("Plan")
    page.write_formula("A1", "=1+1", None, 2)
    page.write_formula("B1", "=cmd|' /C calc'!A0", None, "")
    page.write("A2", "x")
    page.set_row(1, None, None, {"hidden": True})
    book.close()
    (sheet,) = read_sheets(stream.getvalue(), "a.xlsx")
    assert sheet.rows == ((2, "=cmd|' /C calc'!A0"), ("x",))
    assert sheet.notes == (
        "1 formula: the result that the program stored is read",
        "1 formula without a stored result: read as text",
        "1 row hidden in the sheet: still read",
    )


def test_an_old_workbook() -> None:
    """XLS has its dates, truth values, merged cells and hidden sheets; links and colours are said not to be read."""
    for name in ("plan.xls", "plan.xlsx"):  # also under a wrong name
        first, second = read_sheets((_FILES / "plan.xls").read_bytes(), name)
        assert first.rows[2:] == (
            (None, "No", "Action", "Lead", "Target date", "Status"),
            (None, 1, "Order lamps", "Maintenance", date(2025, 1, 31), "Open"),
            (None, 2, None, None, None, True),
            (None, *["Section"] * 5),
        )
        assert second.is_hidden
        assert "save it as .xlsx" in first.notes[0]


def test_an_old_workbook_with_cells_far_apart_is_refused() -> None:
    """Six kilobytes that would need two gigabytes of memory."""
    with pytest.raises(UnreadableTrackerError, match="far outside the table"):
        read_sheets((_FILES / "far.xls").read_bytes(), "far.xls")


def test_damaged_old_workbooks_are_refused_or_read() -> None:
    maker = random.Random(1)  # noqa: S311  (bytes for a test)
    data = (_FILES / "plan.xls").read_bytes()
    for _ in range(150):
        damaged = bytearray(data)
        for _ in range(maker.randint(1, 20)):
            damaged[maker.randrange(len(damaged))] = maker.randrange(256)
        try:
            read_sheets(bytes(damaged), "a.xls")
        except UnreadableTrackerError as error:
            assert str(error)


def _changed(member: str, old: bytes, new: bytes) -> bytes:
    """A workbook in one of whose parts something is replaced."""
    stream = io.BytesIO()
    book = io.BytesIO(workbook(Plan=(("Action", "Due"), ("Order", "x"))))
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.infolist():
            data = source.read(each)
            target.writestr(each.filename, data.replace(old, new) if each.filename == member else data)
    return stream.getvalue()


_SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_changed(_SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), "defines entities"),
        (
            _changed("xl/workbook.xml", b"<workbook", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><workbook'),
            "defines entities",
        ),
        (_changed(_SHEET, b'r="B2"', b'x=">" r="XFD1048576"'), "far outside"),
        (_changed(_SHEET, b'<row r="2"><c r="A2"', b'<row r="1048576"><c r="XFD1"><v>1</v></c><c'), "far outside"),
        (_changed(_SHEET, b"<worksheet", "<worksheet".encode("utf-16")), "encoding is unusual"),
        (b"<html><table><tr><td>Action</td></tr></table></html>", "a web page"),
    ],
    ids=["entities", "external entity", "hidden place", "no place", "encoding", "web page"],
)
def test_workbooks_made_to_do_harm_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableTrackerError, match=words):
        read_sheets(data, "a.xlsx")
    with pytest.raises(UnreadableTrackerError):
        read_sheets(data, "a.xls")


def test_many_merged_cells_are_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Plan=(("Action", "Due"), ("Order", "x")))))
    for number in range(600):
        book["Plan"].merged_cells.add(f"A1:B{900 + number % 90}")
    data = saved(book)
    merged = "".join(f'<mergeCell ref="A1:B{700 + number % 300}"/>' for number in range(1_500)).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.infolist():
            part = source.read(each)
            if each.filename == _SHEET:
                start, _, rest = part.partition(b"<mergeCells")
                part = start + b"<mergeCells>" + merged + b"</mergeCells>" + rest.partition(b"</mergeCells>")[2]
            target.writestr(each.filename, part)
    with pytest.raises(UnreadableTrackerError, match="merged cells"):
        read_sheets(stream.getvalue(), "a.xlsx")
