"""Sentences of plans, with made-up identifiers in them and with what only looks like one.

Written from what people write, and without a look at how the recognisers work. Nothing here belongs to anybody: NHS
numbers are from 999 000 0000 to 999 999 9999, which is never given out, National Insurance numbers begin with letters
that HMRC keeps for other uses, and telephone numbers are those that Ofcom keeps for stories.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

#: What a sample may be about.
NHS, NHS_ALONE, INSURANCE, BIRTH, POSTCODE, TELEPHONE, MAIL, LURE = (
    "NHS number, labelled or spaced",
    "NHS number, digits alone",
    "National Insurance number",
    "date of birth",
    "postcode",
    "telephone number",
    "personal e-mail address",
    "lure",
)
EACH, LURES = 400, 4_000

Chance = random.Random


@dataclass(frozen=True, slots=True)
class Sample:
    """A text; `start` and `end` are those of the identifier in it, both 0 in a lure."""

    about: str
    text: str
    start: int = 0
    end: int = 0


def samples(seed: int) -> tuple[Sample, ...]:
    """The same seed gives the same samples: 400 of each kind, and 4,000 lures."""
    chance = random.Random(seed)  # noqa: S311  (the same each time, and no secret)
    true = [_true(chance, about) for about in MAKERS for _ in range(EACH)]
    return (*true, *(Sample(LURE, _sentence(chance, chance.choice(LUREMAKERS)(chance))) for _ in range(LURES)))


def _true(chance: Chance, about: str) -> Sample:
    make, contexts = MAKERS[about]
    return placed(chance, about, make(chance), chance.choice(contexts))


def placed(chance: Chance, about: str, written: str, around: str) -> Sample:
    """An identifier as it is written, in the middle of what stands around it."""
    context = _sentence(chance, around)
    start = context.index("{}")
    return Sample(about, context.replace("{}", written), start, start + len(written))


_OPENERS = (
    "",
    "",
    "Progress: ",
    "- 2025-01-14 (Deputy Manager): ",
    "> ",
    "- [ ] ",
    "The review of 3 March agreed this. ",
    "Room 12, bed 4. ",
    "  note: ",
    "| 2 | ",
)
_CLOSERS = ("", "", ".", " We look at it again on 12/02/2025.", " See action 14.", " |", "\nNext step: ask the family.")


def _sentence(chance: Chance, middle: str) -> str:
    return chance.choice(_OPENERS) + middle + chance.choice(_CLOSERS)


def check_digit(nine: str) -> int | None:
    """Of an NHS number: eleven less the weighted sum's remainder; None where that would be ten."""
    left = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return None if left == 10 else left % 11


def nhs_digits(chance: Chance) -> str:
    """Ten digits with the right last one, of those that nobody has."""
    while True:
        nine = f"999{chance.randrange(1_000_000):06d}"
        last = check_digit(nine)
        if last is not None:
            return f"{nine}{last}"


def _nhs_any(chance: Chance) -> str:
    ten = nhs_digits(chance)
    return chance.choice(
        (
            f"{ten[:3]} {ten[3:6]} {ten[6:]}",
            f"{ten[:3]} {ten[3:6]} {ten[6:]}",
            ten,
            f"{ten[:3]}-{ten[3:6]}-{ten[6:]}",
            f"{ten[:3]}\u00a0{ten[3:6]}\u00a0{ten[6:]}",
            f"{ten[:3]} {ten[3:]}",
            f"{ten[:3]}  {ten[3:6]}  {ten[6:]}",
            f"{ten[:3]}.{ten[3:6]}.{ten[6:]}",
        )
    )


_NHS_CONTEXTS = (
    "NHS number: {}",
    "NHS No {}",
    "NHS no. {}",
    "her NHS number is {}",
    "(NHS: {})",
    "NHS# {}",
    "**NHS number:** {}",
    "| NHS number | {} |",
    "nhs_number: {}",
    'nhs: "{}"',
    "NHS Number\n{}",
    "CHI {}",
    "CHI number {}",
    "H&C number {}",
    "patient {} was seen at home",
    "{} (NHS number)",
    "the NHS number on the letter, which came late, was {}",
    "NHS/{}",
    "Mrs A, NHS {}, moved in",
    "NHS num: {}",
    "hospital number {}",
)


def _nhs_alone(chance: Chance) -> str:
    ten = nhs_digits(chance)
    return chance.choice((ten, ten, f"{ten[:3]}-{ten[3:6]}-{ten[6:]}"))


