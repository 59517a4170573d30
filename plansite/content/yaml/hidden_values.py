"""Tells comments that were hardly meant as such: `ref: #2`."""

from __future__ import annotations

from plansite.content.report import quote_text
from plansite.content.yaml.quoting import quote_value, show_line
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

#: A comment that begins like a value: `#2`, but neither `# note` nor `#`.
_LIKE_A_VALUE = compile_lazily(r"#+[^\s#]")
#: A line that was taken out: `#due: 2025-01-14`, `#- Anna`, `#"Anna",`.
_TAKEN_OUT = compile_lazily(r"#+(?:-\s|[\w-]+:(?:\s|$)|[\"'\[{])")

_IN_WORDS = "put quotation marks round the whole value, including the part after the `#`"


@dataclass(frozen=True, slots=True)
class HiddenValue:
    """A comment in place of a value, or of the end of one; `before` is the value that it cuts short, or empty.

    `bracket` is the one within which it stands, or empty.
    """

    offset: int
    text: str
    before: str
    bracket: str


def is_like_a_value(comment: str, *, is_own_line: bool) -> bool:
    """Whether a comment was probably meant as a value; on a line of its own it may be a line that was taken out."""
    return bool(_LIKE_A_VALUE.match(comment)) and not (is_own_line and _TAKEN_OUT.match(comment))


def describe_hidden_value(hidden: HiddenValue, text: str) -> tuple[str, str, str]:
    """Message, remedy and new line for a value that is cut short, or gone, because YAML takes it for a comment.

    `text` is all of the YAML. The line is empty where the remedy is in words: within brackets, and for a value of
    several lines.
    """
    comment = quote_text(hidden.text)
    if hidden.bracket:
        remedy = "put quotation marks round each value that begins with `#` or contains ` #`"
        return f"everything from {comment} to the end of the line is ignored", remedy, ""
    message = f"the value stops before {comment}" if hidden.before else f"the value {comment} is ignored"
    new_line = _quote_hidden(hidden, text)
    remedy = show_line(new_line, _IN_WORDS, note=" with quotation marks") if new_line else _IN_WORDS
    return message, remedy, new_line


def _quote_hidden(hidden: HiddenValue, text: str) -> str:
    """The line of a hidden value with the whole value in quotation marks; empty where it is not on one line."""
    line_start = text.rfind("\n", 0, hidden.offset) + 1
    line = text[line_start:].partition("\n")[0]
    end = hidden.offset - line_start
    start = end - len(hidden.before)
    mark = line[end - 1 : end] if hidden.before else ""
    if mark in ("'", '"') and line[start - 2 : start - 1] == mark:  # `before` is what stands between the marks
        inner = hidden.before.replace("''", "'") if mark == "'" else hidden.before
        return line[: start - 2] + quote_value(inner + line[end:].rstrip()) if "\\" not in inner else ""
    if start < 0 or line[start:end] != hidden.before:
        return ""
    return line[:start] + quote_value(line[start:].strip())
