"""Knows a Word document that plansite wrote itself, and reads the cells of its tables exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.exports.word.own_notes import compute_note_digest, parse_notes_part
from plansite.exports.word.register_table import COLUMN_TITLES
from plansite.exports.word.style_names import GOAL_NAME, REGISTER_NOTE_NAME
from plansite.model.formatting import format_count
from plansite.trackers.own_cells import OwnCell, read_own_cell
from plansite.trackers.readers.details import add_link
from plansite.trackers.sheets import Position, Sheet

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARAGRAPH, _TABLE, _LINK = f"{_W}p", f"{_W}tbl", f"{_W}hyperlink"
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_CUSTOM_PART = compile_lazily(r"/customXml/item\d+\.xml")
_TITLE_COLUMN = COLUMN_TITLES.index("Action")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """What the cells of a table of a register say, by their positions, and the own notes that were taken out of it."""

    cells: Mapping[Position, OwnCell] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def take_own_tables(document: Any) -> Mapping[Any, OwnTable]:
    """The registers in a document that plansite wrote, by the elements of their tables; none in any other document.

    Its own notes, unless somebody changed them, are taken out of the document, which is one of python-docx.
    """
    digests = _find_digests(document)
    return dict(_OwnRegister(document, digests).take_tables()) if digests is not None else {}


def add_own_cells(sheet: Sheet, own: OwnTable | None) -> Sheet:
    """The sheet of a table with what is known of its cells. Its goal is known as well, so it needs no heading."""
    if own is None:
        return sheet
    count = format_count(len(own.notes), "note that plansite wrote", "notes that plansite wrote")
    left = (f"{count}, such as “{' '.join(own.notes[0].split())}”: not read",) if own.notes else ()
    return replace(sheet, heading="", own_cells=own.cells, notes=(*sheet.notes, *left))


def _find_digests(document: Any) -> frozenset[str] | None:
    """The digests of the notes in a document; None if plansite did not write it."""
    for part in document.part.package.iter_parts():
        if _CUSTOM_PART.fullmatch(str(part.partname)):
            digests = parse_notes_part(part.blob)
            if digests is not None:
                return digests
    return None


class _OwnRegister:
    """Reads the tables of a document. `digests` are those of its own notes."""

    def __init__(self, document: Any, digests: frozenset[str]) -> None:
        self._body = document.element.body
        self._digests = digests
        self._links = {key: each.target_ref for key, each in document.part.rels.items() if each.is_external}
        self._style_names = {
            each.get(f"{_W}styleId"): each.find(f"{_W}name").get(f"{_W}val")
            for each in document.styles.element.iter(f"{_W}style")
            if each.find(f"{_W}name") is not None
        }

    def take_tables(self) -> Iterator[tuple[Any, OwnTable]]:
        """Each register in the body, with its element. A goal is that of the tables up to the next heading."""
        goal = ""
        for element in self._body:
            if element.tag == _TABLE:
                own = self._take_table(element, goal)
                if own:
                    yield element, own
            elif element.tag == _PARAGRAPH:
                style = self._find_style(element)
                if style == GOAL_NAME or "heading" in style.casefold():
                    goal = " ".join(self._read(element).split()) if style == GOAL_NAME else ""

    def _take_table(self, table: Any, goal: str) -> OwnTable | None:
        head, *rows = [*table.iterchildren(f"{_W}tr")] or [table]
        headings = [" ".join(self._read(cell).split()) for cell in head.iterchildren(f"{_W}tc")]
        if tuple(headings[: len(COLUMN_TITLES)]) != COLUMN_TITLES:
            return None
        found: dict[Position, OwnCell] = {}
        notes: list[str] = []
        for number, row in enumerate(rows, 1):
            cells = list(row.iterchildren(f"{_W}tc"))
            if len(cells) != len(headings):
                continue
            for column, (heading, cell) in enumerate(zip(headings, cells, strict=True)):
                notes += self._take_notes(cell)
                texts = [text for each in cell.iterchildren(_PARAGRAPH) if (text := self._read(each).strip())]
                own = read_own_cell(heading, texts)
                if own and column == _TITLE_COLUMN and goal:
                    own = replace(own, values={**own.values, "goal": goal})
                if own:
                    found[number, column] = own
        return OwnTable(cells=found, notes=tuple(notes))

    def _take_notes(self, cell: Any) -> Iterator[str]:
        """The own notes of a cell that nobody changed. Their paragraphs are empty afterwards."""
        for paragraph in cell.iterchildren(_PARAGRAPH):
            text = self._read(paragraph)
            if self._find_style(paragraph) == REGISTER_NOTE_NAME and compute_note_digest(text) in self._digests:
                paragraph.clear()
                yield text

    def _find_style(self, paragraph: Any) -> str:
        """The name of a paragraph's style; empty for the plain one."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._style_names.get(style.get(f"{_W}val"), "") or "" if style is not None else ""

    def _read(self, element: Any) -> str:
        """The text of a paragraph or cell with all changes accepted, and addresses behind the words of links."""
        parts: list[str] = []
        for child in element:
            if child.tag == f"{_W}t":
                parts.append(child.text or "")
            elif child.tag in _SIGNS:
                parts.append(_SIGNS[child.tag])
            elif child.tag == _LINK:
                address = self._links.get(child.get(f"{_R}id", ""), "")
                parts.append(add_link(self._read(child), address) if address else self._read(child))
            elif child.tag not in (f"{_W}del", f"{_W}moveFrom"):
                parts.append(self._read(child))
        return "".join(parts)
