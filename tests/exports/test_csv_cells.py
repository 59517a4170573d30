"""No cell can be interpreted as a formula, and every text can be restored."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plansite.exports.csv_cells import escape_cell, format_csv, unescape_cell

#: Plain, full-width, small and raised forms, and the minus sign.
STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u207a\u207b\u2212"
UNSEEN = [
    "",
    " ",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u2060",
    "\x00",
    "\u034f",
    "\ufe0f",
    "\u2800",
    "\u3164",
]
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(list("'" + STARTS) + UNSEEN[1:])))


def _first_seen(text: str) -> str:
    return text.lstrip("".join(UNSEEN))[:1]


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("start", STARTS)
def test_every_kind_of_start_is_defused(start: str, unseen: str) -> None:
    """Each sign, bare or behind something invisible, gets one apostrophe before everything else."""
    text = f"{unseen}{start}HYPERLINK(A1)"
    assert escape_cell(text) == f"'{text}"
    assert unescape_cell(escape_cell(text)) == text


@pytest.mark.parametrize("text", ["", "'", "Fix the door", "a=b", "3 - 4", "''quoted''", "£40", "(a)", "é", "#1"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    """What no spreadsheet would compute is not touched."""
    assert escape_cell(text) == text
    assert unescape_cell(text) == text


@given(TEXTS)
@example("'=1")
@example("''=1")
@example("'")
@example("\u200b'=1")
def test_a_defused_cell_is_inert_and_comes_back(text: str) -> None:
    """For every text: the cell does not begin like a formula, and the way back gives the text itself."""
    cell = escape_cell(text)
    assert _first_seen(cell) not in tuple(STARTS)
    assert unescape_cell(cell) == text


@pytest.mark.parametrize("unseen", ["", " ", "\u200b", '"', ' "', "'"])
@pytest.mark.parametrize("start", "=+-@\uff1d\u2212")
@pytest.mark.parametrize("end", [";", "\t", "\n", "\r\n", "\r", "a; b;", ";;"])
def test_a_formula_behind_a_break_is_defused(end: str, start: str, unseen: str) -> None:
    """Where spreadsheets expect semicolons or tabs, the rest of a cell is a cell."""
    text = f"a{end}{unseen}{start}1+1"
    assert escape_cell(text) == f"a{end}'{unseen}{start}1+1"
    assert unescape_cell(escape_cell(text)) == text


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.sampled_from(";\t"))
@example([("a;=1+1", 'b;"=1+1"')], ";")
@example([("a", 'x\ty\n"=1+1')], "\t")
def test_no_cell_is_a_formula_with_another_separator(rows: list[tuple[str, str]], separator: str) -> None:
    """Read with semicolons or tabs between cells, and with or without an eye for quotation marks."""
    text = format_csv(("one", "two"), rows)
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
    cells += re.split(rf"[{separator}\r\n]", text)
    formulas = [cell for cell in cells if _first_seen(cell.lstrip('"')) in tuple("=+-@\uff1d\uff0b\uff0d\uff20\u2212")]
    assert [cell for cell in formulas if cell.strip('"')] == []


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_whole_file_reads_back(rows: list[tuple[str, str]]) -> None:
    """An ordinary CSV reader and the way back give every cell again, line ends and quotation marks included."""
    text = format_csv(("one", "two"), rows)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["one", "two"]
    assert [tuple(unescape_cell(cell) for cell in row) for row in read[1:]] == rows
