"""A table under Progress, with a column of dates: each of its rows is a progress note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.spellings.dates import find_note_head

_CELL_BORDER = compile_lazily(r"(?<!\\)\|")
_DATE_COLUMNS = frozenset({"date", "day", "when"})
_AUTHOR_COLUMNS = frozenset({"by", "who", "author", "name", "initials", "written by", "entered by", "recorded by"})
#: Headings of columns that say nothing of the text below them.
_NOTE_COLUMNS = frozenset(
    {
        "note",
        "notes",
        "progress",
        "update",
        "updates",
        "entry",
        "comment",
        "comments",
        "details",
        "what happened",
        "what",
    }
)
_MARKS = " \t*_:"


def respell_table(lines: Sequence[str]) -> list[str] | None:
    """As many lines with a note for each row; None for a table whose first line does not name a column of dates."""
    columns = [cell.strip(_MARKS) for cell in _split_row(lines[0])]
    keys = [" ".join(column.casefold().split()) for column in columns]
    date_column = next((index for index, key in enumerate(keys) if key in _DATE_COLUMNS), None)
    rows = [_split_row(line) for line in lines[2:]]
    if date_column is None or len(columns) < 2:
        return None
    if not any(find_note_head(row[date_column]) for row in rows if date_column < len(row)):
        return None
    return ["", "", *(_format_note(row, columns, keys, date_column) for row in rows)]


def _format_note(row: list[str], columns: list[str], keys: list[str], date_column: int) -> str:
    """The row as an item of a list: date, author, and all other cells with the headings that say something."""
    author = ""
    texts = []
    for index, cell in enumerate(row):
        key = keys[index] if index < len(keys) else ""
        if index == date_column or not cell:
            continue
        if key in _AUTHOR_COLUMNS and not author and not re.search(r"[()]", cell):
            author = f" ({cell})"
        else:
            texts.append(cell if not key or key in _NOTE_COLUMNS else f"{columns[index]}: {cell}")
    day = row[date_column] if date_column < len(row) else ""
    return f"- {day}{author}: {'; '.join(texts)}" if day else f"- {'; '.join(texts)}{author}"


def _split_row(line: str) -> list[str]:
    """The cells of a row, without the borders at its ends."""
    return [
        cell.strip().replace("\\|", "|")
        for cell in _CELL_BORDER.split(line.strip().removeprefix("|").removesuffix("|"))
    ]
