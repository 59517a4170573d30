"""Reads spreadsheets of LibreOffice and others: ODS, with their links, comments and colours.

The format: OASIS, OpenDocument 1.3, part 3, sections 9 (tables) and 19 (attributes).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree import ElementTree as ET

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.cells import CellValue
from plansite.trackers.readers.archives import check_archive, describe_far_cell
from plansite.trackers.readers.details import SheetDetails, add_details, add_link, is_web_address
from plansite.trackers.readers.workbook import Area, fill_merged, strip_empty_end
from plansite.trackers.sheets import MAX_AREA, MAX_CELLS, Fills, Row, Sheet, UnreadableTrackerError

_PREFIX = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE, _STYLE, _DRAW = (_PREFIX % name for name in ("table", "text", "office", "style", "drawing"))
_COLOUR = _PREFIX % "xsl-fo-compatible" + "background-color"
_ADDRESS = "{http://www.w3.org/1999/xlink}href"
_AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_HYPERLINK = compile_lazily(r'(?:of:)?=\s*HYPERLINK\(\s*"([^"]+)"\s*(?:[;,].*)?\)\s*', re.IGNORECASE | re.DOTALL)
_HEX = compile_lazily(r"#([0-9a-fA-F]{6})")
_LAST_COLUMN = 16_384


def read_open_document(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of an ODS file, also hidden ones. Raises UnreadableTrackerError."""
    check_archive(data)
    reader = _OdsReader(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as stream:
            for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314  (as above)
                reader.read(event, element)
    except (ET.ParseError, KeyError, ValueError, OverflowError) as error:
        raise UnreadableTrackerError("it cannot be read as a spreadsheet; open it, and save it again") from error
    return tuple(reader.sheets)


class _OdsReader:
    """Collects the sheets of a document from its elements, in their order."""

    def __init__(self, file: str) -> None:
        self.sheets: list[Sheet] = []
        self._file = file
        self._colours: dict[str, str] = {}
        self._hidden_styles: set[str] = set()
        self._table: _OdsTable | None = None
        self._depth = 0  # a table in a cell, or in the list of changes, is not a sheet
        self._changes = 0

    def read(self, event: str, element: ET.Element) -> None:
        """Take the start or the end of an element."""
        change = 1 if event == "start" else -1
        if element.tag == f"{_TABLE}tracked-changes":
            self._changes += change
        elif element.tag == f"{_TABLE}table" and not self._changes:
            self._depth += change
            if event == "start" and self._depth == 1:
                self._table = _OdsTable(self._colours)
            elif event == "end" and self._depth == 0 and self._table:
                is_hidden = element.get(f"{_TABLE}style-name", "") in self._hidden_styles
                self.sheets.append(self._table.build(self._file, element.get(f"{_TABLE}name", ""), is_hidden=is_hidden))
                element.clear()
        elif event == "end" and element.tag == f"{_STYLE}style":
            self._read_style(element)
        elif event == "end" and self._depth == 1 and self._table and not self._changes:
            self._read_part(element, self._table)

    def _read_part(self, element: ET.Element, table: _OdsTable) -> None:
        if element.tag == f"{_TABLE}table-row":
            table.add_row(element)
            element.clear()
        elif element.tag == f"{_TABLE}table-column" and element.get(f"{_TABLE}visibility", "visible") != "visible":
            table.details.hidden_columns += int(element.get(f"{_TABLE}number-columns-repeated", "1"))

    def _read_style(self, element: ET.Element) -> None:
        name = element.get(f"{_STYLE}name", "")
        for each in element:
            if found := _HEX.fullmatch(each.get(_COLOUR, "")):
                self._colours[name] = found[1].upper()
            if each.get(f"{_TABLE}display") == "false":
                self._hidden_styles.add(name)


class _OdsTable:
    """Collects the rows of one sheet."""

    def __init__(self, colours: dict[str, str]) -> None:
        self.details = SheetDetails()
        self._colours = colours
        self._rows: list[Row] = []
        self._areas: list[Area] = []
        self._next_row = 0
        self._cells = 0

    def add_row(self, element: ET.Element) -> None:
        """Add a row as often as it is repeated; empty rows at the end of a sheet are none."""
        count = max(int(element.get(f"{_TABLE}number-rows-repeated", "1")), 1)
        start, self._next_row = self._next_row, self._next_row + count
        fills: list[tuple[int, str]] = []
        attached = len(self.details.comments) + len(self.details.links)
        row = strip_empty_end(tuple(self._read_cells(element, start, fills)))
        if not row and attached == len(self.details.comments) + len(self.details.links):
            return
        self._cells += count * len(row)
        if self._next_row * len(row) > MAX_AREA:
            raise UnreadableTrackerError(describe_far_cell(self._next_row, len(row)))
        if self._cells > MAX_CELLS:
            raise UnreadableTrackerError(f"a sheet has more than {MAX_CELLS:,} cells; split it")
        self._rows.extend([()] * (start - len(self._rows)))
        self._rows.extend([row] * count)
        if fills:
            shared: Fills = tuple(fills)
            self.details.fills.update(dict.fromkeys(range(start, self._next_row), shared))
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            self.details.hidden_rows += count

    def _read_cells(self, element: ET.Element, row: int, fills: list[tuple[int, str]]) -> Iterator[CellValue]:
        column = 0
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            count = max(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), 1)
            value = None if cell.tag == _CELLS[1] else self._read_cell(cell, row, column)
            colour = self._colours.get(cell.get(f"{_TABLE}style-name", ""), "")
            if value is None and column + count > _LAST_COLUMN:
                count = max(_LAST_COLUMN - column, 0)
            if column + count > _LAST_COLUMN:
                raise UnreadableTrackerError(describe_far_cell(row + 1, column + count))
            if colour and colour != "FFFFFF" and count < 100:  # more are the empty rest of a row
                fills.extend((each, colour) for each in range(column, column + count))
            yield from (value for _ in range(count))
            column += count

    def _read_cell(self, cell: ET.Element, row: int, column: int) -> CellValue:
        height, width = (int(cell.get(f"{_TABLE}number-{name}-spanned", "1")) for name in ("rows", "columns"))
        if height > 1 or width > 1:
            self._areas.append(((row, column), (row + height - 1, column + width - 1)))
        for note in cell.findall(f"{_OFFICE}annotation"):
            author = note.findtext(_AUTHOR, "").strip()
            text = "\n".join(map(_read_text, note.findall(f"{_TEXT}p")))
            if text.strip():
                self.details.comments[row, column] = (f"{author}: {text}" if author else text,)
        formula = cell.get(f"{_TABLE}formula", "")
        if link := _HYPERLINK.fullmatch(formula):
            self.details.add_link((row, column), link[1])
        elif formula:
            self.details.formula_count += 1
        self.details.pictures += sum(each.tag.startswith(_DRAW) for each in cell)
        return _read_value(cell, self.details)

    def build(self, file: str, name: str, *, is_hidden: bool) -> Sheet:
        """The sheet of all rows."""
        detailed = add_details(self._rows, self.details)
        rows, repeated = fill_merged(detailed.rows, self._areas)
        return Sheet(
            file=file, name=name, rows=rows, is_hidden=is_hidden, notes=self.details.list_notes(),
            attached=detailed.attached, fills=self.details.fills, repeated=repeated,
        )  # fmt: skip


