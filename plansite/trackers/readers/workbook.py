"""Reads spreadsheets: XLSX, XLS and ODS, with python-calamine."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from plansite.trackers.cells import CellValue
from plansite.trackers.readers.archives import check_archive
from plansite.trackers.sheets import MAX_CELLS, Row, Sheet, UnreadableTrackerError

#: A merged area with more cells than this is a background, and only its first cell has the text.
_MAX_MERGED = 2_000


def read_workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook, also hidden ones, each from its first row and column on.

    Each cell of a merged area has the value of the area. Formulas have the result that the program stored.
    Raises UnreadableTrackerError, and ImportError if python-calamine is not installed.
    """
    import python_calamine  # imported here because it is an extra

    if not name.lower().endswith(".xls"):
        check_archive(data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_read_sheet(workbook, found, name) for found in workbook.sheets_metadata if _is_table(found))
    except python_calamine.PasswordError as error:
        raise UnreadableTrackerError("it is encrypted; open it, remove the password, and save it again") from error
    except (python_calamine.CalamineError, ValueError, OverflowError) as error:
        raise UnreadableTrackerError(
            "it cannot be read as a spreadsheet; open it in its program, and save it again as .xlsx"
        ) from error


def _is_table(found: Any) -> bool:
    return "WorkSheet" in str(found.typ)


def _read_sheet(workbook: Any, found: Any, file: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(found.name)
    rows: list[Row] = []
    cells = 0
    left = sheet.start[1] if sheet.start else 0  # rows are given from the first row on, but not from the first column
    if sheet.end is not None:
        for values in sheet.iter_rows():
            row = _strip_empty_end((None,) * left + tuple(map(_convert, values)))
            rows.append(row)
            cells += len(row)
            if cells > MAX_CELLS:
                raise UnreadableTrackerError(f"a sheet has more than {MAX_CELLS:,} cells; split it")
    while rows and not rows[-1]:
        rows.pop()
    areas = getattr(sheet, "merged_cell_ranges", None) or ()
    filled = _fill_merged(rows, areas)
    is_hidden = not str(found.visible).endswith(".Visible")
    return Sheet(file=file, name=found.name, rows=tuple(filled), is_hidden=is_hidden)


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
        case timedelta():
            return str(value)
    return str(value)


def _strip_empty_end(row: Row) -> Row:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _fill_merged(rows: list[Row], areas: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> list[Row]:
    """The rows with the value of each merged area in all of its cells."""
    changed: dict[int, list[CellValue]] = {}
    for (top, left), (bottom, right) in areas:
        if (bottom - top + 1) * (right - left + 1) > _MAX_MERGED or top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for index in range(top, min(bottom + 1, len(rows))):
            row = changed.setdefault(index, list(rows[index]))
            row.extend([None] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right - left + 1)
    return [tuple(changed[index]) if index in changed else row for index, row in enumerate(rows)]
