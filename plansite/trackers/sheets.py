"""A sheet: the cells of one table or page of a file, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from plansite.trackers.cells import CellValue

#: The cells of a row, from the first column of the sheet on; cells that are missing at its end are empty.
Row: TypeAlias = tuple[CellValue, ...]

#: What is read of one file at most. Larger files are refused.
MAX_FILE_SIZE = 64 * 1024 * 1024
MAX_CELLS = 5_000_000


class UnreadableTrackerError(Exception):
    """A file that cannot be read as a tracker. The message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of cells. `first_row` is the number of the first of them, as the program of the file counts from 1.

    `file` is the name of the file, and `name` that of the sheet, or of a table in a document; empty if the file has
    just one. `notes` say what was read in another way than it is written.
    """

    file: str
    name: str = ""
    rows: tuple[Row, ...] = ()
    first_row: int = 1
    is_hidden: bool = False
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The sheet as messages name it."""
        return f"{self.file}, {self.name}" if self.name else self.file