_ALONE_CONTEXTS = (
    "{}",
    "she is {}",
    "Mrs A ({}) moved in",
    "the record of {} was updated",
    "ask for {} at the surgery",
    "Mr B, {}, Room 3",
    "admissions: {}, next week",
    "![Chart of {}](chart.png)",
)


def _insurance(chance: Chance) -> str:
    letters, digits = chance.choice(("MW", "NC", "PP")), f"{chance.randrange(1_000_000):06d}"
    last = chance.choice("ABCD")
    pairs = " ".join((digits[:2], digits[2:4], digits[4:]))
    return chance.choice(
        (
            f"{letters}{digits}{last}",
            f"{letters} {pairs} {last}",
            f"{letters} {digits} {last}",
            f"{letters}-{pairs.replace(' ', '-')}-{last}",
            f"{letters}{digits}{last}".lower(),
            f"{letters} {pairs}{last}",
        )
    )


_INSURANCE_CONTEXTS = (
    "NI number {}",
    "National Insurance number: {}",
    "NINO {}",
    "{}",
    "her benefit claim ({}) was sent",
    "| NI | {} |",
    "ni_number: {}",
    "quote {} when you ring the DWP",
)

_MONTHS = "January February March April May June July August September October November December".split()


def _birth(chance: Chance) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1925, 2015)
    name = _MONTHS[month - 1]
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
    return chance.choice(
        (
            f"{day}/{month}/{year}",
            f"{day:02d}/{month:02d}/{year}",
            f"{day:02d}/{month:02d}/{year % 100:02d}",
            f"{day}.{month}.{year}",
            f"{day:02d}-{month:02d}-{year}",
            f"{year}-{month:02d}-{day:02d}",
            f"{day} {name} {year}",
            f"{day}{ending} {name} {year}",
            f"{day}{ending} of {name}, {year}",
            f"{name} {day}, {year}",
            f"{day} {name[:3]} {year}",
            f"{day}-{name[:3]}-{year}",
            f"{day} {month} {year}",
            f"{day:02d}{month:02d}{year}",
        )
    )


_BIRTH_CONTEXTS = (
    "DOB {}",
    "DOB: {}",
    "D.O.B. {}",
    "dob - {}",
    "date of birth: {}",
    "Date of Birth {}",
    "**Date of birth** {}",
    "| Date of birth | {} |",
    "date_of_birth: {}",
    "she was born on {}",
    "born {}",
    "he was born in Leeds on {}",
    "her birthday is {}",
    "({}, date of birth)",
    "Mrs A (b. {})",
    "DoB={}",
    "birth date {}",
)
_OUTWARD = "SW1A M1 B33 CR2 DN55 EC1A W1A LS1 NE1 CF10 EH1 BT1 G2 L1 YO1 BS8 SO14 KY16".split()


def _postcode(chance: Chance) -> str:
    out = chance.choice(_OUTWARD)
    inward = f"{chance.randint(0, 9)}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}"
    return chance.choice((f"{out} {inward}", f"{out} {inward}", f"{out}{inward}", f"{out} {inward}".lower()))


_POSTCODE_CONTEXTS = (
    "she lives at 4 Mill Lane, {}",
    "postcode {}",
    "Postcode: {}",
    "deliver to {}",
    "12 High Street\nAnytown\n{}",
    "| Address | 3 The Green, {} |",
    "{}",
    "the flat ({}) has no lift",
)


def _telephone(chance: Chance) -> str:
    last = f"{chance.randrange(1000):03d}"
    return chance.choice(
        (
            f"01632 960{last}",
            f"01632 960 {last}",
            f"(01632) 960{last}",
            f"07700 900{last}",
            f"07700 900 {last}",
            f"07700900{last}",
            f"020 7946 0{last}",
            f"0121 496 0{last}",
            f"+44 7700 900{last}",
            f"+44 (0)20 7946 0{last}",
            f"0044 7700 900{last}",
            f"07700-900-{last}",
            f"077 0090 0{last}",
            f"+1 202 555 0{last}",
        )
    )


_TELEPHONE_CONTEXTS = (
    "ring her daughter on {}",
    "Tel: {}",
    "tel {}",
    "mobile {}",
    "call {} after six",
    "{}",
    "her son ({}) has a key",
    "| Telephone | {} |",
    "phone:{}",
)
_PROVIDERS = "gmail.com hotmail.co.uk yahoo.co.uk outlook.com icloud.com btinternet.com live.co.uk aol.com".split()


