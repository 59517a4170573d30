"""National Insurance numbers (HMRC, National Insurance Manual, NIM39110)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.personal.marks import DASH, SPACE, before, is_named_otherwise
from plansite.personal.sighting import Kind, Sighting

_GAP = rf"(?:[{SPACE}]{{1,2}}|[{DASH}./])?"
_NUMBER = re.compile(
    rf"(?<![^\W_])([a-z]{_GAP}[a-z]){_GAP}\d\d{_GAP}\d\d{_GAP}\d\d(?:{_GAP}([a-d]))?(?![^\W_])", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?<![a-z0-9])(?:national[ _-]insurance|n\.?i\.?|nino)[ _-]?(?:number|num|no|nr|#)?(?![a-z])[^\n\d]{0,25}\Z",
    re.IGNORECASE,
)
_NEVER_FIRST, _NEVER_SECOND = frozenset("DFIQUV"), frozenset("DFIQUVO")
_NEVER = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def insurance_numbers(text: str) -> Iterator[Sighting]:
    """Whole numbers; those without the last letter, or with letters that are not given out, where a label says so."""
    for match in _NUMBER.finditer(text):
        if _LABEL.search(before(text, match.start())) or _is_sure(text, match):
            yield Sighting(Kind.INSURANCE, match.start(), match.end())


def _is_sure(text: str, match: re.Match[str]) -> bool:
    written, prefix = match.group(), re.sub("[^A-Z]", "", match.group(1).upper())
    if match.group(2) is None or (written != written.upper() and not written.isalnum()):
        return False  # "at 10 20 30 a" is a time of day
    return is_prefix(prefix) and not is_named_otherwise(text, match.start())


def is_prefix(letters: str) -> bool:
    """Whether a number given to a person may begin with these two capitals."""
    return letters[0] not in _NEVER_FIRST and letters[1] not in _NEVER_SECOND and letters not in _NEVER
