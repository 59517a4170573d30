"""A site as loaded for one audience on one day: its files scanned, its plans parsed, filtered and indexed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from plansite.cache.site_cache import SiteCache
from plansite.content.files import FileChangedError
from plansite.content.plans import ParsedPlan
from plansite.content.source_tree import SourceTree, scan_site
from plansite.content.visible_files import restrict_to_plans
from plansite.deferred_dataclass import dataclass
from plansite.incremental.file_hashes import FileHashes
from plansite.incremental.tables import Lookups, Tables
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.filter import AudienceFilter
from plansite.model.audience.omissions import Omission, sum_omissions
from plansite.model.evidence.file_report import FileReport
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.cached import CheckCache, PlanCheckResult, check_cache_key
from plansite.pipeline.context import BuildContext, Clock
from plansite.pipeline.cross_plan import SiteIndex
from plansite.pipeline.linked_files.document_links import FileFinder, list_site_links
from plansite.pipeline.linked_files.file_reports import REPORTS_KEY, inspect_files
from plansite.pipeline.linked_files.withheld_files import find_withheld_files
from plansite.pipeline.plan_loader import CachedPlan, PlanLoader, load_site_content
from plansite.site.components.content_links import LinkResolver

#: How often files may change between being hashed and being read before the last attempt.
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteBuild:
    """A site for one audience on one day, ready to be checked and rendered.

    `index` holds the plans that the audience may see; `all_plans` is what is kept of every plan, including those it
    may not see. `cached_checks` are the results of the last check by slug, current or not. `file_reports` say what is
    in the files that pages link to, by path.
    """

    source: SourceTree
    context: BuildContext
    cache: SiteCache
    loader: PlanLoader
    index: SiteIndex
    all_plans: Mapping[str, CachedPlan]
    cached_checks: Mapping[str, PlanCheckResult]
    content_key: str
    file_reports: Mapping[str, FileReport]

    @classmethod
    def load(
        cls, root: Path, clock: Clock, audience: Audience | None, cache: SiteCache, hashes: FileHashes | None = None
    ) -> SiteBuild:
        """Scan, hash, parse, filter and index the site in `root`. Only what has changed is parsed.

        `audience` left out is the site's own. `hashes` are the content hashes of all files if they were just taken.
        Raises SettingsError, OSError, and FileChangedError where files go on changing while they are read.
        """
        for _ in range(_ATTEMPTS):
            try:
                return cls._load_once(scan_site(root, hashes), clock, audience, cache)
            except FileChangedError:
                hashes = None  # a file was saved meanwhile, so the hashes that were passed in no longer hold
        return cls._load_once(scan_site(root), clock, audience, cache)

    @classmethod
    def _load_once(cls, source: SourceTree, clock: Clock, audience: Audience | None, cache: SiteCache) -> SiteBuild:
        content, content_key = load_site_content(source, cache.store)
        today = clock.today(source.settings)
        context = BuildContext.create(source, content, audience or source.settings.audience, today)
        stored = cache.store.get(check_cache_key(context))
        cached = stored if isinstance(stored, CheckCache) else CheckCache()
        loader = PlanLoader(source, context, cache.store, cached.plans)
        all_plans = loader.by_slug
        visible = source if context.sees_all else _hide_files(source, loader)
        if visible is not source:
            source = visible
            context = BuildContext.create(source, content, context.audience_filter.audience, today)
            loader = PlanLoader(source, context, cache.store, all_plans)
        reports, withheld = _look_into_files(source, context, loader, cache)
        if withheld:
            source = replace(source, assets=source.assets - withheld)
            context = replace(context, site=replace(context.site, files=source.assets))
        index = SiteIndex(
            context.site,
            loader.visible,
            plan_fingerprints={slug: plan.fingerprint for slug, plan in loader.by_slug.items()},
            file_hashes=source.hashes,
            load_summary=loader.summary,
            file_reports=reports,
        )
        return cls(
            source=source,
            context=context,
            cache=cache,
            loader=loader,
            index=index,
            all_plans=all_plans,
            cached_checks=cached.checks,
            content_key=content_key,
            file_reports=reports,
        )

    @property
    def tables(self) -> Tables:
        """The tables of the index, whose lookups are recorded."""
        return self.index.tables

    @property
    def addresses(self) -> LinkResolver:
        """The address of every page by the path of its file."""
        return self.index.addresses

    @property
    def plan_slugs(self) -> tuple[str, ...]:
        """The plans that the audience may see, in order."""
        return tuple(self.index.plans)

    @property
    def process_limit(self) -> int | None:
        """1 where other processes could not store anything, else None: as many as are worth it."""
        return None if self.cache.store.is_shared else 1

    def plan_fingerprint(self, slug: str) -> str:
        """The fingerprint of a plan's files."""
        return self.loader.by_slug[slug].fingerprint

    def parsed_plan(self, slug: str) -> ParsedPlan:
        """A plan in full, as the audience sees it."""
        return self.loader.parsed_plan(slug)

    def single_plan_site(self, plan: ParsedPlan, lookups: Lookups) -> SiteOnDate:
        """A site of one plan. What it looks up in the rest of the site is recorded in `lookups`."""
        site = Site(
            settings=self.context.site.settings,
            plans=(plan.plan,),
            unreadable=plan.unreadable,
            findings=plan.findings,
            frameworks=self.context.site.frameworks,
            cross_plan=self.index.for_plan(lookups),
            is_unfiltered=self.context.sees_all,
            audience=self.context.audience_filter.audience,
        )
        return SiteOnDate(site, self.context.today)

    def site_without_plans(self) -> SiteOnDate:
        """The site's own files, with tables over all plans and everybody who is named in them."""
        cross_plan = replace(self.index.for_plan({}), people=self.index.people)
        site = replace(self.context.site, cross_plan=cross_plan)
        return SiteOnDate(site, self.context.today)

    def summaries(self, slugs: Iterable[str] | None = None) -> SiteOnDate:
        """The whole site, or with these of its plans, each plan without the words of its bodies."""
        slugs, site = self.plan_slugs if slugs is None else slugs, self.context.site
        summaries = [self.loader.summary(slug) for slug in slugs]
        unreadable = (*site.unreadable, *(each for summary in summaries for each in summary.unreadable))
        plans = tuple(summary.plan for summary in summaries)
        return SiteOnDate(replace(site, plans=plans, unreadable=unreadable, findings=()), self.context.today)

    def list_omissions(self) -> tuple[tuple[AudienceFilter, tuple[Omission, ...]], ...]:
        """What each of the reported audiences does not see, counted over the whole site."""
        reported = self.context.reported_filters
        by_filter = list(zip(*(plan.left_out for plan in self.all_plans.values()), strict=True))
        by_filter = by_filter or [() for _ in reported]
        return tuple(
            (readers, sum_omissions((above, *of_plans)))
            for readers, above, of_plans in zip(reported, self.context.left_out_above, by_filter, strict=True)
        )

    def count_files(self) -> int:
        """How many files were read: the settings, and every file that has a page."""
        return len(self.addresses.address_by_path.keys() - self.context.site.files) + 1

    def save(self, checks: Mapping[str, PlanCheckResult]) -> None:
        """Store what is kept of the plans, and the results of their checks."""
        self.cache.store.put(check_cache_key(self.context), CheckCache(plans=self.all_plans, checks=checks))

    def cache_keys(self) -> tuple[str, ...]:
        """The names of all that is stored of this site besides its pages."""
        return (self.content_key, check_cache_key(self.context), REPORTS_KEY, *self.loader.cache_keys())


