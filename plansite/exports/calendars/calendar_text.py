"""The text of calendar files (iCalendar, RFC 5545): properties, their values escaped and their lines folded."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily

#: The longest line in octets, without its end.
_MAX_OCTETS = 75
_LINE_END = "\r\n"
#: What any program takes for the end of a line.
_LINE_BREAKS = compile_lazily("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Characters that no calendar file may have, and halves of a surrogate pair.
_FORBIDDEN = compile_lazily("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def escape_text(text: str) -> str:
    """A text as the value of a property, without control characters. Each kind of line end is a line end."""
    if not text.isprintable():
        text = _FORBIDDEN.sub("", _LINE_BREAKS.sub("\n", text))
    return text.translate(_ESCAPES)


def format_property(name: str, value: str) -> str:
    """The line of a property with its end. A line of more than 75 octets is folded, between two characters.

    `value` is escaped already, if it is a text. No value begins another line.
    """
    line = f"{name}:{value if value.isprintable() else _LINE_BREAKS.sub('', value)}"
    if len(line) <= _MAX_OCTETS and line.isascii():
        return line + _LINE_END
    return f"{_LINE_END} ".join(_fold(line.encode())) + _LINE_END


def _fold(line: bytes) -> Iterator[str]:
    """The pieces of a line in UTF-8; before each but the first there is room for the space that marks it."""
    start, limit = 0, _MAX_OCTETS
    while start < len(line):
        end = start + limit
        while end < len(line) and line[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        yield line[start:end].decode()
        start, limit = end, _MAX_OCTETS - 1
