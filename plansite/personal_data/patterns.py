"""Shared parts of the patterns: spaces and dashes, and the labels before a number."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily

#: Spaces that people and word processors write, including those of zero width; for a character class.
SPACE = r" \t\u00a0\u00ad\u2000-\u200d\u202f\u2060"
#: Hyphens and dashes, for a character class.
DASH = r"\-\u2010-\u2015\u2212"
_PUNCTUATION = rf"[{SPACE}:=#*_`'\"|(\[>/–—-]"
_VERB = r"(?<![^\W\d_])(?:is|was|of|on)(?![^\W\d_])"
#: The end of a line, unless the next begins a list item, a table row, a heading or a date.
_LINE_BREAK = rf"\n(?![{SPACE}>]*(?:[-*+|#]|\d{{4}}-\d))"
#: What may be between a label and the number or date after it.
LABEL_GAP = rf"(?:{_PUNCTUATION}|{_VERB}|{_LINE_BREAK}){{0,16}}"

_BEFORE_LENGTH, _AFTER_LENGTH = 60, 25
#: A label right before a number that says that it is not that of a person.
_OTHER_NUMBER_LABEL = compile_lazily(
    r"(?<![a-z])(?:isbn|issn|order|invoice|purchase|p\.?o|serial|model|part|asset|meter|barcode|uprn|parcel|tracking"
    r"|account|charity|company|version|build|batch|job|grant)(?![a-z])[^\n\d]{0,20}\Z|[£$€]\s?\Z",
    re.IGNORECASE,
)
_TELEPHONE_LABEL = compile_lazily(
    r"(?<![a-z])(?:telephone|tel|phone|mobile|mob|fax|ring|call|extension)(?![a-z])[^\n\d]{0,16}\Z", re.IGNORECASE
)


def text_before(text: str, start: int) -> str:
    """The text before an offset, in the same paragraph, at most 60 characters."""
    return text[max(0, start - _BEFORE_LENGTH) : start].rpartition("\n\n")[2]


def text_after(text: str, end: int) -> str:
    """The text after an offset, on the same line, at most 25 characters."""
    return text[end : end + _AFTER_LENGTH].partition("\n")[0]


def is_labelled_otherwise(text: str, start: int) -> bool:
    """Whether the text before a number says that it is an order, a book, a price or the like."""
    return bool(_OTHER_NUMBER_LABEL.search(text_before(text, start)))


def is_labelled_as_telephone(text: str, start: int) -> bool:
    """Whether the text before a number says that it is a telephone number."""
    return bool(_TELEPHONE_LABEL.search(text_before(text, start)))


def extract_digits(text: str) -> str:
    """The digits of a text in ASCII, including those of other scripts."""
    return "".join(str(int(character)) for character in text if character.isdecimal())