def _read_value(cell: ET.Element, details: SheetDetails) -> CellValue:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        text = cell.get(f"{_OFFICE}date-value", "")
        if "T" in text:
            moment = datetime.fromisoformat(text)
            return moment if moment.time().isoformat() != "00:00:00" else moment.date()
        return date.fromisoformat(text)
    if kind in ("float", "percentage", "currency"):
        number = float(cell.get(f"{_OFFICE}value", ""))
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    lines = (_read_text(each, details) for each in cell.findall(f"{_TEXT}p"))
    return "\n".join(lines).strip() or None


def _read_text(element: ET.Element, details: SheetDetails | None = None) -> str:
    """The text of a paragraph, with its spaces and line breaks, and the addresses of its links behind their words."""
    parts = [element.text or ""]
    for each in element:
        if each.tag == f"{_TEXT}s":
            parts.append(" " * min(int(each.get(f"{_TEXT}c", "1")), 1000))
        elif each.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            parts.append("\n" if each.tag.endswith("break") else " ")
        elif each.tag == f"{_TEXT}a":
            address, words = each.get(_ADDRESS, ""), _read_text(each)
            is_mail = address.casefold().startswith("mailto:")
            if is_mail and details:
                details.mail_links += 1
            is_kept = address and not is_mail and not address.startswith("#")
            address = "%20".join(address.split()) if is_web_address(address) else address
            parts.append(add_link(words, address) if is_kept else words)
        elif each.tag != f"{_OFFICE}annotation":
            parts.append(_read_text(each, details))
        parts.append(each.tail or "")
    return "".join(parts)
