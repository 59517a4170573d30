"""A text taken apart into sentences, and their length in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A possessive run of end marks and closing quotes, then space. It is entered once a run, so the work stays linear.
_SENTENCE_END = re.compile("(?<![.!?…])[.!?…]++[\"'\u201d\u2019)\\]]*+\\s++")
#: After these a sentence goes on, whatever follows. After those of the second kind it goes on with a number.
_ABBREVIATIONS = re.compile(r"mrs?|ms|dr|prof|rev|st|vs|cf|e\.?g|i\.?e", re.IGNORECASE)
_NUMBER_ABBREVIATIONS = re.compile(
    r"nos?|approx|ca|tel|ext|fig|ref|pp?|para|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec", re.IGNORECASE
)
_OPENING = "\"'([\u201c\u2018"


def split_sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, in order and without the space between them.

    A full stop before a small letter ends none; nor does one after a single capital letter, after "Dr" and its like,
    or between "No" and a number.
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
    goes_on = _ABBREVIATIONS.fullmatch(last) or (following.isdigit() and _NUMBER_ABBREVIATIONS.fullmatch(last))
    return not is_initial and not goes_on


def count_words(sentence: str) -> int:
    """How many words a sentence has. Addresses and lone signs are none."""
    return sum(_is_word(token) for token in sentence.split())


def _is_word(token: str) -> bool:
    is_address = "://" in token or "@" in token or token.startswith("www.") or token.count("/") > 1
    return not is_address and any(sign.isalnum() for sign in token)
