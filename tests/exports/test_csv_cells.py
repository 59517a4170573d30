"""No cell can be interpreted as a formula, and every text can be restored."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plansite.exports.csv_cells import escape_any_cell, escape_cell, format_csv, unescape_cell

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


@pytest.mark.parametrize(
    "text",
    [
        *("", "'", "Fix the door", "a=b", "''quoted''", "£40", "(a)", "é", "#1", "0", "1", "12345678901", "A9", "E5"),
        *("1a", "Room 007", "1-2 weeks", "May be", "2 of 3", "Mars 1", "truely", "yes", "1e", "x1E5", "1;2"),
    ],
)
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    """What no spreadsheet would compute is not touched."""
    assert escape_cell(text) == text
    assert unescape_cell(text) == text


#: What spreadsheets read as a number, date, time or truth value, and then show and store in another form.
CONVERTED = [
    *"007 00 1.0 1.10 1.9 1,000 1,5 .5 1. (1) 50% 1E5 1e-5 2E+10 123456789012 1234567890123456 1-2 1/2 10-12".split(),
    *"3/4/25 2025-01-31 1.2.2025 2025-01 MAR1 Sept2 1-Mar dec-25 DEC4 12:30 7:5:1 9pm TRUE false True 1st-May".split(),
    *("3 - 4", "1 Mar", "March 1, 2025", "Monday 3 March 2025", "1 1/2", "1 000", "3 pm", "1 a", " 007", "007 "),
    *("1\u20132", "2025-01-31T10:00", "2025-01-31T10:00:00Z", "\uff10\uff10\uff17", "1\u00a0000", "\u200b007"),
    "\u0660\u0667",
]


@pytest.mark.parametrize("text", CONVERTED)
def test_what_a_spreadsheet_would_change_stays_a_text(text: str) -> None:
    """Numbers of actions, codes and ranges get one apostrophe, and so does a text that has apostrophes already."""
    for original in (text, f"'{text}", f"''{text}"):
        assert escape_cell(original) == f"'{original}"
        assert unescape_cell(f"'{original}") == original


def test_dates_and_numbers_that_are_meant_as_such_are_written_bare() -> None:
    """Spreadsheets sort and count them."""
    assert format_csv(("due", "days", "ref"), [(date(2025, 1, 31), -3, "2025-01-31")]) == (
        "due,days,ref\r\n2025-01-31,-3,'2025-01-31\r\n"
    )


@given(st.text(st.sampled_from("0123456789 .,:/-%()eEtTzapmM'MAR")))
def test_a_text_of_digits_and_signs_is_plain_or_has_an_apostrophe_and_comes_back(text: str) -> None:
    """Whatever it is made of."""
    cell = escape_cell(text)
    assert cell in (text, f"'{text}")
    assert unescape_cell(cell) == text
    if text.isdecimal():
        assert (cell == text) is (len(text) < 12 and str(int(text)) == text)


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


@given(
    st.text(max_size=12)
    | st.text(alphabet="truefalsjandmkyTJ 019;-=\n\u212a\u0301\u2028,'é", max_size=9)
    | st.sampled_from(["true", "False", "MAR1", "may 2025", "Dec", "k1", "ſat 1", "K=1", "b;=1", "b\u2028=1", "e1", ""])
)
def test_the_quick_look_at_a_cell_changes_nothing(text: str) -> None:
    """A text that needs no apostrophe at first sight is one that the whole rule leaves as it is."""
    assert escape_cell(text) == escape_any_cell(text)
