"""A text taken apart into sentences, and their length in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A possessive run of end marks and closing quotes, then space. It is entered once a run, so the work stays linear.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+\s++")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev st no nos vs cf eg ie e.g i.e etc approx ca tel ext fig ref p pp para dept est inc ltd co"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun a.m p.m".split()
)
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*|\S+@\S+\.\S+|\S+/\S+/\S+")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, in order and without the space between them.

    A full stop after an abbreviation or a single capital letter, or before a small letter, ends none.
    """
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            yield text[start : match.end()].strip()
            start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    if following.islower():
        return False
    if not match.group().startswith(".") or match.group()[1:2] == ".":
        return True
    before = text[max(start, match.start() - 20) : match.start()].split()
    last = before[-1].lstrip("\"'“‘([") if before else ""
    is_initial = len(last) == 1 and last.isalpha() and last.isupper() and last != "I"
    return not is_initial and last.casefold() not in _ABBREVIATIONS


def word_count(sentence: str) -> int:
    """How many words a sentence has. Addresses and lone signs are none."""
    return sum(_is_word(token) for token in sentence.split())


def _is_word(token: str) -> bool:
    return any(sign.isalnum() for sign in token) and not _ADDRESS.fullmatch(token)
