"""Entries for other programs: JSON and CSV."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from datetime import date

from plansite.exchange.cells import csv_lines
from plansite.listing.entries import Entry

Value = str | int | bool | None | list[str]

_NAMES = tuple(field.name for field in dataclasses.fields(Entry))


def record(entry: Entry) -> dict[str, Value]:
    """An entry as plain values in declared order: dates as 2025-01-31, what is not known as None."""
    return {name: _plain(getattr(entry, name)) for name in _NAMES}


def json_text(entries: Sequence[Entry]) -> str:
    """An array with one object for each entry, indented, in UTF-8, with a line end behind it."""
    return json.dumps([record(entry) for entry in entries], indent=2, ensure_ascii=False) + "\n"


def json_rows(entries: Sequence[Entry]) -> str:
    """The same without what stands around all of them, so that parts can be joined; empty where there is none."""
    return json.dumps([record(entry) for entry in entries], indent=2, ensure_ascii=False)[2:-2]


def json_joined(parts: Iterable[str]) -> str:
    """The whole array from its parts."""
    rows = ",\n".join(part for part in parts if part)
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def csv_rows(entries: Sequence[Entry]) -> str:
    """The lines of a table without its head."""
    return csv_lines([_cell(value) for value in record(entry).values()] for entry in entries)


def csv_head() -> str:
    """The head of that table."""
    return csv_lines([_NAMES])


def csv_of(entries: Sequence[Entry]) -> str:
    """A table with one line for each entry. Lists are joined with "; ", yes and no stand for true and false.

    Cells that a spreadsheet might compute are defused with an apostrophe; `plansite.exchange.cells.original` takes
    it off again.
    """
    return csv_head() + csv_rows(entries)


def _plain(value: object) -> Value:
    match value:
        case None | bool() | int():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return [str(each) for each in value]
        case _:
            return str(value)


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(value)
        case _:
            return str(value)
