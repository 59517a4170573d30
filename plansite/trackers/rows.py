"""Makes a draft of an action from a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plansite.trackers.cells import flatten_text
from plansite.trackers.collected_row import CollectedRow
from plansite.trackers.columns.map_file import NO_MAP, TrackerMap
from plansite.trackers.drafts import DraftAction
from plansite.trackers.row_cells import PLACES, RowCells
from plansite.trackers.tables.row_kinds import is_placeholder
from plansite.trackers.tables.tables import TrackerRow, TrackerTable
from plansite.trackers.values.dates import DateOrder, find_date_order


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReader:
    """How the rows of a table are read: the order of dates in each column, and what a map file says."""

    table: TrackerTable
    orders: Mapping[int, DateOrder]
    tracker_map: TrackerMap
    dated: DateOrder

    @staticmethod
    def build(table: TrackerTable, tracker_map: TrackerMap = NO_MAP) -> TableReader:
        """The reader of a table. Each column decides about its dates; notes follow the column with most of them."""
        columns = range(len(table.columns.headings))
        cells = {index: [row.cells[index] for row in table.rows] for index in columns}
        orders = {index: tracker_map.dates or find_date_order(values) for index, values in cells.items()}
        dated = tracker_map.dates or find_date_order(value for values in cells.values() for value in values)
        return TableReader(table=table, orders=orders, tracker_map=tracker_map, dated=dated)

    def read_action(self, row: TrackerRow, section: str = "") -> DraftAction:
        """The draft of a row; `section` is the heading of the rows around it, which is the goal if no column is."""
        collected = CollectedRow(label=self.table.label, number=row.number)
        cells = RowCells(collected, self.orders, self.dated, self.tracker_map)
        for mapping in self.table.mapping:
            value = row.cells[mapping.column]
            text = flatten_text(value)
            if text and not is_placeholder(text):
                PLACES.get(mapping.field, RowCells.add_other)(cells, mapping, value)
        return collected.build_draft(section)
