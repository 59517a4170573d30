"""Owners and agencies: who has how much to do, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.course import Outlook
from plansite.model.people import Agency, Owner
from plansite.model.words import count
from plansite.site.addresses import party_page
from plansite.site.agency_plans import TakesPart, plans_by_agency
from plansite.site.bands import Changing
from plansite.site.links import Addresses
from plansite.site.load import Loads, loads_of
from plansite.site.load_words import has_open, late_words, number_late, when_due
from plansite.site.page import Link, Page
from plansite.site.paging import MOST, Pager, pager_of
from plansite.site.party_head import PartyHead, party_head
from plansite.site.work import WorkView, further_pages, work_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow:
    """An owner in a table: how much there is to do, how much of it is late, and what comes next."""

    title: Link
    agency: Link
    still: int
    late: Changing
    next_due: date | None
    helps: int
    finished: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersView:
    """The table of owners, or one page of it."""

    lede: str
    rows: tuple[OwnerRow, ...]
    shows_agency: bool
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerView:
    """What an owner's page shows."""

    head: PartyHead
    work: WorkView


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """An agency in a table: its owners, what they and it have to do, and in how many plans it takes part."""

    title: Link
    role: str
    owners: int
    still: int
    late: Changing
    plans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgenciesView:
    """The table of agencies."""

    lede: str
    rows: tuple[AgencyRow, ...]
    shows_role: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """What an agency's page shows: its owners, the plans it takes part in, and what it owns itself."""

    head: PartyHead
    members: tuple[OwnerRow, ...]
    plans: tuple[TakesPart, ...]
    work: WorkView


def people_pages(outlook: Outlook, addresses: Addresses) -> Iterator[Page]:
    """The tables of owners and of agencies, each one's page, and the lists that are too long for it."""
    loads, people = loads_of(outlook), outlook.site.people
    yield from _owners(outlook, loads)
    for owner in people.owners:
        yield _page(owner, "owner.html", _owner(outlook, owner, loads, addresses))
        yield from further_pages(outlook, owner, loads.of(owner))
    plans = plans_by_agency(outlook)
    yield _agencies(outlook, loads, {page: len(each) for page, each in plans.items()})
    for agency in people.agencies:
        view = _agency(outlook, agency, loads, addresses, plans.get(party_page(agency), ()))
        yield _page(agency, "agency.html", view)
        yield from further_pages(outlook, agency, loads.of(agency))


def _page(party: Owner | Agency, template: str, view: OwnerView | AgencyView) -> Page:
    kind = "agencies" if isinstance(party, Agency) else "owners"
    trail = (Link("Plans", "index.html"), Link(kind.capitalize(), f"{kind}/index.html"), Link(party.title))
    return Page(
        path=party_page(party),
        template=template,
        title=party.title,
        view=view,
        section=f"{kind}/index.html",
        trail=trail,
    )


def _owners(outlook: Outlook, loads: Loads) -> Iterator[Page]:
    """The table of owners, who has most to do first; in several pages where there are very many."""
    rows = _owner_rows(outlook, loads, outlook.site.people.owners)
    shares = [rows[start : start + MOST] for start in range(0, len(rows), MOST)] or [()]
    paths = ["owners/index.html", *(f"owners-{number}.html" for number in range(2, len(shares) + 1))]
    for number, share in enumerate(shares, 1):
        yield Page(
            path=paths[number - 1],
            template="owners.html",
            title="Owners" if number == 1 else f"Owners, page {number}",
            view=OwnersView(
                lede=_owners_lede(loads, rows),
                rows=share,
                shows_agency=any(row.agency.text for row in rows),
                pager=pager_of(paths, number),
            ),
            section="owners/index.html",
            trail=(Link("Plans", "index.html"), Link("Owners")),
        )


def _owners_lede(loads: Loads, rows: Sequence[OwnerRow]) -> str:
    if not rows:
        return ""
    busy = sum(row.still > 0 for row in rows)
    verb = "has" if busy == 1 else "have"
    middle = f" Half of them have {loads.middle:,} or fewer." if loads.middle and loads.middle > 1 else ""
    return f"{busy:,} of {count(len(rows), 'owner')} {verb} open actions.{middle} Who has most to do comes first."


