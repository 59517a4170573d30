"""Reads the rows of registers that plansite wrote: each column is what plansite called it, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from plansite.content.values import parse_choice
from plansite.deferred_pattern import compile_lazily
from plansite.exports.actions_json.field_values import Json
from plansite.exports.actions_json.parsing import ExportedAction
from plansite.exports.register_data import PLAN_COLUMN
from plansite.model.fields import ChoiceOf
from plansite.model.status import STATUS_SYNONYMS, Status
from plansite.scaffold.imported.action_file import format_line
from plansite.trackers.cells import CellValue, format_cell

#: What the columns of a workbook are called in a file of comma-separated values, which has more of them.
WORKBOOK_NAMES = {
    "No.": "ref",
    "Action": "title",
    "Owner": "owner",
    "Helped by": "supporters",
    "Goal": "goal",
    "Status": "status",
    "Agreed": "created",
    "First due": "original_due",
    "Due": "due",
    "Completed": "completed",
    "Latest news on": "note_date",
    "Latest news by": "note_by",
    "Latest news": "note",
    "Required": "requirement",
    "Regulation": "regulation",
    "Standards": "standards",
    "Evidence": "evidence",
    "Check": "check",
    "Checked by": "checked_by",
    "Checked on": "checked_on",
    "File": "file",
}
#: Columns with what plansite works out, or counts.
COMPUTED_COLUMNS = frozenset(
    {"How it is going", "Days late", "Steps", "Steps done", "course", "days_late", "needs_attention", "page"}
)
_STATUS = ChoiceOf(Status, STATUS_SYNONYMS)
_PLAIN_FIELDS = ("ref", "title", "owner", "goal", "priority", "resources", "created", "due", "completed", "reason")
_GROUPS: Mapping[str, Mapping[str, str]] = {
    "requirement": {"requirement": "level", "regulation": "regulation", "breach": "breach"},
    "response": {"response": "decision", "response_reason": "reason"},
    "interim": {"interim": "control", "interim_by": "by", "interim_check": "next"},
    "verification": {"checked_by": "by", "checked_on": "date", "check": "result"},
}
#: Columns with an entry on each line, the field that each is, and the names in the entries.
_ENTRIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "extensions": ("extension", ("until", "asked", "asked by", "reason", "decision", "decided", "decided by")),
    "escalations": ("escalated", ("to", "date", "reason", "decision", "decided")),
    "asked": ("asked", ("asked", "by", "question", "answered")),
}
#: Fields of which a register does not have everything.
GROUPED_FIELDS = (*_GROUPS, *(field for field, _ in _ENTRIES.values()), "evidence", "due_history")
_ENTRY_NAMES = {"asked": {"asked": "date"}}
_STEP = compile_lazily(r"\[([ x])\] (.*)")
_NOTE = compile_lazily(r"(\d{4}-\d\d-\d\d)?(?: ?\(([^()]*)\))?: (.*)")


def read_register_row(row: Mapping[str, CellValue]) -> tuple[str, ExportedAction]:
    """The slug of the plan, if a row says it, and the action: what its file says in the columns of a register."""
    texts = {name: format_cell(value) for name, value in row.items()}
    fields: dict[str, Json] = {name: texts[name] for name in _PLAIN_FIELDS if texts.get(name)}
    fields |= {"status": _read_status(texts)}
    fields |= {name: list(texts[name].split("; ")) for name in ("supporters", "standards") if texts.get(name)}
    if texts.get("evidence"):
        fields["evidence"] = [{"label": label} for label in texts["evidence"].split("; ")]
    first, due = texts.get("original_due", ""), texts.get("due", "")
    if first and first != due:
        fields["due_history"] = [{"due": first}]
    fields |= {name: group for name, group in _list_groups(texts) if group}
    fields |= {field: entries for field, entries in _list_entries(texts) if entries}
    plan, slug = _read_place(texts)
    return plan, ExportedAction(slug=slug, fields=fields, text="\n\n".join(_list_sections(texts)))


def _read_status(texts: Mapping[str, str]) -> str:
    """The status; of one that counts as cancelled because it was not accepted, that of the file."""
    status, word = texts.get("status", ""), texts.get("status_word", "")
    is_declined = status == Status.CANCELLED and texts.get("response") == "not accepted"
    found = parse_choice(_STATUS, word if word and (is_declined or not status) else status)
    return str(found) if found else status or word


def _list_groups(texts: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Json]]]:
    for field, columns in _GROUPS.items():
        group: dict[str, Json] = {name: texts[column] for column, name in columns.items() if texts.get(column)}
        for name in ("level", "result"):
            word = str(group.get(name, "")).casefold()
            if word:
                group[name] = word
        if group.get("result") == "planned":
            del group["result"]
        yield field, group


def _list_entries(texts: Mapping[str, str]) -> Iterator[tuple[str, list[Json]]]:
    for column, (field, names) in _ENTRIES.items():
        pattern = re.compile(rf"(?:^|; )({'|'.join(sorted(names, key=len, reverse=True))}): ")
        renamed = _ENTRY_NAMES.get(column, {})
        entries: list[Json] = []
        for line in texts.get(column, "").split("\n"):
            _, *parts = pattern.split(line)
            pairs = zip(parts[::2], parts[1::2], strict=True)
            entries.append({renamed.get(name, name).replace(" ", "_"): value for name, value in pairs})
        yield field, [entry for entry in entries if entry]


def _read_place(texts: Mapping[str, str]) -> tuple[str, str]:
    """The slugs of the plan and of the file of an action, as far as a row says them."""
    if texts.get("file"):
        plan, _, slug = texts["file"].rpartition("/")
        return plan, slug
    return texts.get(PLAN_COLUMN, ""), PurePosixPath(texts.get("path", "")).stem


def _list_sections(texts: Mapping[str, str]) -> Iterator[str]:
    """The steps and the notes as Markdown, with their words as they are."""
    steps = [_STEP.fullmatch(line) for line in texts.get("steps", "").split("\n")]
    lines = [f"- [{found[1]}] {format_line(found[2])}" for found in steps if found]
    if lines:
        yield "## Steps\n\n" + "\n".join(lines)
    notes = [_format_note(line) for line in texts.get("progress", "").split("\n") if line]
    if texts.get("note"):
        by = f" ({texts['note_by']})" if texts.get("note_by") else ""
        notes.append(_format_note(f"{texts.get('note_date', '')}{by}: {texts['note']}"))
    if notes:
        yield "## Progress\n\n" + "\n".join(notes)


def _format_note(line: str) -> str:
    found = _NOTE.fullmatch(line)
    if not found or not (found[1] or found[2]):
        return f"- {format_line(line)}"
    head = " ".join(filter(None, (found[1], f"({format_line(found[2])})" if found[2] else "")))
    return f"- {head}: {format_line(found[3])}"
