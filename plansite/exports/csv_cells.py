"""CSV files whose cells no spreadsheet interprets as formulas."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable

#: Characters that begin a formula, and those that end a cell or a line in a spreadsheet.
_FORMULA, _ENDS = "=+-@", "\t\r\n"
#: Invisible characters outside the Unicode categories of spaces, controls and format characters.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


#: Where a spreadsheet that expects semicolons or tabs between cells begins another cell within ours.
_CELL_BREAK = re.compile(r"([;\t\r\n\v\f\x85\u2028\u2029])")


def escape_cell(text: str) -> str:
    """The cell for a text, with an apostrophe wherever a spreadsheet could interpret what follows as a formula.

    That is at the beginning, if the first visible character is `=`, `+`, `-` or `@`, also as a full-width, small or
    superscript form, or if a tab or line end comes before the first visible character. It is also behind a semicolon,
    tab or line end before such a character, because in many countries a spreadsheet takes a semicolon for the end of a
    cell. Where there are apostrophes in front of such a character already there is one more, so that `unescape_cell`
    can always remove exactly one.
    """
    first, *rest = _CELL_BREAK.split(text) if _CELL_BREAK.search(text) else (text,)
    return _escape_start(first, text) + "".join(map(_escape_part, rest))


def unescape_cell(cell: str) -> str:
    """The text that `escape_cell` was given: without the first apostrophe wherever a formula follows."""
    first, *rest = _CELL_BREAK.split(cell)
    if first.startswith("'") and _is_formula(cell.lstrip("'")):
        first = first[1:]
    return first + "".join(part[1:] if _begins_formula(part) and part[0] == "'" else part for part in rest)


def _escape_start(first: str, text: str) -> str:
    """The first part of a text, up to the first break."""
    if first[:1].isalnum() and first[0].isascii():  # the most frequent case
        return first
    return f"'{first}" if _is_formula(text.lstrip("'")) else first


def _escape_part(part: str) -> str:
    return f"'{part}" if _begins_formula(part) else part


def _begins_formula(part: str) -> bool:
    """Whether a part behind a break is a formula but for apostrophes and quotation marks in front of it."""
    return bool(part) and not _CELL_BREAK.fullmatch(part) and _is_formula(part.replace('"', "").lstrip("'"))


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
