"""Makes a draft of an action from a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.trackers.cells import CellValue, flatten_text
from plansite.trackers.collected_row import CollectedRow, shorten_title
from plansite.trackers.colour_cells import ColourReader, add_colour, add_shade, is_rating_column
from plansite.trackers.columns.map_file import NO_MAP, TrackerMap
from plansite.trackers.columns.mapping import ColumnMapping
from plansite.trackers.columns.names import MOVES, PROGRESS, STEPS
from plansite.trackers.drafts import DraftAction
from plansite.trackers.places import add_cell
from plansite.trackers.row_cells import RowCells
from plansite.trackers.tables.placeholders import is_placeholder
from plansite.trackers.tables.tables import TrackerRow, TrackerTable
from plansite.trackers.values.dates import DateOrder, has_date_in_digits, prove_date_order
from plansite.trackers.values.due_changes import list_date_words
from plansite.trackers.values.people import find_name_acronyms

#: Columns whose texts have dates in them, and how many of their rows are searched for the order of these.
_WITH_DATES = frozenset({PROGRESS, STEPS, MOVES, "status", "due"})
_MAX_SEARCHED_ROWS = 5_000
_OF_DAYS = frozenset({"created", "started", "due", "completed"})
_NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReader:
    """How the rows of a table are read: the order of dates in each column, and what a map file says.

    `ratings` are the columns in which colours say how the actions stand.
    """

    table: TrackerTable
    orders: Mapping[int, DateOrder]
    tracker_map: TrackerMap
    dated: DateOrder
    colours: ColourReader
    ratings: frozenset[int]
    acronyms: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def build(
        table: TrackerTable, tracker_map: TrackerMap = NO_MAP, acronyms: Mapping[str, str] = _NO_NAMES
    ) -> TableReader:
        """The reader of a table. Each column decides about its dates; one that proves nothing follows the others.

        Where none does, the dates above the table decide, as the day of an export.
        """
        columns = range(len(table.columns.headings))
        proven = {index: prove_date_order(row.cells[index] for row in table.rows) for index in columns}
        orders = set(proven.values()) - {None}
        texts = prove_date_order(_list_dates(table))
        common = next(iter(orders)) if len(orders) == 1 else None
        above = None if common or texts else prove_date_order(_list_dates_above(table))
        other = tracker_map.dates or common or texts or above or DateOrder.DAY_FIRST
        return TableReader(
            table=table,
            orders={index: tracker_map.dates or proven[index] or other for index in columns},
            tracker_map=tracker_map,
            dated=tracker_map.dates or texts or other,
            colours=ColourReader(table.legend, tracker_map),
            ratings=frozenset(mapping.column for mapping in table.mapping if is_rating_column(mapping)),
            acronyms=acronyms,
        )

    def read_action(self, row: TrackerRow, section: str = "") -> DraftAction:
        """The draft of a row; `section` is the heading of the rows around it, which is the goal if no column is."""
        return self._collect(row).build_draft(section)

    def read_continuation(self, row: TrackerRow) -> DraftAction:
        """What a row adds to the action before it, without a title. Cells merged with those above add nothing."""
        return self._collect(row, is_continued=True).build_draft("", needs_title=False)

    def find_other_order(self) -> DateOrder | None:
        """The order in which other dates make the dates of a column read, if it is not day first; else None."""
        if self.tracker_map.dates:
            return None
        for mapping in self.table.mapping:
            order = self.orders[mapping.column]
            cells = (row.cells[mapping.column] for row in self.table.rows[:_MAX_SEARCHED_ROWS])
            if mapping.field in _OF_DAYS and order is not DateOrder.DAY_FIRST and has_date_in_digits(cells):
                return order
        return None

    def is_merged(self, row: TrackerRow) -> bool:
        """Whether the title of a row is that of the row above, because the cells are merged."""
        position = (row.number - self.table.sheet.first_row, self.table.columns.title)
        return position in self.table.sheet.repeated

    def _collect(self, row: TrackerRow, *, is_continued: bool = False) -> CollectedRow:
        sheet, columns = self.table.sheet, self.table.columns
        collected = CollectedRow(label=self.table.label, number=row.number)
        cells = RowCells(
            collected, self.orders, self.dated, self.tracker_map, has_numbers=columns.ref is not None,
            acronyms=self.acronyms,
        )  # fmt: skip
        index = row.number - sheet.first_row
        fills = dict(sheet.fills.get(index, ()))
        for mapping in self.table.mapping:
            position = (index, columns.start + mapping.column)
            if own := sheet.own_cells.get(position):
                collected.add_own_cell(own)
            elif not (is_continued and position in sheet.repeated):
                self._add_cell(cells, mapping, row.cells[mapping.column], fills.get(position[1], ""))
            for text in sheet.attached.get(position, ()) if sheet.attached else ():
                cells.add_attached(mapping, row.cells[mapping.column], text)
        if self.tracker_map.title and not is_continued:
            collected.values.setdefault("title", self._fill_title(row))
        if fills and not is_continued:
            add_shade(cells, fills, columns.title, self.colours)
        return collected

    def _fill_title(self, row: TrackerRow) -> str:
        """The title that a map file gives, with the cells of the columns that it names in braces."""
        title = self.tracker_map.title
        for mapping in self.table.mapping:
            title = title.replace(f"{{{mapping.heading}}}", flatten_text(row.cells[mapping.column]))
        return shorten_title(title)

    def _add_cell(self, cells: RowCells, mapping: ColumnMapping, value: CellValue, colour: str) -> None:
        text = flatten_text(value)
        if is_placeholder(text):
            text = ""
        if (
            (colour or text)
            and mapping.column in self.ratings
            and add_colour(cells, mapping, value if text else None, colour, self.colours)
        ):
            return
        if text:
            add_cell(cells, mapping, value)


def _list_dates(table: TrackerTable) -> Iterator[CellValue]:
    """The dates in the midst of the texts of a table."""
    columns = [each.column for each in table.mapping if each.field in _WITH_DATES]
    for row in table.rows[:_MAX_SEARCHED_ROWS]:
        texts = (row.cells[column] for column in columns)
        yield from (found for text in texts if isinstance(text, str) for found in list_date_words(text))


def _list_dates_above(table: TrackerTable) -> Iterator[CellValue]:
    """The dates in the texts above a table."""
    for row in table.sheet.rows[: table.heading.start]:
        yield from (found for text in row if isinstance(text, str) for found in list_date_words(text))


def find_acronyms(tables: Iterable[TrackerTable]) -> dict[str, str]:
    """Names by their acronyms and without them, where some cell of an owner has both: `Adult Social Care (ASC)`."""
    cells = (
        row.cells[each.column]
        for table in tables
        for each in table.mapping
        if each.field in ("owner", "supporters")
        for row in table.rows
    )
    return find_name_acronyms(cell for cell in cells if isinstance(cell, str) and ")" in cell)
