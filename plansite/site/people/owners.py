"""Pages about owners: a table of all, and a page for each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.formatting import format_count, has_or_have
from plansite.model.page_addresses import OWNERS_PAGE, profile_address
from plansite.model.people import Agency, Owner, OwnerOrAgency, People
from plansite.site.calendars.calendar_links import CalendarLinks, build_calendar_links
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.dated_rows import DatedText, find_reach
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager
from plansite.site.people.profile_header import ProfileHeader, build_profile_header, describe_unreadable_actions
from plansite.site.people.site_work import SiteWork, WorkCount
from plansite.site.people.work_lists import WorkView, build_work_list_pages, build_work_view
from plansite.site.people.workload import (
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


def build_owner_pages(dated_site: SiteOnDate, owner: Owner, work: SiteWork, resolver: LinkResolver) -> Iterator[Page]:
    """The page of an owner, and the lists that are too long for it."""
    yield build_profile_page(owner, "people/owner.html", _build_owner_view(dated_site, owner, work, resolver))
    yield from build_work_list_pages(owner, work.find(owner), dated_site.today)


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


def build_owner_list_pages(work: SiteWork, today: date) -> Iterator[Page]:
    """The table of owners, those with most to do first, in pages of at most `ROWS_PER_PAGE` rows."""
    rows = build_owner_rows(work, work.people.owners, today)
    pages = [rows[start : start + ROWS_PER_PAGE] for start in range(0, len(rows), ROWS_PER_PAGE)] or [()]
    paths = ["owners/index.html", *(f"owners-{number}.html" for number in range(2, len(pages) + 1))]
    for number, page_rows in enumerate(pages, 1):
        yield Page(
            path=paths[number - 1],
            template="people/owners.html",
            title="Owners" if number == 1 else f"Owners, page {number}",
            view=OwnerListView(
                lede=_format_owners_lede(work, rows),
                rows=page_rows,
                shows_agency=any(row.agency.text for row in rows),
                pager=build_pager(paths, number),
            ),
            section=OWNERS_PAGE,
            trail=(Link("Plans", "index.html"), Link("Owners")),
        )


def _format_owners_lede(work: SiteWork, rows: Sequence[OwnerRow]) -> str:
    if not rows:
        return ""
    busy = sum(row.open_count > 0 for row in rows)
    counted = f"{busy:,} of {format_count(len(rows), 'owner')} {has_or_have(busy)} open actions."
    return " ".join(filter(None, (counted, describe_median(work.median_open), "Busiest first.")))


def build_owner_rows(work: SiteWork, owners: Iterable[Owner], today: date) -> tuple[OwnerRow, ...]:
    """Rows of owners, sorted by the number of open actions, the number of late ones (both descending), and name."""
    counts = [(owner, work.count(owner)) for owner in owners]

    def sort_key(counted: tuple[Owner, WorkCount]) -> tuple[int, int, str, str]:
        owner, count = counted
        return (-count.open, -bisect_left(count.due_dates, today), owner.title.casefold(), owner.slug)

    return tuple(_build_owner_row(work.people, *counted, today) for counted in sorted(counts, key=sort_key))


def _build_owner_row(people: People, owner: Owner, count: WorkCount, today: date) -> OwnerRow:
    agency = people.find_agency(owner.agency) if owner.agency.strip() else None
    return OwnerRow(
        title=Link(owner.title, profile_address(owner)),
        agency=Link(agency.title, profile_address(agency)) if agency else Link(owner.agency),
        open_count=count.open,
        late=format_late_count(count.due_dates, today),
        next_due=describe_next_due(count.due_dates, today),
        helps=count.supporting,
        finished=count.finished,
        reach=find_reach(today),
    )


def _build_owner_view(dated_site: SiteOnDate, owner: Owner, work: SiteWork, resolver: LinkResolver) -> OwnerView:
    own, today = work.find(owner), dated_site.today
    head = build_profile_header(
        dated_site,
        owner,
        own,
        resolver,
        lede=describe_open_actions(len(own.open), own.open_plans),
        more=describe_due_dates(own.due_dates, len(own.open), len(own.finished), today),
        comparison=describe_median(work.median_open) if own.open else "",
        note=describe_unreadable_actions(work.unreadable_actions),
    )
    calendar = build_calendar_links(dated_site.site, owner)
    return OwnerView(head=head, work=build_work_view(owner, own, (owner,), today), calendar=calendar)
