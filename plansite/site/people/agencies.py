"""Pages about agencies: a table of all, and a page for each with its owners, its plans and its actions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count
from plansite.model.page_addresses import AGENCIES_PAGE, plan_address, profile_address
from plansite.model.people import Agency, OwnerOrAgency
from plansite.site.calendars.calendar_links import CalendarLinks, build_calendar_links
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText, find_reach
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.components.plan_header import find_late_since
from plansite.site.components.widgets import Tag, build_plan_tag
from plansite.site.people.owners import OwnerRow, build_owner_rows, build_profile_page
from plansite.site.people.profile_header import ProfileHeader, build_profile_header
from plansite.site.people.work_lists import WorkView, build_work_list_pages, build_work_view
from plansite.site.people.workload import Workload, Workloads, describe_late, format_late_count


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPlanRow:
    """A plan that an agency takes part in. `agreed` is the day it agreed to the protocol; None if it has not.

    From `sentence_until` on its sentence is another; `late_since` is the day from which it counts days.
    """

    plan: Link
    tag: Tag
    sentence: str
    sentence_until: date | None
    late_since: date | None
    agreed: date | None
    protocol: str
    contact: str


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
    dated_site: SiteOnDate,
    agency: Agency,
    workloads: Workloads,
    workload: Workload,
    resolver: LinkResolver,
    plans: tuple[AgencyPlanRow, ...],
) -> Iterator[Page]:
    """The page of an agency, and the lists that are too long for it. `workload` is that of the agency and its owners.

    `plans` are those that it takes part in.
    """
    more = describe_late(workload.due_dates, dated_site.today) if workload.open_actions else DatedText()
    view = AgencyView(
        head=build_profile_header(
            dated_site, agency, workload, resolver, lede=_format_agency_lede(workloads, agency), more=more
        ),
        members=build_owner_rows(dated_site, workloads, workloads.find_owners(agency)),
        plans=plans,
        work=build_work_view(dated_site, agency, workload),
        calendar=build_calendar_links(dated_site.site, agency),
    )
    yield build_profile_page(agency, "people/agency.html", view)
    yield from build_work_list_pages(dated_site, agency, workload)


def group_plans_by_agency(dated_site: SiteOnDate) -> Mapping[str, tuple[AgencyPlanRow, ...]]:
    """The plans that name an agency among their agencies or in their protocol, by the address of the agency's page."""
    rows: defaultdict[str, list[AgencyPlanRow]] = defaultdict(list)
    for plan in dated_site.site.plans:
        assessment = dated_site.assess_plan(plan)
        for address, (agreed, contact) in _find_agencies(dated_site, plan).items():
            rows[address].append(
                AgencyPlanRow(
                    plan=plan_link(plan),
                    tag=build_plan_tag(assessment),
                    sentence=assessment.reason,
                    sentence_until=assessment.reason_until,
                    late_since=find_late_since(assessment, dated_site.today),
                    agreed=agreed,
                    protocol=plan_address(plan.slug, "protocol"),
                    contact=contact if not contact or contact.endswith((".", "!", "?")) else f"{contact}.",
                )
            )
    return {address: tuple(plan_rows) for address, plan_rows in rows.items()}


def _find_agencies(dated_site: SiteOnDate, plan: Plan) -> dict[str, tuple[date | None, str]]:
    """The agencies of a plan by the address of their page, with the day of agreement and the contact."""
    find_agency = dated_site.site.people.find_agency
    agencies: dict[str, tuple[date | None, str]] = {}
    for entry in plan.protocol:  # the first entry of an agency counts
        agency = find_agency(entry.agency)
        if agency:
            agencies.setdefault(profile_address(agency), (entry.agreed, entry.contact))
    for name in plan.agencies:
        agency = find_agency(name)
        if agency:
            agencies.setdefault(profile_address(agency), (None, ""))
    return agencies


def build_agency_list_page(
    dated_site: SiteOnDate, workloads: Workloads, plans: Mapping[str, tuple[AgencyPlanRow, ...]]
) -> Page:
    """The table of agencies. `plans` are those that each takes part in, by the address of its page."""
    agencies = sorted(dated_site.site.people.agencies, key=lambda agency: (agency.title.casefold(), agency.slug))
    rows = tuple(
        _build_agency_row(dated_site, workloads, agency, len(plans.get(profile_address(agency), ())))
        for agency in agencies
    )
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


def _build_agency_row(dated_site: SiteOnDate, workloads: Workloads, agency: Agency, plans: int) -> AgencyRow:
    return AgencyRow(
        title=Link(agency.title, profile_address(agency)),
        role=agency.role,
        owners=len(workloads.find_owners(agency)),
        open_count=_count_open(workloads, agency),
        late=format_late_count(_list_due_dates(workloads, agency), dated_site.today),
        plans=plans,
        reach=find_reach(dated_site.today),
    )


def _format_agency_lede(workloads: Workloads, agency: Agency) -> str:
    own, total = len(workloads.find(agency).open_actions), _count_open(workloads, agency)
    if not total:
        return "No open actions."
    return f"{format_count(total, 'open action')}{f', {own:,} of them its own' if 0 < own < total else ''}."


def _count_open(workloads: Workloads, agency: Agency) -> int:
    """The number of open actions of an agency and its owners."""
    return len(workloads.find(agency).open_actions) + sum(
        len(workloads.find(owner).open_actions) for owner in workloads.find_owners(agency)
    )


def _list_due_dates(workloads: Workloads, agency: Agency) -> list[date]:
    """The due dates of the open actions of an agency and its owners, in order."""
    people: tuple[OwnerOrAgency, ...] = (agency, *workloads.find_owners(agency))
    return sorted(due for owner_or_agency in people for due in workloads.find(owner_or_agency).due_dates)
