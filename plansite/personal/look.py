"""One look through a text for everything that should not be in a shared plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from plansite.personal.sighting import Kind, Sighting, apart
from plansite.personal.worth import Worth

#: Those that leave little doubt, wherever they stand.
CERTAIN = frozenset({Kind.NHS, Kind.INSURANCE, Kind.BIRTH, Kind.NAME})

#: Whatever there is to see has a digit or the sign of an address.
_TELLING = re.compile(r"[\d@]")
#: The dot before the ending of a file's name.
_ENDING = re.compile(r"\.(?=[A-Za-z]{2,8}(?![\w.-]))")

# What each kind needs is imported where it may find something: making its patterns takes longer than reading a plan.


def _numbers(text: str) -> Iterator[Sighting]:
    from plansite.personal.nhs import nhs_numbers
    from plansite.personal.telephones import telephone_numbers

    yield from nhs_numbers(text)
    yield from telephone_numbers(text)


def _insurance(text: str) -> Iterator[Sighting]:
    from plansite.personal.insurance import insurance_numbers

    return insurance_numbers(text)


def _births(text: str) -> Iterator[Sighting]:
    from plansite.personal.birth import dates_of_birth

    return dates_of_birth(text)


def _postcodes(text: str) -> Iterator[Sighting]:
    from plansite.personal.postcodes import postcodes

    return postcodes(text)


def _mail(text: str) -> Iterator[Sighting]:
    from plansite.personal.mail import personal_mail

    return personal_mail(text)


#: Each recogniser with what must be so for it to find anything.
RECOGNISERS: tuple[tuple[Callable[[str], Iterator[Sighting]], Callable[[Worth], bool]], ...] = (
    (_numbers, lambda worth: worth.long_numbers),
    (_insurance, lambda worth: worth.insurance_numbers),
    (_births, lambda worth: worth.dates_of_birth),
    (_postcodes, lambda worth: worth.postcodes),
    (_mail, lambda worth: worth.mail),
)


def sightings(text: str) -> tuple[Sighting, ...]:
    """Everything seen in a text, in order of place. Takes time in proportion to its length."""
    worth = Worth(text)
    called = (recogniser for recogniser, may_find in RECOGNISERS if may_find(worth))
    return tuple(apart(each for recogniser in called for each in recogniser(text)))


def as_words(name: str) -> str:
    """The name of a file as words of the same length: hyphens, underscores and slashes stand for spaces there."""
    return _ENDING.sub(" ", name.replace("-", " ").replace("_", " ").replace("/", " "))


def sightings_in_name(name: str) -> tuple[Sighting, ...]:
    """Everything seen in the name of a file, in a path, or in a text that has paths in it."""
    if not _TELLING.search(name):
        return ()
    words = as_words(name)
    seen = (*sightings(name), *sightings(words)) if words != name else sightings(name)
    return tuple(apart(dict.fromkeys(seen)))


def masked(text: str, seen: Iterable[Sighting]) -> str:
    """The same text with a dot for each letter and digit of what was seen."""
    for each in seen:
        hidden = re.sub(r"[^\W_]", "•", text[each.start : each.end])
        text = text[: each.start] + hidden + text[each.end :]
    return text
