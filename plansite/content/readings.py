"""The readings of a measure, from the CSV file beside it."""

from __future__ import annotations

import csv

from plansite.content.date_advice import date_advice
from plansite.content.faults import BAD_READING
from plansite.content.report import Report, shown
from plansite.content.text import decode
from plansite.content.values import number
from plansite.model.dates import iso_date
from plansite.model.plan import Reading

#: A smaller denominator is a slip, and what it gives is too large to draw.
SMALLEST = 1e-6
_HEADS = (("date", "value"), ("date", "n", "d"))


def readings_of(data: bytes, report: Report) -> tuple[Reading, ...]:
    """Readings in order of date; a line that cannot be read is noted and left out."""
    text = decode(data, report)
    if text is None:
        return ()
    lines = text.splitlines()
    head = tuple(cell.strip().casefold() for cell in next(csv.reader(lines[:1]), ()))
    if head not in _HEADS:
        report.add(
            BAD_READING,
            f"the first line is {shown(lines[0] if lines else '')}",
            "it names the columns: `date,value` or `date,n,d`",
            line=1,
            column=1,
        )
        return ()
    found: dict[str, Reading] = {}
    for count, line in enumerate(lines[1:], 2):
        if line.strip():
            reading = _reading(line, head, count, report)
            if reading and reading.date.isoformat() in found:
                report.add(BAD_READING, f"{shown(line)} repeats a date", "keep one line a date", line=count, column=1)
            elif reading:
                found[reading.date.isoformat()] = reading
    return tuple(found[day] for day in sorted(found))


def _reading(line: str, head: tuple[str, ...], count: int, report: Report) -> Reading | None:
    try:
        cells = [cell.strip() for cell in next(csv.reader([line]))]
    except csv.Error:
        cells = []
    day = iso_date(cells[0]) if cells else None
    numbers = [number(cell) for cell in cells[1:]]
    if len(cells) != len(head) or day is None or None in numbers or (len(head) == 3 and numbers[1] == 0):
        remedy = date_advice(cells[0]) if cells and day is None else f"write `{','.join(head)}` with numbers"
        report.add(BAD_READING, f"{shown(line)} is not a reading", remedy, line=count, column=1)
        return None
    first = numbers[0] or 0.0
    if len(head) == 2:
        return Reading(day, first)
    parts = numbers[1] or 1.0
    if abs(parts) < SMALLEST:
        report.add(BAD_READING, f"{shown(line)} divides by almost nothing", "write whole numbers", line=count, column=1)
        return None
    return Reading(day, first / parts, first, parts)
