"""Reads the tables of Word documents, with python-docx."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from plansite.trackers.readers.archives import check_archive
from plansite.trackers.sheets import MAX_CELLS, Row, Sheet, UnreadableTrackerError

#: What python-docx raises for documents that are damaged, beside the errors of its XML parser.
_LIBRARY_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, TypeError,
    ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def read_word_document(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Each table of a document as a sheet, in the order of the document; tables in cells follow the one around them.

    Raises UnreadableTrackerError, and ImportError if python-docx is not installed.
    """
    import docx  # imported here because it is an extra
    import lxml.etree  # which python-docx brings

    check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        tables = [tuple(map(_read_row, table.rows)) for table in _list_tables(document)]
    except (*_LIBRARY_ERRORS, lxml.etree.LxmlError) as error:
        raise UnreadableTrackerError("it cannot be read as a Word document; open it, and save it again") from error
    sheets, cells = [], 0
    for number, rows in enumerate(tables, start=1):
        cells += sum(map(len, rows))
        if cells > MAX_CELLS:
            raise UnreadableTrackerError(f"its tables have more than {MAX_CELLS:,} cells; split it")
        sheets.append(Sheet(file=name, name=f"table {number}" if len(tables) > 1 else "", rows=rows))
    return tuple(sheets)


def _list_tables(parent: Any) -> Iterator[Any]:
    for table in parent.tables:
        yield table
        seen: set[int] = set()
        for row in table.rows:
            for cell in row.cells:
                if id(cell._tc) not in seen:
                    seen.add(id(cell._tc))
                    yield from _list_tables(cell)


def _read_row(row: Any) -> Row:
    """The texts of a row; a merged cell has its text in each of its columns, as in a workbook."""
    before, after = row.grid_cols_before, row.grid_cols_after
    return (*[None] * before, *(_read_cell(cell) for cell in row.cells), *[None] * after)


def _read_cell(cell: Any) -> str | None:
    """The text of a cell with its line breaks, and the addresses of its links after their words."""
    lines = []
    for paragraph in cell.paragraphs:
        text = paragraph.text
        for link in paragraph.hyperlinks:
            if link.url and link.url not in text:
                text = text.replace(link.text, f"{link.text} <{link.url}>", 1)
        lines.append(text)
    return "\n".join(lines).strip() or None
