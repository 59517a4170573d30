"""The pages about people in parts: the tables, and for each owner and agency the pages about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.page_addresses import AGENCIES_PAGE, OWNERS_PAGE, profile_address
from plansite.model.people import OwnerOrAgency
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.components.page_links import plan_link
from plansite.site.page_parts import SitePagePart
from plansite.site.people.agencies import (
    AgencyPlanRow,
    build_agency_list_page,
    build_agency_pages,
    group_plans_by_agency,
)
from plansite.site.people.owners import build_owner_list_pages, build_owner_pages
from plansite.site.people.workload import Workload, Workloads, build_workloads, describe_median


def list_profile_parts(dated_site: SiteOnDate, resolver: LinkResolver) -> Iterator[SitePagePart]:
    """The table of owners, each owner, the table of agencies, and each agency."""
    people, workloads = dated_site.site.people, build_workloads(dated_site)
    plans = group_plans_by_agency(dated_site)
    yield SitePagePart(
        path=OWNERS_PAGE,
        documents=(),
        facts=_count_work(workloads, people.owners),
        compose=partial(build_owner_list_pages, dated_site, workloads),
    )
    for owner in people.owners:
        yield _build_part(
            owner,
            workloads.find(owner),
            (describe_median(workloads),),
            partial(build_owner_pages, dated_site, owner, workloads, resolver),
        )
    yield SitePagePart(
        path=AGENCIES_PAGE,
        documents=(),
        facts=_count_work(workloads, (*people.agencies, *people.owners)) + _count_plans(plans),
        compose=lambda: iter((build_agency_list_page(dated_site, workloads, plans),)),
    )
    for agency in people.agencies:
        workload, own_plans = workloads.find_with_owners(agency), plans.get(profile_address(agency), ())
        members: tuple[OwnerOrAgency, ...] = (agency, *workloads.find_owners(agency))
        yield _build_part(
            agency,
            workload,
            (own_plans, *_count_work(workloads, members)),
            partial(build_agency_pages, dated_site, agency, workloads, workload, resolver, own_plans),
        )


def _count_plans(plans: Mapping[str, Sequence[AgencyPlanRow]]) -> tuple[object, ...]:
    return tuple((address, len(rows)) for address, rows in plans.items())


def _count_work(workloads: Workloads, people: Sequence[OwnerOrAgency]) -> tuple[object, ...]:
    """What tables show of the work of these people."""
    return tuple(
        (
            profile_address(each),
            len(workload.open_actions),
            workload.due_dates,
            len(workload.supporting),
            len(workload.finished),
        )
        for each in people
        for workload in (workloads.find(each),)
    )


def _build_part(
    person: OwnerOrAgency, workload: Workload, facts: tuple[object, ...], compose: Callable[[], Iterator[Page]]
) -> SitePagePart:
    """The part of an owner or agency; `facts` are those that its own kind of page shows."""
    address = profile_address(person)
    links = tuple(plan_link(plan) for plan in (*workload.led_plans, *workload.sponsored_plans))
    shown = (len(workload.led_plans), links, len(workload.learning), *facts)
    return SitePagePart(path=address, documents=tuple(_list_documents(workload)), facts=shown, compose=compose)


def _list_documents(workload: Workload) -> Iterator[Action | Incident]:
    """All that the pages of somebody show rows of. One may be there more than once."""
    yield from workload.open_actions
    yield from workload.finished
    yield from workload.cancelled
    yield from workload.supporting
    yield from workload.supported
    for check in workload.checks:
        yield check.document
        yield from check.control.others if check.control else ()
    yield from (each.action for each in workload.escalations)
    yield from (each.action for each in workload.questions)
    yield from (each.document for each in workload.evidence)
