"""Where the cells of each column go."""

from __future__ import annotations

import re
from collections.abc import Callable

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import CellValue, flatten_text
from plansite.trackers.columns.mapping import ColumnMapping
from plansite.trackers.columns.names import (
    BARRIERS,
    DONE,
    FINDING,
    GOAL,
    LIST,
    MARKED,
    MOVES,
    NEW_DUE,
    NOTED,
    ORIGINAL_DUE,
    OUTCOME,
    OWNER_AND_DUE,
    PROGRESS,
    RESPONSE,
    REVIEW,
    SOURCE_KIND,
    SOURCE_REF,
    STEPS,
    STEPS_DONE,
)
from plansite.trackers.date_cells import add_date, add_due, add_moves, add_owner_and_due
from plansite.trackers.row_cells import RowCells
from plansite.trackers.task_cells import add_done, add_list, add_references, add_steps_done
from plansite.trackers.values.links import remove_addresses

_Place = Callable[[RowCells, ColumnMapping, CellValue], None]
_PLACES: dict[str, _Place] = {
    "title": RowCells.add_title,
    "ref": RowCells.add_ref,
    "status": RowCells.add_status,
    RESPONSE: RowCells.add_response,
    "owner": RowCells.add_people,
    "supporters": RowCells.add_people,
    OWNER_AND_DUE: add_owner_and_due,
    **dict.fromkeys(("created", "started", "completed", NOTED), add_date),
    **dict.fromkeys(("due", NEW_DUE, ORIGINAL_DUE), add_due),
    MARKED: RowCells.add_marked,
    PROGRESS: RowCells.add_progress,
    MOVES: add_moves,
    "evidence": RowCells.add_evidence,
    "depends_on": add_references,
    LIST: add_list,
    DONE: add_done,
    STEPS_DONE: add_steps_done,
    "priority": RowCells.add_priority,
    "rag": RowCells.add_rag,
    STEPS: RowCells.add_steps,
    "tags": RowCells.add_tags,
    **dict.fromkeys((BARRIERS, OUTCOME), RowCells.add_text),
    **dict.fromkeys((GOAL, SOURCE_KIND, SOURCE_REF, "resources"), RowCells.add_line),
    FINDING: RowCells.add_finding,
    REVIEW: RowCells.add_other,
}
#: Of these the text keeps its links; from the others they go into the text below the heading of the column.
_WITH_LINKS = frozenset({"", PROGRESS, STEPS, BARRIERS, OUTCOME, FINDING, "evidence", REVIEW})
_MOVED = compile_lazily(r"moved (?:from|to)\b", re.IGNORECASE)


def add_cell(cells: RowCells, mapping: ColumnMapping, value: CellValue) -> None:
    """Give a cell that is not empty to its place. A link in the cell of a field is kept as well."""
    place = _PLACES.get(mapping.field, RowCells.add_other)
    if isinstance(value, str):
        if mapping.field == "status" and _MOVED.match(flatten_text(value)):
            place = add_moves
        if "<" in value and mapping.field not in _WITH_LINKS:
            plain = remove_addresses(value)
            if plain != value:
                cells.add_other(mapping, value)
            value = plain
    place(cells, mapping, value)
