"""Postcodes of the United Kingdom (Royal Mail, Programmers' Guide to the Postcode Address File)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.personal.marks import SPACE, before, is_named_otherwise
from plansite.personal.sighting import Kind, Sighting

_AREAS = frozenset(
    """
    AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY
    G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR
    NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
    WC WD WF WN WR WS WV YO ZE
    """.split()  # noqa: SIM905  (so many words read better as words)
)
_POSTCODE = re.compile(
    rf"(?<![^\W_])([a-z]{{1,2}})(\d[a-z\d]?)([{SPACE}]{{0,2}})(\d)([abd-hjlnp-uw-z]{{2}})(?![^\W_])", re.IGNORECASE
)
_LABEL = re.compile(r"post[ -]?code[^\n\d]{0,12}\Z", re.IGNORECASE)
#: Small letters behind a digit that are no part of a postcode: 1st, 2nd, 3rd, 4th, 8gb.
_ENDINGS = frozenset({"st", "nd", "rd", "th", "gb", "tb"})


def postcodes(text: str) -> Iterator[Sighting]:
    """In capitals with or without the space; in small letters where nothing else can be meant."""
    for match in _POSTCODE.finditer(text):
        if match.group(1).upper() in _AREAS and _is_meant(text, match):
            yield Sighting(Kind.POSTCODE, match.start(), match.end())


def _is_meant(text: str, match: re.Match[str]) -> bool:
    if _LABEL.search(before(text, match.start())):
        return True
    if is_named_otherwise(text, match.start()):
        return False
    area, _, gap, _, inward = match.groups()
    if match.group() == match.group().upper():
        return True
    return bool(gap) and len(area) == 2 and inward.lower() not in _ENDINGS
