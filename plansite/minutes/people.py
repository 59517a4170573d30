"""Who is expected at a review, and who gets its minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.model.course import EXPECTED
from plansite.model.people import same_name
from plansite.model.plan import Plan, Review
from plansite.model.site import Site
from plansite.model.status import Kind

_PERSON = "The person whose plan it is"
_ANYBODY = "Everybody who owns an action"
_NAME = re.compile(r"[^,;:.(\d@]+")


def expected(site: Site, plan: Plan, last: Review | None) -> tuple[str, ...]:
    """Everybody who is expected: those of the last review, and each agency of the protocol that was not there.

    Each with their agency, and marked in a way that tells the file from minutes.
    """
    names = [*last.present, *last.apologies] if last else list(_first(plan))
    names = [re.sub(rf"\s*{re.escape(EXPECTED)}$", "", name, flags=re.IGNORECASE) for name in names]
    for person, agency in _protocol(site, plan):
        if not _is_there(names, person, agency):
            names.append(", ".join(filter(None, (person, agency))))
    distinct: dict[str, str] = {}
    for name in filter(None, names or [_ANYBODY]):
        distinct.setdefault(same_name(name), name)
    return tuple(f"{name} {EXPECTED}" for name in distinct.values())


def recipients(site: Site, plan: Plan, last: Review | None) -> tuple[str, ...]:
    """Who gets the minutes: as last time, else every agency of the protocol."""
    if last and last.distribution:
        return last.distribution
    return tuple(dict.fromkeys(agency for _, agency in _protocol(site, plan)))


def _first(plan: Plan) -> Iterator[str]:
    """Before there was any review: the person whose plan it is, or whoever is responsible for it."""
    if plan.kind in (Kind.INTEGRATED, Kind.COUNSELLING):
        yield _PERSON
    if plan.owner and not plan.protocol:
        yield plan.owner


def _protocol(site: Site, plan: Plan) -> Iterator[tuple[str, str]]:
    """The person and the agency of each entry; a contact begins with a name that the site knows, or names nobody."""
    for entry in plan.protocol:
        name = _NAME.match(entry.contact)
        known = site.party(name.group()) if name else None
        agency = site.people.agency(entry.agency)
        yield known.title if known else "", agency.title if agency else entry.agency


def _is_there(names: list[str], person: str, agency: str) -> bool:
    """Whether that person, or for an agency without one anybody of it, is named already."""
    wanted = {same_name(person), same_name(f"{person}, {agency}")} if person else {same_name(agency)}
    for name in names:
        if same_name(name) in wanted or (not person and same_name(name).endswith(f", {same_name(agency)}")):
            return True
    return False
