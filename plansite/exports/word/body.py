"""Writes paragraphs and tables with python-docx. A text is never markup, and never a field."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WrittenParagraph

from plansite.deferred_pattern import compile_lazily
from plansite.exports.office_files import clean_text
from plansite.exports.word import elements
from plansite.exports.word import style_names as names
from plansite.exports.word.blocks import Block, Paragraph, Run, WordRow, WordTable, build_paragraph

#: What ends a line, beside the line feed.
_LINE_ENDS = compile_lazily("\r\n|[\r\v\u2028\u2029]")
#: The kinds of letters that run from right to left (Unicode Standard Annex 9).
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def prepare_text(text: str) -> str:
    """A text as python-docx takes it: it knows line feeds and tabs alone, and refuses what XML does not allow."""
    return clean_text(_LINE_ENDS.sub("\n", text))


def _runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is of a script that is written from right to left."""
    if text.isascii():
        return False
    directions = map(unicodedata.bidirectional, text)
    return next((each for each in directions if each in ("L", *_RIGHT_TO_LEFT)), "L") in _RIGHT_TO_LEFT


class BodyWriter:
    """Writes blocks at the end of a document, which has the styles that they name."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._links: dict[str, str] = {}

    def write(self, blocks: Iterable[Block]) -> None:
        """Write paragraphs and tables."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._fill_paragraph(self._document.add_paragraph(), block)
            else:
                self._write_table(block)

    def _fill_paragraph(self, target: WrittenParagraph, paragraph: Paragraph) -> None:
        """Write runs, from right to left if the first letter is of such a script."""
        if paragraph.style:
            target._p.style = paragraph.style
        if paragraph.item:
            elements.set_list_item(target, paragraph.item.numbered_list, paragraph.item.level)
        if _runs_right_to_left(paragraph.text):
            elements.set_right_to_left(target)
        for run in paragraph.runs:
            if run.text:
                self._write_run(target, run)

    def _write_run(self, paragraph: WrittenParagraph, run: Run) -> None:
        target = paragraph.add_run(prepare_text(run.text))
        if run.style:
            target._r.style = run.style
        if _runs_right_to_left(run.text):
            target.font.rtl = True
        if run.address:
            elements.link_run(paragraph, target, self._find_relationship(run.address))

    def _find_relationship(self, address: str) -> str:
        """The key of the relationship for an address; each address has one."""
        if address not in self._links:
            self._links[address] = f"rIdLink{len(self._links) + 1}"
            part = self._document.part
            part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, clean_text(address), self._links[address], is_external=True)
        return self._links[address]

    def _write_table(self, table: WordTable) -> None:
        """A table whose first row is repeated on each page. A row is on one page if it fits on one."""
        heading = tuple((build_paragraph(column.title, names.TABLE_HEADING),) for column in table.columns)
        rows, widths = (WordRow(heading), *table.rows), [Twips(column.width) for column in table.columns]
        target = self._document.add_table(rows=len(rows), cols=len(widths), style=names.REGISTER_TABLE)
        target.autofit = False
        elements.describe_table(target, clean_text(table.title), clean_text(table.description))
        for column, width in zip(target.columns, widths, strict=True):
            column.width = width
        for number, (written, row) in enumerate(zip(target.rows, rows, strict=True)):
            elements.keep_row_whole(written, is_heading=number == 0)
            for cell, width, paragraphs in zip(written.cells, widths, row.cells, strict=True):
                cell.width = width
                self._fill_cell(cell, paragraphs, is_shaded=row.is_shaded)

    def _fill_cell(self, target: _Cell, paragraphs: tuple[Paragraph, ...], *, is_shaded: bool) -> None:
        if is_shaded:
            elements.shade_cell(target)
        for number, paragraph in enumerate(paragraphs):
            self._fill_paragraph(target.add_paragraph() if number else target.paragraphs[0], paragraph)
