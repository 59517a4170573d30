"""Parses the readings of a measure from the CSV file beside it."""

from __future__ import annotations

import csv

from plansite.content.parse_rules import BAD_READING
from plansite.content.report import Report, quote_text, suggest_date
from plansite.content.text import decode
from plansite.content.values import parse_number
from plansite.model.dates import DEFAULT_ZONE, parse_iso_date
from plansite.model.documents.measure import Reading

#: A smaller denominator is a mistake, and the quotient would be too large for a chart.
MIN_DENOMINATOR = 1e-6
_HEADERS = (("date", "value"), ("date", "n", "d"))


def parse_readings(data: bytes, report: Report, zone: str = DEFAULT_ZONE) -> tuple[Reading, ...]:
    """Readings in order of date; a line that cannot be read is reported and left out.

    `zone` is the time zone in which an instant is a date.
    """
    text = decode(data, report)
    if text is None:
        return ()
    lines = text.splitlines()
    header = tuple(cell.casefold() for cell in _split_cells(lines[0] if lines else "", 0))
    if header not in _HEADERS:
        report.add(
            BAD_READING,
            f"the first line is {quote_text(lines[0] if lines else '')}",
            "write the columns there: `date,value` or `date,n,d`",
            line=1,
            column=1,
        )
        return ()
    readings: dict[str, Reading] = {}
    for number, line in enumerate(lines[1:], 2):
        if any(_split_cells(line, 0)):
            reading = _parse_reading(line, header, number, report, zone)
            if reading and reading.date.isoformat() in readings:
                report.add(
                    BAD_READING, f"{quote_text(line)} repeats a date", "keep one line a date", line=number, column=1
                )
            elif reading:
                readings[reading.date.isoformat()] = reading
    return tuple(readings[day] for day in sorted(readings))


def _split_cells(line: str, columns: int) -> list[str]:
    """The cells of a line without the empty ones that spreadsheets leave behind its last, but at least `columns`.

    A line that is no CSV is one cell.
    """
    try:
        cells = [cell.strip() for cell in next(csv.reader([line]), ())]
    except csv.Error:
        return [line]
    while len(cells) > columns and not cells[-1]:
        del cells[-1]
    return cells


def _parse_reading(line: str, header: tuple[str, ...], line_number: int, report: Report, zone: str) -> Reading | None:
    cells = _split_cells(line, len(header))
    day = parse_iso_date(cells[0], zone) if cells else None
    numbers = [parse_number(cell) for cell in cells[1:]]
    if len(cells) != len(header) or day is None or None in numbers or (len(header) == 3 and numbers[1] == 0):
        remedy = suggest_date(cells[0]) if cells and day is None else f"write `{','.join(header)}` with numbers"
        report.add(BAD_READING, f"{quote_text(line)} is not a reading", remedy, line=line_number, column=1)
        return None
    numerator = numbers[0] or 0.0
    if len(header) == 2:
        return Reading(day, numerator)
    denominator = numbers[1] or 1.0
    if abs(denominator) < MIN_DENOMINATOR:
        report.add(
            BAD_READING,
            f"{quote_text(line)} divides by almost nothing",
            "write whole numbers",
            line=line_number,
            column=1,
        )
        return None
    return Reading(day, numerator / denominator, numerator, denominator)
