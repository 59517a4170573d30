"""Scans a text for personal data of all kinds, with a prefilter that spares most texts the patterns."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator

from plansite.deferred_pattern import compile_lazily
from plansite.personal_data.matches import Match, PersonalDataKind, drop_overlaps

_LETTERS = string.ascii_letters.encode()
_DIGITS = string.digits.encode()
_OTHER_BYTES = bytes(byte for byte in range(256) if byte not in _LETTERS + _DIGITS)
#: Every letter as `a`, every digit as `0`; used with all other bytes deleted, so that gaps in a number do not matter.
_CONDENSED_TABLE = bytes.maketrans(_LETTERS + _DIGITS, b"a" * len(_LETTERS) + b"0" * len(_DIGITS))
#: Every lower-case letter as `a`, upper-case as `A`, every digit as `0`, all other bytes as a space.
_SHAPE_TABLE = bytes.maketrans(
    _LETTERS + _DIGITS + _OTHER_BYTES, b"a" * 26 + b"A" * 26 + b"0" * len(_DIGITS) + b" " * len(_OTHER_BYTES)
)
_INSURANCE_WORDS = (b"insurance", b"nino", b"n.i")
_AT_WORD = compile_lazily(rb"at\s?[)\]}]")
_BIRTH_WORDS = (b"born", b"birth", b"dob", b"d.o.b", b"(b.", b"(b ")
#: The first bytes in UTF-8 of full-width digits, which the tables do not know: with them, no pattern is spared.
_FULL_WIDTH = b"\xef\xbc"


class Prefilter:
    """Quick checks of which kinds of personal data a text may contain, with false positives but no false negatives."""

    def __init__(self, text: str) -> None:
        """`text` is the text to be scanned."""
        data = text.encode("utf-8", "surrogatepass")
        self._data = data
        self._lower = data.lower()
        self._condensed = data.translate(_CONDENSED_TABLE, _OTHER_BYTES)
        self._has_full_width = _FULL_WIDTH in data

    @property
    def may_have_long_numbers(self) -> bool:
        """Whether there are ten digits with no letters between them."""
        return b"0000000000" in self._condensed or self._has_full_width

    @property
    def may_have_insurance_numbers(self) -> bool:
        """Whether there are two letters, six digits and a letter; or the first two of these and a label."""
        if b"aa000000" not in self._condensed:
            return self._has_full_width
        is_whole = b"aa000000a" in self._condensed or self._has_full_width
        return is_whole or b"NI" in self._data or any(word in self._lower for word in _INSURANCE_WORDS)

    @property
    def may_have_dates_of_birth(self) -> bool:
        """Whether there is a word for a birth."""
        return any(word in self._lower for word in _BIRTH_WORDS)

    @property
    def may_have_postcodes(self) -> bool:
        """Whether there is an inward code in upper case, both codes in lower case, or one beside the word."""
        shape = self._data.translate(_SHAPE_TABLE)
        lower_shape = shape.lower()
        if self._has_full_width or b"0aa" not in lower_shape:
            return self._has_full_width
        # Two letters, one or two digits and perhaps a letter, a gap, and the inward code.
        has_outward_code = b"aa0 " in lower_shape or b"aa00 " in lower_shape or b"aa0a " in lower_shape
        return b"0AA" in shape or (b" 0aa" in lower_shape and has_outward_code) or b"post" in self._lower

    @property
    def may_have_emails(self) -> bool:
        """Whether there is an at sign, or the word for it in brackets."""
        return b"@" in self._data or b"%40" in self._data or bool(_AT_WORD.search(self._lower))


#: Kinds that are certain enough to be reported in external files too.
CERTAIN_KINDS = frozenset(
    {
        PersonalDataKind.NHS_NUMBER,
        PersonalDataKind.INSURANCE_NUMBER,
        PersonalDataKind.DATE_OF_BIRTH,
        PersonalDataKind.LISTED_NAME,
    }
)

#: All personal data in names of files has a digit or an at sign.
_DIGIT_OR_AT_SIGN = compile_lazily(r"[\d@]")
#: The dot before the suffix of a file name.
_SUFFIX_DOT = compile_lazily(r"\.(?=[A-Za-z]{2,8}(?![\w.-]))")

# Each recogniser is imported only when it may find something: compiling its patterns takes longer than parsing a plan.


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


#: Each recogniser with the check of the prefilter that must hold for it to find anything.
RECOGNISERS: tuple[tuple[Callable[[str], Iterator[Match]], Callable[[Prefilter], bool]], ...] = (
    (_find_numbers, lambda prefilter: prefilter.may_have_long_numbers),
    (_find_insurance_numbers, lambda prefilter: prefilter.may_have_insurance_numbers),
    (_find_dates_of_birth, lambda prefilter: prefilter.may_have_dates_of_birth),
    (_find_postcodes, lambda prefilter: prefilter.may_have_postcodes),
    (_find_emails, lambda prefilter: prefilter.may_have_emails),
)


def find_matches(text: str) -> tuple[Match, ...]:
    """All matches in a text, in order of their start, without overlaps. Takes time linear in its length."""
    prefilter = Prefilter(text)
    recognisers = (recogniser for recogniser, may_find in RECOGNISERS if may_find(prefilter))
    return tuple(drop_overlaps(match for recogniser in recognisers for match in recogniser(text)))


def replace_separators(name: str) -> str:
    """A file name with spaces for hyphens, underscores, slashes and the dot of the suffix; its length is the same."""
    return _SUFFIX_DOT.sub(" ", name.replace("-", " ").replace("_", " ").replace("/", " "))


def find_matches_in_name(name: str) -> tuple[Match, ...]:
    """All matches in the name of a file, in a path, or in a text with paths in it."""
    if not _DIGIT_OR_AT_SIGN.search(name):
        return ()
    words = replace_separators(name)
    matches = (*find_matches(name), *find_matches(words)) if words != name else find_matches(name)
    return tuple(drop_overlaps(dict.fromkeys(matches)))


def mask_matches(text: str, matches: Iterable[Match]) -> str:
    """The text with a dot for each letter and digit in the matches."""
    for match in matches:
        masked = re.sub(r"[^\W_]", "•", text[match.start : match.end])
        text = text[: match.start] + masked + text[match.end :]
    return text
