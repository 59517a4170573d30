"""Columns keep their width, whatever is written in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.terminal_text import measure_width, pad_text, sanitise_line, wrap_cells, wrap_text

WORDS = st.text(max_size=60)


def test_wide_and_combining_characters_are_counted() -> None:
    """A Chinese character takes two places, an accent of its own none."""
    assert measure_width("door") == 4
    assert measure_width("門") == 2
    assert measure_width("e\u0301") == 1


@given(WORDS, st.integers(2, 30))
def test_no_line_is_wider_than_its_column(text: str, width: int) -> None:
    """Words move to the next line, and a word that is too long is cut; no character is lost."""
    lines = wrap_text(sanitise_line(text), width)
    assert all(measure_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == sanitise_line(text).replace(" ", "")


@given(st.lists(WORDS, min_size=2, max_size=2), st.integers(2, 12), st.integers(2, 12))
def test_every_line_of_a_row_has_every_column_in_full(cells: list[str], left: int, right: int) -> None:
    """Each part is padded to its column, so that the next begins at the same place."""
    for line in wrap_cells([sanitise_line(cell) for cell in cells], (left, right)):
        assert [measure_width(part) for part in line] == [left, right]


def test_a_terminal_gets_no_commands() -> None:
    """Escape sequences and changes of direction become visible; line ends become spaces."""
    assert sanitise_line("a\x1b[31m\nb\u202ec") == "a\ufffd[31m b\ufffdc"


def test_padding_counts_places() -> None:
    """Two places are left behind a wide character in four."""
    assert pad_text("門", 4) == "門  "
