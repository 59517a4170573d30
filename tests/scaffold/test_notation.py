"""Any value comes back from front matter as it was."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.content.text import BIDI_CONTROLS, REPLACEMENT_CHARACTER, UNPRINTABLE
from plansite.model.action import Action
from plansite.scaffold.field_values import format_yaml_value

PLACE = DocumentLocation("action", "falls", "a", "content/plans/falls/actions/a.md")
AWKWARD = st.sampled_from(
    [": ", " #", "@", "*", "&", "!", "%", "[", "{", "- ", "'", '"', "\\", "\n", "\r", "---", "? ", "|", "~"]
)
TEXTS = st.lists(st.one_of(AWKWARD, st.text(max_size=8)), max_size=6).map("".join)


def _read(line: str) -> Action:
    found = parse_document(PLACE, f"---\n{line}\n---\n".encode()).document
    assert isinstance(found, Action)
    return found


def _kept(text: str) -> str:
    """What reading keeps of a text: the space round it goes, and what nobody can see is marked."""
    return UNPRINTABLE.sub(REPLACEMENT_CHARACTER, BIDI_CONTROLS.sub(REPLACEMENT_CHARACTER, text)).strip()


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    """Quotation marks, colons, signs, line ends: the title that is read is the title that was written."""
    if _kept(text):
        assert _read(f"title: {format_yaml_value(text)}").title == _kept(text)


@given(st.lists(TEXTS, max_size=4))
def test_any_list_comes_back(texts: list[str]) -> None:
    """Commas and brackets inside a text do not split it."""
    kept = tuple(_kept(text) for text in texts)
    assert _read(f"title: A\nsupporters: {format_yaml_value(tuple(texts))}").supporters == kept


@given(TEXTS)
def test_a_value_is_one_line_of_utf_8(text: str) -> None:
    """Nothing in a text can end the line, or the front matter, that it stands in."""
    line = format_yaml_value(text)
    assert line.splitlines() in ([], [line])
    line.encode()


@given(st.text(st.sampled_from("0123456789.-+eExyYnNoOfFtTrRuUsl_ "), max_size=8))
def test_a_text_is_a_text_for_other_readers_too(text: str) -> None:
    """An ordinary YAML reader takes no text for a number, a date or a truth value."""
    if text:
        assert yaml.safe_load(f"k: {format_yaml_value(text)}") == {"k": text}


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Fix the door", "Fix the door"),
        ("6 weeks", "6 weeks"),
        ("Fix: door", '"Fix: door"'),
        ("@jane", '"@jane"'),
        ("Plan #3", '"Plan #3"'),
        ("no", '"no"'),
        ("01632960001", '"01632960001"'),
        ("", ""),
        ((), ""),
        (("Nurse, GP practice", "Cook"), '["Nurse, GP practice", Cook]'),
        (date(2025, 1, 31), "2025-01-31"),
        (12, "12"),
        (5.0, "5"),
        (2.5, "2.5"),
    ],
)
def test_quotation_marks_stand_only_where_they_are_needed(value: object, line: str) -> None:
    """People who open the file see plain words where plain words will do."""
    assert format_yaml_value(value) == line  # type: ignore[arg-type]  # the cases are of all the kinds there are
