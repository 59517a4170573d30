"""Reads the tables of Word documents, with python-docx.

The library leaves out what is in content controls and what was inserted while changes were tracked, so the texts are
taken from the elements themselves (ECMA-376, Office Open XML, part 1, WordprocessingML).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from plansite.trackers.readers.archives import check_archive
from plansite.trackers.readers.details import add_link, is_web_address
from plansite.trackers.readers.own_register import add_own_cells, take_own_tables
from plansite.trackers.readers.word_numbers import BULLET, ParagraphNumbers
from plansite.trackers.sheets import MAX_CELLS, Position, Row, Sheet, UnreadableTrackerError
from plansite.trackers.values.struck import mark_struck

#: What python-docx raises for documents that are damaged, beside the errors of its XML parser.
_LIBRARY_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, TypeError,
    ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TABLE, _ROW, _CELL, _PARAGRAPH, _RUN = (f"{_W}{name}" for name in ("tbl", "tr", "tc", "p", "r"))
#: Elements with other elements of the text in them. What was deleted or moved away is not in them.
_AROUND = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo")
)
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_OFF = ("0", "false", "off", "none")
#: A table is at most so wide, and tables are in cells of others at most so deep.
_MAX_COLUMNS = 512
_MAX_DEPTH = 20
#: A longer paragraph above a table is no heading.
_MAX_HEADING_LENGTH = 120


def read_word_document(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Each table of a document as a sheet, in the order of the document; tables in cells follow the one around them.

    Raises UnreadableTrackerError, and ImportError if python-docx is not installed.
    """
    import docx  # imported here because it is an extra
    import lxml.etree  # which python-docx brings

    check_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
        links = {key: each.target_ref for key, each in document.part.rels.items() if each.is_external}
        own = take_own_tables(document)
        texts = _Texts(links, ParagraphNumbers(_find_numbering(document)))
        tables = list(_list_tables(document.element.body, texts, ""))
    except (*_LIBRARY_ERRORS, lxml.etree.LxmlError) as error:
        raise UnreadableTrackerError("it cannot be read as a Word document; open it, and save it again") from error
    sheets, cells = [], 0
    for number, table in enumerate(tables, start=1):
        cells += sum(map(len, table.rows))
        if cells > MAX_CELLS:
            raise UnreadableTrackerError(f"its tables have more than {MAX_CELLS:,} cells; split it")
        label = f"table {number}" if len(tables) > 1 else ""
        notes = ("pictures in its tables: not read",) if table.has_pictures else ()
        sheet = Sheet(
            file=name,
            name=label,
            heading=table.heading,
            rows=tuple(table.rows),
            repeated=frozenset(table.repeated),
            notes=notes,
        )
        sheets.append(add_own_cells(sheet, own.get(table.element)))
    return tuple(sheets)


