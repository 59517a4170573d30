"""Sheets and trackers for tests of the importer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl

from plansite.trackers.columns.map_file import NO_MAP, TrackerMap
from plansite.trackers.reading import TrackerReading, read_tables
from plansite.trackers.sheets import Sheet
from plansite.trackers.tables.tables import find_tables


def sheet(*rows: Sequence[Any], **fields: Any) -> Sheet:
    """A sheet with these rows."""
    return Sheet(file="tracker.xlsx", rows=tuple(map(tuple, rows)), **fields)


def read(*sheets: Sheet, tracker_map: TrackerMap = NO_MAP, include_hidden: bool = False) -> TrackerReading:
    """The actions in sheets."""
    return read_tables(*find_tables(sheets, include_hidden=include_hidden, tracker_map=tracker_map), tracker_map)


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """The bytes of an XLSX file with these sheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook or document."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def word_document(*tables: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a Word document with these tables."""
    document = docx.Document()
    for rows in tables:
        table = document.add_table(len(rows), max(map(len, rows)))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=False):
                cell.text = text
        document.add_paragraph("")
    return saved(document)
