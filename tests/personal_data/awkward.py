"""The same identifiers in ways that few people write: cut, misspelt, far from their label, in words.

The recognisers were finished when these were written, and none was changed for them.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.personal_data import synthetic
from tests.personal_data.synthetic import (
    BIRTH,
    INSURANCE,
    MAIL,
    NHS,
    NHS_ALONE,
    POSTCODE,
    TELEPHONE,
    Chance,
    Sample,
    nhs_digits,
    placed,
)

Form = Callable[[Chance], str]


def _grouped(sizes: tuple[int, ...], gap: str) -> Form:
    def make(chance: Chance) -> str:
        ten, at, parts = nhs_digits(chance), 0, []
        for size in sizes:
            parts.append(ten[at : at + size])
            at += size
        return gap.join(parts)

    return make


def _plain(about: str) -> Form:
    return synthetic.MAKERS[about][0]


def _wide(chance: Chance) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in nhs_digits(chance))


def _changed(about: str, change: Callable[[str], str]) -> Form:
    return lambda chance: change(_plain(about)(chance))


def _birth_in_words(chance: Chance) -> str:
    day, month = chance.choice(("first", "third", "twelfth")), chance.choice(("April", "June", "August"))
    return f"{day} of {month} {chance.randint(1925, 2015)}"


_CARD, _WHOLE = _grouped((3, 3, 4), " "), _grouped((10,), "")

#: For each kind, how the identifier is written and what stands around it.
AWKWARD: dict[str, tuple[tuple[Form, str], ...]] = {
    NHS: (
        (_CARD, "the number that the surgery has for her is {}"),
        (_CARD, "N.H.S. number {}"),
        (_CARD, "NHS numbr {}"),
        (_CARD, "health number {}"),
        (_CARD, "her number with the health service\n\n{}"),
        (_CARD, "| NHS | Name |\n| --- | --- |\n| {} | A |"),
        (_CARD, "Room 12 {} 2025"),
        (_grouped((1,) * 10, " "), "NHS number {}"),
        (_grouped((2, 2, 2, 2, 2), " "), "NHS number {}"),
        (_grouped((3, 3, 4), ", "), "NHS number {}"),
        (_grouped((3, 3, 4), " - "), "NHS number {}"),
        (_grouped((3, 3, 4), "\n"), "NHS number {}"),
        (_wide, "NHS number {}"),
        (_WHOLE, "[NHS number](https://example.org/{})"),
    ),
    NHS_ALONE: (
        (_WHOLE, "record_{}"),
        (_WHOLE, "https://example.org/people/{}"),
        (_WHOLE, "#{}"),
        (_WHOLE, "P{}"),
        (_WHOLE, "order {}"),
        (_WHOLE, "x={}"),
        (_WHOLE, "`{}`"),
        (_grouped((5, 5), " "), "{}"),
        (_grouped((3, 3, 4), "/"), "{}"),
    ),
    INSURANCE: (
        (_changed(INSURANCE, lambda written: written[:-1].strip(" -")), "NI number {}"),
        (_changed(INSURANCE, lambda written: written[:-1].strip(" -")), "{}"),
        (_changed(INSURANCE, lambda written: written.replace(" ", "/")), "{}"),
        (_changed(INSURANCE, lambda written: written.replace(" ", "_")), "{}"),
        (_changed(INSURANCE, str.lower), "{}"),
        (_plain(INSURANCE), "nat ins {}"),
        (_plain(INSURANCE), "reference{}"),
        (_plain(INSURANCE), "invoice for {}"),
    ),
    BIRTH: (
        (_plain(BIRTH), "DOB not sure, perhaps {}"),
        (_plain(BIRTH), "aged 72 ({})"),
        (_plain(BIRTH), "{} is her date of birth"),
        (_plain(BIRTH), "| DOB |\n| --- |\n| {} |"),
        (_plain(BIRTH), "d o b {}"),
        (_plain(BIRTH), "birth: {}"),
        (_plain(BIRTH), "was born in the cottage hospital at Anytown on {}"),
        (_plain(BIRTH), "date\nof birth {}"),
        (_birth_in_words, "born on the {}"),
        (_changed(BIRTH, lambda written: written.replace("/", " / ")), "DOB {}"),
    ),
    POSTCODE: (
        (_changed(POSTCODE, lambda written: written.replace(" ", "-")), "{}"),
        (_changed(POSTCODE, lambda written: written.replace(" ", "")), "{}"),
        (_changed(POSTCODE, str.lower), "{}"),
        (_changed(POSTCODE, str.title), "{}"),
        (_plain(POSTCODE), "https://example.org/?at={}"),
        (_changed(POSTCODE, lambda written: written.replace("1", "I")), "{}"),
    ),
    TELEPHONE: (
        (lambda chance: f"01632/960{chance.randrange(1000):03d}", "{}"),
        (lambda chance: f"01632 96 0{chance.randint(1, 9)} {chance.randint(10, 99)}", "{}"),
        (lambda chance: f"0 7700 900 {chance.randrange(1000):03d}", "{}"),
        (lambda chance: f"960{chance.randrange(1000):03d}", "Tel: {}"),
        (lambda chance: f"O7700 900{chance.randrange(1000):03d}", "{}"),
        (lambda chance: f"+447700900{chance.randrange(1000):03d}", "tel:{}"),
        (lambda chance: f"7700 900{chance.randrange(1000):03d}", "mobile {}"),
        (lambda chance: f"07700 900{chance.randrange(1000):03d}", "mob{}"),
        (_plain(TELEPHONE), "{}/4"),
    ),
    MAIL: (
        (lambda chance: f"mo{chance.randint(1, 99)} @ gmail.com", "{}"),
        (lambda chance: f"mo{chance.randint(1, 99)}@ gmail.com", "{}"),
        (lambda chance: f"mo{chance.randint(1, 99)} AT gmail DOT com", "{}"),
        (lambda chance: f"mo{chance.randint(1, 99)}@gmail,com", "{}"),
        (lambda chance: f"mo{chance.randint(1, 99)}@proton.me", "{}"),
        (lambda chance: f"mo{chance.randint(1, 99)}@mail.example-family.org", "{}"),
        (lambda chance: f"mo{chance.randint(1, 99)}&#64;gmail.com", "{}"),
        (lambda chance: f"mo{chance.randint(1, 99)}@gmail.co", "{}"),
    ),
}


def awkward_samples(seed: int, each: int = 200) -> tuple[Sample, ...]:
    """So many of each kind; the same seed gives the same."""
    chance = random.Random(seed)  # noqa: S311  (the same each time, and no secret)
    return tuple(_sample(chance, about, ways) for about, ways in AWKWARD.items() for _ in range(each))


def _sample(chance: Chance, about: str, ways: tuple[tuple[Form, str], ...]) -> Sample:
    form, around = chance.choice(ways)
    return placed(chance, about, form(chance), around)
