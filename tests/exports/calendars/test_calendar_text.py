"""The text of calendar files: values that mean what was given, and lines that no reader splits elsewhere."""

from __future__ import annotations

import re

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.exports.calendars.calendar_text import escape_text, format_property

_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
#: Any text, with more of what is special than chance has.
_TEXTS = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from(f'{_BREAKS}\\;,:"é€😀\u0301 x')), max_size=200)


def _expected(text: str) -> str:
    """What a reader shows: each line end is one, and other control characters are not there."""
    lines = re.sub(f"\r\n|[{_BREAKS}]", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", lines)


@given(_TEXTS)
def test_a_text_is_read_back(text: str) -> None:
    """An independent reader finds the text that was given, in one property and no other."""
    lines = f"BEGIN:VEVENT\r\n{format_property('SUMMARY', escape_text(text))}END:VEVENT\r\n"
    event = icalendar.Event.from_ical(lines)
    assert list(event) == ["SUMMARY"]
    assert str(event["SUMMARY"]) == _expected(text)


@given(_TEXTS)
def test_lines_are_folded_between_characters(text: str) -> None:
    """No line has more than 75 octets, each is valid UTF-8, and nothing but our own folds begins another line."""
    data = format_property("SUMMARY", escape_text(text)).encode()
    first, *others, last = data.split(b"\r\n")
    assert last == b""
    assert all(len(line) <= 75 for line in (first, *others))
    assert all(line.startswith(b" ") for line in others)
    assert first.startswith(b"SUMMARY:")
    for line in (first, *others):
        assert line.decode().splitlines() in ([line.decode()], [])


def test_a_line_is_as_long_as_it_may_be() -> None:
    """75 octets stay on one line; the 76th begins another."""
    assert format_property("X", "a" * 73) == f"X:{'a' * 73}\r\n"
    assert format_property("X", "a" * 74) == f"X:{'a' * 73}\r\n a\r\n"
    assert format_property("X", "a" * 72 + "é") == f"X:{'a' * 72}\r\n é\r\n"


@pytest.mark.parametrize("line_break", [*_BREAKS, "\r\n"], ids=ascii)
def test_a_value_begins_no_property(line_break: str) -> None:
    """Also one that is no text, such as an address."""
    assert format_property("URL", f"https://e.org/{line_break}ATTACH:x").count("\r\n") == 1
    assert escape_text(f"a{line_break}ATTACH:x") == "a\\nATTACH:x"
