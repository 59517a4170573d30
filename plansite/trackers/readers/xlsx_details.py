"""Reads what python-calamine does not give of a workbook: links, comments, colours, formulas, and hidden rows.

The format: ECMA-376, Office Open XML, part 1, SpreadsheetML. Its parts have been checked before (`check_archive`).
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.readers.archives import column_number
from plansite.trackers.readers.details import SheetDetails
from plansite.trackers.readers.xlsx_styles import read_style_colours
from plansite.trackers.sheets import Fills, Position

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = compile_lazily(rb"""<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?""")
_FORMULA = compile_lazily(
    rb"""<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f(?:\s[^>]*)?>([^<]*)</f>\s*(<v>[^<]+</v>|<v ?/>|<v></v>)?"""
)
_HYPERLINK = compile_lazily(r'\s*HYPERLINK\(\s*"([^"]+)"\s*(?:,\s*"((?:[^"]|"")*)"\s*)?\)\s*', re.IGNORECASE)
_HIDDEN_ROW = compile_lazily(rb"""<row\s[^>]*\bhidden="(?:1|true)"[^>]*?(/?)>""")
_HIDDEN_COLUMNS = compile_lazily(rb"""<col\s(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")[^>]*\bmax="(\d+)\"""")
_LINK = compile_lazily(r"<(?:\w+:)?hyperlink\s([^>]*?)/?>")
_ATTRIBUTE = compile_lazily(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = compile_lazily(r"([A-Z]{1,3})(\d{1,7})")
#: Further hidden columns reach to the end of the sheet: nothing is in them.
_MAX_HIDDEN_COLUMNS = 100
_CHUNK = 4 * 1024 * 1024


def read_xlsx_details(archive: zipfile.ZipFile) -> Mapping[str, SheetDetails]:
    """What the sheets of a workbook have beside values, by their names. A part that is damaged has nothing."""
    colours = read_style_colours(archive)
    return {
        name: _read_sheet(archive, path, colours) for name, path in _list_sheets(archive) if path in archive.namelist()
    }


def _list_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    book = next((path for kind, path in _list_related(archive, "") if kind == "officeDocument"), "xl/workbook.xml")
    targets = {key: path for key, _, path in _read_relations(archive, book)}
    root = _parse(archive, book)
    for each in root.iter() if root is not None else ():
        if each.tag.endswith("}sheet"):
            yield each.get("name", ""), targets.get(each.get(_RELATION_ID, ""), "")


def _list_related(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str]]:
    """The kind and the path of each part that a part names."""
    yield from ((kind, target) for _, kind, target in _read_relations(archive, path))


def _read_relations(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str, str]]:
    """The id, the kind and the target of each relation of a part: a path in the archive, or an address."""
    folder, name = posixpath.split(path)
    root = _parse(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    for each in root if root is not None else ():
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target


def _parse(archive: zipfile.ZipFile, path: str) -> ET.Element | None:
    try:
        return ET.fromstring(archive.read(path))  # noqa: S314  (as above)
    except (KeyError, ET.ParseError):
        return None


def _read_sheet(archive: zipfile.ZipFile, path: str, colours: Mapping[int, str]) -> SheetDetails:
    details = SheetDetails()
    rest = b""
    rows: dict[int, dict[int, str]] = {}
    with archive.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            end = chunk.rfind(b"</row>")
            piece, rest = (rest + chunk[:end], chunk[end:]) if end >= 0 else (b"", rest + chunk)
            _read_rows(piece, colours, rows, details)
    _read_rows(rest, colours, rows, details)
    patterns: dict[Fills, Fills] = {}
    for row, found in rows.items():
        fills = tuple(found.items())
        details.fills[row] = patterns.setdefault(fills, fills)
    _read_links(archive, path, rest.decode("utf-8", errors="replace"), details)
    for kind, target in _list_related(archive, path):
        if kind == "comments":
            _read_comments(_parse(archive, target), details)
        elif kind == "drawing":
            details.pictures += sum(other == "image" for other, _ in _list_related(archive, target))
    return details


def _read_rows(
    piece: bytes, colours: Mapping[int, str], rows: dict[int, dict[int, str]], details: SheetDetails
) -> None:
    """Add what a piece of a sheet has: hidden rows, formulas, and cells with a colour."""
    details.hidden_rows += sum(not end for end in _HIDDEN_ROW.findall(piece))
    for first, last in _HIDDEN_COLUMNS.findall(piece):
        count = int(last) - int(first) + 1
        details.hidden_columns += count if count <= _MAX_HIDDEN_COLUMNS else 0
    if b"<f" in piece:
        _read_formulas(piece, details)
    if colours:
        for letters, digits, style in _CELL.findall(piece):
            if style and (colour := colours.get(int(style))):
                rows.setdefault(int(digits) - 1, {})[column_number(letters) - 1] = colour


def _read_formulas(piece: bytes, details: SheetDetails) -> None:
    for letters, digits, text, value in _FORMULA.findall(piece):
        position = (int(digits) - 1, column_number(letters) - 1)
        formula = html.unescape(text.decode("utf-8", errors="replace"))
        is_stored = value.startswith(b"<v>") and value != b"<v></v>"
        link = _HYPERLINK.fullmatch(formula)
        if link:
            details.add_link(position, link[1])
        if link and not is_stored and link[2]:
            details.formulas[position] = link[2].replace('""', '"')
        elif is_stored:
            details.formula_count += not link
        elif not link:
            details.formulas[position] = f"={formula}"


def _read_links(archive: zipfile.ZipFile, path: str, text: str, details: SheetDetails) -> None:
    """Add the links of cells: addresses of other documents, not places in the same one."""
    targets = {key: target for key, kind, target in _read_relations(archive, path) if kind == "hyperlink"}
    for found in _LINK.finditer(text):
        attributes = {
            name.rpartition(":")[2]: html.unescape(one or two) for name, one, two in _ATTRIBUTE.findall(found[1])
        }
        target, place = targets.get(attributes.get("id", ""), ""), attributes.get("location", "")
        position = _read_position(attributes.get("ref", ""))
        if target and position:
            details.add_link(position, f"{target}#{place}" if place else target)


def _read_position(place: str) -> Position | None:
    """The position of a cell, or of the first in an area, as `B3` or `B3:C4`."""
    found = _PLACE.match(place)
    return (int(found[2]) - 1, column_number(found[1].encode()) - 1) if found else None


def _read_comments(root: ET.Element | None, details: SheetDetails) -> None:
    """Add the comments of cells. Newer programs put a text about themselves before those that are discussions."""
    authors = [each.text or "" for each in root.iter() if each.tag.endswith("}author")] if root is not None else []
    for each in root.iter() if root is not None else ():
        position = _read_position(each.get("ref", "")) if each.tag.endswith("}comment") else None
        if position is None:
            continue
        text = "".join(part.text or "" for part in each.iter() if part.tag.endswith("}t")).strip()
        text = re.sub(r"\A\[Threaded comment\].*?Comment:\s*", "", text, flags=re.DOTALL)
        number = each.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        author = "" if author.startswith("tc=") else author.strip()
        if text:
            is_signed = author and not text.startswith(author)
            details.comments[position] = (
                *details.comments.get(position, ()),
                f"{author}: {text}" if is_signed else text,
            )
