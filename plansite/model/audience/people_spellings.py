"""Other spellings of people, as the settings give them, and the names that go with e-mail addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plansite.model.people import Owner, OwnerOrAgency, People, Spellings, find_account, map_spellings, normalise_name
from plansite.model.slugs import slugify


def list_names_by_address(owners: Iterable[Owner], spellings: Spellings) -> Iterator[tuple[str, str]]:
    """The e-mail addresses of owners and those among the spellings of people, each with the name that it leads to."""
    people = People.build(owners, (), spellings)
    for address, name in map_spellings(spellings).items():
        if find_account(address):
            person = people.find(name)
            yield address, person.title if person else name
    for key, person in people.by_name.items():
        if find_account(key):
            yield key, person.title


def list_spelled_people(people: Iterable[OwnerOrAgency], spellings: Spellings) -> list[Owner]:
    """Somebody for each name that stands in the settings together with one of these people's."""
    known = {normalise_name(name) for person in people for name in (person.title, person.slug, person.email)} - {""}
    listed: dict[str, Owner] = {}
    groups = [(name, *others) for name, others in spellings]
    while groups:  # a spelling may be the name of another group
        joined = [group for group in groups if not known.isdisjoint(map(normalise_name, group))]
        if not joined:
            break
        groups = [group for group in groups if group not in joined]
        for name in (each for group in joined for each in group):
            known.add(normalise_name(name))
            listed[name] = Owner(slug=slugify(name), title=name)
    return list(listed.values())
