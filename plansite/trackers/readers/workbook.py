"""Reads spreadsheets: XLSX and XLS, with python-calamine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from plansite.trackers.cells import CellValue
from plansite.trackers.readers.archives import ENCRYPTED, check_archive, is_compound_file
from plansite.trackers.readers.compound_files import check_workbook_stream
from plansite.trackers.readers.details import SheetDetails, add_details
from plansite.trackers.readers.xlsx_details import read_xlsx_details
from plansite.trackers.sheets import MAX_CELLS, Position, Row, Sheet, UnreadableTrackerError

#: A merged area with more cells than this is a background, and only its first cell has the text.
_MAX_MERGED = 2_000
#: Cells in all merged areas of a sheet.
_MAX_MERGED_IN_SHEET = 1_000_000
_OLD_FORMAT = "links, comments and colours of an .xls file are not read; save it as .xlsx to bring them in"
_UNREADABLE = "it cannot be read as a spreadsheet; open it in its program, and save it again as .xlsx"
Area = tuple[tuple[int, int], tuple[int, int]]


def read_workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook, also hidden ones, each from its first row and column on.

    Each cell of a merged area has the value of the area. Formulas have the result that the program stored.
    Raises UnreadableTrackerError, and ImportError if python-calamine is not installed.
    """
    import python_calamine  # imported here because it is an extra

    is_old = is_compound_file(data)
    if is_old:
        check_workbook_stream(data)
    else:
        check_archive(data)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            details = _read_details(data, is_old=is_old)
            return tuple(
                _read_sheet(workbook, found, name, details.get(found.name, SheetDetails()), is_old=is_old)
                for found in workbook.sheets_metadata
                if "WorkSheet" in str(found.typ)
            )
    except python_calamine.PasswordError as error:
        raise UnreadableTrackerError(ENCRYPTED) from error
    except (python_calamine.CalamineError, ValueError, OverflowError, zipfile.BadZipFile) as error:
        raise UnreadableTrackerError(_UNREADABLE) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault of the library, which is written in Rust
            raise
        raise UnreadableTrackerError(_UNREADABLE) from error


def _read_details(data: bytes, *, is_old: bool) -> Mapping[str, SheetDetails]:
    if is_old:
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return read_xlsx_details(archive)


def _read_sheet(workbook: Any, found: Any, file: str, details: SheetDetails, *, is_old: bool) -> Sheet:
    sheet = workbook.get_sheet_by_name(found.name)
    rows: list[Row] = []
    cells = 0
    left = sheet.start[1] if sheet.start else 0  # rows are given from the first row on, but not from the first column
    if sheet.end is not None:
        for values in sheet.iter_rows():
            row = strip_empty_end((None,) * left + tuple(map(_convert, values)))
            rows.append(row)
            cells += len(row)
            if cells > MAX_CELLS:
                raise UnreadableTrackerError(f"a sheet has more than {MAX_CELLS:,} cells; split it")
    while rows and not rows[-1]:
        rows.pop()
    detailed = add_details(rows, details)
    filled, repeated = fill_merged(detailed.rows, getattr(sheet, "merged_cell_ranges", None) or ())
    return Sheet(
        file=file,
        name=found.name,
        rows=filled,
        is_hidden=not str(found.visible).endswith(".Visible"),
        notes=(*details.list_notes(), *((_OLD_FORMAT,) if is_old else ())),
        attached=detailed.attached,
        fills=details.fills,
        repeated=repeated,
    )


def _convert(value: Any) -> CellValue:
    match value:
        case "":
            return None
        case datetime():
            has_time = value.time() != time()
            return value if has_time else value.date()
        case date() | str() | bool() | int() | float():
            return value
        case time():
            return value.strftime("%H:%M")
    return str(value)


def strip_empty_end(row: Row) -> Row:
    """A row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def fill_merged(rows: Sequence[Row], areas: Sequence[Area]) -> tuple[tuple[Row, ...], frozenset[Position]]:
    """The rows with the value of each merged area in all of its cells, and the cells that repeat the one above them.

    An area is its first and its last cell, each with its row and column from 0.
    """
    changed: dict[int, list[CellValue]] = {}
    repeated: set[Position] = set()
    count = 0
    for (top, left), (bottom, right) in areas:
        size = (bottom - top + 1) * (right - left + 1)
        if size > _MAX_MERGED or top >= len(rows) or left >= len(rows[top]) or rows[top][left] is None:
            continue
        count += size
        if count > _MAX_MERGED_IN_SHEET:
            raise UnreadableTrackerError(
                "it has far more merged cells than a tracker; save the table alone in a new file"
            )
        value = rows[top][left]
        for index in range(top, min(bottom + 1, len(rows))):
            row = changed.setdefault(index, list(rows[index]))
            row.extend([None] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right - left + 1)
            if index > top:
                repeated.update((index, column) for column in range(left, right + 1))
    filled = tuple(tuple(changed[index]) if index in changed else row for index, row in enumerate(rows))
    return filled, frozenset(repeated)
