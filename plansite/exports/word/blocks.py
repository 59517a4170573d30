"""What a Word document holds: paragraphs of runs, and tables of cells with paragraphs. Formats are names of styles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. `style` is a style for characters, or empty; `address` is where a link leads, or empty."""

    text: str
    style: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """The list of an item: its number, or 0 for bullets; how deep it is in others; and the number that it starts at."""

    numbered_list: int = 0
    level: int = 0
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph with a style, and the list of which it begins an item."""

    runs: tuple[Run, ...]
    style: str = ""
    item: ListItem | None = None

    @property
    def text(self) -> str:
        """Its text without formats."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class WordColumn:
    """A column of a table: its heading, and its width in twentieths of a point."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table: the paragraphs of each cell, and whether it is shaded."""

    cells: tuple[tuple[Paragraph, ...], ...]
    is_shaded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """A table. Screen readers say its title and its description before they read it."""

    title: str
    description: str
    columns: tuple[WordColumn, ...]
    rows: tuple[WordRow, ...]


Block = Paragraph | WordTable


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDocument:
    """A document made on a day. `running_head` is printed at the top of each page but the first.

    `foot` is printed at the bottom of every page, beside the number of the page and of all pages.
    """

    title: str
    subject: str
    day: date
    running_head: str
    foot: str
    blocks: tuple[Block, ...]

    def iterate_paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs, those in tables included, without the headings of columns."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (paragraph for row in block.rows for cell in row.cells for paragraph in cell)


def build_paragraph(text: str, style: str = "", *, run_style: str = "") -> Paragraph:
    """A paragraph of one run."""
    return Paragraph(runs=(Run(text, run_style),), style=style)
