"""A sheet: the cells of one table or page of a file, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from plansite.deferred_dataclass import dataclass
from plansite.trackers.cells import CellValue
from plansite.trackers.own_cells import OwnCell

#: The cells of a row, from the first column of the sheet on; cells that are missing at its end are empty.
Row: TypeAlias = tuple[CellValue, ...]

#: The row and the column of a cell, each from 0.
Position: TypeAlias = tuple[int, int]
#: The colours of a row: pairs of a column and a colour.
Fills: TypeAlias = tuple[tuple[int, str], ...]

#: What is read of one file at most. Larger files are refused.
MAX_FILE_SIZE = 64 * 1024 * 1024
MAX_CELLS = 5_000_000
#: Rows times columns of a sheet with what lies between its cells, for which libraries need memory.
MAX_AREA = 10_000_000


class UnreadableTrackerError(Exception):
    """A file that cannot be read as a tracker. The message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of cells. `first_row` is the number of the first of them, as the program of the file counts from 1.

    `file` is the name of the file, and `name` that of the sheet, or of a table in a document; empty if the file has
    just one. `heading` is the heading above a table in a document. `notes` say what was read in another way than it
    is written, or not at all.

    Positions of cells are pairs of a row and a column, each from 0. `attached` are texts that belong to a cell and are
    not in it, such as comments. `fills` are the colours behind cells, as six hexadecimal digits. `repeated` are cells
    that have the value of the one above because they are merged with it. `own_cells` are taken apart already, in a
    register that plansite wrote.
    """

    file: str
    name: str = ""
    heading: str = ""
    rows: tuple[Row, ...] = ()
    first_row: int = 1
    is_hidden: bool = False
    notes: tuple[str, ...] = ()
    attached: Mapping[Position, tuple[str, ...]] = field(default_factory=dict)
    fills: Mapping[int, Fills] = field(default_factory=dict)
    repeated: frozenset[Position] = frozenset()
    own_cells: Mapping[Position, OwnCell] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The sheet as messages name it."""
        return f"{self.file}, {self.name}" if self.name else self.file
