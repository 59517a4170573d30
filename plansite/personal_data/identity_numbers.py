"""NHS numbers (ten digits with a check digit, mostly grouped 3-3-4) and National Insurance numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily
from plansite.personal_data.matches import Match, PersonalDataKind
from plansite.personal_data.patterns import (
    DASH,
    LABEL_GAP,
    SPACE,
    extract_digits,
    is_labelled_as_telephone,
    is_labelled_otherwise,
    text_after,
    text_before,
)

_NHS_GAP = rf"(?:[{SPACE}]{{1,3}}|[{DASH}./]|[{SPACE}]?\n[{SPACE}>]{{0,8}})"
#: Ten digits in any groups. Nine of them are in a lookahead, so that matches can overlap and no number is missed.
_TEN_DIGITS = compile_lazily(rf"\d(?<!\d\d)(?=((?:{_NHS_GAP}?\d){{9}})(?!\d))")
_SEPARATOR = compile_lazily(rf"[{DASH}./]")
_NON_DIGITS = compile_lazily(r"\D+")
#: Sizes of the groups of digits: as on an NHS card or without gaps; others count only beside a word such as NHS.
_USUAL_GROUPINGS = ((3, 3, 4), (10,))
_GROUPINGS = (*_USUAL_GROUPINGS, (3, 7), (6, 4))
_NHS_LABEL = compile_lazily(
    r"(?<![a-z0-9])(?:nhs|chi|hcn|h ?& ?c|health (?:and|&) (?:social )?care|patient|hospital)"
    rf"[ _-]?(?:number|num|no|nr|id|identifier)?(?:\.|s\b)?{LABEL_GAP}\Z",
    re.IGNORECASE,
)
_NHS_CONTEXT = compile_lazily(
    r"(?<![a-z0-9])(?:nhs|chi|hcn|h ?& ?c|patient|service user|resident|client)(?:[’']?s)?(?![a-z0-9])", re.IGNORECASE
)


def find_nhs_numbers(text: str) -> Iterator[Match]:
    """NHS numbers: labelled, near a word such as NHS, or grouped as on a card; ten digits alone are possible ones."""
    end = 0
    for match in _TEN_DIGITS.finditer(text):
        start, written = match.start(), match.group() + match.group(1)
        kind = _classify_number(text, start, written) if start >= end else None
        if kind:
            end = match.end(1)
            yield Match(kind, start, end)


def _classify_number(text: str, start: int, written: str) -> PersonalDataKind | None:
    """The kind of match for ten digits, by how certain it is; None where they are something else."""
    groups = _NON_DIGITS.split(written)
    sizes, is_labelled = tuple(map(len, groups)), bool(_NHS_LABEL.search(text_before(text, start)))
    if not is_labelled and (sizes not in _GROUPINGS or not _stands_alone(text, start, start + len(written))):
        return None
    digits = extract_digits(written)
    if is_labelled:
        return PersonalDataKind.NHS_NUMBER if is_valid_nhs_number(digits) else PersonalDataKind.POSSIBLE_NHS_NUMBER
    if not (is_issuable_nhs_number(digits) and is_valid_nhs_number(digits)):
        return None
    if is_labelled_otherwise(text, start) or is_labelled_as_telephone(text, start):
        return None
    if _NHS_CONTEXT.search(text_before(text, start)) or _NHS_CONTEXT.search(text_after(text, start + len(written))):
        return PersonalDataKind.NHS_NUMBER
    if sizes not in _USUAL_GROUPINGS:
        return None
    return (
        PersonalDataKind.POSSIBLE_NHS_NUMBER
        if sizes == (10,) or _SEPARATOR.search(written)
        else PersonalDataKind.NHS_NUMBER
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a number is not part of a URL, a reference or a longer number."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    return not re.match(r"[\w/=.%&+£$€@-]", before) and not re.match(r"[\w/=%@]|[-.:][\w]", after)


def is_issuable_nhs_number(digits: str) -> bool:
    """Whether a number is in a range that is in use.

    England, Wales and the Isle of Man: 300 to 499 and 600 to 799, Northern Ireland: 320 to 399. Scotland's CHI begins
    with a date of birth. 999 is reserved for examples (NHS Data Dictionary; NHS England, test data).
    """
    if len(set(digits)) == 1:
        return False
    if digits[0] in "3467" or digits.startswith("999"):
        return True
    return "01" <= digits[:2] <= "31" and "01" <= digits[2:4] <= "12"


def is_valid_nhs_number(digits: str) -> bool:
    """Whether the check digit is correct."""
    # Imported only for a candidate: most sites have none, and the import takes longer than parsing a plan.
    from stdnum.gb import nhs

    return nhs.is_valid(digits)


_INSURANCE_GAP = rf"(?:[{SPACE}]{{1,2}}|[{DASH}./])?"
_INSURANCE_NUMBER = compile_lazily(
    rf"(?<![^\W_])([a-z]{_INSURANCE_GAP}[a-z]){_INSURANCE_GAP}\d\d{_INSURANCE_GAP}\d\d{_INSURANCE_GAP}\d\d(?:{_INSURANCE_GAP}([a-d]))?(?![^\W_])",
    re.IGNORECASE,
)
#: Its digits after a letter and at most one gap. Most texts have none, and the search for a digit is fast.
_INSURANCE_DIGITS = compile_lazily(
    rf"\d(?:(?<=[a-z]\d)|(?<=[a-z][{SPACE}{DASH}./]\d)|(?<=[a-z][{SPACE}]{{2}}\d))"
    rf"\d{_INSURANCE_GAP}\d\d{_INSURANCE_GAP}\d\d",
    re.IGNORECASE,
)
_INSURANCE_LABEL = compile_lazily(
    r"(?<![a-z0-9])(?:national[ _-]insurance|n\.?i\.?|nino)[ _-]?(?:number|num|no|nr|#)?(?![a-z])[^\n\d]{0,25}\Z",
    re.IGNORECASE,
)
_UNUSED_FIRST_LETTERS, _UNUSED_SECOND_LETTERS = frozenset("DFIQUV"), frozenset("DFIQUVO")
_UNUSED_PREFIXES = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def find_insurance_numbers(text: str) -> Iterator[Match]:
    """National Insurance numbers; without the last letter, or with an unused prefix, only after a label."""
    if not _INSURANCE_DIGITS.search(text):
        return
    for match in _INSURANCE_NUMBER.finditer(text):
        if _INSURANCE_LABEL.search(text_before(text, match.start())) or _is_insurance_number(text, match):
            yield Match(PersonalDataKind.INSURANCE_NUMBER, match.start(), match.end())


def _is_insurance_number(text: str, match: re.Match[str]) -> bool:
    written, prefix = match.group(), re.sub("[^A-Z]", "", match.group(1).upper())
    if match.group(2) is None or (written != written.upper() and not written.isalnum()):
        return False  # "at 10 20 30 a" is a time of day
    return is_insurance_prefix(prefix) and not is_labelled_otherwise(text, match.start())


def is_insurance_prefix(letters: str) -> bool:
    """Whether a prefix of two upper-case letters is in use for numbers of persons."""
    return (
        letters[0] not in _UNUSED_FIRST_LETTERS
        and letters[1] not in _UNUSED_SECOND_LETTERS
        and letters not in _UNUSED_PREFIXES
    )
