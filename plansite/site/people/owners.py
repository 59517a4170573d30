"""Owners and agencies: who has how much to do, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.page_addresses import AGENCIES_PAGE, OWNERS_PAGE, profile_address
from plansite.model.people import Agency, Owner
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager
from plansite.site.people.agencies import AgencyPlanRow, group_plans_by_agency
from plansite.site.people.profile_header import ProfileHeader, build_profile_header
from plansite.site.people.work_lists import WorkView, build_work_list_pages, build_work_view
from plansite.site.people.workload import (
    Workloads,
    build_workloads,
    describe_due_dates,
    describe_late,
    describe_open_actions,
    format_late_count,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow:
    """An owner in a table: how much there is to do, how much of it is late, and what comes next."""

    title: Link
    agency: Link
    open_count: int
    late: DatedText
    next_due: date | None
    helps: int
    finished: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerListView:
    """The table of owners, or one page of it."""

    lede: str
    rows: tuple[OwnerRow, ...]
    shows_agency: bool
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerView:
    """What an owner's page shows."""

    head: ProfileHeader
    work: WorkView


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """An agency in a table: its owners, what they and it have to do, and in how many plans it takes part."""

    title: Link
    role: str
    owners: int
    open_count: int
    late: DatedText
    plans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyListView:
    """The table of agencies."""

    lede: str
    rows: tuple[AgencyRow, ...]
    shows_role: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """What an agency's page shows: its owners, the plans it takes part in, and what it owns itself."""

    head: ProfileHeader
    members: tuple[OwnerRow, ...]
    plans: tuple[AgencyPlanRow, ...]
    work: WorkView


def build_owner_and_agency_pages(dated_site: SiteOnDate, resolver: LinkResolver) -> Iterator[Page]:
    """The tables of owners and of agencies, each one's page, and the lists that are too long for it."""
    loads, people = build_workloads(dated_site), dated_site.site.people
    yield from _build_owner_list_pages(dated_site, loads)
    for owner in people.owners:
        yield _build_page(owner, "people/owner.html", _build_owner_view(dated_site, owner, loads, resolver))
        yield from build_work_list_pages(dated_site, owner, loads.find(owner))
    plans = group_plans_by_agency(dated_site)
    yield _build_agency_list_page(dated_site, loads, {page: len(each) for page, each in plans.items()})
    for agency in people.agencies:
        view = _build_agency_view(dated_site, agency, loads, resolver, plans.get(profile_address(agency), ()))
        yield _build_page(agency, "people/agency.html", view)
        yield from build_work_list_pages(dated_site, agency, loads.find(agency))


def _build_page(owner_or_agency: Owner | Agency, template: str, view: OwnerView | AgencyView) -> Page:
    kind = "agencies" if isinstance(owner_or_agency, Agency) else "owners"
    trail = (Link("Plans", "index.html"), Link(kind.capitalize(), f"{kind}/index.html"), Link(owner_or_agency.title))
    return Page(
        path=profile_address(owner_or_agency),
        template=template,
        title=owner_or_agency.title,
        view=view,
        section=f"{kind}/index.html",
        trail=trail,
    )


def _build_owner_list_pages(dated_site: SiteOnDate, workloads: Workloads) -> Iterator[Page]:
    """The table of owners, who has most to do first; in several pages where there are very many."""
    rows = _build_owner_rows(dated_site, workloads, dated_site.site.people.owners)
    shares = [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows), ROWS_PER_PAGE)] or [()]
    paths = [OWNERS_PAGE, *(f"owners-{number}.html" for number in range(2, len(shares) + 1))]
    for number, share in enumerate(shares, 1):
        yield Page(
            path=paths[number - 1],
            template="people/owners.html",
            title="Owners" if number == 1 else f"Owners, page {number}",
            view=OwnerListView(
                lede=_format_owners_lede(workloads, rows),
                rows=share,
                shows_agency=any(row.agency.text for row in rows),
                pager=build_pager(paths, number),
            ),
            section=OWNERS_PAGE,
            trail=(Link("Plans", "index.html"), Link("Owners")),
        )


def _format_owners_lede(workloads: Workloads, rows: Sequence[OwnerRow]) -> str:
    if not rows:
        return ""
    busy = sum(row.open_count > 0 for row in rows)
    verb = "has" if busy == 1 else "have"
    middle = (
        f" Half of them have {workloads.median_open:,} or fewer."
        if workloads.median_open and workloads.median_open > 1
        else ""
    )
    return (
        f"{busy:,} of {format_count(len(rows), 'owner')} {verb} open actions.{middle} Who has most to do comes first."
    )


def _build_owner_rows(dated_site: SiteOnDate, workloads: Workloads, owners: Sequence[Owner]) -> tuple[OwnerRow, ...]:
    """Owners as tables show them, the most open actions first, then the most late, then by name."""

    def busy(owner: Owner) -> tuple[int, int, str, str]:
        load = workloads.find(owner)
        late = sum(due < dated_site.today for due in load.due_dates)
        return (-len(load.open_actions), -late, owner.title.casefold(), owner.slug)

    return tuple(_build_owner_row(dated_site, workloads, owner) for owner in sorted(owners, key=busy))