def _mail(chance: Chance) -> str:
    name, host = chance.choice(("anna.brown", "j_smith52", "the-browns", "mo", "A.Okafor")), chance.choice(_PROVIDERS)
    return chance.choice(
        (
            f"{name}@{host}",
            f"{name}@{host}",
            f"{name}@{host}".upper(),
            f"{name} (at) {host}",
            f"{name} at {host}",
            f"{name}[at]{host}",
        )
    )


_MAIL_CONTEXTS = (
    "write to {}",
    "e-mail: {}",
    "<{}>",
    "[her son](mailto:{})",
    "her son ({}) asks for minutes",
    "| E-mail | {} |",
)

MAKERS: dict[str, tuple[Callable[[Chance], str], tuple[str, ...]]] = {
    NHS: (_nhs_any, _NHS_CONTEXTS),
    NHS_ALONE: (_nhs_alone, _ALONE_CONTEXTS),
    INSURANCE: (_insurance, _INSURANCE_CONTEXTS),
    BIRTH: (_birth, _BIRTH_CONTEXTS),
    POSTCODE: (_postcode, _POSTCODE_CONTEXTS),
    TELEPHONE: (_telephone, _TELEPHONE_CONTEXTS),
    MAIL: (_mail, _MAIL_CONTEXTS),
}


def _digits(chance: Chance, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _filled(words: str) -> Callable[[Chance], str]:
    """A lure from a pattern: `#` is any digit, `%` a digit but nought, `@` a capital, `~` a hexadecimal digit."""
    signs = {"#": "0123456789", "%": "123456789", "@": "ABCDEFGHJKLMNPRSTUVWXYZ", "~": "0123456789abcdef"}

    def make(chance: Chance) -> str:
        return "".join(chance.choice(signs[letter]) if letter in signs else letter for letter in words)

    return make


def _isbn_ten(chance: Chance) -> str:
    nine = _digits(chance, 9)
    last = -sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return f"ISBN {nine}{'X' if last == 10 else last}"


def _day(chance: Chance) -> str:
    return f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2024, 2026)}"


LUREMAKERS: tuple[Callable[[Chance], str], ...] = (
    *(
        _filled(words)
        for words in (
            "order %#########",
            "Order number %#########",
            "order no. %#########, delivered",
            "PO %#########",
            "invoice %#########",
            "reference %#########",
            "our ref %#########",
            "ref. @@%#####",
            "ref @@######",
            "part number @@######A",
            "complaint C-2025-####",
            "INC00%######",
            "CQC location 1-%########",
            "bed %#",
            "Room %#, bed %",
            "ISBN 978-%-##-######-%",
            "978%#########",
            "version %.##.%",
            "plansite 0.%.# on Python 3.1%",
            "release 2025.0%.%#",
            "£%,###,###,###",
            "£%#########",
            "the grant of £%##,###.##",
            "%#.#########",
            "commit ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~",
            "id ~~~~~~~~-~~~~-4~~~-8~~~-~~~~~~~~~~~~",
            "192.168.%#.%##",
            "card ending ####",
            "meter reading %#####",
            "meter %#########",
            "UPRN 1000########",
            "asset tag %#########",
            "serial @@%#######",
            "https://example.org/record/%#########",
            "https://example.org/?id=%#########",
            "file-%#########.pdf",
            "0300 %## ####",
            "0800 %##%##",
            "0345 %## ####",
            "NHS 111",
            "101 for the police",
            "from 10:%# to 11:%#",
            "at 10 %# 30",
            "%#% mg twice a day",
            "%# of %## visits",
            "the M%5 and the A%##",
            "Unit E% 4th floor",
            "%#GB of storage",
            "by Q% 2nd review",
            "a total of %#########",
            "16## people, %### visits, %## falls",
            "timestamp 17########",
            "NHS Supply Chain order %#########",
            "the NHS trust spent £%,###,###",
        )
    ),
    _isbn_ten,
    lambda chance: f"the meeting is on {_day(chance)}",
    lambda chance: f"review {_day(chance)}, {_day(chance)} and {_day(chance)}",
    lambda chance: f"the group was born out of the review of {_day(chance)}",
    lambda chance: f"the birthday tea is planned, last met {_day(chance)}",
    lambda chance: f"Osborne House was inspected on {_day(chance)}",
    lambda chance: (
        f"{chance.choice(('duty', 'falls.lead', 'rota'))}@{chance.choice(('nhs.net', 'riverside.example', 'council.gov.uk'))}"
    ),
    lambda chance: f"2025-01-{chance.randint(10, 28)},{_digits(chance, 3)},{_digits(chance, 4)}",
)
