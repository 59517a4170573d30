"""The report of an import: what became of every row, and of every column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from plansite.model.formatting import format_count
from plansite.scaffold.imported.action_file import format_line
from plansite.scaffold.imported.matching import NEARLY_SAME_TITLE
from plansite.scaffold.imported.plan_import import PlannedAction, PlannedImport
from plansite.trackers.reading import TrackerReading

#: So many rows of one kind are named in the terminal; the report has all of them.
_MAX_SHOWN = 10


def format_summary(reading: TrackerReading, planned: PlannedImport) -> list[str]:
    """The lines that say in the terminal what an import does: the mapping, the counts, and what needs a look."""
    lines = [line for table in reading.tables for line in _format_mapping(table.label, table.mapping)]
    lines += [f"{each.sheet.label}: not read, because {each.reason}." for each in reading.skipped]
    lines += [f"{note}." for note in reading.notes]
    lines += _format_counts(reading, planned)
    alike = [each for each in planned.actions if each.match.reason == NEARLY_SAME_TITLE]
    if alike:
        lines += ["Found by a title that is nearly the same. Look if they are the same actions:"]
        lines += [f"  {each.slug}: “{each.draft.title}”" for each in alike]
    if not reading.drafts:
        return [*lines, "There are no actions in it."]
    shown = [f"  {row.table}, row {row.number}: {row.reason}" for row in reading.unread_rows]
    lines += shown[:_MAX_SHOWN] + (
        [f"  and {len(shown) - _MAX_SHOWN:,} more, in the report"] if shown[_MAX_SHOWN:] else []
    )
    conflicts = [f"  {each.slug}: {text}" for each in planned.actions for text in each.conflicts]
    if conflicts:
        lines += ["Both the tracker and the file changed. The file stays as it is:", *conflicts]
    if planned.gone:
        lines += ["No longer in the tracker. The files stay:", *(f"  {slug}" for slug in planned.gone)]
    return lines


def _format_mapping(label: str, mapping: Sequence[Any]) -> Iterator[str]:
    yield f"{label}:"
    width = max((len(each.heading) for each in mapping), default=0)
    for each in mapping:
        if each.heading:
            target = each.field or "text"
            yield f"  {each.heading[:40]:<{min(width, 40)}}  {target} ({each.reason}; {each.confidence})"


def _format_counts(reading: TrackerReading, planned: PlannedImport) -> list[str]:
    new = sum(each.is_new for each in planned.actions)
    changed = sum(each.is_written and not each.is_new for each in planned.actions)
    same = len(planned.actions) - new - changed
    rows = sum(len(draft.rows) for draft in reading.drafts)
    parts = [f"{format_count(new, 'new action')}", f"{changed:,} changed", f"{same:,} as before"]
    lines = [f"{format_count(reading.row_count, 'row')}: {rows:,} in {format_count(len(reading.drafts), 'action')}"
             f" ({', '.join(parts)}), {len(reading.unread_rows):,} not read."]  # fmt: skip
    reasons = Counter(row.reason for row in reading.unread_rows)
    return [*lines, *(f"  {format_count(count, 'row')}: {reason}" for reason, count in reasons.items())]


def format_report(name: str, reading: TrackerReading, planned: PlannedImport) -> str:
    """The report as Markdown, which is kept beside the plan: rows, columns, remarks, and texts outside the tables."""
    lines = [
        f"# Import of {format_line(name)}",
        "",
        *(f"- {line.strip()}" for line in _format_counts(reading, planned)),
    ]
    lines += _section("Notes", [format_line(note) for note in reading.notes])
    for table in reading.tables:
        lines += ["", f"## {format_line(table.label)}", "", "| Column | Read as | Why |", "| --- | --- | --- |"]
        lines += [
            f"| {_cell(each.heading)} | {each.field or 'text'} | {each.reason}, {each.confidence} |"
            for each in table.mapping
        ]
        lines += _section("Beside the table", [f"row {row}: {format_line(text)}" for row, text in table.beside])
    lines += _section(
        "Sheets that were not read", [f"{format_line(each.sheet.label)}: {each.reason}" for each in reading.skipped]
    )
    row_lines = [
        f"{format_line(row.table)}, row {row.number}: {row.reason}. {format_line(row.text)}"
        for row in reading.unread_rows
    ]
    lines += _section("Rows that are not actions", row_lines)
    lines += _section("Actions", [_describe(each) for each in planned.actions])
    lines += _section("No longer in the tracker", planned.gone)
    return "\n".join(lines) + "\n"


def _section(title: str, items: Sequence[str]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {item}" for item in items)] if items else []


def _cell(text: str) -> str:
    return format_line(text).replace("|", "\\|")


def _describe(planned: PlannedAction) -> str:
    rows = ", ".join(map(str, planned.draft.rows))
    what = f"found by {planned.match.reason}" if planned.match.slug else "new"
    changes = f"; changed: {', '.join(planned.changed)}" if planned.changed else ""
    remarks = [*planned.draft.remarks, *planned.conflicts]
    return f"{planned.slug} ({what}{changes}), row {rows}" + "".join(f"; {format_line(each)}" for each in remarks)


def build_report_data(reading: TrackerReading, planned: PlannedImport) -> dict[str, Any]:
    """The report as plain data, for `--format json`."""
    return {
        "rows": reading.row_count,
        "notes": list(reading.notes),
        "tables": [
            {
                "name": table.label,
                "columns": [
                    {"heading": each.heading, "field": each.field or None, "reason": each.reason,
                     "confidence": each.confidence.value}
                    for each in table.mapping
                ],
                "beside": [{"row": row, "text": text} for row, text in table.beside],
            }
            for table in reading.tables
        ],
        "skipped": [{"sheet": each.sheet.label, "reason": each.reason} for each in reading.skipped],
        "unread": [
            {"table": row.table, "row": row.number, "reason": row.reason, "text": row.text}
            for row in reading.unread_rows
        ],
        "actions": [
            {"slug": each.slug, "title": each.draft.title, "rows": list(each.draft.rows), "new": each.is_new,
             "found_by": each.match.reason or None, "changed": list(each.changed), "conflicts": list(each.conflicts),
             "remarks": list(each.draft.remarks)}
            for each in planned.actions
        ],
        "goals": [each.title for each in planned.goals],
        "gone": list(planned.gone),
    }  # fmt: skip
