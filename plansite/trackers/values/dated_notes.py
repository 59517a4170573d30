"""Takes dated lines out of a cell about progress."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import CellValue, format_cell
from plansite.trackers.values.dates import DateOrder, parse_date_cell

_STARTS = compile_lazily(
    r"\s*[-•*–]?\s*[(\[]?((?:\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4})|(?:\d{1,2}(?:st|nd|rd|th)?[\s/-]+[A-Za-z]{3,9}\.?,?[\s/-]+\d{2,4}))"
    r"(?:,?\s+\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?)?"
    r"[)\]]?\s*(?:\(([^()\n]{1,60})\)|;([^;\n]{1,60});)?\s*[:\-–—.]*\s*(.*)",
    re.DOTALL,
)
#: A further note on the same line: a date and a sign, after the end of a sentence.
_FURTHER = compile_lazily(
    r"(?<=[.;!?])\s+(?=(?:\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\s+\d{2,4})\s*(?:[:–—]|-\s))"
)


@dataclass(frozen=True, slots=True)
class DatedNote:
    """A note about progress, its day, and who wrote it if the cell says so."""

    day: date
    text: str
    by: str = ""


def split_dated_notes(value: CellValue, order: DateOrder) -> tuple[tuple[DatedNote, ...], str]:
    """The dated notes of a cell, each with the lines that follow it, and the text before the first of them.

    A line is a note of its own if it begins with a whole date, and a sentence of it with a date and a colon or dash. A
    date without a text is none.
    """
    notes: list[DatedNote] = []
    rest: list[str] = []
    for line in _split_lines(format_cell(value)):
        found = _STARTS.fullmatch(line)
        day = parse_date_cell(found[1], order) if found else None
        if found and day and found[4].strip():
            notes.append(DatedNote(day.day, found[4].strip(), (found[2] or found[3] or "").strip()))
        elif notes and line.strip():
            last = notes[-1]
            notes[-1] = DatedNote(last.day, f"{last.text} {line.strip()}", last.by)
        else:
            rest.append(line)
    return tuple(notes), "\n".join(rest).strip("\n")


def _split_lines(text: str) -> Iterator[str]:
    """The lines of a text; one that begins with a date is split before each further date of a note."""
    for line in text.split("\n"):
        if _STARTS.match(line):
            yield from _FURTHER.split(line)
        else:
            yield line
