"""The tables of actions in the sheets of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.trackers.cells import CellValue, flatten_text
from plansite.trackers.columns.map_file import NO_MAP, TrackerMap, apply_map
from plansite.trackers.columns.mapping import ColumnMapping, Confidence, map_columns
from plansite.trackers.columns.names import GOAL, find_field
from plansite.trackers.sheets import Row, Sheet
from plansite.trackers.tables.header_rows import Heading, find_headings
from plansite.trackers.tables.legends import NO_LEGEND, Legend, find_legend
from plansite.trackers.tables.row_kinds import RowKind, TableColumns, classify_row, find_entry_type

#: A table in which fewer rows say what is to be done has another subject.
_MIN_TITLED_SHARE = 0.5
#: A table has one of these columns if its heading does not say what is to be done.
_OF_ACTIONS = frozenset({"owner", "status", "due", "completed", "response", "started", "new due"})
#: So many rows decide whether there is a column that says what each row is.
_SAMPLE = 1_000
#: A longer text is no example of a heading.
_MAX_EXAMPLE_LENGTH = 60
#: After so many empty rows, a text that is alone in its row is below the table.
_EMPTY_ROWS_AT_END = 2


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """A row of a table: its number as the program of the file counts, what it is, and its cells in the table."""

    number: int
    kind: RowKind
    cells: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerTable:
    """The rows below a heading. `beside` are texts of cells outside the table, each with the number of its row."""

    sheet: Sheet
    heading: Heading
    columns: TableColumns
    mapping: tuple[ColumnMapping, ...]
    rows: tuple[TrackerRow, ...]
    beside: tuple[tuple[int, str], ...] = ()
    legend: Legend = NO_LEGEND

    @property
    def label(self) -> str:
        """The table as messages name it."""
        return self.sheet.label


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet, or a part of one, that is not read as a table of actions, and why."""

    sheet: Sheet
    reason: str


def find_tables(
    sheets: Iterable[Sheet], *, include_hidden: bool = False, tracker_map: TrackerMap = NO_MAP
) -> tuple[tuple[TrackerTable, ...], tuple[SkippedSheet, ...]]:
    """The tables of actions in the sheets of a file, and the sheets without one, each with the reason.

    A map file may name the sheets to read, and the fields of columns.
    """
    tables: list[TrackerTable] = []
    skipped: list[SkippedSheet] = []
    for sheet in sheets:
        if tracker_map.sheets and sheet.name.casefold() not in map(str.casefold, tracker_map.sheets):
            skipped.append(SkippedSheet(sheet, "the map file does not name it"))
        elif sheet.is_hidden and not (include_hidden or tracker_map.sheets):
            skipped.append(SkippedSheet(sheet, "it is hidden; read it with --hidden-sheets"))
        elif not any(any(cell is not None and cell != "" for cell in row) for row in sheet.rows):
            skipped.append(SkippedSheet(sheet, "it is empty"))
        else:
            _read_sheet(sheet, tables, skipped, tracker_map)
    return tuple(tables), tuple(skipped)


def _read_sheet(sheet: Sheet, tables: list[TrackerTable], skipped: list[SkippedSheet], tracker_map: TrackerMap) -> None:
    columns = dict(tracker_map.columns)
    headings = find_headings(sheet, columns)
    if not headings:
        advice = _advise_map(next((row for row in sheet.rows if sum(map(bool, map(flatten_text, row))) > 1), ()))
        skipped.append(SkippedSheet(sheet, f"no row names columns such as action, owner, due date or status; {advice}"))
    refused: list[SkippedSheet] = []
    has_table = False
    for position, heading in enumerate(headings):
        end = headings[position + 1].start if position + 1 < len(headings) else len(sheet.rows)
        table = build_table(sheet, heading, end, tracker_map)
        advice = _advise_map(heading.texts)
        reason = f"no column says what is to be done; {advice}" if table is None else ""
        if table is not None and not columns:
            reason = _find_other_subject(table)
        if table is not None and not reason:
            refused = refused if has_table else []  # what is above the first table is beside it
            has_table = True
            tables.append(table)
        else:
            place = f"rows {sheet.first_row + heading.start} to {sheet.first_row + end - 1}: " if position else ""
            refused.append(SkippedSheet(sheet, f"{place}{reason}"))
    skipped += refused


