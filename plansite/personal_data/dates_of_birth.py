"""Dates of birth: dates beside a label that says so. A date without a label is never one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily
from plansite.personal_data.matches import Match, PersonalDataKind
from plansite.personal_data.patterns import DASH, LABEL_GAP, SPACE

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_GAP = rf"[{SPACE}\n]{{0,2}}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = "|".join(
    (
        rf"(?:1[89]|20)\d\d{_GAP}[-/.]{_GAP}(?:0?[1-9]|1[0-2]){_GAP}[-/.]{_GAP}{_DAY}(?!\d)",
        rf"{_DAY}{_GAP}[{DASH}/. ]{_GAP}(?:0?[1-9]|1[0-2]){_GAP}[{DASH}/. ]{_GAP}(?:\d{{4}}|\d\d)(?!\d)",
        rf"{_DAY}(?:st|nd|rd|th)?(?: of)?{_GAP}-?{_MONTH}{_GAP}[-,]?{_GAP}['’]?(?:\d{{4}}|\d\d)(?!\d)",
        rf"{_MONTH}{_GAP}{_DAY}(?:st|nd|rd|th)?,?{_GAP}\d{{4}}(?!\d)",
        rf"{_DAY}(?:0[1-9]|1[0-2])(?:1[89]|20)?\d\d(?!\d)",
    )
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?"
_LABEL = r"dob|d\.o\.b\.?|date[ _-]?of[ _-]?birth|birth[ _-]?dates?"
_LABELS = (
    rf"(?<![a-z0-9])(?:{_LABEL}|birthday"
    rf"|born(?:[{SPACE}](?:in|at)(?:[{SPACE}][\w'’-]{{1,20}}){{1,3}})?|(?<=\()b(?=[. ]))(?![a-z])\.?"
)
#: Each label contains one of these.
_LABEL_WORD = compile_lazily(r"birth|born|dob|d\.o\.b|\(b[. ]", re.IGNORECASE)
_LABELLED = compile_lazily(rf"{_LABELS}{LABEL_GAP}{_WEEKDAY}(?P<date>{_DATE})", re.IGNORECASE)
_FOLLOWED = compile_lazily(rf"(?<!\d)(?P<date>{_DATE})[{SPACE}]?[,(–-]?[{SPACE}]?(?:{_LABEL})(?![a-z])", re.IGNORECASE)
_DIGIT = compile_lazily(r"\d")
#: The most characters between a label and the far end of its date in both patterns.
_MAX_DISTANCE = 80


def find_dates_of_birth(text: str) -> Iterator[Match]:
    """Dates with a label right before or after them."""
    end = 0
    for word in _LABEL_WORD.finditer(text):
        first = max(end, word.start() - _MAX_DISTANCE)
        if not _DIGIT.search(text, first, word.end() + _MAX_DISTANCE):
            continue
        match = _LABELLED.search(text, max(end, word.start() - 10), word.end() + _MAX_DISTANCE)
        match = match or _FOLLOWED.search(text, first, word.end() + 10)
        if match and match.end("date") > end:
            end = match.end("date")
            yield Match(PersonalDataKind.DATE_OF_BIRTH, match.start("date"), end)
