"""A site with nothing but what a pack holds: its plans narrowed, and the tables in which their pages look things up."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace

from plansite.content.plans import ParsedPlan
from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.narrowing import ActionsElsewhere, narrow_plan
from plansite.evidence_pack.selection import PackKind, PackSelection, PackSubject, add_reviews, select_documents
from plansite.model.assessment import SiteOnDate
from plansite.model.body import Body
from plansite.model.documents.plan import Plan
from plansite.model.site import FrontPage, Site
from plansite.pipeline.cross_plan import SiteIndex
from plansite.pipeline.plan_index import index_plan, summarise_plan
from plansite.pipeline.site_build import SiteBuild, find_addresses
from plansite.site.components.content_links import LinkResolver


@dataclass(frozen=True, kw_only=True)
class PackedSite:
    """What a pack holds of a site that was loaded for its audience. `plans` are by slug, as the pack shows them."""

    build: SiteBuild
    selection: PackSelection
    plans: Mapping[str, ParsedPlan]
    index: SiteIndex

    @property
    def site_without_plans(self) -> SiteOnDate:
        """The settings of the site with the tables of its plans."""
        people = replace(self.index.for_plan({}), people=self.index.people)
        return SiteOnDate(replace(self.index.site, cross_plan=people), self.build.context.today)

    def dated_site(self, slug: str) -> SiteOnDate:
        """A site of one plan of the pack. It knows the others as far as they are in the pack."""
        parsed = self.plans[slug]
        site = replace(
            self.index.site, plans=(parsed.plan,), unreadable=parsed.unreadable, cross_plan=self.index.for_plan({})
        )
        return SiteOnDate(site, self.build.context.today)

    @functools.cached_property
    def resolver(self) -> LinkResolver:
        """The addresses of the pages of its documents."""
        return find_addresses(self.site_without_plans.site)

    def list_unreadable(self) -> tuple[str, ...]:
        """The paths of all files of its plans that could not be read; none for readers who are not told of them."""
        if not self.build.context.sees_all:
            return ()
        return tuple(file.path for slug in self.plans for file in self.build.parsed_plan(slug).unreadable)


def select_site(build: SiteBuild, subject: PackSubject) -> PackedSite:
    """What a pack about a subject holds of a site. Raises UnknownNameError and NothingSelectedError."""
    summaries = build.summaries().site
    selection = select_documents(summaries, subject)
    parsed = {slug: build.parsed_plan(slug) for slug in selection.plans}
    if subject.kind is PackKind.INCIDENT:
        for slug, selected in selection.plans.items():
            add_reviews(parsed[slug].plan, selected)
    elsewhere = ActionsElsewhere(summaries, selection)
    plans = {slug: narrow_plan(parsed[slug], selected, elsewhere) for slug, selected in selection.plans.items()}
    return PackedSite(build=build, selection=selection, plans=plans, index=_build_index(build, plans, elsewhere))


def _build_index(build: SiteBuild, plans: Mapping[str, ParsedPlan], elsewhere: ActionsElsewhere) -> SiteIndex:
    """The tables of the plans of a pack, with what stands for actions elsewhere as one more."""
    stand_in: Plan = elsewhere.build_plan()
    all_plans = {**plans, stand_in.slug: ParsedPlan(plan=stand_in)} if stand_in.actions else plans
    return SiteIndex(
        _strip_site(build),
        {slug: index_plan(parsed) for slug, parsed in all_plans.items()},
        plan_fingerprints={},
        file_hashes=build.source.hashes,
        file_reports=build.file_reports,
        load_summary=lambda slug: summarise_plan(all_plans[slug]),
    )


def _strip_site(build: SiteBuild) -> Site:
    """The site's own files without words that no page of a pack shows, and settings without links to elsewhere.

    Owners and agencies are there for their names alone.
    """
    site = build.context.site
    settings = replace(site.settings, repository="", sources=(), contact="", views=(), downloads=())
    return replace(
        site,
        settings=settings,
        front_page=FrontPage(),
        owners=tuple(replace(owner, body=Body()) for owner in site.owners),
        agencies=tuple(replace(agency, body=Body()) for agency in site.agencies),
        unreadable=(),
        findings=(),
    )
