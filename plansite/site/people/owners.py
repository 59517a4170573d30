"""Pages about owners: a table of all, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count, has_or_have
from plansite.model.page_addresses import OWNERS_PAGE, profile_address
from plansite.model.people import Agency, Owner, OwnerOrAgency
from plansite.site.calendars.calendar_links import CalendarLinks, build_calendar_links
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText, find_reach
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager
from plansite.site.people.profile_header import ProfileHeader, build_profile_header
from plansite.site.people.work_lists import WorkView, build_work_list_pages, build_work_view
from plansite.site.people.workload import (
    Workloads,
    describe_due_dates,
    describe_median,
    describe_next_due,
    describe_open_actions,
    format_late_count,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRow:
    """An owner in a table: the numbers of open, late, supported and finished actions, and the next due date.

    `reach` is the last day for which the table is known.
    """

    title: Link
    agency: Link
    open_count: int
    late: DatedText
    next_due: DatedText
    helps: int
    finished: int
    reach: date


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
    calendar: CalendarLinks | None


def build_owner_pages(
    dated_site: SiteOnDate, owner: Owner, workloads: Workloads, resolver: LinkResolver
) -> Iterator[Page]:
    """The page of an owner, and the lists that are too long for it."""
    yield build_profile_page(owner, "people/owner.html", _build_owner_view(dated_site, owner, workloads, resolver))
    yield from build_work_list_pages(dated_site, owner, workloads.find(owner))


def build_profile_page(owner_or_agency: OwnerOrAgency, template: str, view: object) -> Page:
    """The page of one owner or agency."""
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


def build_owner_list_pages(dated_site: SiteOnDate, workloads: Workloads) -> Iterator[Page]:
    """The table of owners, those with most to do first, in pages of at most `ROWS_PER_PAGE` rows."""
    rows = build_owner_rows(dated_site, workloads, dated_site.site.people.owners)
    pages = [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows), ROWS_PER_PAGE)] or [()]
    paths = ["owners/index.html", *(f"owners-{number}.html" for number in range(2, len(pages) + 1))]
    for number, page_rows in enumerate(pages, 1):
        yield Page(
            path=paths[number - 1],
            template="people/owners.html",
            title="Owners" if number == 1 else f"Owners, page {number}",
            view=OwnerListView(
                lede=_format_owners_lede(workloads, rows),
                rows=page_rows,
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
    counted = f"{busy:,} of {format_count(len(rows), 'owner')} {has_or_have(busy)} open actions."
    return " ".join(filter(None, (counted, describe_median(workloads), "Busiest first.")))


def build_owner_rows(dated_site: SiteOnDate, workloads: Workloads, owners: Sequence[Owner]) -> tuple[OwnerRow, ...]:
    """Rows of owners, sorted by the number of open actions, the number of late ones (both descending), and name."""

    def sort_key(owner: Owner) -> tuple[int, int, str, str]:
        workload = workloads.find(owner)
        late = sum(due < dated_site.today for due in workload.due_dates)
        return (-len(workload.open_actions), -late, owner.title.casefold(), owner.slug)

    return tuple(_build_owner_row(dated_site, workloads, owner) for owner in sorted(owners, key=sort_key))


def _build_owner_row(dated_site: SiteOnDate, workloads: Workloads, owner: Owner) -> OwnerRow:
    workload = workloads.find(owner)
    agency = dated_site.site.people.find_agency(owner.agency) if owner.agency.strip() else None
    return OwnerRow(
        title=Link(owner.title, profile_address(owner)),
        agency=Link(agency.title, profile_address(agency)) if agency else Link(owner.agency),
        open_count=len(workload.open_actions),
        late=format_late_count(workload.due_dates, dated_site.today),
        next_due=describe_next_due(workload.due_dates, dated_site.today),
        helps=len(workload.supporting),
        finished=len(workload.finished),
        reach=find_reach(dated_site.today),
    )


def _build_owner_view(dated_site: SiteOnDate, owner: Owner, workloads: Workloads, resolver: LinkResolver) -> OwnerView:
    workload = workloads.find(owner)
    head = build_profile_header(
        dated_site,
        owner,
        workload,
        resolver,
        lede=describe_open_actions(workload),
        more=describe_due_dates(workload, dated_site.today),
        comparison=describe_median(workloads) if workload.open_actions else "",
    )
    calendar = build_calendar_links(dated_site.site, owner)
    return OwnerView(head=head, work=build_work_view(dated_site, owner, workload), calendar=calendar)
