"""Parses the readings of a measure from the CSV file beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import field
from datetime import date

from plansite.content.parse_rules import BAD_READING
from plansite.content.report import Report, quote_text, suggest_date
from plansite.content.text import decode
from plansite.content.values import parse_number
from plansite.deferred_dataclass import dataclass
from plansite.model.dates import DEFAULT_ZONE, parse_iso_date
from plansite.model.documents.measure import Reading

#: A smaller denominator is a mistake, and the quotient would be too large for a chart.
MIN_DENOMINATOR = 1e-6
#: How tables give a count from 1 to 4 that they do not tell.
_SMALL = frozenset({"fewer than 5", "less than 5", "<5", "< 5"})
_EVENTS = ("date",)
#: The headers of tables, with what to do about a line that does not go with them.
_REMEDIES = {
    _EVENTS: "write a date alone, or `date,value` in the first line",
    ("date", "value"): "write `date,value` with numbers",
    ("date", "n", "d"): "write `date,n,d` with numbers: a count, and the total that it is out of",
}


@dataclass(frozen=True, slots=True)
class ReadingTable:
    """Readings in order of date. `lists_events` where the table has dates alone, and readings count its lines."""

    readings: tuple[Reading, ...] = ()
    lists_events: bool = False


def parse_readings(data: bytes, report: Report, zone: str = DEFAULT_ZONE) -> ReadingTable:
    """The readings of a table with one of three headers; a line that cannot be read is reported and left out.

    `date,value` has a value a day, `date,n,d` a count out of a total, and `date` alone a line for each event: as many
    lines as a day has are its reading. A count may be given as "fewer than 5". `zone` is the time zone in which an
    instant is a date.
    """
    text = decode(data, report)
    if text is None:
        return ReadingTable()
    lines = text.splitlines()
    header = tuple(cell.casefold() for cell in _split_cells(lines[0] if lines else "", 0))
    if header not in _REMEDIES:
        report.add(
            BAD_READING,
            f"the first line is {quote_text(lines[0] if lines else '')}",
            "write the columns there: `date,value`, `date,n,d`, or `date` alone for a list of events",
            line=1,
            column=1,
        )
        return ReadingTable()
    parser = _TableParser(header, report, zone)
    for number, line in enumerate(lines[1:], 2):
        parser.add_line(line, number)
    return ReadingTable(tuple(parser.list_readings()), header == _EVENTS)


@dataclass(frozen=True, slots=True)
class _TableParser:
    """Collects the readings of a table by their day."""

    header: tuple[str, ...]
    report: Report
    zone: str
    readings: dict[date, Reading] = field(default_factory=dict)
    events: dict[date, int] = field(default_factory=dict)

    def list_readings(self) -> Iterator[Reading]:
        """The readings in order of date."""
        found = {day: Reading(day, float(count)) for day, count in self.events.items()} or self.readings
        return (found[day] for day in sorted(found))

    def add_line(self, line: str, number: int) -> None:
        """Add the reading of a line; one without a reading is reported."""
        cells = _split_cells(line, 0)
        if not cells:
            return
        cells += [""] * (len(self.header) - len(cells))
        day = parse_iso_date(cells[0], self.zone)
        reading = _build_reading(day, cells[1:]) if day and len(cells) == len(self.header) else None
        if day is None or reading is None:
            remedy = suggest_date(cells[0]) if day is None else _REMEDIES[self.header]
            self._report(f"{quote_text(line)} is not a reading", remedy, number)
        elif reading.d is not None and abs(reading.d) < MIN_DENOMINATOR:
            self._report(f"{quote_text(line)} divides by almost nothing", "write whole numbers", number)
        elif self.header == _EVENTS:
            self.events[day] = self.events.get(day, 0) + 1
        elif day in self.readings:
            self._report(f"{quote_text(line)} repeats a date", "keep one line a date", number)
        else:
            self.readings[day] = reading

    def _report(self, message: str, remedy: str, number: int) -> None:
        self.report.add(BAD_READING, message, remedy, line=number, column=1)


def _split_cells(line: str, columns: int) -> list[str]:
    """The cells of a line without the empty ones that spreadsheets leave behind its last, but at least `columns`.

    A line that is no CSV is one cell.
    """
    try:
        cells = line.split(",") if '"' not in line else next(csv.reader([line]), [])
    except csv.Error:
        return [line]
    cells = [cell.strip() for cell in cells]
    while len(cells) > columns and not cells[-1]:
        del cells[-1]
    return cells


def _build_reading(day: date, cells: list[str]) -> Reading | None:
    """The reading of a day from the cells behind its date; None where these are no numbers.

    A count out of a total is not below 0, and its total is above 0.
    """
    if not cells:
        return Reading(day, 1.0)
    is_small = cells[0].casefold() in _SMALL
    number = None if is_small else parse_number(cells[0])
    if number is None and not is_small:
        return None
    if len(cells) == 1:
        return Reading(day, number)
    total = parse_number(cells[1])
    if total is None:
        return Reading(day, None) if is_small and cells[1].casefold() in _SMALL else None
    if total <= 0 or (number is not None and number < 0):
        return None
    return Reading(day, None if number is None else number / total, number, total)