def _owner_rows(outlook: Outlook, loads: Loads, owners: Sequence[Owner]) -> tuple[OwnerRow, ...]:
    """Owners as tables show them, the most open actions first, then the most late, then by name."""

    def busy(owner: Owner) -> tuple[int, int, str, str]:
        load = loads.of(owner)
        late = sum(due < outlook.today for due in load.dues)
        return (-len(load.still), -late, owner.title.casefold(), owner.slug)

    return tuple(_owner_row(outlook, loads, owner) for owner in sorted(owners, key=busy))


def _owner_row(outlook: Outlook, loads: Loads, owner: Owner) -> OwnerRow:
    load = loads.of(owner)
    agency = outlook.site.people.agency(owner.agency) if owner.agency.strip() else None
    return OwnerRow(
        title=Link(owner.title, party_page(owner)),
        agency=Link(agency.title, party_page(agency)) if agency else Link(owner.agency),
        still=len(load.still),
        late=number_late(load.dues, outlook.today),
        next_due=next((due for due in load.dues if due >= outlook.today), None),
        helps=len(load.helps),
        finished=len(load.finished),
    )


def _owner(outlook: Outlook, owner: Owner, loads: Loads, addresses: Addresses) -> OwnerView:
    load = loads.of(owner)
    middle = f"Half of the owners here have {loads.middle:,} or fewer." if loads.middle and load.still else ""
    lede, more = has_open(owner, load), when_due(load, outlook.today)
    head = party_head(outlook, owner, load, addresses, lede=lede, more=more, note=middle)
    return OwnerView(head=head, work=work_of(outlook, owner, load))


def _agencies(outlook: Outlook, loads: Loads, plans: Mapping[str, int]) -> Page:
    agencies = sorted(outlook.site.people.agencies, key=lambda agency: (agency.title.casefold(), agency.slug))
    rows = tuple(_agency_row(outlook, loads, agency, plans.get(party_page(agency), 0)) for agency in agencies)
    verb = "takes" if len(rows) == 1 else "take"
    lede = f"{count(len(rows), 'agency', 'agencies')} {verb} part. Each stands behind its owners." if rows else ""
    return Page(
        path="agencies/index.html",
        template="agencies.html",
        title="Agencies",
        view=AgenciesView(lede=lede, rows=rows, shows_role=any(row.role for row in rows)),
        section="agencies/index.html",
        trail=(Link("Plans", "index.html"), Link("Agencies")),
    )


def _agency_row(outlook: Outlook, loads: Loads, agency: Agency, plans: int) -> AgencyRow:
    owners, dues, still = loads.owners_of(agency), _dues(loads, agency), _still(loads, agency)
    return AgencyRow(
        title=Link(agency.title, party_page(agency)),
        role=agency.role,
        owners=len(owners),
        still=still,
        late=number_late(dues, outlook.today),
        plans=plans,
    )


def _agency(
    outlook: Outlook, agency: Agency, loads: Loads, addresses: Addresses, plans: tuple[TakesPart, ...]
) -> AgencyView:
    load, owners = loads.of(agency), loads.owners_of(agency)
    more = late_words(_dues(loads, agency), outlook.today) if _still(loads, agency) else Changing()
    head = party_head(outlook, agency, load, addresses, lede=_agency_lede(loads, agency), more=more)
    members = _owner_rows(outlook, loads, owners)
    return AgencyView(head=head, members=members, plans=plans, work=work_of(outlook, agency, load))


def _agency_lede(loads: Loads, agency: Agency) -> str:
    own, total, owners = len(loads.of(agency).still), _still(loads, agency), len(loads.owners_of(agency))
    if not total:
        return f"{agency.title} has no open action now."
    of_all = count(total, "open action")
    if own == total:
        return f"{agency.title} itself has {of_all}."
    if own:
        return f"{agency.title} and its {count(owners, 'owner')} have {of_all}, {own:,} of them its own."
    return f"The {count(owners, 'owner')} of {agency.title} {'has' if owners == 1 else 'have'} {of_all}."


def _still(loads: Loads, agency: Agency) -> int:
    """How many open actions an agency and its owners have."""
    return len(loads.of(agency).still) + sum(len(loads.of(owner).still) for owner in loads.owners_of(agency))


def _dues(loads: Loads, agency: Agency) -> list[date]:
    """The dates of all these, in order."""
    every = [loads.of(agency), *(loads.of(owner) for owner in loads.owners_of(agency))]
    return sorted(due for load in every for due in load.dues)
