"""A change in one plain sentence."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable

from plansite.history.change import Change, ChangeKind, ChangeValue
from plansite.model.dates import parse_iso_date
from plansite.model.formatting import format_list, format_long_date, format_short_date

#: A longer value is not repeated in a sentence.
_MAX_VALUE_LENGTH = 80
#: Of a record in a list, what it is known by: the first of these that it has.
_LABEL_FIELDS = ("label", "title", "text", "agency", "rule", "said", "due", "date")

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
    """As people say it: "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable"."""
    by = f" by {change.who}" if change.who else ""
    if change.did in _DOCUMENT_VERBS:
        return f"{_DOCUMENT_VERBS[change.did]}{by}: {change.before or change.after}"
    if change.did in _ITEM_VERBS:
        return f"{_ITEM_VERBS[change.did]}{by}: {_describe_item_text(change)}"
    if change.did is ChangeKind.MOVED:
        return f"{_describe_move(change)}{by}"
    if change.did is ChangeKind.TEXT_CHANGED:
        return f"{_describe_text_change(change)}{by}"
    return f"{_describe_field_change(change)}{by}{f': {change.reason}' if change.reason else ''}"


def _describe_item_text(change: Change) -> str:
    """The words of a step or a note; a note keeps its author, for another may have written it down."""
    words = str(change.after or change.before)
    if change.did in (ChangeKind.STEP_ADDED, ChangeKind.STEP_REMOVED):
        return words[4:]
    day = parse_iso_date(words[:10])
    return (
        f"{format_long_date(day)}{words[10:]}"
        if day and change.did in (ChangeKind.NOTE_ADDED, ChangeKind.NOTE_REMOVED)
        else words
    )


def _describe_move(change: Change) -> str:
    before, after = str(change.before), str(change.after)
    old, new = before.split("/", 1), after.split("/", 1)
    if old[0] != new[0]:
        return f"Moved from the plan “{old[0]}” to the plan “{new[0]}”"
    return f"Renamed from “{old[-1]}” to “{new[-1]}”" if old[-1] != new[-1] else "File moved"


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
    return (
        f"{name} changed from {_format_value(before)} to {_format_value(after)}"
        if after
        else f"{name} {_format_value(before)} removed"
    )


def _format_value(value: str) -> str:
    day = parse_iso_date(value)
    return format_long_date(day) if day else value


def _as_tuple(value: ChangeValue) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(value)


def _describe_item_changes(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    come, gone = Counter(after) - Counter(before), Counter(before) - Counter(after)
    parts = [f"{_format_items(items)} {did}" for items, did in ((come, "added"), (gone, "removed")) if items]
    return ", ".join(parts) or "order changed"


def _format_items(items: Iterable[str]) -> str:
    return format_list([_format_item(item) for item in items])


def _format_item(item: str) -> str:
    """An item's words; of a record those that it is known by."""
    words = item
    if item.startswith("{"):
        with contextlib.suppress(ValueError):
            record = json.loads(item)
            words = next((str(record[name]) for name in _LABEL_FIELDS if name in record), "an entry")
    return _format_value(words) if len(words) <= _MAX_VALUE_LENGTH else f"{words[: _MAX_VALUE_LENGTH - 1]}…"
