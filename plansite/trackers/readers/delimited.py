"""Reads CSV and TSV files: the encoding, the delimiter and the quotation marks that they have."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.sheets import MAX_CELLS, Row, Sheet, UnreadableTrackerError

#: What separates cells: a comma, a semicolon as in many countries, a tab, a bar.
_DELIMITERS = ",;\t|"
#: So many characters of a file decide about its delimiter.
_SAMPLE_SIZE = 64 * 1024
#: What Excel writes in the first line to say which character that is.
_DELIMITER_HINT = compile_lazily(r"\ufeff?\"?sep=([,;|\t])\"?\r?\n", re.IGNORECASE)
#: A last line that the reader gets as a row of its own, if all quotation marks are closed.
_END = "\ue000"
_WEB_PAGES = ("<!doctype html", "<html", "<table", "<?xml")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_delimited(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheet of a CSV or TSV file. Raises UnreadableTrackerError for one that is not text."""
    text, notes = _decode(data)
    if "\0" in text:
        raise UnreadableTrackerError(
            "it is not a text file; save it from the program as CSV, or give the file of the program"
        )
    if text.lstrip()[:200].casefold().startswith(_WEB_PAGES):
        raise UnreadableTrackerError("it is a web page; open it in a spreadsheet program, and save it as .xlsx")
    delimiter = "\t" if name.lower().endswith(".tsv") else find_delimiter(text[:_SAMPLE_SIZE])
    first_row = 1
    if hint := _DELIMITER_HINT.match(text):
        delimiter, text, first_row = hint[1], text[hint.end() :], 2
    limit = csv.field_size_limit(len(text) + 1)  # a cell is at most as long as the file
    try:
        rows = _read_rows(text, delimiter)
    except csv.Error as error:
        raise UnreadableTrackerError(f"it cannot be read as a table ({error}); save it again as CSV") from error
    finally:
        csv.field_size_limit(limit)
    return (Sheet(file=name, rows=tuple(rows), first_row=first_row, notes=notes),)


def _read_rows(text: str, delimiter: str) -> list[Row]:
    """The rows of a text. A quotation mark that is not closed would hide all rows after it in one cell: refused."""
    rows: list[Row] = []
    cells, line = 0, 1
    reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter)
    for row in reader:
        cells += len(row)
        if cells > MAX_CELLS:
            raise UnreadableTrackerError(f"it has more than {MAX_CELLS:,} cells; split it")
        if row and row[-1].endswith(_END) and row != [_END]:
            raise UnreadableTrackerError(
                f"line {line:,} opens a quotation mark that is not closed, so the rows after it cannot be told apart; "
                "close it, and import it again"
            )
        line = reader.line_num + 1
        rows.append(tuple(row))
    return _strip_empty_end(rows[:-1])


def _strip_empty_end(rows: list[Row]) -> list[Row]:
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a note if its encoding is not the usual one.

    Excel saves "CSV" in the encoding of the computer, which in western Europe is Windows-1252.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        return text, ("its letters are read as Windows-1252; check names with accents",)


def find_delimiter(sample: str) -> str:
    """The character that separates cells: the one that splits most lines into the same number of cells, at least two.

    A comma if none does.
    """
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row)
        width, lines = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(0, 0))
        score = lines * width if width > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best
