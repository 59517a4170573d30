"""The ways in which people write a name: "Anna Brown", "Brown, Anna", "A. Brown", "Dr Brown", "@abrown"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.audience.name_words import split_name_words
from plansite.model.people import Agency, OwnerOrAgency

_FORMS_OF_ADDRESS = """
    dr mr mrs ms miss mx prof professor sister sr nurse rev reverend father fr sir dame lady lord cllr councillor matron
    madam canon pastor imam rabbi pc dc sgt
"""
HONORIFICS = frozenset(_FORMS_OF_ADDRESS.split())
#: Those that stand behind a surname as well: "Brown, Ms Anna".
_INNER_HONORIFICS = ("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sister", "nurse")
_SURNAME_BEGINNINGS = """
    van von der den de del della di da do dos das du la le el al bin ibn ben ap ab ferch mac mc o st ter ten
"""
#: Words that a surname may begin with: "van der Berg", "ap Rhys", "de la Cruz".
PARTICLES = frozenset(_SURNAME_BEGINNINGS.split())
#: Words that show that a title is a role or an organisation. Nobody writes those with initials or as a surname.
_ROLES = """
    administrator adviser advisor agency assistant association authority board care carer carers centre chair chef
    clinic clinical commissioner committee community company controller coordinator council counsellor department
    deputy director domestic duty engineer executive facilities family finance group gp handyperson health home
    hospital house housekeeper housekeeping housing human inspector institute kitchen lead leader liaison limited
    ltd maintenance manager managers medical mental midwife night nhs nurse nurses nursing office officer operations
    owner panel partner pharmacist physiotherapist practice practitioner programme project public quality
    receptionist registered residents resources safeguarding school secretary senior service services social society
    specialist staff supervisor support surgery surgeon teacher team therapist trainer training transport trustees
    unit volunteers worker workers
