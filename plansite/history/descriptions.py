"""Descriptions of changes, one sentence each."""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from collections.abc import Iterable

from plansite.deferred_pattern import compile_lazily
from plansite.history.change import Change, ChangeKind, ChangeValue
from plansite.model.dates import parse_iso_date
from plansite.model.formatting import format_list, format_long_date, format_short_date

#: Longer values are left out of a sentence.
_MAX_VALUE_LENGTH = 80
#: A note as `format_note_value` writes it: day, author and text.
_NOTE = compile_lazily(r"(\d{4}-\d{2}-\d{2})?(?: ?\((.*?)\))?: (.*)", re.DOTALL)
#: Fields that can name a record in a list; the first that the record has is used.
_LABEL_FIELDS = ("label", "title", "text", "agency", "rule", "said", "until", "to", "due", "date")

_DOCUMENT_VERBS = {
    ChangeKind.ADDED: "Added",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.BECAME_UNREADABLE: "Made unreadable",
    ChangeKind.BECAME_READABLE: "Made readable again",
}
_ITEM_VERBS = {
    ChangeKind.NOTE_ADDED: "Progress noted",
    ChangeKind.NOTE_REMOVED: "Progress note removed",
    ChangeKind.STEP_TICKED: "Step done",
    ChangeKind.STEP_UNTICKED: "Step no longer done",
    ChangeKind.STEP_ADDED: "Step added",
    ChangeKind.STEP_REMOVED: "Step removed",
}


def describe_change(change: Change) -> str:
    """One sentence: "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable"."""
    by = f" by {change.who}" if change.who else ""
    if change.did in _DOCUMENT_VERBS:
        return f"{_DOCUMENT_VERBS[change.did]}{by}: {change.before or change.after}{describe_removed_contents(change)}"
    if change.did in _ITEM_VERBS:
        return f"{_ITEM_VERBS[change.did]}{by}: {_describe_item_text(change)}"
    if change.did is ChangeKind.MOVED:
        return f"{_describe_move(change)}{by}"
    if change.did is ChangeKind.TEXT_CHANGED:
        return f"{_describe_text_change(change)}{by}"
    return f"{_describe_field_change(change)}{by}{f': {change.reason}' if change.reason else ''}"


def describe_change_beside(change: Change, title: str) -> str:
    """The sentence of a change that stands under the `title` of its document and beside its day: it repeats neither.

    "Client noted: two more boxes" instead of "Progress noted: 16 January 2025 (Client): two more boxes".
    """
    if change.did is ChangeKind.ADDED and change.after == title:
        return f"Added by {change.who}" if change.who else "Added"
    note = _NOTE.fullmatch(str(change.after)) if change.did is ChangeKind.NOTE_ADDED else None
    if note is None or not (note[1] or note[2]):
        return describe_change(change)
    day, by = parse_iso_date(note[1] or ""), note[2] or change.who
    on = f" on {format_short_date(day, change.when)}" if day and day != change.when else ""
    return f"{by} noted{on}: {note[3]}" if by else f"Noted{on}: {note[3]}"


def describe_removed_contents(change: Change) -> str:
    """What was removed with a plan: ", with 3 actions"; empty for any other change."""
    return f", with {change.after}" if change.did is ChangeKind.REMOVED and change.after else ""


def _describe_item_text(change: Change) -> str:
    """The text of a step or a note; a note keeps its author, who need not be the author of the commit."""
    text = str(change.after or change.before)
    if change.did in (ChangeKind.STEP_ADDED, ChangeKind.STEP_REMOVED):
        return text[4:]
    is_note = change.did in (ChangeKind.NOTE_ADDED, ChangeKind.NOTE_REMOVED)
    day = parse_iso_date(text[:10]) if is_note else None
    return f"{format_long_date(day)}{text[10:]}" if day else text


def _describe_move(change: Change) -> str:
    old_plan, _, old_slug = str(change.before).partition("/")
    new_plan, _, new_slug = str(change.after).partition("/")
    if change.document == "plan" and old_plan != new_plan:
        return f"Folder renamed from “{old_plan}” to “{new_plan}”"
    if old_plan != new_plan:
        return f"Moved from the plan “{old_plan}” to the plan “{new_plan}”"
    return f"Renamed from “{old_slug}” to “{new_slug}”" if old_slug != new_slug else "File moved"


def _describe_text_change(change: Change) -> str:
    name = f"“{change.field.capitalize()}”" if change.field else "The text"
    if not change.before:
        return f"{name} written"
    return f"{name} changed" if change.after else f"{name} removed"


def _describe_field_change(change: Change) -> str:
    name = change.field.replace("_", " ").replace(".", " ").capitalize()
    before, after = change.before, change.after
    if isinstance(before, tuple) or isinstance(after, tuple):
        return f"{name}: {_describe_item_changes(_as_tuple(before), _as_tuple(after))}"
    old, new = parse_iso_date(before), parse_iso_date(after)
    if old and new:
        return f"{name} moved from {format_short_date(old, new)} to {format_long_date(new)}"
    if max(len(before), len(after)) > _MAX_VALUE_LENGTH:
        return f"{name} {'written' if not before else 'changed' if after else 'removed'}"
    if not before:
        return f"{name} set to {_format_value(after)}"
    if not after:
        return f"{name} {_format_value(before)} removed"
    return f"{name} changed from {_format_value(before)} to {_format_value(after)}"


def _format_value(value: str) -> str:
    day = parse_iso_date(value)
    return format_long_date(day) if day else value


def _as_tuple(value: ChangeValue) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(value)


def _describe_item_changes(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    added, removed = Counter(after) - Counter(before), Counter(before) - Counter(after)
    parts = [f"{_format_items(items)} {verb}" for items, verb in ((added, "added"), (removed, "removed")) if items]
    return ", ".join(parts) or "order changed"


def _format_items(items: Iterable[str]) -> str:
    return format_list([_format_item(item) for item in items])


def _format_item(item: str) -> str:
    """An item's text, of a record (a JSON object) the field that names it; shortened if it is long."""
    text = item
    if item.startswith("{"):
        with contextlib.suppress(ValueError):
            record = json.loads(item)
            text = next((str(record[name]) for name in _LABEL_FIELDS if name in record), "an entry")
    return _format_value(text) if len(text) <= _MAX_VALUE_LENGTH else f"{text[: _MAX_VALUE_LENGTH - 1]}…"
