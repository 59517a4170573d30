"""Text in columns of a terminal, where some characters take two places and some take none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from plansite.content.text import BIDI_CONTROLS, REPLACEMENT_CHARACTER, UNPRINTABLE

COLUMN_GAP = "  "


def sanitise_line(text: str) -> str:
    """One line that a terminal shows as it is: no control characters, no hidden changes of direction."""
    return BIDI_CONTROLS.sub(REPLACEMENT_CHARACTER, UNPRINTABLE.sub(REPLACEMENT_CHARACTER, " ".join(text.split())))


def measure_width(text: str) -> int:
    """How many places a text takes in a terminal."""
    return sum(_measure_character(character) for character in text)


def _measure_character(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrap_text(text: str, width: int) -> list[str]:
    """The lines of a text in a column of `width` places (2 or more); a word that is too long is cut."""
    lines, line = list[str](), ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if measure_width(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _split_word(word, width)
        lines.extend(full)
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
    """A text with spaces behind it up to `width` places."""
    return text + " " * (width - measure_width(text))


def wrap_cells(cells: Sequence[str], widths: Sequence[int]) -> list[tuple[str, ...]]:
    """The lines of one row: in each line the padded part of every cell, wrapped to its column."""
    parts = [wrap_text(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        tuple(pad_text(part, width) for part, width in zip(line, widths, strict=True))
        for line in zip_longest(*parts, fillvalue="")
    ]
