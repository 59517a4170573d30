"""Reads CSV and TSV files: the encoding, the delimiter and the quotation marks that they have."""

from __future__ import annotations

import csv
import io
from collections import Counter

from plansite.trackers.sheets import MAX_CELLS, Sheet, UnreadableTrackerError

#: What separates cells: a comma, a semicolon as in many countries, a tab, a bar.
_DELIMITERS = ",;\t|"
#: So many characters of a file decide about its delimiter.
_SAMPLE_SIZE = 64 * 1024
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
    delimiter = "\t" if name.lower().endswith(".tsv") else find_delimiter(text[:_SAMPLE_SIZE])
    limit = csv.field_size_limit(len(text) + 1)  # a cell is at most as long as the file
    try:
        rows, cells = [], 0
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(tuple(row))
            cells += len(row)
            if cells > MAX_CELLS:
                raise UnreadableTrackerError(f"it has more than {MAX_CELLS:,} cells; split it")
    except csv.Error as error:
        raise UnreadableTrackerError(f"it cannot be read as a table ({error}); save it again as CSV") from error
    finally:
        csv.field_size_limit(limit)
    return (Sheet(file=name, rows=tuple(rows), notes=notes),)


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
