"""Patterns of YAML's comments and values, and where values of several lines end."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily

SPACE = r"[ \t\n\x85\u2028\u2029]"
BLANKS = compile_lazily(r"[ \t\n\x85\u2028\u2029\ufeff]+")
COMMENT = compile_lazily(r"#[^\n\x85\u2028\u2029]*")
DOUBLE_QUOTED = compile_lazily(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
SINGLE_QUOTED = compile_lazily(r"'(?:[^']|'')*+'")
#: A plain value up to the end of its line, outside and inside brackets.
PLAIN = compile_lazily(rf"(?:[^\n\x85\u2028\u2029:# \t]|:(?!{SPACE}|\Z)|(?<![ \t\n])#|[ \t]++(?![#\n]|\Z))++")
FLOW_PLAIN = compile_lazily(
    rf"(?:[^\n\x85\u2028\u2029:# \t,\[\]{{}}]|:(?!{SPACE}|[,\[\]{{}}]|\Z)|(?<![ \t\n])#|[ \t]++(?![#\n]|\Z))++"
)
#: What follows the name of a field, outside and inside brackets.
COLON = compile_lazily(rf"[ \t]*:(?={SPACE}|\Z)")
FLOW_COLON = compile_lazily(rf"{SPACE}*:")
#: The line that begins or ends a document.
MARKER = compile_lazily(rf"(?:---|\.\.\.)(?={SPACE}|\Z)")
#: What stands before a text of several lines; the group is its indentation, if that is given.
BLOCK_HEADER = compile_lazily(r"[|>](?:[+-]?([1-9])?[+-]?)[ \t]*")


def is_blank(text: str, offset: int) -> bool:
    """Whether a blank, a line end or the end of the text is at `offset`."""
    return offset >= len(text) or text[offset] in " \t\n\x85\u2028\u2029"


def find_last_break(text: str, start: int, end: int) -> int:
    """The offset of the last line end between two offsets; -1 without one."""
    return max(text.rfind(line_end, start, end) for line_end in "\n\x85\u2028\u2029")


def find_plain_end(text: str, end: int, pattern: re.Pattern[str], least: int) -> int:
    """The end of a plain value that goes on, after `end`, in lines indented by at least `least` columns."""
    while True:
        blanks = BLANKS.match(text, end)
        start = blanks.end() if blanks else end
        newline = find_last_break(text, end, start)
        if newline < 0 or start - newline - 1 < least or text[start : start + 1] == "#":
            return end
        if start == newline + 1 and MARKER.match(text, start):
            return end
        match = pattern.match(text, start)
        if match is None:
            return end
        end = match.end()


def find_block_text_end(text: str, at: int, indent: int, digit: str | None) -> int:
    """The end of a text after `|` or `>`: at a line that is indented less than its first.

    `indent` is the column of the group or list around it, or -1; `digit` is the further indentation, if it is given.
    """
    least = (max(indent, 0) + int(digit)) if digit else 0
    newline = text.find("\n", at)
    while newline >= 0:
        end = text.find("\n", newline + 1)
        line = text[newline + 1 : end if end >= 0 else len(text)]
        spaces = len(line) - len(line.lstrip(" "))
        if line.strip(" "):
            least = least or max(spaces, indent + 1)
            if spaces < least or (spaces == 0 and MARKER.match(line)):
                return newline
        newline = end
    return len(text)
