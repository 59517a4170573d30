"""The registers to download: of the site, of each plan, and of each owner and agency with actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.exports.actions_json.document import join_actions_json
from plansite.exports.csv_cells import format_csv_file, format_csv_lines
from plansite.exports.register_data import SELECTED_COLUMNS
from plansite.exports.register_workbook import build_worksheet, format_register_worksheets
from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import DOWNLOADS_FOLDER, download_address, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.model.site import Site
from plansite.site.calendars.calendar_files import map_agency_pages
from plansite.site.contributions import PageContent, SitePageGroup
from plansite.site.downloads.plan_register import PlanRegister, offers_registers, offers_workbooks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Register:
    """A register to write: its address without the ending, its title, and its plans with their rows."""

    address: str
    title: str
    plans: tuple[PlanRegister, ...]
    has_csv: bool = True


def _build_registers(
    dated_site: SiteOnDate, selected: Sequence[PlanRegister | None]
) -> Iterator[tuple[str, PageContent]]:
    """The files by output path; none where the settings ask for none."""
    site = dated_site.site
    for register in _list_registers(site, [plan for plan in selected if plan]):
        if offers_registers(site):
            plans = ((plan.json_head, [row.json for row in plan.rows]) for plan in register.plans)
            yield f"{register.address}.json", join_actions_json(dated_site, register.title, plans)
            if register.has_csv:
                lines = (row.csv for plan in register.plans for row in plan.rows)
                yield f"{register.address}.csv", format_csv_file(format_csv_lines([SELECTED_COLUMNS]), *lines)
        if offers_workbooks(site):
            yield f"{register.address}.xlsx", _format_workbook(dated_site, register)


def _list_registers(site: Site, plans: Sequence[PlanRegister]) -> Iterator[_Register]:
    """The registers of the site, of plans, whose CSV files are among the data files, and of people with actions."""
    name = site.settings.title
    if plans:
        yield _Register(address=download_address(), title=name, plans=tuple(plans))
    for plan in plans:
        title = plan.title or plan.slug
        yield _Register(address=f"{DOWNLOADS_FOLDER}plans/{plan.slug}", title=title, plans=(plan,), has_csv=False)
    by_page = _group_by_page(site, plans)
    people: tuple[OwnerOrAgency, ...] = (*site.people.owners, *site.people.agencies)
    for person in people:
        own = by_page.get(profile_address(person))
        if own:
            yield _Register(address=download_address(person), title=f"{name}, actions of {person.title}", plans=own)


def _group_by_page(site: Site, plans: Sequence[PlanRegister]) -> Mapping[str, tuple[PlanRegister, ...]]:
    """The plans with those of their rows that belong to somebody, by the page of an owner or an agency."""
    agencies = map_agency_pages(site.people)
    by_page: defaultdict[str, list[PlanRegister]] = defaultdict(list)
    for plan in plans:
        rows = defaultdict(list)
        for row in plan.rows:
            rows[row.owner_page].append(row)
            if row.owner_page in agencies:
                rows[agencies[row.owner_page]].append(row)
        for page, own in rows.items():
            by_page[page].append(replace(plan, rows=tuple(own)))
    return {page: tuple(own) for page, own in by_page.items()}


def _format_workbook(dated_site: SiteOnDate, register: _Register) -> bytes:
    day = dated_site.today
    worksheets = [
        build_worksheet(plan.title or plan.slug, day, [row.cells for row in plan.rows]) for plan in register.plans
    ]
    return format_register_worksheets(worksheets, register.title, day)


def _select_people(site: Site) -> object:
    """Who has files, and what they are called."""
    if not (offers_registers(site) or offers_workbooks(site)):
        return ()
    owners = tuple((owner.slug, owner.title) for owner in site.people.owners)
    agencies = tuple((agency.slug, agency.title) for agency in site.people.agencies)
    return site.audience, owners, agencies, tuple(map_agency_pages(site.people).items())


DOWNLOADS_GROUP: SitePageGroup[PlanRegister | None] = SitePageGroup(
    name="downloads",
    paths=(DOWNLOADS_FOLDER,),
    select=lambda contribution: contribution.register,
    select_site=lambda dated_site: _select_people(dated_site.site),
    build=_build_registers,
)
