"""Cells of a CSV file that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

#: What begins a formula, and what ends a cell or a line in the eyes of a spreadsheet.
_FORMULA, _ENDS = "=+-@", "\t\r\n"
#: Characters that show nothing, beyond those that Unicode files under spaces, controls and format marks.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def escape_cell(text: str) -> str:
    """The cell for a text: with an apostrophe before it where a spreadsheet would take it for a formula.

    That is a text whose first visible character is `=`, `+`, `-` or `@`, also in its full-width, small or raised
    form, or one with a tab or line end before that character. Apostrophes that already stand before such a text get
    one more, so that `original` can take it off again without guessing.
    """
    if text[:1].isalnum() and text[0].isascii():  # nearly every cell
        return text
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def unescape_cell(cell: str) -> str:
    """The way back: the text that `defused` was given. One apostrophe goes, if a formula stands behind it."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def format_csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A whole CSV file (RFC 4180) with every cell defused."""
    return format_csv_lines([header]) + format_csv_lines(rows)


def format_csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Lines of such a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _is_formula(text: str) -> bool:
    for character in text:
        if character in _ENDS or _normalise_character(character) in _FORMULA:
            return True
        if not _is_invisible(character):
            return False
    return False


def _normalise_character(character: str) -> str:
    """The plain character behind a full-width, small or raised form; a minus sign counts as a hyphen."""
    return unicodedata.normalize("NFKC", character)[0].replace("\u2212", "-")


def _is_invisible(character: str) -> bool:
    if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Cs"):
        return True
    return character in _INVISIBLE or unicodedata.name(character, "").startswith(
        ("VARIATION SELECTOR", "MONGOLIAN FREE")
    )
