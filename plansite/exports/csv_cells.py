"""CSV files whose cells no spreadsheet takes for formulas, or for other numbers or dates than were written."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from datetime import date

from plansite.deferred_pattern import compile_lazily

#: Characters that begin a formula, and those that end a cell or a line in a spreadsheet.
_FORMULA, _ENDS = "=+-@", "\t\r\n"
#: Invisible characters outside the Unicode categories of spaces, controls and format characters.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: The visible characters of ASCII with which no formula begins; nearly all texts begin with one.
_PLAIN_STARTS = frozenset(map(chr, range(0x21, 0x7F))) - frozenset(f"{_FORMULA}\"';")

#: Makes spreadsheet programs read a file as UTF-8.
_BYTE_ORDER_MARK = "\ufeff"
#: A text, or a value that a spreadsheet may read as what it is.
Cell = str | date | int
#: Texts that a spreadsheet may read as a number, date, time or truth value, and then shows and stores differently:
#: digits with the signs of such values, exponents, halves of a day, and English names of months and days.
_CONVERTIBLE = compile_lazily(
    r"true|false|(?=.*\d)(?:"
    r"\d(?:e[+-]?(?=\d)|t(?=\d)|z$| ?[ap]m$| [ap]$|(?:st|nd|rd|th)\b)?"
    r"|[ .,:/%()\-\u2010-\u2015]"
    r"|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)(?![^\W\d_])"
    r")+"
)
#: Whole numbers that a spreadsheet shows as they are written.
_PLAIN_NUMBER = compile_lazily(r"0|[1-9][0-9]{0,10}")

#: Where a spreadsheet that expects semicolons or tabs between cells begins another cell within ours.
_CELL_BREAK = compile_lazily(r"([;\t\r\n\v\f\x85\u2028\u2029])")

#: Texts that are certainly shown as they are written: no cell breaks, and a letter first that no formula begins with.
#: No name of a month or day, `true` or `false` begins with that letter, or else there is no digit. See `_needs_escape`.
_PLAIN_TEXT = compile_lazily(
    r"(?:[bceghiklpqruvxyzBCEGHIKLPQRUVXYZ][^;\t\r\n\v\f\x85\u2028\u2029]*"
    r"|(?!(?i:true|false))[adfjmnostwADFJMNOSTW][ -/:<-~]*)?"
)


def escape_cell(text: str) -> str:
    """The cell for a text, with an apostrophe wherever a spreadsheet could interpret what follows as something else.

    For a formula that is at the beginning, if the first visible character is `=`, `+`, `-` or `@`, also as a
    full-width, small or superscript form, or if a tab or line end comes before the first visible character. It is also
    behind a semicolon, tab or line end before such a character, because in many countries a spreadsheet takes a
    semicolon for the end of a cell.

    For a number, date, time or truth value it is at the beginning, if the whole text might be one that a spreadsheet
    shows otherwise than it is written: `007`, `1.10`, `1-2`, `1E5`, `MAR1`, or more than eleven digits.

    Where there are apostrophes in front already there is one more, so that `unescape_cell` can always remove exactly
    one.
    """
    return text if _PLAIN_TEXT.fullmatch(text) else escape_any_cell(text)


def escape_any_cell(text: str) -> str:
    """The same for any text, without the quick look at whether it can need an apostrophe at all."""
    first, *rest = _CELL_BREAK.split(text) if _CELL_BREAK.search(text) else (text,)
    return _escape_start(first, text) + "".join(map(_escape_part, rest))


def unescape_cell(cell: str) -> str:
    """The text that `escape_cell` was given: without the first apostrophe wherever one is needed."""
    first, *rest = _CELL_BREAK.split(cell)
    if first.startswith("'") and _needs_escape(cell.lstrip("'")):
        first = first[1:]
    return first + "".join(part[1:] if _begins_formula(part) and part[0] == "'" else part for part in rest)


def _escape_start(first: str, text: str) -> str:
    """The first part of a text, up to the first break."""
    return f"'{first}" if _needs_escape(text.lstrip("'")) else first


def _needs_escape(text: str) -> bool:
    return (text[:1] not in _PLAIN_STARTS and _is_formula(text)) or _is_converted(text)


def _is_converted(text: str) -> bool:
    """Whether a spreadsheet may read the whole text as a value, and show or store it differently."""
    if _PLAIN_NUMBER.fullmatch(text) or _CELL_BREAK.search(text):
        return False
    if not text.isascii():
        visible = (" " if unicodedata.category(character) == "Zs" else character for character in text)
        text = unicodedata.normalize(
            "NFKC", "".join(each for each in visible if each == " " or not _is_invisible(each))
        )
    return _CONVERTIBLE.fullmatch(text.strip().casefold()) is not None


def _escape_part(part: str) -> str:
    return f"'{part}" if _begins_formula(part) else part


def _begins_formula(part: str) -> bool:
    """Whether a part behind a break is a formula but for apostrophes and quotation marks in front of it."""
    if not part or part[0] in _PLAIN_STARTS or _CELL_BREAK.fullmatch(part):
        return False
    return _is_formula(part.replace('"', "").lstrip("'"))


def format_csv(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """The lines of a CSV file (RFC 4180) with a header and rows, every text escaped."""
    return format_csv_lines([header]) + format_csv_lines(rows)


def format_csv_file(*parts: str) -> str:
    """The text of a CSV file from its lines, as `format_csv` and `format_csv_lines` write them."""
    return _BYTE_ORDER_MARK + "".join(parts)


def format_csv_lines(rows: Iterable[Iterable[Cell]]) -> str:
    """Lines of a CSV file, every text escaped; dates are written 2025-01-31."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([escape_cell(cell) if isinstance(cell, str) else str(cell) for cell in row] for row in rows)
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
