"""Entries for other programs: JSON and CSV."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from plansite.exports.action_records import ActionRecord
from plansite.exports.csv_cells import format_csv_lines
from plansite.history.change import Change

JsonValue = str | int | bool | None | list[str]

_RECORD_FIELDS = tuple(field.name for field in dataclasses.fields(ActionRecord))


def record_to_dict(record: ActionRecord) -> dict[str, JsonValue]:
    """An entry as plain values in declared order: dates as 2025-01-31, what is not known as None."""
    return {name: _to_json_value(getattr(record, name)) for name in _RECORD_FIELDS}


def format_records_json(records: Sequence[ActionRecord]) -> str:
    """An array with one object for each entry, indented, in UTF-8, with a line end behind it."""
    return json.dumps([record_to_dict(entry) for entry in records], indent=2, ensure_ascii=False) + "\n"


def format_records_json_items(records: Sequence[ActionRecord]) -> str:
    """The same without what stands around all of them, so that parts can be joined; empty where there is none."""
    return json.dumps([record_to_dict(entry) for entry in records], indent=2, ensure_ascii=False)[2:-2]


def join_json_items(parts: Iterable[str]) -> str:
    """The whole array from its parts."""
    rows = ",\n".join(part for part in parts if part)
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def format_records_csv_lines(records: Sequence[ActionRecord]) -> str:
    """The lines of a table without its head."""
    return format_csv_lines([_format_cell(value) for value in record_to_dict(entry).values()] for entry in records)


def format_records_csv_header() -> str:
    """The head of that table."""
    return format_csv_lines([_RECORD_FIELDS])


def format_records_csv(records: Sequence[ActionRecord]) -> str:
    """A table with one line for each entry. Lists are joined with "; ", yes and no stand for true and false.

    Cells that a spreadsheet might compute are defused with an apostrophe, which
    `plansite.exports.csv_cells.unescape_cell` takes off again.
    """
    return format_records_csv_header() + format_records_csv_lines(records)


def _to_json_value(value: object) -> JsonValue:
    match value:
        case None | bool() | int():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return [str(each) for each in value]
        case _:
            return str(value)


def _format_cell(value: JsonValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(value)
        case _:
            return str(value)


_CHANGE_FIELDS = tuple(field.name for field in dataclasses.fields(Change))


def format_changes_json(changes: Iterable[Change]) -> str:
    """An array with one object for each change, the newest first: the fields of `Change`, in UTF-8, indented.

    Dates are written 2025-01-31; `before` and `after` are a text, or an array of texts for a field that holds several.
    """
    return json.dumps([_build_change_record(change) for change in changes], indent=2, ensure_ascii=False) + "\n"


def _build_change_record(change: Change) -> dict[str, Any]:
    """The fields in declared order; `values` is an object."""
    fields = {name: _to_change_json_value(getattr(change, name)) for name in _CHANGE_FIELDS}
    return fields | {"values": {name: _to_change_json_value(value) for name, value in change.values}}


def _to_change_json_value(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return str(value)
