"""Telephone numbers (Ofcom, National Telephone Numbering Plan), personal e-mail addresses and postcodes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily
from plansite.personal_data.matches import Match, PersonalDataKind
from plansite.personal_data.patterns import DASH, SPACE, extract_digits, is_labelled_otherwise, text_before

_TELEPHONE_GAP = rf"[{SPACE}().{DASH}]{{0,3}}"
# Each pattern begins with a literal character, for which the search is fast, and looks behind from there.
_NATIONAL_NUMBER = compile_lazily(rf"0(?<![\w.,/=%&#+-]0)(?:{_TELEPHONE_GAP}\d){{9,10}}(?!\d)(?![-/.]\d)")
_PLUS_NUMBER = compile_lazily(rf"\+(?<![\w/=%&#-]\+)(?:{_TELEPHONE_GAP}\d){{9,14}}(?!\d)")
_DOUBLE_ZERO_NUMBER = compile_lazily(rf"00(?<![\w.,/=%&#+-]00)[1-9](?:{_TELEPHONE_GAP}\d){{8,13}}(?!\d)")
_DIGIT_GROUP = compile_lazily(r"\d+")
#: Geographic, mobile and personal numbers. 03, 08 and 09 are of services, and only some of 02 are in use.
_PERSONAL_NUMBER = compile_lazily(r"0(?:1[1-9]|2[03489]|7\d)\d{7,8}\Z")


def find_telephone_numbers(text: str) -> Iterator[Match]:
    """Numbers of landlines and mobiles, in the national form or with + or 00 and the code of any country."""
    for match in _NATIONAL_NUMBER.finditer(text):
        written = match.group()
        if (
            is_personal_number(extract_digits(written))
            and _is_grouped(written)
            and not is_labelled_otherwise(text, match.start())
        ):
            yield _build_match(text, match)
    for pattern in (_PLUS_NUMBER, _DOUBLE_ZERO_NUMBER):
        for match in pattern.finditer(text):
            digits = extract_digits(match.group()).removeprefix("00")
            if not digits.startswith("44") or is_personal_number(f"0{digits[2:].removeprefix('0')}"):
                yield _build_match(text, match)


def _build_match(text: str, match: re.Match[str]) -> Match:
    """A match with the opening bracket before it, if there is one."""
    return Match(
        PersonalDataKind.TELEPHONE_NUMBER, match.start() - (text[match.start() - 1 : match.start()] == "("), match.end()
    )


def is_personal_number(digits: str) -> bool:
    """Whether a number in the national form, which begins with 0, may be a person's."""
    return bool(_PERSONAL_NUMBER.match(digits)) and (len(digits) == 11 or digits[1] == "1")


def _is_grouped(written: str) -> bool:
    """Whether the digits are grouped as in a telephone number; those of dates and amounts are not."""
    groups = _DIGIT_GROUP.findall(written)
    return len(groups) == 1 or (3 <= len(groups[0]) <= 5 and all(len(group) >= 2 for group in groups))


_DOMAIN = r"([a-z0-9-]{2,30}(?:(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?)[a-z0-9-]{2,20}){1,2})(?![\w-])"
#: An at sign and a domain: the sign itself, percent-encoded, or as a word in brackets.
_AT_SIGNS = tuple(compile_lazily(sign + _DOMAIN, re.IGNORECASE) for sign in ("@", "%40", r"[(\[{]\s?at\s?[)\]}]\s?"))
_DOT = compile_lazily(r"\s?[(\[{]\s?dot\s?[)\]}]\s?", re.IGNORECASE)
_LOCAL_PART = compile_lazily(r"[\w.+%'’&-]{1,64}\s?\Z")
#: Providers with a domain in many countries.
_PROVIDER_FAMILIES = frozenset({"gmx", "hotmail", "live", "outlook", "yahoo"})
_PROVIDERS = frozenset(
    """
    aol.com aol.co.uk blueyonder.co.uk btinternet.com btopenworld.com fastmail.com gmail.com googlemail.com icloud.com
    mac.com mail.com me.com msn.com ntlworld.com o2.co.uk pm.me proton.me protonmail.com rocketmail.com sky.com
    talk21.com talktalk.net tiscali.co.uk tuta.io tutanota.com virgin.net virginmedia.com ymail.com
    """.split()  # noqa: SIM905  (a long list of words is easier to read like this)
)


def find_personal_emails(text: str) -> Iterator[Match]:
    """Addresses at providers for everybody, also where the @ or the dot is written as a word in brackets."""
    for match in itertools.chain.from_iterable(sign.finditer(text) for sign in _AT_SIGNS):
        local = _LOCAL_PART.search(text, max(0, match.start() - 64), match.start())
        if local and is_personal_email_domain(_DOT.sub(".", match.group(1))):
            yield Match(PersonalDataKind.PERSONAL_EMAIL, local.start(), match.end())


def is_personal_email_domain(domain: str) -> bool:
    """Whether a domain is that of a provider where everybody can have an address."""
    domain = domain.lower().removesuffix(".")
    return domain in _PROVIDERS or domain.partition(".")[0] in _PROVIDER_FAMILIES


_POSTCODE_AREAS = frozenset(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY
    G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR
    NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
    WC WD WF WN WR WS WV YO ZE
    """.split()  # noqa: SIM905  (a long list of words is easier to read like this)
)
_POSTCODE = compile_lazily(
    rf"(?<![^\W_])([a-z]{{1,2}})(\d[a-z\d]?)([{SPACE}]{{0,2}})(\d)([abd-hjlnp-uw-z]{{2}})(?![^\W_])", re.IGNORECASE
)
_POSTCODE_LABEL = compile_lazily(r"post[ -]?code[^\n\d]{0,12}\Z", re.IGNORECASE)
#: Lower-case letters after a digit that are no part of a postcode: 1st, 2nd, 3rd, 4th, 8gb.
_NOT_INWARD_CODES = frozenset({"st", "nd", "rd", "th", "gb", "tb"})


def find_postcodes(text: str) -> Iterator[Match]:
    """Postcodes in upper case, with or without the space; in lower case only where nothing else can be meant."""
    for match in _POSTCODE.finditer(text):
        if match.group(1).upper() in _POSTCODE_AREAS and _is_postcode(text, match):
            yield Match(PersonalDataKind.POSTCODE, match.start(), match.end())


def _is_postcode(text: str, match: re.Match[str]) -> bool:
    if _POSTCODE_LABEL.search(text_before(text, match.start())):
        return True
    if is_labelled_otherwise(text, match.start()):
        return False
    area, _, gap, _, inward = match.groups()
    if match.group() == match.group().upper():
        return True
    return bool(gap) and len(area) == 2 and inward.lower() not in _NOT_INWARD_CODES
