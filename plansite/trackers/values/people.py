"""Splits a cell with names into the owner and those who help."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plansite.trackers.cells import CellValue, flatten_text, format_cell

_INITIALS = re.compile(r"[A-Z]{2,4}(?:\s*[/&+]\s*[A-Z]{2,4})+")
_BETWEEN = re.compile(r"\s*(?:;|\n|\s/\s|\||,(?![^()]*\)))\s*")
_MARKS = frozenset({"x", "✓", "✔", "✅", "☑", "yes", "y", "1", "r", "a", "r/a", "ar", "ra", "lead"})
_LEAD_MARKS = frozenset({"r", "a", "r/a", "ar", "ra", "lead"})
_NOBODY = frozenset(
    {"tbc", "tba", "tbd", "n/a", "na", "none", "-", "?", "to be confirmed", "to be agreed", "unassigned"}
)
_MAX_NAME_LENGTH = 120


def split_people(value: CellValue, legend: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The names in a cell, in their order, each once; initials are replaced by names if a legend has them.

    A word for nobody, such as "TBC", is no name.
    """
    text = format_cell(value)
    if _INITIALS.fullmatch(text.strip()):
        parts: Sequence[str] = re.split(r"\s*[/&+]\s*", text.strip())
    else:
        parts = _BETWEEN.split(text)
    names = (flatten_text(part).strip(" .") for part in parts)
    found = ((legend or {}).get(name, name) for name in names if name and name.casefold() not in _NOBODY)
    return tuple(dict.fromkeys(name for name in found if len(name) <= _MAX_NAME_LENGTH))


def read_marked_columns(cells: Sequence[tuple[str, CellValue]]) -> tuple[str, ...]:
    """The names of the columns that are marked in a row, the responsible one first: R in a chart of roles, else x."""
    marked = [(heading, flatten_text(value).casefold()) for heading, value in cells]
    marked = [(heading, mark) for heading, mark in marked if mark in _MARKS]
    return tuple(heading for heading, _ in sorted(marked, key=lambda each: each[1] not in _LEAD_MARKS))


def is_mark_column(cells: Sequence[CellValue]) -> bool:
    """Whether the cells of a column are marks: `x`, or a letter of a chart of roles, wherever there is something."""
    texts = [text for value in cells if (text := flatten_text(value).casefold())]
    return bool(texts) and all(text in _MARKS or text in ("c", "i") for text in texts)
