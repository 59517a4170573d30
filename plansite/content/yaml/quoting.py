"""Writes a text as a YAML value that reads back as that text, for remedies that show a line to paste."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily

#: A text that is read as it stands: no sign at either end or after a blank, and no colon or hash at all.
_PLAIN = compile_lazily(r"[^\W_](?:[\w ,.;/()&+%!?'’€£$-]*[\w.)!?])?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_UNSEEN = compile_lazily("[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")
#: The longest line that a remedy shows; a longer one is said in words.
_LONGEST_SHOWN = 120


def quote_value(text: str) -> str:
    """The text in quotation marks, those of which it has none inside if there are such."""
    if _UNSEEN.search(text) or ("'" in text and ('"' in text or "\\" in text)):
        escaped = "".join(_ESCAPES.get(character, character) for character in text)
        return f'"{_UNSEEN.sub(_escape, escaped)}"'
    return f"'{text}'" if '"' in text or "\\" in text else f'"{text}"'


def write_value(text: str) -> str:
    """The text as it is where YAML reads it so, else in quotation marks."""
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in ("null", "nul")
    return text if is_plain and "  " not in text else quote_value(text)


def show_line(line: str, in_words: str, *, note: str = "") -> str:
    """A remedy that shows a whole line to write, or says in words what to do where the line is too long."""
    shown = line.strip()
    return f"write `{shown}`{note}" if len(shown) <= _LONGEST_SHOWN else in_words


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04X}"
