"""CSV files whose cells no spreadsheet interprets as formulas."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable

#: Characters that begin a formula, and those that end a cell or a line in a spreadsheet.
_FORMULA, _ENDS = "=+-@", "\t\r\n"
#: Invisible characters outside the Unicode categories of spaces, controls and format characters.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def escape_cell(text: str) -> str:
    """The cell for a text, with an apostrophe in front if a spreadsheet could interpret the text as a formula.

    That is so if its first visible character is `=`, `+`, `-` or `@`, also as a full-width, small or superscript form,
    or if a tab or line end comes before its first visible character. A text that already has apostrophes in front of
    such a character gets one more, so that `unescape_cell` can always remove exactly one.
    """
    if text[:1].isalnum() and text[0].isascii():  # the most frequent case
        return text
    return f"'{text}" if _is_formula(text.lstrip("'")) else text


def unescape_cell(cell: str) -> str:
    """The text that `escape_cell` was given: without its first apostrophe if a formula follows."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def format_csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A CSV file (RFC 4180) with a header and rows, every cell escaped."""
    return format_csv_lines([header]) + format_csv_lines(rows)


def format_csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Lines of a CSV file, every cell escaped."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([escape_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _is_formula(text: str) -> bool:
    for character in text:
        if character in _ENDS or _normalise_character(character) in _FORMULA:
            return True
        if not _is_invisible(character):
            return False
    return False


def _normalise_character(character: str) -> str:
    """The ordinary character for a full-width, small or superscript form; a hyphen for a minus sign."""
    return unicodedata.normalize("NFKC", character)[0].replace("\u2212", "-")


def _is_invisible(character: str) -> bool:
    if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Cs"):
        return True
    return character in _INVISIBLE or unicodedata.name(character, "").startswith(
        ("VARIATION SELECTOR", "MONGOLIAN FREE")
    )
