"""Reads the actions of a tracker: every row belongs to one action, or is named with the reason why not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_count
from plansite.trackers.cells import flatten_text
from plansite.trackers.columns.map_file import NO_MAP, TrackerMap
from plansite.trackers.dependencies import find_dependencies
from plansite.trackers.drafts import DraftAction
from plansite.trackers.joining import continue_draft, join_repeated
from plansite.trackers.rows import TableReader, find_acronyms
from plansite.trackers.sections import TableSection
from plansite.trackers.table_notes import list_table_notes
from plansite.trackers.tables.row_kinds import RowKind, find_entry_type
from plansite.trackers.tables.tables import SkippedSheet, TrackerRow, TrackerTable
from plansite.trackers.values.steps import DraftStep

_REASONS = {
    RowKind.HEADING: "the heading again",
    RowKind.TOTAL: "a total",
    RowKind.NUMBERED: "it has a number and nothing else",
    RowKind.SECTION: "the heading of a section",
    RowKind.LEGEND: "a part of the legend",
}


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row that belongs to no action: its table, its number, the reason, and its text."""

    table: str
    number: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerReading:
    """What was read of a tracker. `row_count` is how many rows with something in them its tables have.

    `notes` are sentences about what was read in another way than it is shown, or not at all.
    """

    drafts: tuple[DraftAction, ...]
    unread_rows: tuple[UnreadRow, ...]
    tables: tuple[TrackerTable, ...]
    skipped: tuple[SkippedSheet, ...]
    row_count: int
    notes: tuple[str, ...] = ()


def read_tables(
    tables: Iterable[TrackerTable], skipped: Iterable[SkippedSheet] = (), tracker_map: TrackerMap = NO_MAP
) -> TrackerReading:
    """The actions in the tables of a tracker, in their order, read as a map file says."""
    tables, skipped = tuple(tables), tuple(skipped)
    acronyms = find_acronyms(tables)
    collector = _DraftCollector(has_headings=len({table.sheet.heading for table in tables}) > 1)
    readers = [TableReader.build(table, tracker_map, acronyms) for table in tables]
    for table, reader in zip(tables, readers, strict=True):
        collector.read(table, reader)
    drafts = find_dependencies(_own_numbers(join_repeated(collector.drafts)))
    return TrackerReading(
        drafts=tuple(drafts),
        unread_rows=tuple(collector.unread_rows),
        tables=tables,
        skipped=skipped,
        row_count=sum(len(table.rows) for table in tables),
        notes=tuple(
            dict.fromkeys(
                (
                    *_list_sheet_notes(tables, skipped),
                    *_list_order_notes(readers),
                    *list_table_notes(tables, tracker_map),
                )
            )
        ),
    )


def add_drafts(reading: TrackerReading, drafts: Sequence[DraftAction]) -> TrackerReading:
    """A reading with further drafts, which come from no table; each counts as a row."""
    return replace(reading, drafts=(*reading.drafts, *drafts), row_count=reading.row_count + len(drafts))


def _list_sheet_notes(tables: Sequence[TrackerTable], skipped: Sequence[SkippedSheet]) -> Iterator[str]:
    for sheet in (*(table.sheet for table in tables), *(each.sheet for each in skipped)):
        yield from (f"{sheet.label}: {note}" for note in sheet.notes)


def _list_order_notes(readers: Iterable[TableReader]) -> Iterator[str]:
    for reader in readers:
        if order := reader.find_other_order():
            yield f"{reader.table.label}: dates in digits are read as {order}, because other dates prove it"


class _DraftCollector:
    """Collects the drafts of tables, and the rows that belong to none."""

    def __init__(self, *, has_headings: bool) -> None:
        """`has_headings` is whether the tables are below different headings of a document."""
        self.has_headings = has_headings
        self.drafts: list[DraftAction] = []
        self.unread_rows: list[UnreadRow] = []
        self._last_headings: tuple[str, ...] = ()
        self._is_open = False  # whether the row above belongs to the last action

    def read(self, table: TrackerTable, reader: TableReader) -> None:
        """Add the rows of a table; a row may continue the last one of the table before, as on the next page."""
        section = TableSection(table.sheet.heading if self.has_headings else "")
        headings = (table.sheet.file, *table.columns.headings)
        self._is_open = self._is_open and headings == self._last_headings
        self._last_headings = headings
        for row in table.rows:
            if row.kind is RowKind.CONTINUATION and self._is_open:
                self.drafts[-1] = _continue(self.drafts[-1], reader, row)
            elif row.kind in (RowKind.ACTION, RowKind.CONTINUATION):
                self.drafts.append(section.apply(reader.read_action(row, section.goal)))
                self._is_open = True
            else:
                if row.kind is RowKind.SECTION:
                    section = TableSection(_join_texts(row))
                self._is_open = self._is_open and row.kind is RowKind.HEADING
                self.unread_rows.append(UnreadRow(table.label, row.number, _find_reason(table, row), _join_texts(row)))


def _find_reason(table: TrackerTable, row: TrackerRow) -> str:
    if row.kind is RowKind.OTHER and table.columns.entry_type is not None:
        word = find_entry_type(flatten_text(row.cells[table.columns.entry_type - table.columns.start]))
        return f"{'an' if word[0] in 'aio' else 'a'} {word}, not an action"
    return _REASONS[row.kind]


def _join_texts(row: TrackerRow) -> str:
    return " | ".join(dict.fromkeys(text for cell in row.cells if (text := flatten_text(cell))))


def _continue(draft: DraftAction, reader: TableReader, row: TrackerRow) -> DraftAction:
    """The draft with a row that continues it: a step if it begins like an item of a list, else what its cells add."""
    columns = reader.table.columns
    place = columns.title - columns.start
    cell = str(row.cells[place] or "")
    is_alone = not any(flatten_text(value) for index, value in enumerate(row.cells) if index != place)
    if is_alone and cell.strip() and (cell.lstrip()[0] in "-–—•·*◦▪" or not cell[:2].strip()):
        step = DraftStep(flatten_text(cell).lstrip("-–—•·*◦▪ "))
        return replace(draft, rows=(*draft.rows, row.number), steps=(*draft.steps, step))
    return continue_draft(draft, reader.read_continuation(row), joins_text=not reader.is_merged(row))


def _own_numbers(drafts: Sequence[DraftAction]) -> list[DraftAction]:
    """The drafts with numbers of their own: one that comes again in each source document belongs to the document."""
    counts = Counter(draft.ref for draft in drafts if draft.ref)
    sources: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        sources[draft.ref].add(draft.source_ref)
    result = []
    for draft in drafts:
        if draft.ref and counts[draft.ref] > 1:
            source = f"{draft.source_ref}, number {draft.ref}" if draft.source_ref else f"number {draft.ref}"
            remark = f"the number {draft.ref} is there {format_count(counts[draft.ref], 'time')}"
            draft = replace(draft, ref="", source_ref=source, remarks=(*draft.remarks, remark))
        result.append(draft)
    return result
