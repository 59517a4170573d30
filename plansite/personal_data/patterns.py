"""What the patterns of several kinds share: gaps between digits, and the words around a number."""

from __future__ import annotations

import re

#: Spaces as people and word processors write them, those of no width included.
SPACE = r" \t\u00a0\u00ad\u2000-\u200d\u202f\u2060"
#: Hyphens and dashes, for a class of characters.
DASH = r"\-\u2010-\u2015\u2212"
_PUNCTUATION = rf"[{SPACE}:=#*_`'\"|(\[>/–—-]"
_VERB = r"(?<![^\W\d_])(?:is|was|of|on)(?![^\W\d_])"
#: The end of a line, but not of an item or a row: the next of those begins with a date of its own.
_LINE_BREAK = rf"\n(?![{SPACE}>]*(?:[-*+|#]|\d{{4}}-\d))"
#: What may stand between a label and what it labels.
LABEL_GAP = rf"(?:{_PUNCTUATION}|{_VERB}|{_LINE_BREAK}){{0,16}}"

_BEFORE_LENGTH, _AFTER_LENGTH = 60, 25
#: Words that say what a number is, if they stand right before it; then it is no number of a person.
_OTHER_NUMBER_LABEL = re.compile(
    r"(?<![a-z])(?:isbn|issn|order|invoice|purchase|p\.?o|serial|model|part|asset|meter|barcode|uprn|parcel|tracking"
    r"|account|charity|company|version|build|batch|job|grant)(?![a-z])[^\n\d]{0,20}\Z|[£$€]\s?\Z",
    re.IGNORECASE,
)
_TELEPHONE_LABEL = re.compile(
    r"(?<![a-z])(?:telephone|tel|phone|mobile|mob|fax|ring|call|extension)(?![a-z])[^\n\d]{0,16}\Z", re.IGNORECASE
)


def text_before(text: str, start: int) -> str:
    """The words that lead up to a place, as far as its paragraph goes."""
    return text[max(0, start - _BEFORE_LENGTH) : start].rpartition("\n\n")[2]


def text_after(text: str, end: int) -> str:
    """The words that follow a place on its line."""
    return text[end : end + _AFTER_LENGTH].partition("\n")[0]


def is_labelled_otherwise(text: str, start: int) -> bool:
    """Whether the words before a number say that it is one of an order, a book, a price and the like."""
    return bool(_OTHER_NUMBER_LABEL.search(text_before(text, start)))


def is_labelled_as_telephone(text: str, start: int) -> bool:
    """Whether the words before a number say that it is one of a telephone."""
    return bool(_TELEPHONE_LABEL.search(text_before(text, start)))


def extract_digits(text: str) -> str:
    """The digits of a text, those of other scripts as well, in ASCII."""
    return "".join(str(int(each)) for each in text if each.isdecimal())