"""
_ROLE_WORDS = frozenset(_ROLES.split())
#: A remark behind a name: "Anna Brown (Falls Lead)", "Anna Brown, Falls Lead", "Anna Brown – Falls Lead".
_REMARK = compile_lazily(r"\([^()]*\)|\[[^\[\]]*\]")
_REMARK_START = compile_lazily(r"\s*[,;:|/]\s+|\s+[-–—]\s+")
_NICKNAME = compile_lazily(r"(\S+)\s+[(\"'“‘«]+(\w+)[)\"'”’»]+\s+(\w.*)")  # noqa: RUF001  (those very characters)
#: What stands behind a name: "Anna Brown RN", "Anna Brown BSc", "John Smith Jr".
_LETTERS_BEHIND = compile_lazily(
    r"(?:,?\s+(?:[A-Z]{2,4}|[A-Z]{1,2}Sc|PhD|DPhil|(?i:jr|jnr|sr|snr|junior|hons))\b\.?)+\s*$"
)
_LEGAL_FORM = compile_lazily(r"(?<=\S)(\s+\S+)\s+(?:ltd|limited|plc|llp|cic|inc)\.?\s*$", re.IGNORECASE)
_BETWEEN_NAMES = compile_lazily(r"\s*[&+/;]\s*|\s+and\s+")
_HYPHENS = compile_lazily(r"[-\u2010\u2011\u2012\u2013]")
_SHORTEST_SURNAME_PART = 3
_LONG_NAME_WORDS = 4
_MIN_PHONE_DIGITS = 6
#: Longer titles of people are sentences.
_MAX_NAME_WORDS = 5


class NameSpellings(NamedTuple):
    """How names may be written. Words that are written as one, or with anything between them, are joined without it.

    `names` have several words, or are an e-mail address or a telephone number. `single_words` are names of one word.
    `initialled` have initials; their words are separated by "|". `first_and_last` are the first and last words of
    names between which a middle name may stand. `surnames` stand behind a form of address in a title ("Dr Brown"); as
    many are words, too, they count in a sentence with a capital only. `handles` are names of accounts, as in `@abrown`.
    `visible` are names and e-mail addresses of people who may be seen, as words: what is part of one of them is not a
    name of one word.
    """

    names: frozenset[str] = frozenset()
    single_words: frozenset[str] = frozenset()
    initialled: frozenset[str] = frozenset()
    first_and_last: frozenset[tuple[str, str]] = frozenset()
    surnames: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    visible: frozenset[tuple[str, ...]] = frozenset()


def list_spellings(
    hidden: Iterable[OwnerOrAgency], guessed: Iterable[str], visible: Iterable[OwnerOrAgency]
) -> NameSpellings:
    """The spellings of the names of hidden people, and of names that are guessed.

    A name of somebody who may be seen is hidden if it is also that of a hidden person. Slugs, e-mail addresses and
    telephone numbers that both have are not.
    """
    visible_words = frozenset(filter(None, _list_visible_words(visible)))
    shared = frozenset(map("".join, visible_words))
    titles, others = _Collector.empty(visible_words), _Collector.empty(visible_words)
    for person in hidden:
        titles.add_title(person.title, may_be_person=not isinstance(person, Agency))
        others.add_slug(person.slug)
        others.add_contact(person.email, person.telephone)
    for name in guessed:
        titles.add_title(name, may_be_person=True)
    return NameSpellings(
        names=frozenset(titles.names | (others.names - shared)),
        single_words=frozenset(titles.single_words),
        initialled=frozenset(titles.initialled),
        first_and_last=frozenset(titles.first_and_last),
        surnames=frozenset(titles.surnames),
        handles=frozenset(titles.handles | (others.handles - shared)),
        visible=visible_words - {(word,) for word in titles.single_words},
    )


def _list_visible_words(people: Iterable[OwnerOrAgency]) -> Iterator[tuple[str, ...]]:
    """The words of each title, slug and e-mail address, and all forms of each telephone number."""
    for person in people:
        for text in (person.title, person.slug, person.email):
            yield tuple(word.text for word in split_name_words(text))
        yield from ((number,) for number in _list_telephone_forms(person.telephone))


def join_words(text: str) -> str:
    """The words of a text without anything between them."""
    return "".join(word.text for word in split_name_words(text))


@dataclass(frozen=True, slots=True)
class _Collector:
    """Collects the spellings of one name after another. `visible` are the words of names that may be seen."""

    visible: frozenset[tuple[str, ...]]
    names: set[str]
    single_words: set[str]
    initialled: set[str]
    first_and_last: set[tuple[str, str]]
    surnames: set[str]
    handles: set[str]

    @classmethod
    def empty(cls, visible: frozenset[tuple[str, ...]]) -> _Collector:
        """A collector without names."""
        return cls(visible, set(), set(), set(), set(), set(), set())

    def add_name(self, words: tuple[str, ...]) -> None:
        """A name as it stands."""
        if len(words) == 1:
            self.single_words.add(words[0])
        elif words:
            self.names.add("".join(words))

    def add_title(self, title: str, *, may_be_person: bool) -> None:
        """All spellings of the name in a title."""
        for variant in _list_variants(title):
            self.add_name(tuple(word.text for word in split_name_words(variant)))
            for name in _list_names(variant):
                words, is_addressed = _drop_honorifics(name)
                if len(words) > 1:
                    self.add_name(words)
                    self._add_variants(words, _split_surname(name), may_be_person=may_be_person)
                elif is_addressed:
                    self.surnames.update(words)
                    self.handles.update(words)
                    self.names.update(honorific + word for honorific in HONORIFICS for word in words)
                else:
                    self.add_name(words)

    def _add_variants(self, words: tuple[str, ...], surname_parts: list[str], *, may_be_person: bool) -> None:
        *given, last = words
        self.names.add(last + "".join(given))
        self.handles.add("".join(words))
        if not may_be_person or len(words) > _MAX_NAME_WORDS or not _ROLE_WORDS.isdisjoint(words):
            return
        first, initials = given[0], "".join(word[0] for word in given)
        for front in {initials, "|".join(initials)}:
            self.initialled.update({f"{front}|{last}", f"{last}|{front}"})
        self.initialled.add(f"{first}|{last[0]}")
        self.handles.update({first, initials + last, first + last[0]})
        for start in range(1, len(words)):
            self._add_surname(first, "".join(words[start:]))
        self.first_and_last.add((first, last))
        if len(words) >= _LONG_NAME_WORDS and PARTICLES.isdisjoint(words):
            surname_parts = [*surname_parts, words[-2]]
        for part in surname_parts:
            if len(part) >= _SHORTEST_SURNAME_PART and not self._is_shared(first, part):
                self.names.update({first + part, part + first, *(honorific + part for honorific in HONORIFICS)})
                self.first_and_last.add((first, part))

    def _add_surname(self, first: str, surname: str) -> None:
        """The spellings of a name with one of the forms of its surname, written as one word: "vanderberg"."""
        self.names.update({first + surname, surname + first, *(honorific + surname for honorific in HONORIFICS)})
        self.names.update(surname + honorific + first for honorific in _INNER_HONORIFICS)
        self.initialled.update({f"{first[0]}|{surname}", f"{surname}|{first[0]}"})
        self.handles.update({first + surname, surname + first, first[0] + surname, surname + first[0]})

    def _is_shared(self, first: str, surname: str) -> bool:
        """Whether somebody who may be seen has a surname, and a first name with the same initial."""
        return any(words[-1] == surname and words[0][0] == first[0] for words in self.visible)

    def add_slug(self, slug: str) -> None:
        """A slug; one of a single word is only a name where it stands alone or as an account."""
        words = tuple(word.text for word in split_name_words(slug))
        if len(words) > 1:
            self.add_name(words)
        if words:
            self.handles.add("".join(words))

    def add_contact(self, email: str, telephone: str) -> None:
        """An e-mail address and a telephone number."""
        if "@" in email:
            self.names.add(join_words(email))
        self.names.update(_list_telephone_forms(telephone))


def _list_telephone_forms(telephone: str) -> Iterator[str]:
    """The digits of a telephone number as written, and with and without the code of the United Kingdom."""
    digits = "".join(re.findall(r"\d", telephone))
    if len(digits) >= _MIN_PHONE_DIGITS:
        local = re.sub(r"^(?:00)?440?|^0", "", digits)
        yield from (digits, *(code + local for code in ("0", "44", "440", "0044", "00440")))


def _list_names(title: str) -> Iterator[str]:
    """A title without a remark, and with the given name in front: "Brown, Anna" is "Anna Brown"."""
    plain = _REMARK.sub(" ", title)
    yield plain
    yield from _split_joint_title(plain)
    nickname = _NICKNAME.fullmatch(title.strip())
    if nickname:
        yield from (f"{nickname[front]} {nickname[3]}" for front in (1, 2))
    first, *rest = _REMARK_START.split(plain)
    if not rest:
        yield _LETTERS_BEHIND.sub("", plain)
    elif len(first.split()) > 1:
        yield first
    elif len(rest) == 1 and len(rest[0].split()) <= 2 and "," in plain:
        yield f"{rest[0]} {first}"


def _split_joint_title(title: str) -> Iterator[str]:
    """The names in a title for two people: "Anna Brown and Ben Green", "Anna and Ben Brown", "Mr and Mrs Brown"."""
    first, *rest = [part.split() for part in _BETWEEN_NAMES.split(title)]
    if len(rest) != 1 or not 2 <= len(rest[0]) <= _MAX_NAME_WORDS or not 1 <= len(first) <= _MAX_NAME_WORDS:
        return
    second = rest[0]
    if not all(word[:1].isupper() and word.casefold() not in _ROLE_WORDS for word in (first[0], second[0], second[-1])):
        return
    yield " ".join(first if len(first) > 1 else (*first, second[-1]))
    yield " ".join(second)


def _drop_honorifics(name: str) -> tuple[tuple[str, ...], bool]:
    """The words of a name without forms of address, and whether there were any.

    A word with a hyphen is a single one, as are "O’Neil" and "McDonald".
    """
    every = tuple(filter(None, (join_words(part) for part in name.split())))
    words = every
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    return words, len(words) < len(every)


def _split_surname(name: str) -> list[str]:
    """The parts of a surname with a hyphen in it; nothing of any other."""
    parts = [join_words(part) for part in _HYPHENS.split(name.split()[-1])]
    return [part for part in parts if part not in PARTICLES] if len(parts) > 1 else []


def _list_variants(title: str) -> Iterator[str]:
    """The title, and other ways to write the words in it: "and" for "&", "ue" for "ü", without "Ltd"."""
    yield title
    yield from _list_umlaut_variants(title)
    short = _LEGAL_FORM.sub(r"\1", title)
    for each in dict.fromkeys((title, short)):
        spelt_out = re.sub(r"\s[&+]\s", " and ", each)
        without = re.sub(r"\s(?:[&+]|and)\s", " ", each)
        saint = re.sub(r"^St\.?\s", "Saint ", each)
        yield from (other for other in (each, spelt_out, without, saint) if other != title)


def _list_umlaut_variants(title: str) -> Iterator[str]:
    """The title with "ue" for "ü", if it has one."""
    folded = title.casefold()
    if any(letter in folded for letter in "äöüå"):
        yield folded.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("å", "aa")
