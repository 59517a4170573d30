"""The lines of a section, each with the kind of block that it is in, so that only text and lists are rewritten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from markdown_it.token import Token

from plansite.deferred_dataclass import dataclass
from plansite.markdown.spellings.dates import find_note_head
from plansite.markdown.spellings.marks import LineStart, find_box, split_line

#: How far a line is indented that belongs to the item above it.
NESTED_INDENT = "  "
_TAB_WIDTH = 4


class LineKind(Enum):
    """What a line is part of."""

    TEXT = auto()  # a paragraph, or blank
    LIST = auto()
    INDENTED = auto()  # a text that Markdown takes for code because of its indentation
    HEADING = auto()
    TABLE = auto()
    OTHER = auto()  # code, or a line across the page


_KINDS = {
    "bullet_list_open": LineKind.LIST,
    "ordered_list_open": LineKind.LIST,
    "heading_open": LineKind.HEADING,
    "table_open": LineKind.TABLE,
    "fence": LineKind.OTHER,
    "hr": LineKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class SectionLines:
    """The lines of a section, the number of the first, and the kind of each.

    `margins` is how far the block of each line is indented, in columns; 0 for one that is not taken for code.
    """

    first: int
    lines: tuple[str, ...]
    kinds: tuple[LineKind, ...]
    margins: tuple[int, ...]

    @classmethod
    def from_tokens(cls, lines: Sequence[str], tokens: Sequence[Token]) -> SectionLines:
        """The lines that the tokens of a section cover, and the blank ones between. `lines` are those of the text."""
        places = [token.map for token in tokens if token.map]
        first, last = min(place[0] for place in places), max(place[1] for place in places)
        kinds, margins = [LineKind.TEXT] * (last - first), [0] * (last - first)
        for token in tokens:
            kind = _find_kind(token)
            if kind is None or not token.map:
                continue
            start, end = token.map[0] - first, token.map[1] - first
            kinds[start:end] = [kind] * (end - start)
            if kind is LineKind.INDENTED:
                block = [
                    _measure(split_line(line).indent) for line in lines[first + start : first + end] if line.strip()
                ]
                margins[start:end] = [min(block)] * (end - start)
        return cls(first, tuple(lines[first:last]), tuple(kinds), tuple(margins))

    def list_lines(self) -> Iterator[tuple[int, str, LineKind]]:
        """Number, text and kind of each line."""
        yield from zip(range(self.first, self.first + len(self.lines)), self.lines, self.kinds, strict=True)

    def indent(self, number: int, start: LineStart) -> str:
        """The indentation for a line that becomes an item: as it is in lists and quotations, else none or one level."""
        kind = self.kinds[number - self.first]
        if start.is_quoted or (kind is LineKind.LIST and start.indent.strip(" \t") == ""):
            return start.indent
        width = _measure(start.indent) - self.margins[number - self.first]
        return NESTED_INDENT if width >= len(NESTED_INDENT) and number > self.first else ""


def _find_kind(token: Token) -> LineKind | None:
    """The kind of the lines of a block; None where they are those of the block around it."""
    if token.type == "code_block":
        return LineKind.INDENTED if token.level == 0 and _looks_like_list(token.content) else LineKind.OTHER
    return _KINDS.get(token.type)


def _looks_like_list(content: str) -> bool:
    """Whether indented lines are items of a list rather than code: each has a mark, or one of them a box or a date."""
    starts = [split_line(line) for line in content.split("\n") if line.strip()]
    return all(start.is_native for start in starts) or any(
        find_box(start.rest) or find_note_head(f"{start.mark}{start.gap}{start.rest}") for start in starts
    )


def _measure(indent: str) -> int:
    return len(indent.expandtabs(_TAB_WIDTH))