def _advise_map(cells: Row | Sequence[str]) -> str:
    """How to say in a map file which column has what is to be done, with the first headings as the example."""
    texts = [text for cell in cells if (text := flatten_text(cell)) and len(text) < _MAX_EXAMPLE_LENGTH]
    if len(texts) < 2:
        return "a map file can say what the columns are"
    first, second = (text.replace('"', "'") for text in texts[:2])
    example = f'columns: {{"{first}": title, "{second}": owner}}'
    return f"if it has actions, say in a map file (--map) what the columns are, for example `{example}`"


def _find_other_subject(table: TrackerTable) -> str:
    """Why a table is not one of actions; empty if it is."""
    rows = [row for row in table.rows if row.kind in (RowKind.ACTION, RowKind.SECTION)]
    position = table.columns.title - table.columns.start
    titled = sum(bool(flatten_text(row.cells[position])) for row in rows)
    if rows and titled < _MIN_TITLED_SHARE * len(rows):
        return f"most rows have nothing under “{table.columns.headings[position]}”"
    fields = {each.field for each in table.mapping}
    is_named = any(each.field == "title" and each.confidence is Confidence.HIGH for each in table.mapping)
    if not is_named and not fields & _OF_ACTIONS:
        return "no column has owners, due dates or statuses"
    return ""


def build_table(sheet: Sheet, heading: Heading, end: int, tracker_map: TrackerMap = NO_MAP) -> TrackerTable | None:
    """The table below a heading, up to a row of the sheet (from 0, excluded); None if nothing says what to do.

    That is a column, or the title of a map file for all rows: then the first column with a field has that place.
    """
    best: TrackerTable | None = None
    for start, stop in join_blocks(sheet, heading, end, tuple(_list_blocks(sheet, heading, end))):
        texts = heading.texts[start:stop] + ("",) * (stop - start - len(heading.texts[start:stop]))
        body = [row[start:stop] for row in sheet.rows[heading.end : end]]
        mapping = apply_map(map_columns(texts, body, has_title=bool(tracker_map.title)), dict(tracker_map.columns))
        by_field = {each.field: each.column for each in mapping if each.field}
        first = min(by_field.values(), default=None) if tracker_map.title else None
        title = by_field.get("title", first)
        if title is None:
            continue
        ref, goal = by_field.get("ref"), by_field.get(GOAL)
        columns = TableColumns(
            start=start,
            end=stop,
            headings=texts,
            title=title + start,
            ref=None if ref is None else ref + start,
            goal=None if goal is None or goal == title else goal + start,
            entry_type=_find_type_column(body, start),
        )
        table = TrackerTable(sheet=sheet, heading=heading, columns=columns, mapping=mapping, rows=())
        if best is None or len(by_field) > len({each.field for each in best.mapping if each.field}):
            best = table
    if best is None:
        return None
    best = replace(best, legend=find_legend(sheet, heading, best.columns, end))
    rows = _read_rows(best, end)
    return replace(best, rows=rows, beside=tuple(_list_beside(best, rows, end)))


def _find_type_column(body: Sequence[Row], start: int) -> int | None:
    """The column that says of each row whether it is a risk, an issue, an action or another entry of a log."""
    sample = body[:_SAMPLE]
    for index in range(max(map(len, sample), default=0)):
        texts = [text for row in sample if index < len(row) and (text := flatten_text(row[index]))]
        types = {found for text in texts if (found := find_entry_type(text))}
        if len(types) > 1 and sum(bool(find_entry_type(text)) for text in texts) * 2 > len(texts):
            return index + start
    return None


def _list_blocks(sheet: Sheet, heading: Heading, end: int) -> Iterator[tuple[int, int]]:
    """The columns of the tables that are side by side: blocks between columns that are empty from the heading down."""
    rows = sheet.rows[heading.start : end]
    width = max(map(len, rows), default=0)
    filled = [index < len(heading.texts) and bool(heading.texts[index]) for index in range(width)]
    for row in rows:
        for index, cell in enumerate(row):
            if cell is not None and cell != "" and not filled[index]:
                filled[index] = True
    start: int | None = None
    for index, is_filled in enumerate([*filled, False]):
        if is_filled and start is None:
            start = index
        elif not is_filled and start is not None:
            yield start, index
            start = None


