"""Paragraphs, lists and tables of a Word document from the HTML of a Markdown body."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import count

from plansite.exports.word import style_names as names
from plansite.exports.word.blocks import (
    Block,
    ListItem,
    Paragraph,
    Run,
    WordColumn,
    WordRow,
    WordTable,
    build_paragraph,
)
from plansite.markdown.html import resolve_links
from plansite.model.body import BodyHtml

#: Addresses that a link in the document may have; others are left to the site.
_SCHEMES = ("https://", "http://", "mailto:")
_INLINE_STYLES = {
    "strong": names.STRONG,
    "b": names.STRONG,
    "em": names.EMPHASIS,
    "code": names.CODE,
}
_BLOCK_STYLES = {
    "pre": names.CODE_BLOCK,
    "blockquote": names.QUOTE,
    **dict.fromkeys(("h3", "h4", "h5", "h6"), names.HEADINGS[2]),
}
_BLOCK_TAGS = frozenset({"p", "li", "ul", "ol", "div", "hr", *_BLOCK_STYLES})


def convert_prose(html: BodyHtml, list_numbers: Iterator[int]) -> tuple[Block, ...]:
    """The blocks of a text; `list_numbers` gives each numbered list of the document a number of its own.

    Links within the site are their words, and pictures their descriptions.
    """
    converter = _Converter(list_numbers)
    converter.feed(resolve_links(html, lambda _: ""))
    converter.close()
    converter.end_paragraph()
    return tuple(converter.blocks)


def convert_to_cell(html: BodyHtml) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in a cell: items of lists have a mark, and rows of tables are lines."""
    return tuple(paragraph for block in convert_prose(html, count(1)) for paragraph in _flatten(block))


def _flatten(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        mark = (Run("• "),) if block.item else ()
        if block.runs:
            yield Paragraph(runs=(*mark, *block.runs), style=names.TABLE_TEXT)
        return
    rows = ([column.title for column in block.columns], *([cell[0].text for cell in row.cells] for row in block.rows))
    yield from (build_paragraph(" | ".join(row), names.TABLE_TEXT) for row in rows)


class _Converter(HTMLParser):
    """Collects blocks. The HTML is our own renderer's, so every element is closed where it has to be."""

    def __init__(self, list_numbers: Iterator[int]) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._list_numbers = list_numbers
        self._lists: list[ListItem] = []
        self._item: ListItem | None = None
        self._runs: list[Run] = []
        self._styles: list[str] = []
        self._address = ""
        self._block_styles: list[str] = []
        self._rows: list[list[Paragraph]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a style or a link."""
        facts = dict(attrs)
        is_labelled = tag == "p" and self._item is not None  # "Done:" of a step is before its first paragraph
        if self._rows is None and tag in _BLOCK_TAGS and not is_labelled:
            self.end_paragraph()
        if tag in ("ul", "ol"):
            number = next(self._list_numbers) if tag == "ol" else 0
            start = facts.get("start") or ""
            self._lists.append(ListItem(number, len(self._lists), int(start) if start.isdecimal() else 1))
        elif tag == "li" and self._lists:
            self._item = self._lists[-1]
        elif tag in _INLINE_STYLES:
            self._styles.append(_INLINE_STYLES[tag])
        elif tag == "a":
            address = facts.get("href") or ""
            self._address = address if address.lower().startswith(_SCHEMES) else ""
        elif tag == "br":
            self._runs.append(Run("\n"))
        elif tag in _BLOCK_STYLES:
            self._block_styles.append(_BLOCK_STYLES[tag])
        else:
            self._begin_in_table(tag)

    def _begin_in_table(self, tag: str) -> None:
        if tag == "table":
            self.end_paragraph()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        """End what began with this tag."""
        if tag in ("td", "th") and self._rows:
            self._rows[-1].append(Paragraph(runs=self._take_runs(), style=names.TABLE_TEXT))
        elif tag == "table" and self._rows is not None:
            self.blocks += _build_table(self._rows)
            self._rows = None
        elif self._rows is None and tag in _BLOCK_TAGS:
            self.end_paragraph()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag in _INLINE_STYLES and self._styles:
            self._styles.pop()
        elif tag == "a":
            self._address = ""
        elif tag in _BLOCK_STYLES and self._block_styles:
            self._block_styles.pop()

    def handle_data(self, data: str) -> None:
        """Add a text. Line ends within a paragraph are blanks, but not in code."""
        is_code = names.CODE_BLOCK in self._block_styles
        text = data if is_code else data.replace("\n", " ")
        if not self._runs or (self._runs[-1].text == "\n" and not is_code):
            text = text if is_code else text.lstrip()
        if not text:
            return
        style = names.LINK if self._address else self._styles[-1] if self._styles else ""
        self._runs.append(Run(text, "" if is_code else style, self._address))

    def end_paragraph(self) -> None:
        """Add the paragraph that was collected, if it has a text."""
        runs, item = self._take_runs(), self._item
        if not "".join(run.text for run in runs).strip():
            return
        self._item = None
        style = self._block_styles[-1] if self._block_styles else self._find_list_style()
        self.blocks.append(Paragraph(runs=runs, style=style, item=item))

    def _find_list_style(self) -> str:
        if not self._lists:
            return ""
        return names.LIST_NUMBER if self._lists[-1].numbered_list else names.LIST_BULLET

    def _take_runs(self) -> tuple[Run, ...]:
        runs = [*self._runs]
        self._runs.clear()
        while runs and not runs[-1].text.strip():
            runs.pop()
        if runs:
            runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].style, runs[-1].address)
        return tuple(runs)


def _build_table(rows: list[list[Paragraph]]) -> list[Block]:
    """A table with its first row as the heading; a paragraph follows, because two tables would become one."""
    width = max(map(len, rows), default=0)
    if not width:
        return []
    empty = Paragraph(runs=(), style=names.TABLE_TEXT)
    filled = [[*row, *[empty] * (width - len(row))] for row in rows]
    columns = tuple(WordColumn(cell.text, names.TEXT_WIDTH // width) for cell in filled[0])
    body = tuple(WordRow(tuple((cell,) for cell in row)) for row in filled[1:])
    return [WordTable(title="Table", description="", columns=columns, rows=body), Paragraph(runs=())]
