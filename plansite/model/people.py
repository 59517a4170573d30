"""Owners and agencies, declared in files or only named in others, and looking them up by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.body import Body
from plansite.model.documents.records.audience_fields import AudienceField
from plansite.model.documents.records.waivers import AllowField
from plansite.model.fields import NAME, PERSON, Field, Text
from plansite.model.slugs import add_digest, distinct_slug, slugify
from plansite.model.slugs import normalise_name as normalise_name  # part of the interface of this module

_EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A person or role that answers for actions. `path` is empty if they have no file and are only named in others."""

    slug: str
    path: str = ""
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(PERSON, "The name or role, as actions write it.", "Deputy Manager", True)] = ""
    role: Annotated[str, Field(Text(), "What they do.", "Runs the home day to day")] = ""
    agency: Annotated[str, Field(NAME, "Their agency.", "riverside-house")] = ""
    email: Annotated[str, Field(Text(), "Their e-mail address.", "deputy@example.org")] = ""
    telephone: Annotated[str, Field(Text(), "Their telephone number.", "01632 960001")] = ""
    audience: AudienceField = None
    allow: AllowField = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An organisation that takes part in plans."""

    slug: str
    path: str = ""
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(NAME, "The agency's full name.", "Riverside Council", True)] = ""
    email: Annotated[str, Field(Text(), "Its e-mail address.", "plans@example.org")] = ""
    telephone: Annotated[str, Field(Text(), "Its telephone number.", "01632 960000")] = ""
    role: Annotated[str, Field(Text(), "Its part in the plans.", "Pays for home care")] = ""
    audience: AudienceField = None
    allow: AllowField = ()


OwnerOrAgency = Owner | Agency
PersonT = TypeVar("PersonT", bound=OwnerOrAgency)


#: Other spellings of people: pairs of a name and its spellings, as the settings give them.
Spellings = Sequence[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class People:
    """The owners and agencies of a site, indexed by normalised name: slug, title, e-mail address, other spellings."""

    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    by_name: Mapping[str, OwnerOrAgency]
    agencies_by_name: Mapping[str, Agency]

    @classmethod
    def build(
        cls,
        owners: Iterable[Owner],
        agencies: Iterable[Agency],
        spellings: Spellings = (),
        named: Mapping[str, Owner] | None = None,
    ) -> People:
        """Index them. Where names are equal, a slug takes precedence over a title, and an owner over an agency.

        E-mail addresses and other spellings come last; an address that two people share leads to neither. `named` are
        further owners, who have no file, by the normalised name that others give them.
        """
        owners, agencies = (*owners, *(named or {}).values()), tuple(agencies)
        people: tuple[OwnerOrAgency, ...] = (*owners, *agencies)
        by_name = _index_by_name(people)
        by_name.update(named or {})
        for spelling, name in map_spellings(spellings).items():
            person = by_name.get(normalise_name(name)) or by_name.get(_slug_key(name))
            if person:
                by_name.setdefault(spelling, person)
        return cls(owners, agencies, by_name, _index_by_name(agencies))

    def find(self, name: str) -> OwnerOrAgency | None:
        """The owner or agency with this name, or with the slug that this name has; None if there is none."""
        return self.by_name.get(normalise_name(name)) or self.by_name.get(_slug_key(name))

    def find_agency(self, name: str) -> Agency | None:
        """The same among agencies alone, even if an owner has the same name."""
        return self.agencies_by_name.get(normalise_name(name)) or self.agencies_by_name.get(_slug_key(name))


def map_spellings(spellings: Spellings) -> dict[str, str]:
    """The name that each other spelling stands for, by normalised spelling; the first one where two claim it."""
    names: dict[str, str] = {}
    for name, others in spellings:
        for other in others:
            if normalise_name(other) != normalise_name(name):
                names.setdefault(normalise_name(other), name)
    return {spelling: _follow_spelling(name, names) for spelling, name in names.items()}


def _follow_spelling(name: str, names: Mapping[str, str]) -> str:
    """The name that a name stands for, where it is another spelling itself."""
    seen: set[str] = set()
    while (key := normalise_name(name)) in names and key not in seen:
        seen.add(key)
        name = names[key]
    return name


_EMAIL = compile_lazily(r"([^\s@<>]+)@[^\s@<>]+")


def build_named_owner(name: str) -> Owner:
    """An owner who has no file. Their slug depends on the name alone; an e-mail address is no part of it."""
    account = find_account(name)
    if account:
        return Owner(slug=add_digest(slugify(account), normalise_name(name)), title=account)
    return Owner(slug=distinct_slug(name), title=name.strip())


def find_account(name: str) -> str:
    """What stands before the `@` of a name that is an e-mail address; empty for any other name."""
    email = _EMAIL.fullmatch(name.strip()) if "@" in name else None
    return email.group(1) if email else ""


def _slug_key(name: str) -> str:
    """The key of a slug: no normalised name has a line end. A file that is named after somebody is theirs."""
    return f"{distinct_slug(name)}\n"


def _index_by_name(people: Sequence[PersonT]) -> dict[str, PersonT]:
    index: dict[str, PersonT] = {}
    for person in people:
        index.setdefault(f"{normalise_name(person.slug)}\n", person)
    for name, person in _list_names(people):
        index.setdefault(normalise_name(name), person)
    index.pop("", None)  # an address that one alone has left out is no name of theirs
    return index


def _list_names(people: Sequence[PersonT]) -> Iterator[tuple[str, PersonT]]:
    yield from ((person.slug, person) for person in people)
    yield from ((person.title, person) for person in people)
    counts = Counter(normalise_name(person.email) for person in people)
    yield from ((person.email, person) for person in people if counts[normalise_name(person.email)] == 1)