def _find_numbering(document: Any) -> Any:
    """The element with the lists of a document; None if it has none."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    found = next((each for each in document.part.rels.values() if each.reltype == kind and not each.is_external), None)
    return getattr(found.target_part, "element", None) if found else None


class _WordTable:
    """Collects the rows of one table. A merged cell has its text in each of its columns and rows, as in a workbook."""

    def __init__(self, element: Any, texts: _Texts, heading: str) -> None:
        self.element = element
        self.heading = heading
        self.rows: list[Row] = []
        self.repeated: set[Position] = set()
        self.inner_cells: list[Any] = []
        self.has_pictures = False
        self._texts = texts
        for row in _list_children(element, _ROW):
            self._add_row(row)

    def _add_row(self, element: Any) -> None:
        cells: list[str | None] = [None] * _read_number(element, "trPr", "gridBefore", 0)
        for cell in _list_children(element, _CELL):
            width = _read_number(cell, "tcPr", "gridSpan", 1)
            if len(cells) + width > _MAX_COLUMNS:
                raise UnreadableTrackerError(f"a table has more than {_MAX_COLUMNS} columns; save it again")
            merge = _find_property(cell, "tcPr", "vMerge")
            if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and self.rows:
                above = self.rows[-1][len(cells)] if len(cells) < len(self.rows[-1]) else None
                text = above if isinstance(above, str) else None
                self.repeated.update((len(self.rows), column) for column in range(len(cells), len(cells) + width))
            else:
                text = self._read_cell(cell)
                self.inner_cells.append(cell)
            cells += [text] * width
        self.rows.append(tuple(cells))

    def _read_cell(self, cell: Any) -> str | None:
        """The text of a cell with its line breaks, and the addresses of its links after their words."""
        self.has_pictures = self.has_pictures or next(cell.iter(f"{_W}drawing", f"{_W}pict"), None) is not None
        lines = [self._texts.read(each) for each in _list_children(cell, _PARAGRAPH)]
        if sum(bool(line.strip()) for line in lines) == 1:
            lines = [line.removeprefix(f"{BULLET} ") for line in lines]
        return "\n".join(lines).strip() or None


def _list_tables(parent: Any, texts: _Texts, heading: str, depth: int = 0) -> Iterator[_WordTable]:
    """The tables in an element, each with the heading above it, and the tables in its cells."""
    if depth > _MAX_DEPTH:
        raise UnreadableTrackerError(f"it has tables in tables, more than {_MAX_DEPTH} deep; save the table alone")
    for element in _list_children(parent, _PARAGRAPH, _TABLE):
        if element.tag == _TABLE:
            table = _WordTable(element, texts, heading)
            yield table
            for cell in table.inner_cells:
                yield from _list_tables(cell, texts, heading, depth + 1)
        elif depth == 0:
            heading = _find_heading(element, texts.read(element)) or heading


def _find_heading(paragraph: Any, text: str) -> str:
    """The text of a paragraph that has the style of a heading; empty for any other."""
    style = _find_property(paragraph, "pPr", "pStyle")
    level = _find_property(paragraph, "pPr", "outlineLvl")
    if level is None and (style is None or "heading" not in style.get(f"{_W}val", "").casefold()):
        return ""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_HEADING_LENGTH else ""


def _list_children(parent: Any, *tags: str) -> Iterator[Any]:
    """The children of an element with these tags, also those in elements that stand around them."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _AROUND:
            yield from _list_children(child, *tags)


def _find_property(element: Any, group: str, name: str) -> Any:
    properties = element.find(f"{_W}{group}")
    return properties.find(f"{_W}{name}") if properties is not None else None


def _read_number(element: Any, group: str, name: str, other: int) -> int:
    found = _find_property(element, group, name)
    number = int(found.get(f"{_W}val", other)) if found is not None else other
    if not 0 <= number <= _MAX_COLUMNS:
        raise UnreadableTrackerError(f"a table has more than {_MAX_COLUMNS} columns; save it again")
    return number


class _Texts:
    """Reads the texts of paragraphs, in the order of the document, since numbered ones are counted."""

    def __init__(self, links: Mapping[str, str], numbers: ParagraphNumbers) -> None:
        self._links = links
        self._numbers = numbers

    def read(self, paragraph: Any) -> str:
        """The text of a paragraph; links have their addresses behind their words, and struck words their mark.

        A number that Word writes before it is a part of it. A paragraph may be a number alone.
        """
        text = "".join(_read_inline(paragraph, self._links)).replace("\t", " ")
        number = self._numbers.find_number(paragraph)
        if not text.strip():
            return number.rstrip(".)") if number != BULLET else ""
        return f"{number} {text}" if number else text


def _read_inline(parent: Any, links: Mapping[str, str]) -> Iterator[str]:
    for child in parent:
        if child.tag == _RUN:
            yield _read_run(child)
        elif child.tag == f"{_W}hyperlink":
            words, address = "".join(_read_inline(child, links)), links.get(child.get(f"{_R}id", ""), "")
            anchor = child.get(f"{_W}anchor", "")
            address = f"{address}#{anchor}" if address and anchor else address
            is_kept = address and not address.casefold().startswith("mailto:")
            yield (
                add_link(words, "%20".join(address.split()) if is_web_address(address) else address)
                if is_kept
                else words
            )
        elif child.tag in _AROUND:
            yield from _read_inline(child, links)


def _read_run(run: Any) -> str:
    parts = []
    for child in run:
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _BREAKS:
            parts.append(_BREAKS[child.tag])
        elif child.tag == f"{_W}sym":
            parts.append(_read_symbol(child))
    text = "".join(parts)
    strike = _find_property(run, "rPr", "strike")
    is_struck = strike is not None and strike.get(f"{_W}val", "1") not in _OFF
    return mark_struck(text) if is_struck else text


def _read_symbol(symbol: Any) -> str:
    """A character of the fonts for symbols that forms use: ticks, crosses and boxes of Wingdings."""
    code = symbol.get(f"{_W}char", "").upper()[-2:]
    return {"FC": "✓", "FB": "✗", "FE": "☑", "A8": "☐", "FD": "☒", "6F": "☐"}.get(code, "")
