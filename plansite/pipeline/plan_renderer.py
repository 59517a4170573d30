"""Rendering plans: each plan is rendered as a site of its own, and again only where something it depends on changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from plansite.checks.runner import group_by_path
from plansite.content.plans import ParsedPlan
from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.incremental.fingerprint import fingerprint
from plansite.incremental.tables import Lookups
from plansite.incremental.tasks import is_current, run_task
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.parallel.parallel_map import parallel_map
from plansite.pipeline.cached import (
    PageCache,
    PlanCheckResult,
    RenderedPlan,
    RenderResult,
    fingerprint_findings,
)
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.output import Output
from plansite.pipeline.page_context import PageContext
from plansite.pipeline.plan_checks import PlanChecks, current_checks, run_plan_check
from plansite.pipeline.plan_loader import PLANS_PER_PROCESS
from plansite.pipeline.row_drawing import draw_rows
from plansite.pipeline.site_build import SiteBuild, find_addresses
from plansite.publish.stage import FileDigest
from plansite.site.all_pages import build_plan_pages
from plansite.site.changes.history import PlanHistory
from plansite.site.components.page import Page
from plansite.site.contributions import ContributionInputs, PlanContribution, contribute, list_plan_records
from plansite.site.data.data_files import render_plan_data_files
from plansite.site.downloads.plan_register import render_plan_documents
from plansite.site.measures.measure_files import render_measure_files
from plansite.site.page_groups import SITE_PAGE_GROUPS

#: Called with the number of pages that are rendered, and of all that will be.
ReportProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPages:
    """The pages of a plan before they are rendered, its data files by output path, and its contribution."""

    pages: tuple[Page, ...]
    data_files: tuple[tuple[str, str | bytes], ...]
    contribution: PlanContribution


def compose_plan(dated_site: SiteOnDate, findings: Sequence[Finding], history: PlanHistory) -> PlanPages:
    """The pages, data files and contribution of the only plan of a site."""
    site = dated_site.site
    (plan,) = site.plans
    resolver = find_addresses(site)
    pages = build_plan_pages(dated_site, plan, resolver, group_by_path(findings), history)
    records = list_plan_records(dated_site, plan, findings)
    return PlanPages(
        pages=tuple(pages),
        data_files=(
            *render_plan_data_files(site, plan, records),
            *render_measure_files(site, plan),
            *render_plan_documents(dated_site, plan),
        ),
        contribution=contribute(ContributionInputs(dated_site, plan, lambda: records, resolver)),
    )


def fingerprint_selections(contribution: PlanContribution) -> dict[str, str]:
    """The fingerprint of the part of a contribution that each group of site-wide files selects, by its name."""
    return {group.name: fingerprint(group.select(contribution)) for group in SITE_PAGE_GROUPS}


def fingerprint_parts(contribution: PlanContribution) -> dict[str, str]:
    """The fingerprint of what a plan has for each owner, agency and tag, by the path of its page."""
    return {
        path: fingerprint(share) for shares in (contribution.work, contribution.tags) for path, share in shares.items()
    }


def fingerprint_rendering(
    build: SiteBuild, context: PageContext, histories: PlanHistories, slug: str, check: PlanCheckResult
) -> str:
    """Covers all that rendering a plan depends on, except its lookups."""
    return fingerprint(
        build.plan_fingerprint(slug),
        context.fingerprint,
        fingerprint_findings(check.value.findings),
        histories.fingerprint(slug),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPlans:
    """The plans of a build by slug, with their checks; `rendered` are those that did not come from the cache."""

    by_slug: dict[str, RenderResult]
    checks: PlanChecks
    rendered: tuple[str, ...]

    @property
    def contributions(self) -> tuple[PlanContribution, ...]:
        """What each plan contributes to the files across plans, in the order of plans."""
        return tuple(result.value.contribution for result in self.by_slug.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRenderer:
    """Renders the plans of a build into an output."""

    build: SiteBuild
    context: PageContext
    histories: PlanHistories
    cache: PageCache
    output: Output

    def render_plans(self, report_progress: ReportProgress | None = None) -> RenderedPlans:
        """Check and render the plans that have changed, and publish the files of the others again."""
        build, checks = self.build, current_checks(self.build)
        reused = {slug: self.cache.plans[slug] for slug in build.plan_slugs if self._can_reuse(slug, checks.get(slug))}
        changed = [slug for slug in build.plan_slugs if slug not in reused]
        total = sum(len(build.index.plans[slug].pages) for slug in changed)

        # A plan is checked and rendered in one step, so that it is read from the store once.
        def check_and_render(slug: str) -> tuple[PlanCheckResult, RenderResult]:
            plan = build.parsed_plan(slug)
            check = checks.get(slug) or run_plan_check(build, plan)
            return check, self._render(plan, check)

        def report_share(share: float) -> None:
            if report_progress:
                report_progress(round(share * total), total)

        results = parallel_map(check_and_render, changed, build.process_limit, PLANS_PER_PROCESS, report_share)
        fresh = dict(zip(changed, results, strict=True))
        return RenderedPlans(
            by_slug={slug: fresh[slug][1] if slug in fresh else reused[slug] for slug in build.plan_slugs},
            checks={slug: fresh[slug][0] if slug in fresh else checks[slug] for slug in build.plan_slugs},
            rendered=tuple(changed),
        )

    def _can_reuse(self, slug: str, check: PlanCheckResult | None) -> bool:
        """Whether the cached result is current and all its files can be published again."""
        cached = self.cache.plans.get(slug)
        return (
            cached is not None
            and check is not None
            and is_current(cached, self._fingerprint(slug, check), self.build.tables)
            and all(self.output.keep(path, digest) for path, digest in cached.value.files)
        )

    def _fingerprint(self, slug: str, check: PlanCheckResult) -> str:
        return fingerprint_rendering(self.build, self.context, self.histories, slug, check)

    def _render(self, plan: ParsedPlan, check: PlanCheckResult) -> RenderResult:
        slug = plan.plan.slug

        def render(lookups: Lookups) -> RenderedPlan:
            dated_site = self.build.single_plan_site(plan, lookups)
            composed = compose_plan(dated_site, check.value.findings, self.histories.plan_history(slug))
            contribution = draw_rows(composed.contribution, self.context.render_rows)
            return RenderedPlan(
                files=tuple(self._publish(composed)),
                contribution=contribution,
                selections=fingerprint_selections(contribution),
                parts=fingerprint_parts(contribution),
                history=self.histories.fingerprint(slug),
            )

        return run_task(self._fingerprint(slug, check), self.build.tables, render)

    def _publish(self, composed: PlanPages) -> Iterator[tuple[str, FileDigest]]:
        """Render page by page, so that only one page is in memory at a time."""
        for page in composed.pages:
            yield page.path, self.output.put(page.path, self.context.render(page))
        for path, content in composed.data_files:
            data = content if isinstance(content, bytes) else encode(content)
            yield path, self.output.put(path, data)
