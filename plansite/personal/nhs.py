"""NHS numbers: ten digits with a check digit, mostly written in groups of three, three and four."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.personal.marks import BETWEEN, DASH, SPACE, after, before, digits_of, is_named_otherwise, is_to_be_called
from plansite.personal.sighting import Kind, Sighting

_GAP = rf"(?:[{SPACE}]{{1,3}}|[{DASH}./]|[{SPACE}]?\n[{SPACE}>]{{0,8}})"
#: Ten digits in any groups. It looks ahead, so that each number gets its turn whatever stands before it.
_TEN = re.compile(rf"\d(?<!\d\d)(?=((?:{_GAP}?\d){{9}})(?!\d))")
_JOINED = re.compile(rf"[{DASH}./]")
_GAPS = re.compile(r"\D+")
#: How many digits stand together: as on a card or without a gap; and, where a word tells what it is, otherwise.
_USUAL = ((3, 3, 4), (10,))
_GROUPINGS = (*_USUAL, (3, 7), (6, 4))
_LABEL = re.compile(
    r"(?<![a-z0-9])(?:nhs|chi|hcn|h ?& ?c|health (?:and|&) (?:social )?care|patient|hospital)"
    rf"[ _-]?(?:number|num|no|nr|id|identifier)?(?:\.|s\b)?{BETWEEN}\Z",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"(?<![a-z0-9])(?:nhs|chi|hcn|h ?& ?c|patient|service user|resident|client)(?:[’']?s)?(?![a-z0-9])", re.IGNORECASE
)


def nhs_numbers(text: str) -> Iterator[Sighting]:
    """Those that carry a label, stand by a word such as NHS or are spaced as on a card; then ten digits alone."""
    end = 0
    for match in _TEN.finditer(text):
        start, written = match.start(), match.group() + match.group(1)
        kind = _kind(text, start, written) if start >= end else None
        if kind:
            end = match.end(1)
            yield Sighting(kind, start, end)


def _kind(text: str, start: int, written: str) -> Kind | None:
    """How sure one can be; None where it is something else."""
    groups = _GAPS.split(written)
    sizes, labelled = tuple(map(len, groups)), bool(_LABEL.search(before(text, start)))
    if not labelled and (sizes not in _GROUPINGS or not _stands_alone(text, start, start + len(written))):
        return None
    digits = digits_of(written)
    if labelled:
        return Kind.NHS if is_valid(digits) else Kind.TEN_DIGITS
    if not (is_issuable(digits) and is_valid(digits)):
        return None
    if is_named_otherwise(text, start) or is_to_be_called(text, start):
        return None
    if _CONTEXT.search(before(text, start)) or _CONTEXT.search(after(text, start + len(written))):
        return Kind.NHS
    if sizes not in _USUAL:
        return None
    return Kind.TEN_DIGITS if sizes == (10,) or _JOINED.search(written) else Kind.NHS


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether it is a word of its own: no part of an address, a reference or a longer number."""
    front, back = text[max(0, start - 1) : start], text[end : end + 2]
    return not re.match(r"[\w/=.%&+£$€@-]", front) and not re.match(r"[\w/=%@]|[-.:][\w]", back)


def is_issuable(digits: str) -> bool:
    """Whether the number lies where numbers are given out.

    England, Wales and the Isle of Man: 300 to 499 and 600 to 799, in Northern Ireland 320 to 399. Scotland's CHI begins
    with a date of birth. 999 is kept for examples (NHS Data Dictionary; NHS England, test data).
    """
    if len(set(digits)) == 1:
        return False
    if digits[0] in "3467" or digits.startswith("999"):
        return True
    return "01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12"


def is_valid(digits: str) -> bool:
    """Whether the check digit is right."""
    # Imported where a candidate is met: most sites have none, and it takes longer than reading a plan.
    from stdnum.gb import nhs

    return nhs.is_valid(digits)
