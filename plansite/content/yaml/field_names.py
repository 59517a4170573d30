"""Names of fields as trackers and spreadsheets write them: in capitals, with spaces, or as the heading of a column."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace

from plansite.content.yaml.column_names import list_column_names
from plansite.content.yaml.nodes import MappingNode
from plansite.deferred_pattern import compile_lazily
from plansite.model.fields import declared_fields

#: Fields that say who may see something have one spelling each; any other is unclear, and hides.
_EXACT_NAMES = frozenset({"audience", "kind", "allow"})
_SEPARATORS = compile_lazily(r"[\s_-]+")
_BEHIND = compile_lazily(r"(?:\(s\)|[.:*?])+$")

#: Columns of registers that belong into the text of an action, and where they go.
_COLUMNS_IN_TEXT = {
    "## Progress": "progress, update, updates, progress update, action progress, comment, comments, note, notes",
    "## Steps": "steps, action steps, tasks",
    "## Barriers": "barriers, barrier, obstacles",
    "## Outcome": "outcome, outcomes, result, results, impact",
}
_HEADINGS_BY_COLUMN = {name: heading for heading, names in _COLUMNS_IN_TEXT.items() for name in names.split(", ")}
_NEW_DATES = frozenset({"new date", "new due date", "revised date", "revised due date", "revised target date"})


def rename_fields(cls: type, fields: MappingNode) -> MappingNode:
    """The fields of a file, with the names of a declared dataclass in place of other names for them.

    A field that is there under its own name stays, and the other name with it, to be reported. Empty ones go.
    """
    exact_names, names = _list_names(cls)
    if all(key.text in exact_names for key, _ in fields.entries):
        return fields
    given = {key.text for key, _ in fields.entries}
    entries = []
    for key, value in fields.entries:
        name = "" if key.text in exact_names else names.get(fold_name(key.text), "")
        if name and name not in given:
            if value.absent:
                continue
            given.add(name)
            key = replace(key, text=name)
        entries.append((key, value))
    return replace(fields, entries=tuple(entries)) if tuple(entries) != fields.entries else fields


def list_other_names(cls: type) -> Mapping[str, str]:
    """The names of fields by other names for them, in the form of `fold_name`."""
    return _list_names(cls)[1]


def suggest_place(cls: type, name: str) -> str:
    """Where the text of a column belongs that is not a field of actions; empty for any other name."""
    if "due" not in _list_names(cls)[0]:
        return ""
    heading = _HEADINGS_BY_COLUMN.get(fold_name(name))
    if heading:
        return f"write it in the text below the fields, under `{heading}`"
    return "put the new date into `due`, and the old one into `due_history`" if fold_name(name) in _NEW_DATES else ""


def fold_name(name: str) -> str:
    """A name in lower case with single spaces, "and" for "&" and "/", and without a full stop or so at its end."""
    words = re.sub(r" *[&/+] *", " and ", name.casefold())
    return _SEPARATORS.sub(" ", _BEHIND.sub("", words.strip())).strip()


@functools.cache
def _list_names(cls: type) -> tuple[frozenset[str], Mapping[str, str]]:
    """The names of the fields as they are declared, and the fields by folded name."""
    declared = declared_fields(cls)
    names = {fold_name(field.name): field.name for field in declared if field.name not in _EXACT_NAMES}
    for field_name, other_names in list_column_names(cls).items():
        for other in other_names:
            names.setdefault(fold_name(other), field_name)
    return frozenset(field.name for field in declared), names
