"""Reads the actions of a tracker: every row belongs to one action, or is named with the reason why not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from plansite.model.formatting import format_count
from plansite.model.people import normalise_name
from plansite.trackers.cells import flatten_text
from plansite.trackers.columns.map_file import NO_MAP, TrackerMap
from plansite.trackers.drafts import DraftAction, OtherText
from plansite.trackers.rows import TableReader
from plansite.trackers.tables.row_kinds import RowKind, find_entry_type
from plansite.trackers.tables.tables import SkippedSheet, TrackerRow, TrackerTable
from plansite.trackers.values.dated_notes import DatedNote

_REASONS = {
    RowKind.HEADING: "the heading again",
    RowKind.TOTAL: "a total",
    RowKind.NUMBERED: "it has a number and nothing else",
    RowKind.SECTION: "the heading of a section",
    RowKind.CONTINUATION: "it continues a row that is not there",
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
    """What was read of a tracker. `row_count` is how many rows with something in them its tables have."""

    drafts: tuple[DraftAction, ...]
    unread_rows: tuple[UnreadRow, ...]
    tables: tuple[TrackerTable, ...]
    skipped: tuple[SkippedSheet, ...]
    row_count: int


def read_tables(
    tables: Iterable[TrackerTable], skipped: Iterable[SkippedSheet] = (), tracker_map: TrackerMap = NO_MAP
) -> TrackerReading:
    """The actions in the tables of a tracker, in their order, read as a map file says."""
    tables = tuple(tables)
    collector = _DraftCollector()
    for table in tables:
        collector.read(table, TableReader.build(table, tracker_map))
    drafts = _own_numbers(_join_repeated(collector.drafts))
    return TrackerReading(
        drafts=tuple(drafts),
        unread_rows=tuple(collector.unread_rows),
        tables=tables,
        skipped=tuple(skipped),
        row_count=sum(len(table.rows) for table in tables),
    )


def add_drafts(reading: TrackerReading, drafts: Sequence[DraftAction]) -> TrackerReading:
    """A reading with further drafts, which come from no table; each counts as a row."""
    return replace(reading, drafts=(*reading.drafts, *drafts), row_count=reading.row_count + len(drafts))


class _DraftCollector:
    """Collects the drafts of tables, and the rows that belong to none."""

    def __init__(self) -> None:
        self.drafts: list[DraftAction] = []
        self.unread_rows: list[UnreadRow] = []

    def read(self, table: TrackerTable, reader: TableReader) -> None:
        """Add the rows of a table; a row may continue the last one of the table before, as on the next page."""
        section = ""
        for row in table.rows:
            match row.kind:
                case RowKind.ACTION:
                    self.drafts.append(reader.read_action(row, section))
                case RowKind.CONTINUATION if self.drafts:
                    self.drafts[-1] = _continue(self.drafts[-1], table, row)
                case _:
                    if row.kind is RowKind.SECTION:
                        section = _join_texts(row)
                    self.unread_rows.append(
                        UnreadRow(table.label, row.number, _find_reason(table, row), _join_texts(row))
                    )


def _find_reason(table: TrackerTable, row: TrackerRow) -> str:
    if row.kind is RowKind.OTHER and table.columns.entry_type is not None:
        word = find_entry_type(flatten_text(row.cells[table.columns.entry_type - table.columns.start]))
        return f"{'an' if word[0] in 'aio' else 'a'} {word}, not an action"
    return _REASONS[row.kind]


def _join_texts(row: TrackerRow) -> str:
    return " | ".join(dict.fromkeys(text for cell in row.cells if (text := flatten_text(cell))))


def _continue(draft: DraftAction, table: TrackerTable, row: TrackerRow) -> DraftAction:
    """The draft with a row that continues it: a step if it begins like an item of a list, else more of its text."""
    cell = str(row.cells[table.columns.title - table.columns.start] or "")
    text = _join_texts(row)
    rows = (*draft.rows, row.number)
    if text[:1] in "-–—•·*◦▪" or (cell[:2].strip() == "" and cell.strip()):
        return replace(draft, rows=rows, steps=(*draft.steps, text.lstrip("-–—•·*◦▪ ")))
    return replace(draft, rows=rows, text=f"{draft.text or draft.title} {text}")


def _join_repeated(drafts: Sequence[DraftAction]) -> list[DraftAction]:
    """The drafts, where rows that report about the same action again are one: the same words, owner and goal.

    Such rows have dated notes. Others that are the same stay, since somebody wrote them twice.
    """
    joined: dict[tuple[str, ...], DraftAction] = {}
    key: tuple[str, ...]
    for position, draft in enumerate(drafts):
        key = (str(position),)
        if draft.notes:
            words = (draft.text or draft.title, draft.owner, draft.goal)
            key = (draft.table, draft.ref, *map(normalise_name, words))
        joined[key] = _join(joined[key], draft) if key in joined else draft
    return list(joined.values())


def _join(first: DraftAction, other: DraftAction) -> DraftAction:
    """Two reports about an action as one: all notes and texts, and the fields of the newer report."""
    newer, older = (first, other) if _last_day(first) > _last_day(other) else (other, first)
    return replace(
        newer,
        rows=(*first.rows, *other.rows),
        created=min((day for day in (first.created, other.created) if day), default=None),
        supporters=tuple(dict.fromkeys((*first.supporters, *other.supporters))),
        notes=_sort_notes((*first.notes, *other.notes)),
        progress=tuple(dict.fromkeys((*first.progress, *other.progress))),
        evidence=tuple(dict.fromkeys((*first.evidence, *other.evidence))),
        steps=tuple(dict.fromkeys((*first.steps, *other.steps))),
        moved=tuple(dict.fromkeys((*first.moved, *other.moved))),
        others=tuple(dict.fromkeys((*first.others, *other.others, *_list_lost_fields(newer, older)))),
        remarks=tuple(dict.fromkeys((*first.remarks, *other.remarks))),
    )


def _list_lost_fields(newer: DraftAction, older: DraftAction) -> list[OtherText]:
    """What fields said in the older report, and say differently in the newer one."""
    names = ("status", "due", "completed", "started", "priority", "resources", "outcome", "barriers", "response", "rag")
    pairs = ((name, getattr(older, name), getattr(newer, name)) for name in names)
    return [OtherText(name.capitalize(), f"{old} (earlier)") for name, old, new in pairs if old and old != new]


def _last_day(draft: DraftAction) -> str:
    return max((note.day.isoformat() for note in draft.notes), default="")


def _sort_notes(notes: Iterable[DatedNote]) -> tuple[DatedNote, ...]:
    return tuple(sorted(dict.fromkeys(notes), key=lambda note: note.day))


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
