"""Links to the registers that a site offers to download."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import (
    DOWNLOADS_FOLDER,
    download_address,
    profile_address,
    register_data_address,
)
from plansite.model.people import OwnerOrAgency
from plansite.model.site import Site
from plansite.site.calendars.calendar_files import map_agency_pages
from plansite.site.components.page import Link
from plansite.site.downloads.plan_register import offers_documents, offers_registers, offers_workbooks


@dataclass(frozen=True, slots=True)
class DownloadLink:
    """A link to a file, and what is in it."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadPersonRow:
    """An owner or agency, how many actions it has, and the files with them."""

    person: Link
    actions: str
    files: tuple[Link, ...]


def list_site_downloads(site: Site) -> tuple[DownloadLink, ...]:
    """The registers of all plans; none where the settings ask for none, or there is no plan."""
    links: list[DownloadLink] = []
    address = download_address()
    if site.plans and offers_workbooks(site):
        link = Link("All actions, as a workbook for Excel (XLSX)", f"{address}.xlsx")
        links.append(DownloadLink(link, "A sheet for each plan, with filters. Ready to print."))
    if site.plans and offers_registers(site):
        link = Link("All registers, as one spreadsheet (CSV)", f"{address}.csv")
        links.append(DownloadLink(link, "The columns of a register, with the plan before them."))
        link = Link("All actions in full, for programs (JSON)", f"{address}.json")
        links.append(DownloadLink(link, "Everything that their files say. “plansite import” reads it again."))
    return tuple(links)


def list_plan_downloads(site: Site, plan: Plan) -> tuple[Link, ...]:
    """The files of one plan besides those that every site has."""
    links: list[Link] = []
    if offers_workbooks(site):
        links.append(Link("Excel", f"{DOWNLOADS_FOLDER}plans/{plan.slug}.xlsx"))
    if offers_documents(site):
        links.append(Link("Word", register_data_address(plan, "docx")))
    if offers_registers(site):
        links.append(Link("Full JSON", f"{DOWNLOADS_FOLDER}plans/{plan.slug}.json"))
    return tuple(links)


def list_people_downloads(site: Site) -> Iterator[DownloadPersonRow]:
    """The files of each owner and agency with actions."""
    if not (offers_registers(site) or offers_workbooks(site)):
        return
    counts = _count_actions(site)
    people: tuple[OwnerOrAgency, ...] = (*site.people.owners, *site.people.agencies)
    for person in people:
        page, address = profile_address(person), download_address(person)
        files = [Link("Excel", f"{address}.xlsx")] if offers_workbooks(site) else []
        if offers_registers(site):
            files += [Link("CSV", f"{address}.csv"), Link("Full JSON", f"{address}.json")]
        if counts[page]:
            yield DownloadPersonRow(person=Link(person.title, page), actions=f"{counts[page]:,}", files=tuple(files))


def _count_actions(site: Site) -> Counter[str]:
    """The number of actions by the page of an owner, and of the agency of an owner."""
    agencies = map_agency_pages(site.people)
    counts: Counter[str] = Counter()
    for action in site.actions:
        owner = site.find_owner_or_agency(action.owner)
        page = profile_address(owner) if owner else ""
        counts.update([page, agencies[page]] if page in agencies else [page])
    return counts
