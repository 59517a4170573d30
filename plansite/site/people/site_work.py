"""The work of each owner and agency, joined from what each plan has for them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import profile_address
from plansite.model.people import Agency, Owner, OwnerOrAgency, People
from plansite.site.lists.plan_entries import list_plan_entries
from plansite.site.people.plan_work import list_work_shares
from plansite.site.people.work_share import OPEN_FIELDS, WorkShare, join_shares

_NOTHING = WorkShare()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCount:
    """What tables show of somebody's work: due dates of open actions, the earliest first, and numbers of actions."""

    open: int
    due_dates: tuple[date, ...]
    supporting: int
    finished: int
    plans: int


class SiteWork:
    """The work of everybody of a site. That of one is joined when it is asked for."""

    def __init__(self, people: People, plans: Iterable[Mapping[str, WorkShare]], unreadable_actions: int = 0) -> None:
        """`plans` are the shares of each plan by page, in the order of plans, `unreadable_actions` the number of
        actions that could not be read.
        """
        self.people = people
        self.unreadable_actions = unreadable_actions
        self._shares: defaultdict[str, list[WorkShare]] = defaultdict(list)
        self._counts: dict[str, WorkCount] = {}
        self._joined: dict[str, WorkShare] = {}
        for shares in plans:
            for page, share in shares.items():
                self._shares[page].append(share)

    @classmethod
    def of(cls, dated_site: SiteOnDate) -> SiteWork:
        """The work in the plans of a site."""
        plans = dated_site.site.plans
        shares = [list_work_shares(dated_site, plan, list_plan_entries(dated_site, plan)) for plan in plans]
        unreadable = sum(file.kind == "action" for file in dated_site.site.unreadable)
        return cls(dated_site.site.people, shares, unreadable)

    def find(self, person: OwnerOrAgency) -> WorkShare:
        """The work of an owner, or what an agency has itself."""
        return self._join(profile_address(person))

    def find_with_owners(self, agency: Agency) -> WorkShare:
        """The work of an agency, with the open actions of its owners beside its own."""
        own = self.find(agency)
        with_owners = join_shares((own, *map(self.find, self.find_owners(agency))), OPEN_FIELDS)
        return own.replace_open(with_owners)

    def find_owners(self, agency: Agency) -> tuple[Owner, ...]:
        """The owners who belong to an agency."""
        return self._owners_by_agency.get(profile_address(agency), ())

    def list_members(self, agency: Agency) -> tuple[OwnerOrAgency, ...]:
        """An agency and its owners."""
        return (agency, *self.find_owners(agency))

    def count(self, person: OwnerOrAgency) -> WorkCount:
        """How much an owner has to do, or an agency itself."""
        page = profile_address(person)
        known = self._counts.get(page)
        if known is None:
            known = self._counts[page] = _count_shares(self._shares.get(page, ()))
        return known

    def count_with_owners(self, agency: Agency) -> WorkCount:
        """How much an agency and its owners have to do together."""
        shares = (self._shares.get(profile_address(person), ()) for person in self.list_members(agency))
        return _count_shares(tuple(chain.from_iterable(shares)))

    @functools.cached_property
    def median_open(self) -> int | None:
        """The number of open actions that half of all owners do not exceed; None for fewer than three owners."""
        counts = sorted(self.count(owner).open for owner in self.people.owners)
        return counts[(len(counts) - 1) // 2] if len(counts) > 2 else None  # the lower one of two

    @functools.cached_property
    def _owners_by_agency(self) -> Mapping[str, tuple[Owner, ...]]:
        """The owners of each agency by the address of its page."""
        groups: defaultdict[str, list[Owner]] = defaultdict(list)
        for owner in self.people.owners:
            agency = self.people.find_agency(owner.agency) if owner.agency.strip() else None
            if agency:
                groups[profile_address(agency)].append(owner)
        return {page: tuple(group) for page, group in groups.items()}

    def _join(self, page: str) -> WorkShare:
        joined = self._joined.get(page)
        if joined is None:
            shares = self._shares.get(page)
            joined = self._joined[page] = join_shares(shares) if shares else _NOTHING
        return joined


def _count_shares(shares: Sequence[WorkShare]) -> WorkCount:
    return WorkCount(
        open=sum(len(share.open) for share in shares),
        due_dates=tuple(sorted(due for share in shares for due in share.due_dates)),
        supporting=sum(len(share.supporting) for share in shares),
        finished=sum(len(share.finished) for share in shares),
        plans=sum(len(share.plans) for share in shares),
    )
