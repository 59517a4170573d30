"""What a report says of a table as a whole: cells that say nothing, and colours that nothing explains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from plansite.model.formatting import format_count, format_list
from plansite.trackers.cells import flatten_text
from plansite.trackers.colour_cells import ColourReader, is_rating_column
from plansite.trackers.columns.map_file import TrackerMap
from plansite.trackers.row_cells import name_column
from plansite.trackers.tables.placeholders import is_placeholder
from plansite.trackers.tables.row_kinds import RowKind
from plansite.trackers.tables.tables import TrackerTable
from plansite.trackers.values.colours import name_colour

_READ = (RowKind.ACTION, RowKind.CONTINUATION)
#: So many different texts of forms are named.
_MAX_SHOWN = 3


def list_table_notes(tables: Sequence[TrackerTable], tracker_map: TrackerMap) -> Iterator[str]:
    """Sentences about the tables of a tracker, each with the name of its table."""
    for table in tables:
        for note in (*_list_placeholders(table), *_list_unread_colours(table, tracker_map)):
            yield f"{table.label}: {note}"


def _list_placeholders(table: TrackerTable) -> Iterator[str]:
    texts = (
        flatten_text(cell) for row in table.rows if row.kind in _READ for cell in row.cells if isinstance(cell, str)
    )
    found = Counter(text for text in texts if text and is_placeholder(text))
    if found:
        names = format_list([f"“{text}”" for text, _ in found.most_common(_MAX_SHOWN)])
        yield f"{format_count(sum(found.values()), 'cell')} of a form that nobody filled in ({names}): read as empty"


def _list_unread_colours(table: TrackerTable, tracker_map: TrackerMap) -> Iterator[str]:
    """For each column of ratings, the colours behind its empty cells that no legend and no map file explains."""
    if not table.sheet.fills:
        return
    reader = ColourReader(table.legend, tracker_map)
    for mapping in filter(is_rating_column, table.mapping):
        column = table.columns.start + mapping.column
        found = Counter(_list_fills(table, mapping.column, column))
        unknown = {colour: count for colour, count in found.items() if not reader.read_fill(colour)[0]}
        if unknown:
            names = format_list([f"{name_colour(colour)} (`{colour}`)" for colour in sorted(unknown)])
            cells = f"{format_count(sum(unknown.values()), 'cell')} under “{name_column(mapping)}”"
            advice = f"say under `statuses` in a map file what {names} means"
            yield f"{cells} with a colour and no word: not read; {advice}"


def _list_fills(table: TrackerTable, place: int, column: int) -> Iterable[str]:
    for row in table.rows:
        if row.kind in _READ and not flatten_text(row.cells[place]):
            fills = dict(table.sheet.fills.get(row.number - table.sheet.first_row, ()))
            if column in fills:
                yield fills[column]
