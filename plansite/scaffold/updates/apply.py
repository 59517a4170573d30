"""Brings an update into the file of an action, and makes sure that nothing else changes."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.personal_data_findings import find_personal_data
from plansite.content.report import Report
from plansite.content.yaml.field_names import rename_fields
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import MappingNode
from plansite.deferred_dataclass import dataclass
from plansite.model.body import Body
from plansite.model.documents.action import Action
from plansite.model.documents.records.due_dates import EarlierDue
from plansite.model.fields import declared_fields
from plansite.model.findings import Finding, Level
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.updates.action_update import ActionUpdate, UnusableUpdateError
from plansite.scaffold.updates.fields import FieldEditor
from plansite.scaffold.updates.progress import format_note, list_texts_with_note

#: Parts of an action that are compared in other ways, or that follow from its fields and its place.
_NOT_COMPARED = frozenset({"body", "lines", "status_word", "path", "is_partly_read"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedFile:
    """The new bytes of the file of an action, and what `check` finds in it that it did not find before."""

    data: bytes
    findings: tuple[Finding, ...] = ()


def apply_update(data: bytes, update: ActionUpdate, zone: str) -> UpdatedFile:
    """The file of an action with an update. Raises UnusableUpdateError where it cannot be put in by a program.

    Only the fields of the update and the new note are different. `zone` is the time zone of the site.
    """
    before, old_findings = _parse(data, update.action, zone)
    if before is None:
        raise UnusableUpdateError("its file cannot be read; run “plansite check”, and correct it first")
    text = data.decode("utf-8-sig")
    has_mark, line_end = data.startswith(b"\xef\xbb\xbf"), "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    candidates = (
        list_texts_with_note(lines, before.body, update.day, update.by, update.note) if update.note else [lines]
    )
    for candidate in candidates:
        changed = _change_fields(candidate, data, update, before)
        new_data = (b"\xef\xbb\xbf" if has_mark else b"") + line_end.join(changed).encode()
        after, findings = _parse(new_data, update.action, zone)
        if after is not None and _is_expected(before, after, update):
            return UpdatedFile(data=new_data, findings=_list_new(old_findings, findings))
    raise UnusableUpdateError(_advise(update))


def _parse(data: bytes, action: Action, zone: str) -> tuple[Action | None, tuple[Finding, ...]]:
    """The action in a file, None where it cannot be read, and the findings about the file."""
    location = DocumentLocation("action", action.plan, action.slug, action.path)
    result = parse_document(location, data, zone=zone)
    findings = (*result.findings, *find_personal_data(action.path, data))
    return (result.document if isinstance(result.document, Action) else None), findings


def _list_new(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    known = Counter((finding.rule.code, finding.message) for finding in before)
    new = []
    for finding in after:
        key = (finding.rule.code, finding.message)
        known[key] -= 1
        if known[key] < 0 and finding.rule.level is not Level.HINT:
            new.append(finding)
    return tuple(new)


def _change_fields(lines: list[str], data: bytes, update: ActionUpdate, before: Action) -> list[str]:
    """The lines with the changed fields. Raises UnusableUpdateError for one that is written in an unusual way."""
    file = parse_file(data, Report(update.action.path))
    fields = rename_fields(Action, file.fields) if file else MappingNode((), 1, 1)
    if fields.repeated:
        raise UnusableUpdateError("its file gives a field twice; run “plansite check”, and correct it first")
    editor = FieldEditor(lines, fields, [declared.name for declared in declared_fields(Action)])
    for name, value in _list_values(update).items():
        if not editor.set_value(name, value):
            raise UnusableUpdateError(_advise(update))
    if _is_moved(update, before):
        item: dict[str, FieldValue] = {
            "due": before.due or "", "moved": update.day, "by": update.by, "reason": update.reason,
        }  # fmt: skip
        if not editor.add_item("due_history", item):
            raise UnusableUpdateError(_advise(update))
    return editor.lines


def _list_values(update: ActionUpdate) -> dict[str, FieldValue]:
    """The fields that get a value."""
    values: dict[str, FieldValue | None] = {
        "status": str(update.status) if update.status else None,
        "due": update.due,
        "completed": update.completed,
        "reason": update.reason if not update.due else None,
    }
    return {name: value for name, value in values.items() if value}


def _is_moved(update: ActionUpdate, before: Action) -> bool:
    return update.due is not None and before.due is not None


def _is_expected(before: Action, after: Action, update: ActionUpdate) -> bool:
    """Whether a file holds what it held before, the update, and nothing else."""
    expected = replace(
        before,
        status=update.status or before.status,
        due=update.due or before.due,
        completed=update.completed or before.completed,
        reason=(update.reason if not update.due else "") or before.reason,
    )
    if _is_moved(update, before):
        move = EarlierDue(due=before.due, moved=update.day, by=update.by, reason=update.reason)
        expected = replace(expected, due_history=(*before.due_history, move))
    names = [field.name for field in dataclasses.fields(Action) if field.name not in _NOT_COMPARED]
    if any(getattr(expected, name) != getattr(after, name) for name in names):
        return False
    if after.is_partly_read and not before.is_partly_read:
        return False
    return _has_new_note(before.body, after.body, update)


def _has_new_note(before: Body, after: Body, update: ActionUpdate) -> bool:
    """Whether a text has the note of the update, if it has one, and else what it had; for other readers perhaps not."""
    if not _adds_note(before, after, update, is_optional=not update.note):
        return False
    old, new = dict(before.audience_variants), dict(after.audience_variants)
    return old.keys() == new.keys() and all(
        _adds_note(body, new[reader], update, is_optional=True) for reader, body in old.items()
    )


def _adds_note(before: Body, after: Body, update: ActionUpdate, *, is_optional: bool) -> bool:
    """Whether the only difference of two texts is the note of an update; if it `is_optional`, there may be none."""
    if _without_progress(before) != _without_progress(after):
        return False
    old, new = _list_notes(before), _list_notes(after)
    if new == old:
        return is_optional
    index = next((number for number, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(old))
    note = (update.day, update.by, " ".join(update.note.split()))
    return len(new) > index and new[index][:3] == note and [*new[:index], *new[index + 1 :]] == old


def _list_notes(body: Body) -> list[tuple[object, ...]]:
    return [(note.date, note.by, " ".join(note.text.split()), note.html) for note in body.progress]


def _without_progress(body: Body) -> tuple[object, ...]:
    """All of a body but its notes, the numbers of its lines, and a heading of progress with nothing but notes below."""
    sections = [(section.title, section.key, section.html) for section in body.sections]
    steps = [(step.text, step.html, step.done) for step in body.steps]
    return body.intro, [each for each in sections if each[1] != "progress" or each[2]], steps


def _advise(update: ActionUpdate) -> str:
    """What to tell somebody who has to change the file by hand."""
    lines = [f"{name}: {value}" for name, value in _list_values(update).items()]
    note = format_note(update.day, update.by, update.note) if update.note else []
    parts = "\n".join(("", *lines, *(["below “Progress”:", *note] if note else [])))
    path = update.action.path
    return f"its file is written in a way that plansite does not change by itself; change {path} by hand:{parts}"
