"""Collects what the colours of a row say, through the legend of its table or a map file, and not without."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.status import Status
from plansite.trackers.cells import CellValue, flatten_text
from plansite.trackers.columns.map_file import TrackerMap
from plansite.trackers.columns.mapping import ColumnMapping
from plansite.trackers.drafts import OtherText
from plansite.trackers.row_cells import RowCells, name_column
from plansite.trackers.tables.legends import Legend, is_colour_word, read_meaning
from plansite.trackers.values.colours import name_colour

_RATING = compile_lazily(r"\b(?:b?rag|status|colou?r|rating)\b", re.IGNORECASE)
_FIELDS = frozenset({"status", "rag"})
#: Colours that are no rating of their own.
_BLUE = frozenset({"b", "blue"})


@dataclass(frozen=True, slots=True)
class ColourReader:
    """What the colours of a table mean, by its legend and by a map file, which counts first."""

    legend: Legend
    tracker_map: TrackerMap

    def read_fill(self, colour: str) -> tuple[str, Status | None]:
        """The words for the colour behind a cell, and the status that they mean; empty and None where nothing says."""
        name = name_colour(colour)
        for word in (colour, f"#{colour}", name, {"yellow": "amber"}.get(name, name)):
            if status := self.tracker_map.find_status(word):
                return f"{word} in the map file", status
        words = self.legend.find_fill(colour)
        return words, read_meaning(words) if words else None

    def read_word(self, text: str) -> tuple[str, Status | None]:
        """The words for a colour that a cell names, and the status that they mean."""
        words = self.legend.find_word(text) if len(text) < 20 else ""
        return words, read_meaning(words) if words else None


def is_rating_column(mapping: ColumnMapping) -> bool:
    """Whether colours in a column say how its actions stand."""
    return mapping.field in _FIELDS or (not mapping.field and _RATING.search(mapping.heading) is not None)


def add_colour(cells: RowCells, mapping: ColumnMapping, value: CellValue, colour: str, reader: ColourReader) -> bool:
    """Add what the colour of a cell says, behind it or as its word; whether the cell is read with that."""
    text = flatten_text(value)
    words, status = reader.read_word(text) if text else ("", None)
    if not words and colour and (not text or is_colour_word(text)):
        words, status = reader.read_fill(colour)
    if not words:
        return False
    if status is None:
        said = f"{text}: {words}" if text else words
        cells.append("others", OtherText(name_column(mapping), said))
        return True
    if cells.row.values.setdefault("status", status) != status:
        return False
    cells.row.remarks.append(f"the colour under “{name_column(mapping)}” is read as {status} (“{words}”)")
    return not text or mapping.field == "status" or (mapping.field == "rag" and text.casefold() in _BLUE)


def add_shade(cells: RowCells, fills: Mapping[int, str], title: int, reader: ColourReader) -> None:
    """Take the status from the colour behind the title, where no cell gives one."""
    colour = fills.get(title, "")
    if not colour or "status" in cells.row.values:
        return
    words, status = reader.read_fill(colour)
    if status:
        cells.row.values["status"] = status
        cells.row.remarks.append(f"the colour of the row is read as {status} (“{words}”)")
