"""Owners and agencies, declared in files or only named, and how a name finds its page."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from plansite.model.body import Body
from plansite.model.field_groups import AllowField, AudienceField
from plansite.model.fields import Field, Text

_EMPTY_BODY = Body()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A person or role that answers for actions. `path` is empty where only actions name them."""

    slug: str
    path: str = ""
    body: Body = _EMPTY_BODY
    lines: tuple[tuple[str, int], ...] = ()
    title: Annotated[str, Field(Text(), "The name or role, as actions write it.", "Deputy Manager", True)] = ""
    role: Annotated[str, Field(Text(), "What they do.", "Runs the home day to day")] = ""
    agency: Annotated[str, Field(Text(), "The agency behind them.", "riverside-house")] = ""
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
    title: Annotated[str, Field(Text(), "The agency's full name.", "Riverside Council", True)] = ""
    email: Annotated[str, Field(Text(), "Where to write to it.", "plans@example.org")] = ""
    telephone: Annotated[str, Field(Text(), "Where to ring it.", "01632 960000")] = ""
    role: Annotated[str, Field(Text(), "Its part in the plans.", "Pays for home care")] = ""
    audience: AudienceField = None
    allow: AllowField = ()


@functools.lru_cache(maxsize=4096)
def normalise_name(text: str) -> str:
    """The key under which two spellings of a name count as one: NFKC, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


OwnerOrAgency = Owner | Agency


@dataclass(frozen=True, slots=True)
class People:
    """Every owner and agency of a site, found by slug first and then by exact title."""

    owners: tuple[Owner, ...]
    agencies: tuple[Agency, ...]
    by_name: Mapping[str, OwnerOrAgency]
    agencies_by_name: Mapping[str, Agency]

    @classmethod
    def build(cls, owners: Iterable[Owner], agencies: Iterable[Agency]) -> People:
        """Index them; an owner stands before an agency of the same name, and a slug before a title."""
        owners, agencies = tuple(owners), tuple(agencies)
        parties: list[OwnerOrAgency] = [*owners, *agencies]
        index: dict[str, OwnerOrAgency] = {}
        for party in parties:
            index.setdefault(normalise_name(party.slug), party)
        for party in parties:
            index.setdefault(normalise_name(party.title), party)
        names = [(agency.slug, agency) for agency in agencies] + [(agency.title, agency) for agency in agencies]
        by_agency: dict[str, Agency] = {}
        for name, agency in names:
            by_agency.setdefault(normalise_name(name), agency)
        return cls(owners, agencies, index, by_agency)

    def find(self, name: str) -> OwnerOrAgency | None:
        """The owner or agency that goes by this name."""
        return self.by_name.get(normalise_name(name))

    def find_agency(self, name: str) -> Agency | None:
        """The agency with that slug or title, even where an owner bears the same name."""
        return self.agencies_by_name.get(normalise_name(name))
