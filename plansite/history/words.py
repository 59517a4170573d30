"""A change in one plain sentence."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable

from plansite.history.change import Change, Did, Value
from plansite.model.dates import iso_date
from plansite.model.words import listed, long_date, short_date

#: A longer value is not repeated in a sentence.
_LONGEST = 80
#: Of a record in a list, what it is known by: the first of these that it has.
_KNOWN_BY = ("label", "title", "text", "agency", "rule", "said", "due", "date")

_WHOLE = {
    Did.ADDED: "Added",
    Did.REMOVED: "Removed",
    Did.BROKEN: "Made unreadable",
    Did.MENDED: "Made readable again",
}
_PARTS = {
    Did.NOTED: "Progress noted",
    Did.UNNOTED: "Progress note removed",
    Did.TICKED: "Step done",
    Did.UNTICKED: "Step no longer done",
    Did.STEP_ADDED: "Step added",
    Did.STEP_REMOVED: "Step removed",
}


def sentence(change: Change) -> str:
    """As people say it: "Due moved from 7 January to 21 January 2025 by Deputy Manager: engineer unavailable"."""
    by = f" by {change.who}" if change.who else ""
    if change.did in _WHOLE:
        return f"{_WHOLE[change.did]}{by}: {change.before or change.after}"
    if change.did in _PARTS:
        return f"{_PARTS[change.did]}{by}: {_part(change)}"
    if change.did is Did.MOVED:
        return f"{_moved(change)}{by}"
    if change.did is Did.REWORDED:
        return f"{_text(change)}{by}"
    return f"{_field(change)}{by}{f': {change.reason}' if change.reason else ''}"


def _part(change: Change) -> str:
    """The words of a step or a note; a note keeps its author, for another may have written it down."""
    words = str(change.after or change.before)
    if change.did in (Did.STEP_ADDED, Did.STEP_REMOVED):
        return words[4:]
    day = iso_date(words[:10])
    return f"{long_date(day)}{words[10:]}" if day and change.did in (Did.NOTED, Did.UNNOTED) else words


def _moved(change: Change) -> str:
    before, after = str(change.before), str(change.after)
    old, new = before.split("/", 1), after.split("/", 1)
    if old[0] != new[0]:
        return f"Moved from the plan “{old[0]}” to the plan “{new[0]}”"
    return f"Renamed from “{old[-1]}” to “{new[-1]}”" if old[-1] != new[-1] else "File moved"


def _text(change: Change) -> str:
    name = f"“{change.field.capitalize()}”" if change.field else "The text"
    if not change.before:
        return f"{name} written"
    return f"{name} changed" if change.after else f"{name} removed"


def _field(change: Change) -> str:
    name = change.field.replace("_", " ").replace(".", " ").capitalize()
    before, after = change.before, change.after
    if isinstance(before, tuple) or isinstance(after, tuple):
        return f"{name}: {_items(_many(before), _many(after))}"
    old, new = iso_date(before), iso_date(after)
    if old and new:
        return f"{name} moved from {short_date(old, new)} to {long_date(new)}"
    if max(len(before), len(after)) > _LONGEST:
        return f"{name} {'written' if not before else 'changed' if after else 'removed'}"
    if not before:
        return f"{name} set to {_shown(after)}"
    return f"{name} changed from {_shown(before)} to {_shown(after)}" if after else f"{name} {_shown(before)} removed"


def _shown(value: str) -> str:
    day = iso_date(value)
    return long_date(day) if day else value


def _many(value: Value) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else tuple(value)


def _items(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    come, gone = Counter(after) - Counter(before), Counter(before) - Counter(after)
    parts = [f"{_names(items)} {did}" for items, did in ((come, "added"), (gone, "removed")) if items]
    return ", ".join(parts) or "order changed"


def _names(items: Iterable[str]) -> str:
    return listed([_item(item) for item in items])


def _item(item: str) -> str:
    """An item's words; of a record those that it is known by."""
    words = item
    if item.startswith("{"):
        with contextlib.suppress(ValueError):
            record = json.loads(item)
            words = next((str(record[name]) for name in _KNOWN_BY if name in record), "an entry")
    return _shown(words) if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
