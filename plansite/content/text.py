"""Decodes and encodes files: UTF-8 without a byte order mark, line ends as `\\n`, no invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from plansite.content.invisible import describe_character, replace_refused_directions
from plansite.content.parse_rules import CONTROL_CHARACTER, NOT_UTF8
from plansite.content.report import Report, quote_text
from plansite.content.text_rules import CONFLICT_MARKERS, INVISIBLE_CHARACTER
from plansite.deferred_pattern import compile_lazily

#: Characters that HTML and XML forbid or that are invisible: controls, lone surrogates, noncharacters.
UNPRINTABLE = compile_lazily(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
#: Characters that have to do with the direction of writing. Not all are refused, see `invisible.py`.
BIDI_CONTROLS = compile_lazily("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
#: Lines that git puts round the two versions of a conflict. A line of `=` alone may underline a heading, and a line of
#: `|` may be a row of a table.
_CONFLICT_MARKER = compile_lazily(r"^(?:<{7}(?= |$)|>{7}(?= |$)|\|{7}(?= \S)).*", re.MULTILINE)
_CONFLICT_LINE = compile_lazily(r"^(?:<{7}(?= |$)|>{7}(?= |$)|\|{7}(?= |$)|={7}$).*", re.MULTILINE)
#: Characters that show nothing, though Unicode has them as letters, signs or accents.
_INVISIBLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: Replaces a character that may not be shown.
REPLACEMENT_CHARACTER = "\ufffd"


def decode(data: bytes, report: Report) -> str | None:
    """The text of a file, or None with a finding where it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig").lstrip("\ufeff")  # programs that join files leave several
    except UnicodeDecodeError as error:
        before = error.object[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        report.add(
            NOT_UTF8,
            "this file is not saved with encoding UTF-8",
            "save the file again with encoding UTF-8",
            line=line,
            column=column,
        )
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if is_printable(text) or not UNPRINTABLE.search(text) else _replace_unprintable(text, report)


def report_conflict_markers(text: str, report: Report) -> int | None:
    """The offset of the first line that git puts round a conflict; None without one. All such lines are reported."""
    if not any(marker in text for marker in ("<<<<<<<", ">>>>>>>", "|||||||")) or not _CONFLICT_MARKER.search(text):
        return None
    line, first, counted_to = 1, None, 0
    for match in _CONFLICT_LINE.finditer(text):
        line += text.count("\n", counted_to, match.start())
        counted_to, first = match.start(), match.start() if first is None else first
        report.add(
            CONFLICT_MARKERS,
            f"{quote_text(match.group())} is left over from an unfinished merge",
            "keep the right version, and delete the other one and this line",
            line=line,
            column=1,
        )
    return first


def report_invisible(
    text: str, offsets: Sequence[int], report: Report, line: int, column: int, field: str = ""
) -> None:
    """Report the first of the characters at these offsets that a name or value was read without."""
    if offsets:
        message = f"there is an invisible character, which is ignored: {describe_character(text, offsets[0])}"
        report.add(INVISIBLE_CHARACTER, message, "delete it", line=line, column=column, field=field)


def is_visible(text: str) -> bool:
    """Whether a text has a character that shows something."""
    return any(
        not character.isspace()
        and unicodedata.category(character)[0] not in "CZ"
        and character not in _INVISIBLE_LETTERS
        and not "\ufe00" <= character <= "\ufe0f"
        and not "\U000e0100" <= character <= "\U000e01ef"
        for character in text
    )


def is_printable(text: str) -> bool:
    """Whether a text certainly has no invisible character: a quick check, enough for most texts."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def _replace_unprintable(text: str, report: Report) -> str:
    """The text with replacement characters; the first 20 places are reported."""
    for match in list(UNPRINTABLE.finditer(text))[:20]:
        before = text[: match.start()]
        report.add(
            CONTROL_CHARACTER,
            f"there is an invisible character: {describe_character(text, match.start())}",
            "delete it; until then the site shows �",
            line=before.count("\n") + 1,
            column=match.start() - (before.rfind("\n") + 1) + 1,
        )
    return UNPRINTABLE.sub(REPLACEMENT_CHARACTER, text)


#: The controls of ASCII but for tabs and line ends; and in UTF-8 all else that UNPRINTABLE matches, by leading byte.
_ASCII_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_UNPRINTABLE_BYTES = (
    ((b"\xc2",), compile_lazily(b"\xc2[\x80-\x9f]")),
    ((b"\xef",), compile_lazily(b"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")),
    (tuple(bytes([byte]) for byte in range(0xF0, 0xF5)), compile_lazily(b"[\xf0-\xf4].\xbf[\xbe\xbf]", re.DOTALL)),
)


def encode(text: str) -> bytes:
    """A published text in UTF-8, with replacement characters for those that HTML and XML forbid.

    Files are decoded without such characters. This is the last safeguard against others, such as those of file names.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return UNPRINTABLE.sub(REPLACEMENT_CHARACTER, text).encode()
    # Bytes are searched many times faster than text.
    if len(data.translate(None, _ASCII_CONTROLS)) == len(data) and not any(
        any(byte in data for byte in leading) and pattern.search(data) for leading, pattern in _UNPRINTABLE_BYTES
    ):
        return data
    return UNPRINTABLE.sub(REPLACEMENT_CHARACTER, text).encode()


def decode_lossy(data: bytes) -> str:
    """The text to show of a file that could not be read: all of it, invalid characters replaced."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    text = replace_refused_directions(text.replace("\r\n", "\n").replace("\r", "\n"), REPLACEMENT_CHARACTER)
    return UNPRINTABLE.sub(REPLACEMENT_CHARACTER, text)
