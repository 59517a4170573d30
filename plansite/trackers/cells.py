"""Values of cells, and their texts."""

from __future__ import annotations

import functools
from datetime import date, datetime
from typing import TypeAlias

from plansite.deferred_pattern import compile_lazily

#: A cell: text, a number, a truth value, a date (with a time if the program gave one), or nothing.
CellValue: TypeAlias = str | int | float | bool | date | None

#: Each text is asked for several times; only short ones are kept.
_MAX_KEPT_LENGTH = 200
_BLANKS = compile_lazily(r"[ \t\u00a0\u2007\u202f]+")


def format_cell(value: CellValue) -> str:
    """The text of a cell as a person reads it: 8 for the number 8.0, 2025-01-06 for a date, lines without margins."""
    match value:
        case None:
            return ""
        case bool():
            return "True" if value else "False"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            has_time = (value.hour, value.minute, value.second) != (0, 0, 0)
            return value.strftime("%Y-%m-%d %H:%M") if has_time else value.date().isoformat()
        case date():
            return value.isoformat()
        case str():
            return _clean_text(value)
    return str(value)


def _clean_text(text: str) -> str:
    """A text without blanks at the ends of lines, and without empty lines at its start and end."""
    if "\n" not in text and "\r" not in text:
        return _BLANKS.sub(" ", text).strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip("\n")


def flatten_text(value: CellValue) -> str:
    """The text of a cell on one line."""
    if isinstance(value, str):
        return _flatten(value) if len(value) < _MAX_KEPT_LENGTH else " ".join(value.split())
    return "" if value is None else " ".join(format_cell(value).split())


@functools.lru_cache(maxsize=50_000)
def _flatten(text: str) -> str:
    return " ".join(text.split())


def strip_list_marks(text: str) -> str:
    """A text without the brackets in which some programs export lists: `[Amina Shah, Tom Reed]`."""
    inner = text.strip()
    is_list = inner.startswith("[") and inner.endswith("]") and "[" not in inner[1:]
    return inner[1:-1].strip() if is_list else text
