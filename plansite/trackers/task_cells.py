"""Collects cells of programs for tasks: the list of a card, a mark that it is done, checklists, what it waits for."""

from __future__ import annotations

from plansite.deferred_pattern import compile_lazily
from plansite.model.status import Status
from plansite.trackers.cells import CellValue, flatten_text, format_cell
from plansite.trackers.columns.mapping import ColumnMapping
from plansite.trackers.columns.names import GOAL
from plansite.trackers.drafts import OtherText
from plansite.trackers.row_cells import MAX_LABEL_LENGTH, RowCells, name_column
from plansite.trackers.values.references import read_references
from plansite.trackers.values.statuses import parse_status

_SHARE = compile_lazily(r"(\d{1,4})\s*(?:/|of)\s*(\d{1,4})")


def add_list(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """The list of a board in which a task is: its status if no other column has it; a list without one is the goal."""
    found = parse_status(value)
    if found.status and not found.rest:
        cells.append("listed", (found.status, OtherText(name_column(mapping), flatten_text(value))))
    else:
        cells.row.values.setdefault(GOAL, flatten_text(value)[:MAX_LABEL_LENGTH])
        if len(flatten_text(value)) > MAX_LABEL_LENGTH:
            cells.add_other(mapping, value)


def add_done(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """A mark that a task is done. One that is not ticked says nothing about how far it is."""
    if parse_status(value).status is Status.COMPLETED:
        cells.append("rated", (Status.COMPLETED, OtherText(name_column(mapping), flatten_text(value))))
    else:
        cells.add_other(mapping, value)


def add_steps_done(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """How many steps are done, such as 1/3: which of them is only known if all are."""
    found = _SHARE.fullmatch(flatten_text(value))
    if found and found[1] == found[2]:
        cells.row.values["steps_done"] = int(found[1])
    cells.add_other(mapping, value)


def add_references(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """What has to come first: by numbers, or by the titles of other rows, which are looked for when all are read."""
    references = read_references(value)
    if references and cells.has_numbers:
        cells.row.lists.setdefault("depends_on", []).extend(references)
    else:
        cells.append("waits_for", OtherText(name_column(mapping), format_cell(value)))
