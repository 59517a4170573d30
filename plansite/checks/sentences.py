"""Splitting a text into sentences, and counting words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily

#: End marks, closing quotes, then space; possessive and anchored at the first mark, so that matching takes linear time.
_SENTENCE_END = compile_lazily("(?<![.!?…])[.!?…]++[\"'\u201d\u2019)\\]]*+\\s++")
#: A full stop after one of these does not end a sentence.
_ABBREVIATIONS = compile_lazily(r"mrs?|ms|dr|prof|rev|st|vs|cf|e\.?g|i\.?e", re.IGNORECASE)
#: A full stop after one of these does not end a sentence if a digit follows.
_NUMBER_ABBREVIATIONS = compile_lazily(
    r"nos?|approx|ca|tel|ext|fig|ref|pp?|para|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec", re.IGNORECASE
)
_OPENING = "\"'([\u201c\u2018"


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, in order and without the space between them.

    A full stop ends no sentence before a lower-case letter, after a single capital letter, after an abbreviation such
    as "Dr", or between an abbreviation such as "No" and a number.
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if _ends_sentence(text, start, match):
            yield text[start : match.end()].strip()
            start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    if following.islower():
        return False
    if match.group()[0] != "." or match.group()[1] in ".!?…":
        return True
    before = text[max(start, match.start() - 20) : match.start()].split()
    last = before[-1].lstrip(_OPENING) if before else ""
    is_initial = len(last) == 1 and last.isupper() and last != "I"
    is_abbreviation = _ABBREVIATIONS.fullmatch(last) or (following.isdigit() and _NUMBER_ABBREVIATIONS.fullmatch(last))
    return not is_initial and not is_abbreviation


def count_words(sentence: str) -> int:
    """The number of words of a sentence; addresses and tokens without a letter or digit do not count."""
    return sum(_is_word(token) for token in sentence.split())


def _is_word(token: str) -> bool:
    is_address = "://" in token or "@" in token or token.startswith("www.") or token.count("/") > 1
    return not is_address and any(character.isalnum() for character in token)
