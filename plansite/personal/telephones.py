"""Telephone numbers that may be a person's (Ofcom, National Telephone Numbering Plan)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.personal.marks import DASH, SPACE, digits_of, is_named_otherwise
from plansite.personal.sighting import Kind, Sighting

_GAP = rf"[{SPACE}().{DASH}]{{0,3}}"
# Each begins with its first character and looks back from there: searching for that character is quick.
_HOME = re.compile(rf"0(?<![\w.,/=%&#+-]0)(?:{_GAP}\d){{9,10}}(?!\d)(?![-/.]\d)")
_PLUS = re.compile(rf"\+(?<![\w/=%&#-]\+)(?:{_GAP}\d){{9,14}}(?!\d)")
_ZEROS = re.compile(rf"00(?<![\w.,/=%&#+-]00)[1-9](?:{_GAP}\d){{8,13}}(?!\d)")
_GROUPS = re.compile(r"\d+")
#: Places, mobile telephones and personal numbers. 03, 08 and 09 belong to services, and 02 is given to few cities.
_PERSONAL = re.compile(r"0(?:1[1-9]|2[03489]|7\d)\d{7,8}\Z")


def telephone_numbers(text: str) -> Iterator[Sighting]:
    """Numbers of homes and mobiles, in the country's form or with + and the code of any country."""
    for match in _HOME.finditer(text):
        written = match.group()
        if is_personal(digits_of(written)) and _is_grouped(written) and not is_named_otherwise(text, match.start()):
            yield _sighting(text, match)
    for pattern in (_PLUS, _ZEROS):
        for match in pattern.finditer(text):
            digits = digits_of(match.group()).removeprefix("00")
            if not digits.startswith("44") or is_personal(f"0{digits[2:].removeprefix('0')}"):
                yield _sighting(text, match)


def _sighting(text: str, match: re.Match[str]) -> Sighting:
    """With the bracket that it may begin with."""
    return Sighting(Kind.TELEPHONE, match.start() - (text[match.start() - 1 : match.start()] == "("), match.end())


def is_personal(digits: str) -> bool:
    """Whether a number in the country's own form, which begins with 0, may be a person's."""
    return bool(_PERSONAL.match(digits)) and (len(digits) == 11 or digits[1] == "1")


def _is_grouped(written: str) -> bool:
    """Whether the digits stand together as in a telephone number; those of dates and amounts do not."""
    groups = _GROUPS.findall(written)
    return len(groups) == 1 or (3 <= len(groups[0]) <= 5 and all(len(each) >= 2 for each in groups))
