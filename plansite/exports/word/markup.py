"""Paragraphs and tables of a Word document as XML (ISO/IEC 29500). A text is never markup, and never a field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import escape

from plansite.exports.word import style_names as names
from plansite.exports.word.blocks import Block, ListItem, Paragraph, Run, WordRow, WordTable

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"(\r\n|[\n\r\v\u2028\u2029]|\t)")
#: The kinds of letters that run from right to left (Unicode Standard Annex 9).
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
#: The deepest level of a list, from 0. Deeper items are shown at this level.
MAX_LEVEL = 4
#: Lists of bullets are list 1, and numbered lists are those after it.
BULLETS = 1

#: The identifier of the relationship for the address of a link.
FindRelationship = Callable[[str], str]


def escape_text(text: str) -> str:
    """A text for XML, also inside quotation marks; � stands for characters that XML does not allow."""
    return escape(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def render_block(block: Block, find_relationship: FindRelationship) -> str:
    """A paragraph or table as XML."""
    if isinstance(block, Paragraph):
        return render_paragraph(block, find_relationship)
    return _render_table(block, find_relationship)


def render_paragraph(paragraph: Paragraph, find_relationship: FindRelationship) -> str:
    """A paragraph as XML, from right to left if its first letter is of such a script."""
    style = f'<w:pStyle w:val="{paragraph.style}"/>' if paragraph.style else ""
    numbering = _render_item(paragraph.item) if paragraph.item else ""
    direction = "<w:bidi/>" if _runs_right_to_left(paragraph.text) else ""
    runs = "".join(_render_run(run, find_relationship) for run in paragraph.runs if run.text)
    facts = style + numbering + direction
    return f"<w:p>{f'<w:pPr>{facts}</w:pPr>' if facts else ''}{runs}</w:p>"


def _render_item(item: ListItem) -> str:
    level = min(item.level, MAX_LEVEL)
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{item.numbered_list + BULLETS}"/></w:numPr>'


def _runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is of a script that is written from right to left."""
    if text.isascii():
        return False
    directions = map(unicodedata.bidirectional, text)
    return next((each for each in directions if each in ("L", *_RIGHT_TO_LEFT)), "L") in _RIGHT_TO_LEFT


def _render_run(run: Run, find_relationship: FindRelationship) -> str:
    style = f'<w:rStyle w:val="{run.style}"/>' if run.style else ""
    direction = "<w:rtl/>" if _runs_right_to_left(run.text) else ""
    facts = f"<w:rPr>{style}{direction}</w:rPr>" if style or direction else ""
    text = f"<w:r>{facts}{''.join(_render_pieces(run.text))}</w:r>"
    if not run.address:
        return text
    return f'<w:hyperlink r:id="{find_relationship(run.address)}" w:history="1">{text}</w:hyperlink>'


def _render_pieces(text: str) -> Iterator[str]:
    """A text with its line breaks and tabs as elements."""
    for piece in _BREAK.split(text):
        if piece == "\t":
            yield "<w:tab/>"
        elif _BREAK.fullmatch(piece):
            yield "<w:br/>"
        elif piece:
            yield f'<w:t xml:space="preserve">{escape_text(piece)}</w:t>'


def _render_table(table: WordTable, find_relationship: FindRelationship) -> str:
    """A table whose first row is repeated on each page. A row is on one page if it fits on one."""
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in table.columns)
    heading = WordRow(tuple((Paragraph(runs=(Run(each.title),), style=names.TABLE_HEADING),) for each in table.columns))
    rows = "".join(_render_row(table, row, find_relationship) for row in table.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{names.REGISTER_TABLE}"/>'
        f'<w:tblW w:w="{sum(column.width for column in table.columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val="{escape_text(table.title)}"/>'
        f'<w:tblDescription w:val="{escape_text(table.description)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_render_row(table, heading, find_relationship, '<w:tblHeader/>')}{rows}</w:tbl>"
    )


def _render_row(table: WordTable, row: WordRow, find_relationship: FindRelationship, header: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{names.TINT}"/>' if row.is_shaded else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{''.join(render_paragraph(each, find_relationship) for each in cell) or '<w:p/>'}</w:tc>"
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>"
