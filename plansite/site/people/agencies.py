"""Pages about agencies: a table of all, and a page for each with its owners, its plans and its actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count
from plansite.model.page_addresses import AGENCIES_PAGE, profile_address
from plansite.model.people import Agency
from plansite.site.calendars.calendar_links import CalendarLinks, build_calendar_links
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText, find_reach
from plansite.site.components.page import Link, Page
from plansite.site.people.owners import OwnerRow, build_owner_rows, build_profile_page
from plansite.site.people.profile_header import ProfileHeader, build_profile_header, describe_unreadable_actions
from plansite.site.people.site_work import SiteWork
from plansite.site.people.work_lists import WorkView, build_work_list_pages, build_work_view
from plansite.site.people.work_rows import AgencyPlanRow
from plansite.site.people.workload import describe_late, format_late_count


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """An agency in the table: the number of its owners, of its and their open and late actions, and of its plans.

    `reach` is the last day for which the table is known.
    """

    title: Link
    role: str
    owners: int
    open_count: int
    late: DatedText
    plans: int
    reach: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyListView:
    """The table of agencies."""

    lede: str
    rows: tuple[AgencyRow, ...]
    shows_role: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """What an agency's page shows: its owners, the plans it takes part in, and the actions that it owns itself."""

    head: ProfileHeader
    members: tuple[OwnerRow, ...]
    plans: tuple[AgencyPlanRow, ...]
    work: WorkView
    calendar: CalendarLinks | None


def build_agency_pages(
    dated_site: SiteOnDate, agency: Agency, work: SiteWork, resolver: LinkResolver
) -> Iterator[Page]:
    """The page of an agency, and the lists that are too long for it."""
    own, today = work.find_with_owners(agency), dated_site.today
    view = AgencyView(
        head=build_profile_header(
            dated_site,
            agency,
            own,
            resolver,
            lede=_format_agency_lede(len(work.find(agency).open), len(own.open)),
            more=describe_late(own.due_dates, today) if own.open else DatedText(),
            note=describe_unreadable_actions(work.unreadable_actions),
        ),
        members=build_owner_rows(work, work.find_owners(agency), today),
        plans=own.plans,
        work=build_work_view(agency, own, work.list_members(agency), today),
        calendar=build_calendar_links(dated_site.site, agency),
    )
    yield build_profile_page(agency, "people/agency.html", view)
    yield from build_work_list_pages(agency, own, today)


def build_agency_list_page(work: SiteWork, today: date) -> Page:
    """The table of agencies."""
    agencies = sorted(work.people.agencies, key=lambda agency: (agency.title.casefold(), agency.slug))
    rows = tuple(_build_agency_row(work, agency, today) for agency in agencies)
    verb = "takes" if len(rows) == 1 else "take"
    lede = f"{format_count(len(rows), 'agency', 'agencies')} {verb} part." if rows else ""
    return Page(
        path=AGENCIES_PAGE,
        template="people/agencies.html",
        title="Agencies",
        view=AgencyListView(lede=lede, rows=rows, shows_role=any(row.role for row in rows)),
        section=AGENCIES_PAGE,
        trail=(Link("Plans", "index.html"), Link("Agencies")),
    )


def _build_agency_row(work: SiteWork, agency: Agency, today: date) -> AgencyRow:
    total = work.count_with_owners(agency)
    return AgencyRow(
        title=Link(agency.title, profile_address(agency)),
        role=agency.role,
        owners=len(work.find_owners(agency)),
        open_count=total.open,
        late=format_late_count(total.due_dates, today),
        plans=work.count(agency).plans,
        reach=find_reach(today),
    )


def _format_agency_lede(own: int, total: int) -> str:
    if not total:
        return "No open actions."
    return f"{format_count(total, 'open action')}{f', {own:,} of them its own' if 0 < own < total else ''}."