def join_blocks(
    sheet: Sheet, heading: Heading, end: int, blocks: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The blocks of columns, where those are one that only an empty column parts.

    A block goes on with the one before it if it names other fields, and has cells in most of the same rows.
    """
    start, stop = blocks[0] if blocks else (0, 0)
    for next_start, next_stop in blocks[1:]:
        if next_start - stop == 1 and _continues_block(sheet, heading, end, (start, stop), (next_start, next_stop)):
            stop = next_stop
            continue
        yield start, stop
        start, stop = next_start, next_stop
    if blocks:
        yield start, stop


def _continues_block(sheet: Sheet, heading: Heading, end: int, block: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = ([find_field(text) for text in heading.texts[slice(*each)] if text] for each in (block, other))
    known = {field for field in second if field}
    if not known or known & set(first) or not any(first) or len([field for field in second if field]) * 2 < len(second):
        return False
    rows = sheet.rows[heading.end : end]
    filled, shared = 0, 0
    for row in rows:
        if any(value is not None and value != "" for value in row[slice(*block)]):
            filled += 1
            shared += any(value is not None and value != "" for value in row[slice(*other)])
    return shared * 2 >= filled > 0


def _read_rows(table: TrackerTable, end: int) -> tuple[TrackerRow, ...]:
    rows: list[TrackerRow] = []
    empty, follows_break = 0, True
    sheet = table.sheet
    last: RowKind | None = None
    for index in range(table.heading.end, end):
        cells = table.columns.select(sheet.rows[index])
        kind = classify_row(
            cells, table.columns, follows_page_break=follows_break,
            follows_action=last in (RowKind.ACTION, RowKind.CONTINUATION), is_merged=_is_merged(table, index),
        )  # fmt: skip
        if kind is RowKind.ACTION and empty >= _EMPTY_ROWS_AT_END and sum(map(bool, map(flatten_text, cells))) == 1:
            kind = RowKind.SECTION
        if (index, table.columns.title) in sheet.own_cells:
            kind = RowKind.ACTION
        empty = empty + 1 if kind is RowKind.EMPTY else 0
        follows_break = kind is RowKind.HEADING or (follows_break and kind is RowKind.EMPTY)
        if index in table.legend.rows:
            kind = RowKind.LEGEND
        if kind is RowKind.HEADING and rows and rows[-1].number == sheet.first_row + index - 1:
            rows[-1] = _name_group(rows[-1])
        last = kind
        if kind is not RowKind.EMPTY:
            rows.append(TrackerRow(sheet.first_row + index, kind, cells))
    return tuple(rows)


def _name_group(row: TrackerRow) -> TrackerRow:
    """The row above a heading that is repeated: one text alone names the group of rows below."""
    is_group = row.kind is RowKind.ACTION and len({text for text in map(flatten_text, row.cells) if text}) == 1
    return replace(row, kind=RowKind.SECTION) if is_group else row


def _is_merged(table: TrackerTable, index: int) -> bool:
    """Whether the title of a row, and its number if it has one, are those of the row above."""
    repeated, columns = table.sheet.repeated, table.columns
    if not repeated or (index, columns.title) not in repeated:
        return False
    return (
        columns.ref is None
        or (index, columns.ref) in repeated
        or not flatten_text(_cell(table.sheet.rows[index], columns.ref))
    )


def _cell(row: Row, column: int) -> CellValue:
    return row[column] if column < len(row) else None


def _list_beside(table: TrackerTable, rows: Sequence[TrackerRow], end: int) -> Iterator[tuple[int, str]]:
    """The texts of cells that are not in the table, above it and at its sides; and comments on cells of no action."""
    sheet, columns = table.sheet, table.columns
    for index in range(end):
        row = sheet.rows[index]
        is_above = index < table.heading.start
        cells = row if is_above else (*row[: columns.start], *row[columns.end :])
        yield from ((sheet.first_row + index, text) for text in map(flatten_text, cells) if text)
    if not sheet.attached:
        return
    read = {row.number - sheet.first_row for row in rows if row.kind in (RowKind.ACTION, RowKind.CONTINUATION)}
    for (index, column), texts in sheet.attached.items():
        if index < end and not (index in read and columns.start <= column < columns.end):
            yield from ((sheet.first_row + index, text) for text in texts)
