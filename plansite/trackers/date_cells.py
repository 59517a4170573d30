"""Collects the cells of a row that have dates: whole dates become fields, and changes of a due date its history."""

from __future__ import annotations

import re
from datetime import date

from plansite.deferred_pattern import compile_lazily
from plansite.model.formatting import format_long_date
from plansite.trackers.cells import CellValue, flatten_text, format_cell
from plansite.trackers.columns.mapping import ColumnMapping
from plansite.trackers.columns.names import NEW_DUE, NOTED, ORIGINAL_DUE
from plansite.trackers.drafts import MovedDate
from plansite.trackers.row_cells import MAX_LABEL_LENGTH, RowCells
from plansite.trackers.values.dates import TrackerDate, parse_date_cell
from plansite.trackers.values.due_changes import DueChange, find_dates, parse_change, parse_due_text

#: A heading that says that the later one of two dates in a cell is the new one.
_ORIGINAL_FIRST = compile_lazily(
    r"\b(?:original|initial|first)\b.{1,20}\b(?:revised|new|current|latest)\b", re.IGNORECASE
)


def add_date(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """A whole date, or the end of a range; anything else goes into the text as it is."""
    found = parse_date_cell(value, cells.orders[mapping.column])
    if found is None:
        cells.add_other(mapping, value)
    elif mapping.field == NOTED:
        cells.row.noted = found.day
        cells.add_other(mapping, value)
    else:
        _add_found(cells, mapping.field, found, value)


def add_due(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """A due date, perhaps with the earlier ones in the same cell; anything else goes into the text as it is."""
    found = parse_date_cell(value, cells.orders[mapping.column])
    if found is not None:
        _add_found(cells, mapping.field, found, value)
        return
    order = cells.orders[mapping.column]
    is_pair = _ORIGINAL_FIRST.search(mapping.heading) is not None
    change = parse_due_text(format_cell(value), order, is_pair=is_pair) if isinstance(value, str) else None
    if change is None or change.due is None:
        cells.add_other(mapping, value)
        return
    _set_due(cells, mapping.field, change.due)
    _add_earlier(cells, change)
    cells.row.remarks.append(f"“{_shorten(value)}” is read as {format_long_date(change.due)}")


def add_moves(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """The history of the due date, one change on each line; a line without a whole date goes into the text."""
    for line in format_cell(value).replace(";", "\n").split("\n"):
        change = parse_change(line, cells.dated)
        if change is None:
            if line.strip():
                cells.add_other(mapping, line)
            continue
        _add_earlier(cells, change)
        if change.due:
            cells.append("new dues", change.due)
            if not change.earlier:
                cells.row.lists.setdefault("reasons", []).append((change.due, change.reason))
        if len(change.reason) > MAX_LABEL_LENGTH:
            cells.add_other(mapping, line)


def add_owner_and_due(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """A cell such as `Head of Estates, 31 March 2025`: the date at its end or start, and the names."""
    text = format_cell(value)
    dates = find_dates(text, cells.orders[mapping.column])
    if len(dates) == 1:
        day, words = dates[0]
        before, _, after = text.partition(words)
        if not (before.strip(" \n,;:-–—/()") and after.strip(" \n,;:-–—/().")):
            cells.row.values.setdefault("due", day)
            names = (before if before.strip(" \n,;:-–—/()") else after).strip(" \n,;:-–—/().")
            names = names.removesuffix(" by").removesuffix(" due")
            if names:
                cells.add_people(mapping, names)
            return
    if dates or any(letter.isdigit() for letter in text):
        cells.add_other(mapping, value)
    else:
        cells.add_people(mapping, value)


def _add_found(cells: RowCells, field: str, found: TrackerDate, value: CellValue) -> None:
    row = cells.row
    if field in ("due", NEW_DUE, ORIGINAL_DUE):
        _set_due(cells, field, found.day)
    else:
        row.values[field] = found.day
    if found.start:
        row.values.setdefault("started" if field not in ("due", NEW_DUE) else "start", found.start)
        row.remarks.append(
            f"“{_shorten(value)}” is read as {format_long_date(found.start)} to {format_long_date(found.day)}"
        )
    if found.has_short_year:
        row.remarks.append(f"“{_shorten(value)}” is read as {format_long_date(found.day)}")


def _set_due(cells: RowCells, field: str, day: date) -> None:
    """Keep a due date; of several columns with new ones, each replaces the one before."""
    if field == "due":
        cells.row.values["due"] = day
    elif field == NEW_DUE:
        cells.append("new dues", day)
    else:
        cells.append("originals", day)


def _add_earlier(cells: RowCells, change: DueChange) -> None:
    for day in change.earlier:
        cells.append("moved", MovedDate(day, change.reason[:MAX_LABEL_LENGTH]))


def _shorten(value: CellValue) -> str:
    return flatten_text(value)[:MAX_LABEL_LENGTH]