def _build_owner_row(dated_site: SiteOnDate, workloads: Workloads, owner: Owner) -> OwnerRow:
    load = workloads.find(owner)
    agency = dated_site.site.people.find_agency(owner.agency) if owner.agency.strip() else None
    return OwnerRow(
        title=Link(owner.title, profile_address(owner)),
        agency=Link(agency.title, profile_address(agency)) if agency else Link(owner.agency),
        open_count=len(load.open_actions),
        late=format_late_count(load.due_dates, dated_site.today),
        next_due=next((due for due in load.due_dates if due >= dated_site.today), None),
        helps=len(load.supporting),
        finished=len(load.finished),
    )


def _build_owner_view(dated_site: SiteOnDate, owner: Owner, workloads: Workloads, resolver: LinkResolver) -> OwnerView:
    load = workloads.find(owner)
    middle = (
        f"Half of the owners here have {workloads.median_open:,} or fewer."
        if workloads.median_open and load.open_actions
        else ""
    )
    lede, more = describe_open_actions(owner, load), describe_due_dates(load, dated_site.today)
    head = build_profile_header(dated_site, owner, load, resolver, lede=lede, more=more, note=middle)
    return OwnerView(head=head, work=build_work_view(dated_site, owner, load))


def _build_agency_list_page(dated_site: SiteOnDate, workloads: Workloads, plans: Mapping[str, int]) -> Page:
    agencies = sorted(dated_site.site.people.agencies, key=lambda agency: (agency.title.casefold(), agency.slug))
    rows = tuple(
        _build_agency_row(dated_site, workloads, agency, plans.get(profile_address(agency), 0)) for agency in agencies
    )
    verb = "takes" if len(rows) == 1 else "take"
    lede = (
        f"{format_count(len(rows), 'agency', 'agencies')} {verb} part. Each stands behind its owners." if rows else ""
    )
    return Page(
        path=AGENCIES_PAGE,
        template="people/agencies.html",
        title="Agencies",
        view=AgencyListView(lede=lede, rows=rows, shows_role=any(row.role for row in rows)),
        section=AGENCIES_PAGE,
        trail=(Link("Plans", "index.html"), Link("Agencies")),
    )


def _build_agency_row(dated_site: SiteOnDate, workloads: Workloads, agency: Agency, plans: int) -> AgencyRow:
    owners, dues, still = (
        workloads.find_owners(agency),
        _list_due_dates(workloads, agency),
        _count_open(workloads, agency),
    )
    return AgencyRow(
        title=Link(agency.title, profile_address(agency)),
        role=agency.role,
        owners=len(owners),
        open_count=still,
        late=format_late_count(dues, dated_site.today),
        plans=plans,
    )


def _build_agency_view(
    dated_site: SiteOnDate,
    agency: Agency,
    workloads: Workloads,
    resolver: LinkResolver,
    plans: tuple[AgencyPlanRow, ...],
) -> AgencyView:
    load, owners = workloads.find(agency), workloads.find_owners(agency)
    more = (
        describe_late(_list_due_dates(workloads, agency), dated_site.today)
        if _count_open(workloads, agency)
        else DatedText()
    )
    head = build_profile_header(
        dated_site, agency, load, resolver, lede=_format_agency_lede(workloads, agency), more=more
    )
    members = _build_owner_rows(dated_site, workloads, owners)
    return AgencyView(head=head, members=members, plans=plans, work=build_work_view(dated_site, agency, load))


def _format_agency_lede(workloads: Workloads, agency: Agency) -> str:
    own, total, owners = (
        len(workloads.find(agency).open_actions),
        _count_open(workloads, agency),
        len(workloads.find_owners(agency)),
    )
    if not total:
        return f"{agency.title} has no open action now."
    of_all = format_count(total, "open action")
    if own == total:
        return f"{agency.title} itself has {of_all}."
    if own:
        return f"{agency.title} and its {format_count(owners, 'owner')} have {of_all}, {own:,} of them its own."
    return f"The {format_count(owners, 'owner')} of {agency.title} {'has' if owners == 1 else 'have'} {of_all}."


def _count_open(workloads: Workloads, agency: Agency) -> int:
    """How many open actions an agency and its owners have."""
    return len(workloads.find(agency).open_actions) + sum(
        len(workloads.find(owner).open_actions) for owner in workloads.find_owners(agency)
    )


def _list_due_dates(workloads: Workloads, agency: Agency) -> list[date]:
    """The dates of all these, in order."""
    every = [workloads.find(agency), *(workloads.find(owner) for owner in workloads.find_owners(agency))]
    return sorted(due for load in every for due in load.due_dates)
