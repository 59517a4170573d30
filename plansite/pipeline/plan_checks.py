"""Checking plans: each plan is checked as a site of its own, and again only where something it depends on changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from plansite.cache.site_cache import SiteCache
from plansite.checks.context import ActionNames
from plansite.checks.runner import check_files, check_plan, check_site_content, check_views, drop_waived
from plansite.content.layout import find_plan_folder
from plansite.content.plans import ParsedPlan
from plansite.incremental.file_hashes import FileHashes
from plansite.incremental.fingerprint import fingerprint
from plansite.incremental.tables import Lookups
from plansite.incremental.tasks import is_current, run_task
from plansite.model.findings import Finding
from plansite.model.status import Audience
from plansite.parallel.parallel_map import parallel_map
from plansite.pipeline.cached import PlanCheck, PlanCheckResult
from plansite.pipeline.context import Clock
from plansite.pipeline.plan_loader import PLANS_PER_PROCESS
from plansite.pipeline.site_build import SiteBuild, find_addresses
from plansite.site.components.content_links import find_linked_files

PlanChecks = Mapping[str, PlanCheckResult]


def current_checks(build: SiteBuild) -> dict[str, PlanCheckResult]:
    """The cached results that are current, by slug."""
    return {
        slug: result
        for slug in build.plan_slugs
        if (result := build.cached_checks.get(slug)) and is_current(result, _fingerprint(build, slug), build.tables)
    }


def check_plans(build: SiteBuild) -> PlanChecks:
    """The results of all plans, from the cache or checked now. The cache is updated."""
    current = current_checks(build)
    changed = [slug for slug in build.plan_slugs if slug not in current]

    def check(slug: str) -> PlanCheckResult:
        return run_plan_check(build, build.parsed_plan(slug))

    results = parallel_map(check, changed, build.process_limit, PLANS_PER_PROCESS)
    checks = {**current, **dict(zip(changed, results, strict=True))}
    if changed:
        build.save(checks)
    return {slug: checks[slug] for slug in build.plan_slugs}


def run_plan_check(build: SiteBuild, plan: ParsedPlan) -> PlanCheckResult:
    """Check one plan. Only internal readers get findings: to others, what is hidden would look like a fault."""

    def check(lookups: Lookups) -> PlanCheck:
        dated_site = build.single_plan_site(plan, lookups)
        return PlanCheck(
            findings=check_plan(dated_site) if build.context.sees_all else (),
            linked_files=tuple(find_linked_files(dated_site.site, find_addresses(dated_site.site))),
        )

    return run_task(_fingerprint(build, plan.plan.slug), build.tables, check)


def _fingerprint(build: SiteBuild, slug: str) -> str:
    """Covers all that a check of a plan depends on, except its lookups."""
    return fingerprint(build.plan_fingerprint(slug), build.context.fingerprint)


def list_findings(build: SiteBuild, checks: PlanChecks) -> tuple[Finding, ...]:
    """All findings of a site in the order of files and lines; none for an audience that does not see everything."""
    if not build.context.sees_all:
        return ()
    of_plans = (finding for result in checks.values() for finding in result.value.findings)
    findings = (*check_site_content(build.site_without_plans()), *_check_files(build, checks), *of_plans)
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


def _check_files(build: SiteBuild, checks: PlanChecks) -> tuple[Finding, ...]:
    """The findings on other files, on fields of sources and on saved views, which need what is known of all plans."""
    fields: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for plan in build.index.plans.values():
        for folder, names in plan.external_fields:
            fields[folder] |= frozenset(names)
    links = frozenset(list_linked_files(build, checks).values())
    site = build.site_without_plans()
    found = (*check_files(site, links, fields), *check_views(site, _list_names(build)))
    folders = {find_plan_folder(finding.path) for finding in found}
    named = (slug for folder, slug in build.source.plan_slugs.items() if folder in folders)
    slugs = [slug for slug in named if slug in build.index.plans]
    return drop_waived(build.summaries(slugs), found) if found else ()


def _list_names(build: SiteBuild) -> ActionNames:
    plans = build.index.plans.values()
    return ActionNames(
        plans=tuple(name for plan in plans for name in (plan.slug, plan.title)),
        goals=tuple(name for plan in plans for name in plan.goals),
        tags=tuple(dict.fromkeys(tag for plan in plans for tag in plan.tags)),
    )


def list_linked_files(build: SiteBuild, checks: PlanChecks) -> dict[str, str]:
    """The files beside the content that some page links to: output path to path in the site."""
    of_site = find_linked_files(build.context.site, build.addresses)
    return dict([*of_site, *(pair for result in checks.values() for pair in result.value.linked_files)])


def check_site(
    root: Path, clock: Clock, cache: SiteCache, hashes: FileHashes | None = None
) -> tuple[SiteBuild, tuple[Finding, ...]]:
    """Load the whole site as internal readers see it, with all its findings. Raises SettingsError and OSError.

    `hashes` are the content hashes of all files if they were just taken.
    """
    build = SiteBuild.load(root, clock, Audience.INTERNAL, cache, hashes)
    return build, list_findings(build, check_plans(build))
