"""Workbooks (XLSX) whose cells are what they look like: real dates and numbers, and texts that are never formulas."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from types import ModuleType
from typing import Any

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.exports.csv_cells import escape_cell
from plansite.exports.office_files import MissingExportError, clean_text, store_without_compression
from plansite.model.slugs import collision_key

#: A text, a number, a date, or nothing.
WorkbookCell = str | int | float | date | None
#: The most characters that a cell holds, and that the name of a sheet has.
MAX_CELL, MAX_SHEET_NAME = 32_767, 31
#: What ends a text that is too long for a cell.
CUT = " … (cut here: a cell holds no more)"
#: Characters that names of sheets cannot have.
_NOT_IN_SHEET_NAMES = compile_lazily(r"[\[\]:*?/\\\x00-\x1f]")
#: The first day that spreadsheets can count.
_FIRST_DAY = date(1900, 3, 1)
_A4 = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookColumn:
    """A column: its heading, and its width in characters."""

    title: str
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """A sheet: its name, of which as much is used as fits, its columns, and rows with a cell for each.

    `heading` is printed at the top of each sheet of paper. One that `is_hidden` is shown if somebody asks for it.
    """

    name: str
    columns: tuple[WorkbookColumn, ...]
    rows: tuple[tuple[WorkbookCell, ...], ...]
    heading: str = ""
    is_hidden: bool = False


def format_workbook(worksheets: Sequence[Worksheet], *, title: str, day: date) -> bytes:
    """An XLSX file with these sheets, made on a day. The same sheets give the same bytes.

    Each sheet has filters and a head that stays in view, and is printed sideways on A4, as wide as the paper. Raises
    MissingExportError.
    """
    module = _import_writer()
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = module.Workbook(buffer, options)
    workbook.set_properties(
        {"title": clean_text(title)[:250], "author": "plansite", "created": datetime(day.year, day.month, day.day)}  # noqa: DTZ001  (a file format without zones)
    )
    styles = _Styles.create(workbook)
    names = _name_worksheets(worksheets)
    for worksheet, name in zip(worksheets, names, strict=True):
        _write_worksheet(workbook.add_worksheet(name), worksheet, styles)
    workbook.close()
    return store_without_compression(buffer.getvalue())


def require_writer() -> None:
    """Raise MissingExportError unless workbooks can be written here."""
    _import_writer()


def _import_writer() -> ModuleType:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExportError("a workbook", "XlsxWriter") from error
    module: ModuleType = xlsxwriter
    return module


@dataclass(frozen=True, slots=True)
class _Styles:
    """The formats of cells. Those of texts that look like a formula keep them texts when somebody edits the cell."""

    head: Any
    text: Any
    quoted: Any
    day: Any
    number: Any

    @classmethod
    def create(cls, workbook: Any) -> _Styles:
        """The formats in this workbook."""
        top = {"valign": "top", "text_wrap": True}
        return cls(
            head=workbook.add_format({"bold": True, "bottom": 2, "valign": "bottom", "text_wrap": True}),
            text=workbook.add_format(top),
            quoted=workbook.add_format({**top, "quote_prefix": True}),
            day=workbook.add_format({"valign": "top", "num_format": "d mmm yyyy", "align": "left"}),
            number=workbook.add_format({"valign": "top"}),
        )


def _write_worksheet(target: Any, worksheet: Worksheet, styles: _Styles) -> None:
    last = len(worksheet.columns) - 1
    for number, column in enumerate(worksheet.columns):
        target.set_column(number, number, column.width)
        target.write_string(0, number, column.title, styles.head)
    for line, row in enumerate(worksheet.rows, 1):
        for number, cell in enumerate(row):
            _write_cell(target, line, number, cell, styles)
    target.freeze_panes(1, 1)
    target.autofilter(0, 0, max(len(worksheet.rows), 1), last)
    target.set_landscape()
    target.set_paper(_A4)
    target.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    target.fit_to_pages(1, 0)
    target.repeat_rows(0)
    target.print_area(0, 0, max(len(worksheet.rows), 1), last)
    if worksheet.is_hidden:
        target.hide()
    if worksheet.heading:
        target.set_header(f"&L{_quote_codes(worksheet.heading[:100])}")
    target.set_footer("&RPage &P of &N")


def _write_cell(target: Any, line: int, column: int, cell: WorkbookCell, styles: _Styles) -> None:
    if cell is None or cell == "":
        target.write_blank(line, column, None, styles.text)
    elif isinstance(cell, date) and cell >= _FIRST_DAY:
        target.write_datetime(line, column, datetime(cell.year, cell.month, cell.day), styles.day)  # noqa: DTZ001  (as above)
    elif isinstance(cell, int | float):
        target.write_number(line, column, cell, styles.number)
    else:
        text = fit_cell(clean_text(str(cell)))
        target.write_string(line, column, text, styles.quoted if escape_cell(text) != text else styles.text)


def fit_cell(text: str) -> str:
    """A text as far as a cell holds it; one that is cut says so. A cell counts in UTF-16."""
    if len(text.encode("utf-16-le")) // 2 <= MAX_CELL:
        return text
    room = (MAX_CELL - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def _quote_codes(text: str) -> str:
    """A text for the head of a page, where `&` begins a code."""
    return clean_text(text).replace("&", "&&")


def _name_worksheets(worksheets: Sequence[Worksheet]) -> Iterator[str]:
    """A name for each sheet that spreadsheets accept; of names that they take for the same, later ones get a number."""
    taken: set[str] = {"history"}  # Excel keeps it for itself
    for worksheet in worksheets:
        plain = " ".join(_NOT_IN_SHEET_NAMES.sub(" ", clean_text(worksheet.name)).split()).strip("'") or "Plan"
        name, number = _shorten(plain, MAX_SHEET_NAME), 1
        while collision_key(name) in taken:
            number += 1
            name = f"{_shorten(plain, MAX_SHEET_NAME - len(str(number)) - 1)} {number}"
        taken.add(collision_key(name))
        yield name


def _shorten(text: str, length: int) -> str:
    """As much of a text as fits, counted as spreadsheets count."""
    return text.encode("utf-16-le")[: length * 2].decode("utf-16-le", "ignore").strip().strip("'")
