"""One look through a text for everything that should not be in a shared plan."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator

from plansite.personal_data.matches import Match, PersonalDataKind, drop_overlaps

_LETTERS = string.ascii_letters.encode()
_DIGITS = string.digits.encode()
_OTHER_BYTES = bytes(each for each in range(256) if each not in _LETTERS + _DIGITS)
#: Every letter as `a`, every digit as `0`, and nothing else kept: whatever stands in the gaps of a number.
_CONDENSED_TABLE = bytes.maketrans(_LETTERS + _DIGITS, b"a" * len(_LETTERS) + b"0" * len(_DIGITS))
#: Every letter as `a`, a capital as `A`, every digit as `0`, anything else as a space.
_SHAPE_TABLE = bytes.maketrans(
    _LETTERS + _DIGITS + _OTHER_BYTES, b"a" * 26 + b"A" * 26 + b"0" * len(_DIGITS) + b" " * len(_OTHER_BYTES)
)
_INSURANCE_WORD = re.compile(rb"insurance|nino|n\.i")
_AT_WORD = re.compile(rb"at\s?[)\]}]")
_BIRTH_WORD = re.compile(rb"born|birth|dob|d\.o\.b|\(b[. ]")
#: How digits of full width begin in UTF-8: they look like others, so nothing is spared.
_FULL_WIDTH = b"\xef\xbc"


class Prefilter:
    """What a text may hold, kind by kind. Wrong at most in saying yes."""

    def __init__(self, text: str) -> None:
        """`text` is what is to be looked through."""
        data = text.encode("utf-8", "surrogatepass")
        self._data = data
        self._lower = data.lower()
        self._condensed = data.translate(_CONDENSED_TABLE, _OTHER_BYTES)
        self._has_full_width = _FULL_WIDTH in data

    @property
    def may_have_long_numbers(self) -> bool:
        """Ten digits with nothing but signs between them."""
        return b"0000000000" in self._condensed or self._has_full_width

    @property
    def may_have_insurance_numbers(self) -> bool:
        """Two letters, six digits and a letter; or six digits and a label."""
        if b"aa000000a" in self._condensed or self._has_full_width:
            return True
        labelled = b"NI" in self._data or bool(_INSURANCE_WORD.search(self._lower))
        return labelled and b"aa000000" in self._condensed

    @property
    def may_have_dates_of_birth(self) -> bool:
        """One of the words for it."""
        return bool(_BIRTH_WORD.search(self._lower))

    @property
    def may_have_postcodes(self) -> bool:
        """The second half in capitals, or both halves in small letters, or the word."""
        shape = self._data.translate(_SHAPE_TABLE)
        small = shape.lower()
        if self._has_full_width or b"0aa" not in small:
            return self._has_full_width
        # Two letters, one or two digits and perhaps a letter, a gap, and the second half.
        halves = b" 0aa" in small and (b"aa0 " in small or b"aa00 " in small or b"aa0a " in small)
        return b"0AA" in shape or halves or b"post" in self._lower

    @property
    def may_have_emails(self) -> bool:
        """The sign of an address, or the word in brackets."""
        return b"@" in self._data or b"%40" in self._data or bool(_AT_WORD.search(self._lower))


#: Those that leave little doubt, wherever they stand.
CERTAIN_KINDS = frozenset(
    {
        PersonalDataKind.NHS_NUMBER,
        PersonalDataKind.INSURANCE_NUMBER,
        PersonalDataKind.DATE_OF_BIRTH,
        PersonalDataKind.LISTED_NAME,
    }
)

#: Whatever there is to see has a digit or the sign of an address.
_DIGIT_OR_AT_SIGN = re.compile(r"[\d@]")
#: The dot before the ending of a file's name.
_SUFFIX_DOT = re.compile(r"\.(?=[A-Za-z]{2,8}(?![\w.-]))")

# What each kind needs is imported where it may find something: making its patterns takes longer than reading a plan.


def _find_numbers(text: str) -> Iterator[Match]:
    from plansite.personal_data.contact_details import find_telephone_numbers
    from plansite.personal_data.identity_numbers import find_nhs_numbers

    yield from find_nhs_numbers(text)
    yield from find_telephone_numbers(text)


def _find_insurance_numbers(text: str) -> Iterator[Match]:
    from plansite.personal_data.identity_numbers import find_insurance_numbers

    return find_insurance_numbers(text)


def _find_dates_of_birth(text: str) -> Iterator[Match]:
    from plansite.personal_data.dates_of_birth import find_dates_of_birth

    return find_dates_of_birth(text)


def _find_postcodes(text: str) -> Iterator[Match]:
    from plansite.personal_data.contact_details import find_postcodes

    return find_postcodes(text)


def _find_emails(text: str) -> Iterator[Match]:
    from plansite.personal_data.contact_details import find_personal_emails

    return find_personal_emails(text)


#: Each recogniser with what must be so for it to find anything.
RECOGNISERS: tuple[tuple[Callable[[str], Iterator[Match]], Callable[[Prefilter], bool]], ...] = (
    (_find_numbers, lambda worth: worth.may_have_long_numbers),
    (_find_insurance_numbers, lambda worth: worth.may_have_insurance_numbers),
    (_find_dates_of_birth, lambda worth: worth.may_have_dates_of_birth),
    (_find_postcodes, lambda worth: worth.may_have_postcodes),
    (_find_emails, lambda worth: worth.may_have_emails),
)


def find_matches(text: str) -> tuple[Match, ...]:
    """Everything seen in a text, in order of place. Takes time in proportion to its length."""
    worth = Prefilter(text)
    called = (recogniser for recogniser, may_find in RECOGNISERS if may_find(worth))
    return tuple(drop_overlaps(each for recogniser in called for each in recogniser(text)))


def replace_separators(name: str) -> str:
    """The name of a file as words of the same length: hyphens, underscores and slashes stand for spaces there."""
    return _SUFFIX_DOT.sub(" ", name.replace("-", " ").replace("_", " ").replace("/", " "))


def find_matches_in_name(name: str) -> tuple[Match, ...]:
    """Everything seen in the name of a file, in a path, or in a text that has paths in it."""
    if not _DIGIT_OR_AT_SIGN.search(name):
        return ()
    words = replace_separators(name)
    seen = (*find_matches(name), *find_matches(words)) if words != name else find_matches(name)
    return tuple(drop_overlaps(dict.fromkeys(seen)))


def mask_matches(text: str, matches: Iterable[Match]) -> str:
    """The same text with a dot for each letter and digit of what was seen."""
    for each in matches:
        hidden = re.sub(r"[^\W_]", "•", text[each.start : each.end])
        text = text[: each.start] + hidden + text[each.end :]
    return text
