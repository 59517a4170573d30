"""Tells comments that were hardly meant as such: `ref: #2`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plansite.content.report import quote_text

#: A comment that begins like a value: `#2`, but neither `# note` nor `#`.
_LIKE_A_VALUE = re.compile(r"#+[^\s#]")
#: A line that was taken out: `#due: 2025-01-14`, `#- Anna`, `#"Anna",`.
_TAKEN_OUT = re.compile(r"#+(?:-\s|[\w-]+:(?:\s|$)|[\"'\[{])")


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


def describe_hidden_value(hidden: HiddenValue) -> tuple[str, str]:
    """Message and remedy for a value that is cut short, or gone, because YAML takes it for a comment."""
    comment = quote_text(hidden.text)
    if hidden.bracket:
        remedy = "put quotation marks round each value that begins with `#` or holds ` #`"
        return f"all from {comment} to the end of the line is left out", remedy
    if not hidden.before:
        return f"the value {comment} is left out", f'write "{comment[1:-1]}" with quotation marks'
    value = f"{quote_text(hidden.before)[1:-1]} {comment[1:-1]}"
    return f"the value stops before {comment}", f'write "{value}" with quotation marks'
