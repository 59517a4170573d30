"""Workbooks: another program reads every cell as it was given, and the same rows give the same bytes."""

from __future__ import annotations

import builtins
import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.office_files import MissingExportError
from plansite.exports.workbook import (
    CUT,
    MAX_CELL,
    WorkbookCell,
    WorkbookColumn,
    Worksheet,
    fit_cell,
    format_workbook,
)

_DAY = date(2025, 1, 20)


def _format(*rows: tuple[WorkbookCell, ...], names: tuple[str, ...] = ("Plan",), heading: str = "") -> bytes:
    columns = (WorkbookColumn(title="One", width=20), WorkbookColumn(title="Two"))
    worksheets = [Worksheet(name=name, columns=columns, rows=rows, heading=heading) for name in names]
    return format_workbook(worksheets, title="Register", day=_DAY)


def _open(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-1",
        "@SUM(A1)",
        "{=1}",
        "007",
        "1E5",
        "https://example.org",
        "mailto:a@example.org",
        " x ",
        "a\nb",
    ],
)
def test_a_text_is_a_text(text: str) -> None:
    """Whatever it looks like, it is neither a formula, a number nor a link, and comes back as it is."""
    cell = _open(_format((text, "")))["Plan"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize(("text", "is_quoted"), [("=1+1", True), ("007", True), ("Mend it", False)])
def test_a_text_stays_a_text_when_it_is_edited(text: str, is_quoted: bool) -> None:
    """A cell whose text could be taken for something else is marked as text, so that editing it changes nothing."""
    cell = _open(_format((text, "")))["Plan"]["A2"]
    assert bool(cell.quotePrefix) is is_quoted


_CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff_"), max_size=40)


@given(st.lists(st.tuples(_CELLS, _CELLS), min_size=1, max_size=5))
def test_every_text_comes_back(rows: list[tuple[str, str]]) -> None:
    """Another program reads the same texts."""
    sheet = _open(_format(*rows))["Plan"]
    read = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(min_row=2, max_col=2, values_only=True)]
    assert [row for row in read if any(row)] == [row for row in rows if any(row)]


def test_dates_and_numbers() -> None:
    """A date is a date and a number a number; a date that no spreadsheet can count is a text."""
    sheet = _open(_format((date(2025, 1, 31), 7), (date(1899, 1, 1), 1.5), (None, "")))["Plan"]
    assert list(sheet.iter_rows(min_row=2, values_only=True)) == [
        (datetime(2025, 1, 31), 7),  # noqa: DTZ001  (as the library gives it)
        ("1899-01-01", 1.5),
        (None, None),
    ]
    assert sheet["A2"].number_format == "d mmm yyyy"


def test_how_it_is_set_up() -> None:
    """Filters, a head that stays, and print on A4 sideways, as wide as the paper, with the head on each sheet."""
    sheet = _open(_format(("a", "b"), heading="R&D plan"))["Plan"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "R&D plan".replace("&", "&&")
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)


def test_names_of_sheets() -> None:
    """As much of a name as fits, without what is not allowed, and no two the same."""
    long = "The plan after the inspection of the house"
    workbook = _open(
        _format(("a", "b"), names=(long, long, "a/b: [c]", "A B  (C)", "''", "", "History", "é", "E\u0301"))
    )
    names = workbook.sheetnames
    assert names[:2] == ["The plan after the inspection o", "The plan after the inspection 2"]
    assert names[2:7] == ["a b c", "A B (C)", "Plan", "Plan 2", "History 2"]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 for name in names)


@pytest.mark.parametrize("text", ["x" * MAX_CELL, "\U0001f600" * (MAX_CELL // 2)])
def test_a_text_that_just_fits(text: str) -> None:
    """Spreadsheets count in UTF-16."""
    assert fit_cell(text) == text


@pytest.mark.parametrize("text", ["x" * (MAX_CELL + 1), "\U0001f600" * (MAX_CELL // 2 + 1)])
def test_a_text_that_is_too_long(text: str) -> None:
    """It is cut, and says so; no character is cut in half."""
    cut = fit_cell(text)
    assert cut.endswith(CUT)
    assert text.startswith(cut.removesuffix(CUT))
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_CELL
    assert _open(_format((text, "")))["Plan"]["A2"].value == cut


def test_characters_that_are_not_allowed() -> None:
    """Control characters and halves of characters are replaced, and nothing else is."""
    assert _open(_format(("a\x00b\x1bc\ud800d", "")))["Plan"]["A2"].value == "a\ufffdb\ufffdc\ufffdd"


def test_the_same_rows_give_the_same_bytes() -> None:
    """Nothing tells when or where it was made, and nothing depends on a compressor."""
    first, second = _format(("a", _DAY)), _format(("a", _DAY))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {(member.date_time, member.compress_type) for member in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0)
        }
    assert _open(first).properties.created == datetime(2025, 1, 20)  # noqa: DTZ001  (as the library gives it)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the command that installs it."""
    real_import = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name == "xlsxwriter":
            raise ImportError(name)
        return real_import(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExportError, match=r"pip install 'plansite\[export\]'"):
        _format(("a", "b"))
