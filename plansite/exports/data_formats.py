"""Action records as JSON and CSV, and changes as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from plansite.exports.action_records import ActionRecord
from plansite.exports.csv_cells import Cell, format_csv_lines
from plansite.history.change import Change

JsonValue = str | int | bool | None | list[str]

_RECORD_FIELDS = tuple(field.name for field in dataclasses.fields(ActionRecord))
#: Made once: `json.dumps` with these options would make an encoder for each record.
_encode_compactly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CHANGE_FIELDS = tuple(field.name for field in dataclasses.fields(Change))


def record_to_dict(record: ActionRecord) -> dict[str, JsonValue]:
    """The fields of a record as JSON values in declared order: dates as 2025-01-31, unknown values as None."""
    return {name: _to_json_value(getattr(record, name)) for name in _RECORD_FIELDS}


def format_records_json(records: Sequence[ActionRecord]) -> str:
    """An indented JSON array with an object for each record, and a line end; letters are not escaped."""
    return json.dumps([record_to_dict(record) for record in records], indent=2, ensure_ascii=False) + "\n"


def format_records_json_items(records: Sequence[ActionRecord]) -> str:
    """The objects of that array, one a line and without white space, for `join_json_items`; empty without records."""
    return join_json_lines(record_to_dict(record) for record in records)


def join_json_lines(values: Iterable[Mapping[str, object]]) -> str:
    """JSON objects without white space, one a line, with a comma between two."""
    return ",\n".join(map(_encode_compactly, values))


def join_json_items(parts: Iterable[str]) -> str:
    """The JSON array with these lines of objects, of which some may be empty."""
    items = ",\n".join(part for part in parts if part)
    return f"[\n{items}\n]\n" if items else "[]\n"


def format_records_csv_lines(records: Sequence[ActionRecord]) -> str:
    """The lines of a CSV table without its header."""
    return format_csv_lines([_build_cell(getattr(record, name)) for name in _RECORD_FIELDS] for record in records)


def format_records_csv_header() -> str:
    """The header of that table."""
    return format_csv_lines([_RECORD_FIELDS])


def format_records_csv(records: Sequence[ActionRecord]) -> str:
    """A CSV table with a line for each record. Lists are joined with "; ", true and false are `yes` and `no`.

    Texts that a spreadsheet could interpret as something else are escaped, see `csv_cells.escape_cell`.
    """
    return format_records_csv_header() + format_records_csv_lines(records)


def _to_json_value(value: object) -> JsonValue:
    match value:
        case None | bool() | int():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return [str(item) for item in value]
        case _:
            return str(value)


def _build_cell(value: object) -> Cell:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date() | int():
            return value
        case tuple():
            return "; ".join(str(item) for item in value)
        case _:
            return str(value)


def format_changes_json(changes: Iterable[Change]) -> str:
    """An indented JSON array with an object for each change, in the order given; its keys are the fields of `Change`.

    Dates are written 2025-01-31. `before` and `after` are strings, or arrays of strings for a field of several values.
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
