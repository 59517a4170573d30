"""Files of every format become sheets; files that are made to do harm are refused."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from plansite.trackers.readers.formats import is_lock_file, read_sheets
from plansite.trackers.sheets import UnreadableTrackerError
from tests.trackers.sheets import saved, word_document, workbook

_ROWS = (("Action", "Due"), ("Order lamps", "31/01/2025"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "Action,Due\r\nOrder lamps,31/01/2025\r\n"),
        ("a.csv", "Action;Due\nOrder lamps;31/01/2025\n"),
        ("a.csv", '\ufeffAction,Due\n"Order lamps",31/01/2025\n'),
        ("a.tsv", "Action\tDue\nOrder lamps\t31/01/2025\n"),
        ("a.txt", "Action|Due\nOrder lamps|31/01/2025\n"),
    ],
)
def test_delimited_texts(name: str, text: str) -> None:
    assert read_sheets(text.encode(), name)[0].rows == _ROWS


def test_texts_in_other_encodings() -> None:
    """UTF-16 as Excel saves Unicode text, and the encoding of western computers, which is said."""
    assert read_sheets("Action,Due\nOrder lamps,31/01/2025\n".encode("utf-16"), "a.csv")[0].rows == _ROWS
    (sheet,) = read_sheets("Action,Owner\nCafé,Ján\n".encode("cp1252"), "a.csv")
    assert sheet.rows[1] == ("Café", "Ján")
    assert "Windows-1252" in sheet.notes[0]


def test_a_workbook_has_its_types_and_its_hidden_sheets() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["B3"], page["C3"], page["B4"], page["C4"] = "Action", "Due", "Order lamps", date(2025, 1, 31)
    page.merge_cells("B6:C6")
    page["B6"] = "Section"
    other = book.create_sheet("Old")
    other["A1"], other.sheet_state = "Action", "hidden"
    first, second = read_sheets(saved(book), "a.xlsx")
    assert (first.is_hidden, second.is_hidden) == (False, True)
    assert first.rows == (
        (),
        (),
        (None, "Action", "Due"),
        (None, "Order lamps", date(2025, 1, 31)),
        (),
        (None, "Section", "Section"),
    )


def test_a_sheet_that_is_declared_a_million_rows_long() -> None:
    """Colours far below the table are no cells."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(Plan=_ROWS)))
    book["Plan"].cell(1_048_567, 11).fill = PatternFill("solid", fgColor="FF0000")
    assert read_sheets(saved(book), "a.xlsx")[0].rows == _ROWS


def test_a_cell_far_outside_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Plan=_ROWS)))
    book["Plan"].cell(1_048_567, 16_000, "x")
    with pytest.raises(UnreadableTrackerError, match="far outside the table"):
        read_sheets(saved(book), "a.xlsx")


def test_tables_of_a_word_document() -> None:
    sheets = read_sheets(word_document(_ROWS, (("Name",), ("Anna",))), "a.docx")
    assert [sheet.rows for sheet in sheets] == [_ROWS, (("Name",), ("Anna",))]


def test_tables_of_a_markdown_file() -> None:
    text = "# Plan\n\n| Action | Due |\n|---|:--|\n| Order \\| lamps<br>now | 31/01/2025 |\n\nText | text\n"
    (sheet,) = read_sheets(text.encode(), "a.md")
    assert (sheet.name, sheet.first_row, sheet.rows) == (
        "Plan",
        3,
        (("Action", "Due"), ("Order | lamps\nnow", "31/01/2025")),
    )


def _archive(name: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("~$plan.xlsx", b"\x05Anna", "while the tracker is open"),
        ("plan.pdf", b"%PDF", "the spreadsheet or document"),
        ("plan.doc", b"\xd0\xcf", "save it as .docx"),
        ("plan.xlsx", b"no archive", "damaged"),
        ("plan.docx", _archive("a", b"a"), "save it again"),
        ("plan.xlsx", _archive("xl/worksheets/sheet1.xml", bytes(64 * 2**20)), "far more than a tracker"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("plan.csv", b"a\0b", "not a text file"),
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1nothing", "cannot be read"),
        ("plan.ods", b"PK\x03\x04", "damaged"),
    ],
    ids=[
        "lock file",
        "pdf",
        "doc",
        "no archive",
        "no document",
        "bomb",
        "encrypted",
        "no text",
        "no workbook",
        "cut off",
    ],
)
def test_what_cannot_be_read_is_said(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableTrackerError, match=words):
        read_sheets(data, name)


def test_an_entity_bomb_does_no_harm() -> None:
    """A workbook whose XML has nested entities is refused, or read without them."""
    good = workbook(Plan=_ROWS)
    stream = io.BytesIO()
    bomb = b'<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(stream, "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                data = bomb + data.replace(b"Order lamps", b"&c;")
            target.writestr(member.filename, data)
    try:
        sheets = read_sheets(stream.getvalue(), "a.xlsx")
    except UnreadableTrackerError:
        return
    assert "xxxxxxxxxx" not in str(sheets)


def test_damaged_files_are_refused_or_read() -> None:
    """Bytes that are changed at random make no other error."""
    maker = random.Random(1)  # noqa: S311  (bytes for a test)
    for name, data in (("a.xlsx", workbook(Plan=_ROWS)), ("a.docx", word_document(_ROWS))):
        for _ in range(60):
            damaged = bytearray(data)
            for _ in range(maker.randint(1, 20)):
                damaged[maker.randrange(len(damaged))] = maker.randrange(256)
            try:
                read_sheets(bytes(damaged), name)
            except UnreadableTrackerError as error:
                assert str(error)


def test_lock_files_are_known_by_name() -> None:
    assert is_lock_file("folder/~$Design.xlsx")
    assert not is_lock_file("folder/Design.xlsx")
