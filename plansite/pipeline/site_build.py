"""One audience's way through a site: its plans read and looked at, as far as anything has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from plansite.checks.runner import check_plan, check_site_content
from plansite.content.plans import ParsedPlan
from plansite.content.source_tree import FileChangedError, SourceTree, restrict_to_plans, scan_site
from plansite.incremental.file_hashes import FileHashes
from plansite.incremental.store import Store
from plansite.model.assessment import SiteOnDate
from plansite.model.audience.filter import AudienceFilter
from plansite.model.audience.omissions import Omission, sum_omissions
from plansite.model.cross_plan_index import Lookups
from plansite.model.findings import Finding
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.parallel.parallel_map import parallel_map
from plansite.pipeline.cached import CheckCache, CheckResult, check_cache_key
from plansite.pipeline.context import BuildContext, Clock, fingerprint
from plansite.pipeline.cross_plan import SiteIndex
from plansite.pipeline.plan_loader import PLANS_PER_PROCESS, CachedPlan, PlanLoader, load_site_content
from plansite.site.components.content_links import LinkResolver, find_linked_files

#: How often files may change between being digested and being read.
_ATTEMPTS = 4


@dataclass(slots=True, kw_only=True)
class SiteBuild:
    """A site for one audience on one day.

    `looked` are the plans whose faults are known, by slug; `head_name` is where what stands above them is kept.
    `known` are all plans, those among them that may not be seen.
    """

    source: SourceTree
    context: BuildContext
    store: Store
    plans: PlanLoader
    checks: dict[str, CheckResult]
    content_key: str
    all_plans: Mapping[str, CachedPlan]

    @classmethod
    def load(
        cls, root: Path, clock: Clock, audience: Audience | None, store: Store, hashes: FileHashes | None = None
    ) -> SiteBuild:
        """Read what has changed, and see which faults are still known. Raises SettingsError,
        ChangedError where files never come to rest, and OSError.

        `prints` are the digests of all files, where somebody has just taken them.
        """
        for _ in range(_ATTEMPTS):
            try:
                return cls._load_once(scan_site(root, hashes), clock, audience, store)
            except FileChangedError:
                hashes = None  # somebody saved a file meanwhile: look again at all of them
        return cls._load_once(scan_site(root), clock, audience, store)

    @classmethod
    def _load_once(cls, shelf: SourceTree, clock: Clock, audience: Audience | None, store: Store) -> SiteBuild:
        head, head_name = load_site_content(shelf, store)
        terms = BuildContext.create(shelf, head, audience or shelf.settings.audience, clock.today(shelf.settings))
        found = store.get(check_cache_key(terms))
        kept = found if isinstance(found, CheckCache) else CheckCache()
        reading = PlanLoader(shelf, terms, store, kept.plans)
        known = reading.plans_by_slug
        tables = [table for each in known.values() for table in each.hidden_tables]
        seen = shelf if terms.audience_filter.shows_all else restrict_to_plans(shelf, reading.plans, tables)
        if seen is not shelf:  # what this audience may not see has no part in addresses or among linked files either
            terms = BuildContext.create(seen, head, terms.audience_filter.audience, terms.today)
            reading = PlanLoader(seen, terms, store, known)
        way = cls(
            source=seen, context=terms, store=store, plans=reading, checks={}, content_key=head_name, all_plans=known
        )
        way.checks = {slug: kept.checks[slug] for slug in reading.plans if way._is_current(slug, kept.checks.get(slug))}
        return way

    def _is_current(self, slug: str, known: CheckResult | None) -> bool:
        return known is not None and known.fingerprint == self._fingerprint(slug) and self.are_unchanged(known.lookups)

    def are_unchanged(self, answers: Iterable[tuple[str, object, str]]) -> bool:
        """Whether all of these would be answered the same now."""
        return self.plans.index.are_unchanged(answers, self.source.hashes)

    def run_checks(self) -> bool:
        """Look for faults wherever something has changed; whether anything had."""
        stale = [slug for slug in self.plans.plans if slug not in self.checks]
        found = parallel_map(
            lambda slug: self.check_plan(self.plans.parsed_plan(slug)), stale, self.processes, PLANS_PER_PROCESS
        )
        self.checks.update(zip(stale, found, strict=True))
        return bool(stale)

    def check_plan(self, volume: ParsedPlan) -> CheckResult:
        """Look for what is wrong with a plan."""
        questions: Lookups = {}
        outlook = single_plan_site(volume, self.context, self.plans.index, questions)
        return CheckResult(
            findings=check_plan(outlook) if self.context.audience_filter.shows_all else (),
            assets=tuple(find_linked_files(outlook.site, find_addresses(outlook.site))),
            fingerprint=self._fingerprint(volume.plan.slug),
            lookups=self.plans.index.answer_lookups(questions, self.source.hashes),
        )

    def _fingerprint(self, slug: str) -> str:
        """A digest of all that finding faults in a plan depends on, but for what it asks."""
        return fingerprint(self.plans.plans_by_slug[slug].fingerprint, self.context.fingerprint)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the site, in the order of files and lines; all plans have been looked at.

        They are for those who can mend the files: whoever does not see all of a site would be told of faults that are
        none, and of things that are hidden.
        """
        if not self.context.audience_filter.shows_all:
            return ()
        own = (finding for found in self.checks.values() for finding in found.findings)
        return tuple(sorted((*check_site_content(self.without_plans()), *own), key=lambda finding: finding.sort_key))

    def left_out(self) -> tuple[tuple[AudienceFilter, tuple[Omission, ...]], ...]:
        """What is left out for each of those readers of whom that is told."""
        parts = zip(*(each.left_out for each in self.all_plans.values()), strict=True) if self.all_plans else ()
        by_reader = list(parts) or [() for _ in self.context.reported_filters]
        return tuple(
            (reader, sum_omissions((above, *plans)))
            for reader, above, plans in zip(
                self.context.reported_filters, self.context.left_out_above, by_reader, strict=True
            )
        )

    def count_files(self) -> int:
        """How many files were looked at: the settings, and everything read or found unreadable."""
        return len(self.plans.index.addresses.address_by_path.keys() - self.context.site.files) + 1

    def assets(self) -> dict[str, str]:
        """The files beside the content that something links to: output path to source path, from the site's folder."""
        head = find_linked_files(self.context.site, self.plans.index.addresses)
        return dict([*head, *(pair for found in self.checks.values() for pair in found.assets)])

    def without_plans(self) -> SiteOnDate:
        """The head of the site with tables for all plans."""
        site = replace(self.context.site, cross_plan=self.plans.index.recording_index({}))
        return SiteOnDate(site, self.context.today)

    def summaries(self) -> SiteOnDate:
        """The whole site as pages across plans need it."""
        plans, head = [self.plans.summary(slug) for slug in self.plans.plans], self.context.site
        unread = (*head.unreadable, *(unread for each in plans for unread in each.unread))
        site = replace(head, plans=tuple(each.plan for each in plans), unreadable=unread, findings=())
        return SiteOnDate(site, self.context.today)

    def save(self) -> None:
        """Keep what was read and found for the next time."""
        self.store.put(check_cache_key(self.context), CheckCache(plans=self.all_plans, checks=self.checks))

    def cache_keys(self) -> tuple[str, ...]:
        """The names under which all this is kept."""
        return (self.content_key, check_cache_key(self.context), *self.plans.cache_keys())

    @property
    def processes(self) -> int | None:
        """How many may work: as many as are worth it, or this one alone where others could keep nothing."""
        return None if self.store.is_shared else 1


def find_addresses(site: Site) -> LinkResolver:
    """Where the files of a site stand; for a plan alone, as its tables tell."""
    return LinkResolver(site.cross_plan.page_addresses) if site.cross_plan else LinkResolver.from_site(site)


def single_plan_site(volume: ParsedPlan, terms: BuildContext, around: SiteIndex, questions: Lookups) -> SiteOnDate:
    """A plan as a site of its own, with tables that answer for the rest and note what they are asked."""
    site = Site(
        settings=terms.audience_filter.settings,
        plans=(volume.plan,),
        unreadable=volume.unreadable,
        findings=volume.findings,
        cross_plan=around.recording_index(questions),
        is_unfiltered=terms.audience_filter.shows_all,
    )
    return SiteOnDate(site, terms.today)


def check_site(root: Path, clock: Clock, store: Store) -> SiteBuild:
    """The whole site with its faults, nothing drawn. Raises SettingsError and OSError."""
    way = SiteBuild.load(root, clock, Audience.INTERNAL, store)
    if way.run_checks():
        way.save()
    return way
