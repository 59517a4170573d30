"""The register of a plan as CSV and JSON: every action with all steps and progress notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from plansite.exports.action_records import ActionRecord, build_action_record
from plansite.exports.csv_cells import Cell, format_csv
from plansite.exports.data_formats import join_json_items, join_json_lines
from plansite.exports.selection import ExportSelection
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import Escalation, Extension
from plansite.model.documents.records.update_requests import UpdateRequest
from plansite.model.documents.request_answers import find_answer
from plansite.model.site import Site

RecordPart = Mapping[str, str | bool | None]
RecordValue = str | int | bool | None | Sequence[str] | Sequence[RecordPart]
RegisterRecord = dict[str, RecordValue]
_DATE_COLUMNS = frozenset({"created", "due", "original_due", "completed", "interim_check"})

#: The column with the slug of a plan, where a file has the actions of several.
PLAN_COLUMN = "plan"
#: The columns of the CSV file in order, which are the keys of the JSON file too, with what each holds.
REGISTER_COLUMNS = {
    "ref": "The action number.",
    "title": "What will be done. For a file that could not be read, its name.",
    "owner": "Who is responsible for it, as written in the file.",
    "supporters": "Who helps.",
    "goal": "The goal it serves.",
    "standards": "The standards of regulators that it names.",
    "priority": "High, medium or low, if given.",
    "steps": "Its steps: [x] is done, [ ] is not.",
    "resources": "Money, time, people and authority.",
    "created": "The day it was agreed.",
    "due": "The day by which it is done.",
    "original_due": "Its first due date.",
    "completed": "The day its owner finished it.",
    "progress": "Every dated note, in the order of the file.",
    "status": "The status. Empty if the word in the file is not a known status.",
    "status_word": "The word in the file.",
    "reason": "Why it was cancelled, as written in the file.",
    "course": "The course, worked out for the date of the copy.",
    "days_late": "Days overdue; 0 if it is not overdue.",
    "requirement": "Must, should or recommendation, if somebody outside asks for it.",
    "regulation": "The regulation that it is about.",
    "breach": "Whether that was breached: yes or no.",
    "response": "The answer to the recommendation: accepted, partly accepted or not accepted.",
    "response_reason": "The reason for that answer.",
    "interim": "What keeps people safe until it is done.",
    "interim_by": "Who checks that, as written in the file.",
    "interim_check": "The day of the next check of it. Empty for a closed action.",
    "extensions": "More time that was asked for, and what was decided.",
    "escalations": "Difficulties taken to somebody with more authority, and what was decided.",
    "asked": "Updates that its owner was asked for, and when they were answered.",
    "needs_attention": "Whether the file has an error.",
    "path": "The file it comes from.",
    "page": "The address of its page on this site.",
}
#: The columns of a file with the actions of several plans.
SELECTED_COLUMNS = (PLAN_COLUMN, *REGISTER_COLUMNS)


def build_records(entries: Iterable[ActionRecord], actions: Iterable[Action], site: Site) -> list[RegisterRecord]:
    """One register record for each action record; `actions` add steps and notes. An unreadable file has no action."""
    by_path = {action.path: action for action in actions}
    return [_build_record(entry, by_path.get(entry.path), site) for entry in entries]


def render_register_json(records: Sequence[RegisterRecord]) -> str:
    """A JSON array with one record a line. Dates are ISO dates; steps and notes are objects."""
    return join_json_items([join_json_lines(records)])


def render_register_csv(records: Iterable[RegisterRecord]) -> str:
    """A CSV table. In a cell, steps and notes take one line each; other lists are joined with "; "."""
    return format_csv(
        REGISTER_COLUMNS, ([_build_cell(name, record[name]) for name in REGISTER_COLUMNS] for record in records)
    )


def render_selected_registers(selection: ExportSelection) -> str:
    """The table of the actions that were selected, with the slug of its plan before each of them."""
    lines = (list_selected_cells(selection.dated_site, action, selection.faulty_paths) for action in selection.actions)
    return format_csv(SELECTED_COLUMNS, lines)


def list_selected_cells(
    dated_site: SiteOnDate, action: Action, faulty_paths: frozenset[str] = frozenset()
) -> list[Cell]:
    """The row of an action in that table."""
    entry = build_action_record(action, dated_site, action.path in faulty_paths)
    record = _build_record(entry, action, dated_site.site)
    return [action.plan, *(_build_cell(name, record[name]) for name in REGISTER_COLUMNS)]


def _build_steps(action: Action | None) -> list[RecordPart]:
    return [{"text": step.text, "done": step.done} for step in action.body.steps] if action else []


def _build_notes(action: Action | None) -> list[RecordPart]:
    notes = action.body.progress if action else ()
    return [{"date": _format_date(note.date), "by": note.by, "text": note.text} for note in notes]


def _build_record(entry: ActionRecord, action: Action | None, site: Site) -> RegisterRecord:
    return {
        "ref": entry.ref,
        "title": entry.title,
        "owner": entry.owner,
        "supporters": list(entry.supporters),
        "goal": entry.goal,
        "standards": list(entry.standards),
        "priority": str(action.priority or "") if action else "",
        "steps": _build_steps(action),
        "resources": action.resources if action else "",
        "created": _format_date(entry.created),
        "due": _format_date(entry.due),
        "original_due": _format_date(action.original_due) if action else None,
        "completed": _format_date(entry.completed),
        "progress": _build_notes(action),
        "status": str(entry.status) if entry.status else None,
        "status_word": entry.status_word,
        "reason": action.reason if action else "",
        "course": str(entry.course) if entry.course else None,
        "days_late": entry.days_late,
        **_build_oversight(entry, action),
        "asked": [_build_request(site, action, each) for each in action.asked] if action else [],
        "needs_attention": entry.needs_attention,
        "path": entry.path,
        "page": entry.page,
    }


def _build_oversight(entry: ActionRecord, action: Action | None) -> RegisterRecord:
    """Interim control, requirement, response, extensions and escalations."""
    asked, answer, control = (action.requirement, action.response, action.interim) if action else (None, None, None)
    return {
        "requirement": str(entry.requirement or ""),
        "regulation": asked.regulation if asked else "",
        "breach": str(asked.breach or "") if asked else "",
        "response": str(entry.response or ""),
        "response_reason": answer.reason if answer else "",
        "interim": control.control if control else "",
        "interim_by": control.by if control else "",
        "interim_check": _format_date(entry.interim_check),
        "extensions": [_build_extension(each) for each in action.extension] if action else [],
        "escalations": [_build_escalation(each) for each in action.escalated] if action else [],
    }


def _build_extension(extension: Extension) -> RecordPart:
    return {
        "until": _format_date(extension.until),
        "asked": _format_date(extension.asked),
        "asked_by": extension.asked_by,
        "reason": extension.reason,
        "decision": str(extension.decision or ""),
        "decided": _format_date(extension.decided),
        "decided_by": extension.decided_by,
    }


def _build_escalation(escalation: Escalation) -> RecordPart:
    return {
        "to": escalation.to,
        "date": _format_date(escalation.date),
        "reason": escalation.reason,
        "decision": escalation.decision,
        "decided": _format_date(escalation.decided),
    }


def _build_request(site: Site, action: Action, request: UpdateRequest) -> RecordPart:
    answer = find_answer(site, action, request)
    return {
        "asked": _format_date(request.date),
        "by": request.by,
        "question": request.question,
        "answered": _format_date(answer.day if answer else None),
    }


def _format_date(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _build_cell(column: str, value: RecordValue) -> Cell:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str() if column in _DATE_COLUMNS:
            return date.fromisoformat(value)
        case str() | int():
            return value
        case _:
            lines = [_format_part(part) for part in value if not isinstance(part, str)]
            return "\n".join(lines) if lines else "; ".join(str(part) for part in value)


def _format_part(part: RecordPart) -> str:
    """A step as `[x] Ring the office`, a note as `2025-01-04 (Deputy Manager): Agreed`.

    Any other entry as `until: 2025-02-28; asked: 2025-01-20; decision: granted`, without what is not given.
    """
    if "done" in part:
        return f"[{'x' if part['done'] else ' '}] {part['text']}"
    if "text" not in part:
        return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in part.items() if value)
    by = f"({part['by']})" if part["by"] else ""
    prefix = " ".join(word for word in (str(part["date"] or ""), by) if word)
    return f"{prefix}: {part['text']}" if prefix else str(part["text"])