def _hide_files(source: SourceTree, loader: PlanLoader) -> SourceTree:
    """The source tree without files that the audience may not see.

    They must not take part in addresses or be published as linked files either.
    """
    hidden_tables = [*source.stray_files, *(table for plan in loader.by_slug.values() for table in plan.hidden_tables)]
    return restrict_to_plans(source, tuple(loader.visible), hidden_tables)


def _look_into_files(
    source: SourceTree, context: BuildContext, loader: PlanLoader, cache: SiteCache
) -> tuple[dict[str, FileReport], frozenset[str]]:
    """The reports on the files that pages link to, and the files that this audience does not get for what they hold.

    Only documents that the audience may see count, so that hidden ones make no difference.
    """
    links = (*list_site_links(context.site), *(each for plan in loader.visible.values() for each in plan.links))
    documents = FileFinder(source.assets).find_all(links)
    reports = inspect_files(source, cache.store, documents, is_whole=context.sees_all)
    if context.sees_all:
        return reports, frozenset()
    return reports, find_withheld_files(documents, reports, source.settings.allow, context.today)


def find_addresses(site: Site) -> LinkResolver:
    """The addresses of a site's pages; for a site of one plan, those that the tables know."""
    tables = site.cross_plan
    if tables is None:
        return LinkResolver.from_site(site)
    return LinkResolver(tables.page_addresses, tables.path_twins, tables.anchors)
