"""Fields of documents as JSON values, in the form in which a file has them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from plansite.model.dates import INTERVAL_PRESETS, CalendarInterval, parse_interval
from plansite.model.documents.action import Action
from plansite.model.fields import Either, FieldType, ListOf, MappingOf, RecordOf, Text, declared_fields

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def list_field_values(document: Any) -> dict[str, Json]:
    """The declared fields of a document or a group by their names in the file, without those that have no value."""
    values: dict[str, Json] = {}
    cls: type = type(document)
    for declared in declared_fields(cls):
        value = getattr(document, declared.attribute)
        if value is not None and value != "" and value != ():
            values[declared.name] = convert_value(declared.field.kind, value)
    return values


def list_action_values(action: Action) -> dict[str, Json]:
    """The fields of an action: the title and the status always, and of a status that is not known the word."""
    values = list_field_values(action)
    status = str(action.status) if action.status else action.status_word
    return {"title": action.title} | values | {"status": status}


def convert_value(kind: FieldType, value: Any) -> Json:
    """A value of a declared type: dates as 2025-01-31, groups as objects."""
    match kind:
        case ListOf():
            return [convert_value(kind.of, item) for item in value]
        case MappingOf():
            return {name: convert_value(kind.of, item) for name, item in value}
        case Either(rich=RecordOf()):
            return _shorten_record(list_field_values(value), type(value))
        case Either():
            return convert_value(kind.rich, value)
        case RecordOf():
            return list_field_values(value)
        case _:
            return _convert_scalar(value)


def _shorten_record(values: dict[str, Json], cls: type) -> Json:
    """A group that may be written as a text; it is one if it has nothing but its first text."""
    first = next(declared.name for declared in declared_fields(cls) if isinstance(declared.field.kind, Text))
    return values[first] if list(values) == [first] else values


def _convert_scalar(value: Any) -> Json:
    match value:
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case CalendarInterval():
            return format_interval(value)
        case str() | int() | float():
            return value
    raise TypeError(type(value))


def format_interval(interval: CalendarInterval) -> str:
    """An interval as a file has it: the name of a preset, or a number of days, weeks, months or years."""
    words = (interval.text, *INTERVAL_PRESETS, f"{interval.months} months", f"{interval.days} days")
    return next(each for each in words if parse_interval(each) == interval)
