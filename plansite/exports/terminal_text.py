"""Text in a terminal, where some characters are two columns wide and some take no space."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from plansite.content.invisible import replace_refused_directions
from plansite.content.text import REPLACEMENT_CHARACTER, UNPRINTABLE

COLUMN_GAP = "  "


def sanitise_line(text: str) -> str:
    """A text on one line, with control characters, and those that turn the direction of what follows, replaced."""
    line = UNPRINTABLE.sub(REPLACEMENT_CHARACTER, " ".join(text.split()))
    return replace_refused_directions(line, REPLACEMENT_CHARACTER)


def measure_width(text: str) -> int:
    """The number of terminal columns that a text takes."""
    return sum(_measure_character(character) for character in text)


def _measure_character(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrap_text(text: str, width: int) -> list[str]:
    """The lines of a text wrapped to `width` terminal columns (2 or more); longer words are split."""
    lines, line = list[str](), ""
    for word in text.split():
        extended_line = f"{line} {word}" if line else word
        if measure_width(extended_line) <= width:
            line = extended_line
            continue
        if line:
            lines.append(line)
        *full_lines, line = _split_word(word, width)
        lines.extend(full_lines)
    return [*lines, line]


def _split_word(word: str, width: int) -> Iterator[str]:
    piece = ""
    for character in word:
        if piece and measure_width(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def pad_text(text: str, width: int) -> str:
    """A text followed by spaces up to `width` terminal columns."""
    return text + " " * (width - measure_width(text))


def wrap_cells(cells: Sequence[str], widths: Sequence[int]) -> list[tuple[str, ...]]:
    """The lines of one table row, each with a padded part of every cell, which is wrapped to its column."""
    wrapped_cells = [wrap_text(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        tuple(pad_text(part, width) for part, width in zip(line, widths, strict=True))
        for line in zip_longest(*wrapped_cells, fillvalue="")
    ]
