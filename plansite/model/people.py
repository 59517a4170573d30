"""Owners and agencies, declared in files or only named in others, and looking them up by name."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from plansite.model.body import Body
from plansite.model.field_groups import AllowField, AudienceField
from plansite.model.fields import NAME, Field, Text

_EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A person or role that answers for actions. `path` is empty if they have no file and are only named in others."""

    slug: str
    path: str = ""
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(NAME, "The name or role, as actions write it.", "Deputy Manager", True)] = ""
    role: Annotated[str, Field(Text(), "What they do.", "Runs the home day to day")] = ""
    agency: Annotated[str, Field(NAME, "The agency behind them.", "riverside-house")] = ""
    email: Annotated[str, Field(Text(), "Where to write to them.", "deputy@example.org")] = ""
    telephone: Annotated[str, Field(Text(), "Where to ring them.", "01632 960001")] = ""
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
    email: Annotated[str, Field(Text(), "Where to write to it.", "plans@example.org")] = ""
    telephone: Annotated[str, Field(Text(), "Where to ring it.", "01632 960000")] = ""
    role: Annotated[str, Field(Text(), "Its part in the plans.", "Pays for home care")] = ""
    audience: AudienceField = None
    allow: AllowField = ()


@functools.lru_cache(maxsize=4096)
def normalise_name(text: str) -> str:
    """The key for comparing names: NFKC, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


OwnerOrAgency = Owner | Agency
PersonT = TypeVar("PersonT", bound=OwnerOrAgency)


@dataclass(frozen=True, slots=True)
class People:
    """The owners and agencies of a site, indexed by normalised slug and title."""

    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    by_name: Mapping[str, OwnerOrAgency]
    agencies_by_name: Mapping[str, Agency]

    @classmethod
    def build(cls, owners: Iterable[Owner], agencies: Iterable[Agency]) -> People:
        """Index them. Where names are equal, a slug takes precedence over a title, and an owner over an agency."""
        owners, agencies = tuple(owners), tuple(agencies)
        return cls(owners, agencies, _index_by_name((*owners, *agencies)), _index_by_name(agencies))

    def find(self, name: str) -> OwnerOrAgency | None:
        """The owner or agency with this slug or title; None if there is none."""
        return self.by_name.get(normalise_name(name))

    def find_agency(self, name: str) -> Agency | None:
        """The agency with this slug or title, even if an owner has the same name; None if there is none."""
        return self.agencies_by_name.get(normalise_name(name))


def _index_by_name(people: Sequence[PersonT]) -> dict[str, PersonT]:
    index: dict[str, PersonT] = {}
    for name, person in (*((person.slug, person) for person in people), *((person.title, person) for person in people)):
        index.setdefault(normalise_name(name), person)
    return index
