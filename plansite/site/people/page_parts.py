"""The pages about people in parts: the tables, and for each owner and agency the pages about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from plansite.model.assessment import SiteOnDate
from plansite.model.page_addresses import AGENCIES_PAGE, OWNERS_PAGE, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.site.components.content_links import LinkResolver
from plansite.site.page_parts import PartFingerprints, SitePagePart, select_fingerprints
from plansite.site.pages.fallback_pages import build_unreadable_file_page
from plansite.site.people.agencies import build_agency_list_page, build_agency_pages
from plansite.site.people.owners import build_owner_list_pages, build_owner_pages
from plansite.site.people.site_work import SiteWork
from plansite.site.people.workload import describe_median


def list_people_parts(
    dated_site: SiteOnDate, work: SiteWork, plans: Sequence[PartFingerprints], resolver: LinkResolver
) -> Iterator[SitePagePart]:
    """The pages about owners and agencies, their unreadable files included. The site may be without plans.

    `plans` are the fingerprints of the shares in `work`.
    """
    paths: set[str] = set()
    for part in _list_profile_parts(dated_site, work, plans, resolver):
        paths.add(part.path)  # an owner whom actions name has a page, which shows the unreadable file too
        yield part
    for file in dated_site.site.unreadable:
        if file.kind in ("owner", "agency"):
            page = build_unreadable_file_page(dated_site, file)
            if page.path not in paths:
                yield SitePagePart(path=page.path, inputs=(), compose=partial(iter, (page,)))


def _list_profile_parts(
    dated_site: SiteOnDate, work: SiteWork, plans: Sequence[PartFingerprints], resolver: LinkResolver
) -> Iterator[SitePagePart]:
    """The table of owners, each owner, the table of agencies, and each agency."""
    people, today, median = work.people, dated_site.today, describe_median(work.median_open)
    yield SitePagePart(
        path=OWNERS_PAGE,
        inputs=_count(work, people.owners),
        compose=partial(build_owner_list_pages, work, today),
    )
    for owner in people.owners:
        page = profile_address(owner)
        yield SitePagePart(
            path=page,
            inputs=(*select_fingerprints(plans, page), work.unreadable_actions, median),
            compose=partial(build_owner_pages, dated_site, owner, work, resolver),
        )
    yield SitePagePart(
        path=AGENCIES_PAGE,
        inputs=_count(work, (*people.agencies, *people.owners)),
        compose=lambda: iter((build_agency_list_page(work, today),)),
    )
    for agency in people.agencies:
        members = work.list_members(agency)
        yield SitePagePart(
            path=profile_address(agency),
            inputs=(*select_fingerprints(plans, *map(profile_address, members)), work.unreadable_actions),
            compose=partial(build_agency_pages, dated_site, agency, work, resolver),
        )


def _count(work: SiteWork, people: Iterable[OwnerOrAgency]) -> tuple[object, ...]:
    """What tables show of the work of these people."""
    return tuple((profile_address(each), work.count(each)) for each in people)
