"""What each owner and agency has to do: worked out once for all their pages."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from plansite.model.action import Action
from plansite.model.course import Outlook, by_due, finished_on
from plansite.model.people import Agency, Owner, Party
from plansite.model.plan import Plan
from plansite.model.status import Status
from plansite.site.addresses import party_page
from plansite.site.due_rows import Outstanding, outstanding

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One party's actions: open ones by their date, finished ones newest first; and what it helps others with."""

    still: tuple[Action, ...]
    finished: tuple[Action, ...]
    cancelled: tuple[Action, ...]
    helps: tuple[Action, ...]
    helped: tuple[Action, ...]
    checks: tuple[Outstanding, ...]
    leads: tuple[Plan, ...]
    sponsors: tuple[Plan, ...]

    @property
    def dues(self) -> list[date]:
        """The dates of its open actions, the earliest first."""
        return [action.due for action in self.still if action.due]


@dataclass(frozen=True, slots=True)
class Loads:
    """Every party's load by the address of its page: a slug alone may be an owner's and an agency's too."""

    by_page: Mapping[str, Load]
    members: Mapping[str, tuple[Owner, ...]]
    middle: int | None

    def of(self, party: Party) -> Load:
        """The load of one owner or agency."""
        return self.by_page[party_page(party)]

    def owners_of(self, agency: Agency) -> tuple[Owner, ...]:
        """The owners behind whom an agency stands."""
        return self.members.get(party_page(agency), ())


def loads_of(outlook: Outlook) -> Loads:
    """The loads of all parties. The middle is the median of open actions among those who have any; None below three."""
    people = outlook.site.people
    checks = _by_party(outlook, outstanding(outlook), lambda check: check.by)
    leads = _by_party(outlook, outlook.site.plans, lambda plan: plan.owner)
    sponsors = _by_party(outlook, outlook.site.plans, lambda plan: plan.sponsor)
    parties: tuple[Party, ...] = (*people.owners, *people.agencies)
    loads = {}
    for party in parties:
        page = party_page(party)
        loads[page] = _load(outlook, party, checks.get(page, ()), leads.get(page, ()), sponsors.get(page, ()))
    open_ = [len(load.still) for load in loads.values() if load.still]
    return Loads(loads, _members(outlook), statistics.median_low(open_) if len(open_) > 2 else None)


def _load(
    outlook: Outlook, party: Party, checks: tuple[Outstanding, ...], leads: tuple[Plan, ...], sponsors: tuple[Plan, ...]
) -> Load:
    """The maps of the outlook go by slug, so what belongs to a namesake is left out again."""
    find = outlook.site.party
    owned = [action for action in outlook.owned.get(party.slug, ()) if find(action.owner) is party]
    supported = [
        action
        for action in outlook.supported.get(party.slug, ())
        if find(action.owner) is not party and any(find(name) is party for name in action.supporters)
    ]
    return Load(
        still=tuple(sorted((action for action in owned if action.is_open), key=by_due)),
        finished=_finished(owned),
        cancelled=tuple(action for action in owned if action.status is Status.CANCELLED),
        helps=tuple(sorted((action for action in supported if action.is_open), key=by_due)),
        helped=_finished(supported),
        checks=checks,
        leads=leads,
        sponsors=sponsors,
    )


def _finished(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Those that are completed or embedded, the newest first."""
    done = (action for action in actions if action.is_finished)
    return tuple(sorted(done, key=lambda a: (finished_on(a) or date.min, a.plan, a.slug), reverse=True))


def _by_party(outlook: Outlook, things: Iterable[T], who: Callable[[T], str]) -> Mapping[str, tuple[T, ...]]:
    """Things by the page of the party that each names; what names nobody known is left out."""
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for thing in things:
        party = outlook.site.party(who(thing))
        if party:
            groups[party_page(party)].append(thing)
    return {page: tuple(group) for page, group in groups.items()}


def _members(outlook: Outlook) -> Mapping[str, tuple[Owner, ...]]:
    """The owners of each agency by the address of its page."""
    groups: defaultdict[str, list[Owner]] = defaultdict(list)
    for owner in outlook.site.people.owners:
        agency = outlook.site.people.agency(owner.agency) if owner.agency.strip() else None
        if agency:
            groups[party_page(agency)].append(owner)
    return {page: tuple(group) for page, group in groups.items()}
