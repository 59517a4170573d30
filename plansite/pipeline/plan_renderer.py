"""The work on one plan: its pages and its data, drawn and published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from plansite.checks.runner import group_by_path
from plansite.content.plans import ParsedPlan
from plansite.model.assessment import SiteOnDate
from plansite.model.cross_plan_index import Lookups
from plansite.model.findings import Finding
from plansite.parallel.parallel_map import parallel_map
from plansite.pipeline.cached import CheckResult, PageCache, RenderedPlan
from plansite.pipeline.context import fingerprint
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.output import Output
from plansite.pipeline.plan_loader import PLANS_PER_PROCESS
from plansite.pipeline.site_build import SiteBuild, find_addresses, single_plan_site
from plansite.publish.stage import FileDigest
from plansite.site.all_pages import build_plan_pages
from plansite.site.changes.history import PlanHistory
from plansite.site.components.page import Page
from plansite.site.data.data_files import PlanData, build_plan_data

RenderPage = Callable[[Page], bytes]
#: Hears how many pages are done of all.
ReportProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPages:
    """Everything that a plan contributes to a site, before it is drawn."""

    pages: tuple[Page, ...]
    data: PlanData


def compose_plan(outlook: SiteOnDate, findings: Sequence[Finding], past: PlanHistory) -> PlanPages:
    """The chapter of the one plan in a site."""
    (plan,) = outlook.site.plans
    return PlanPages(
        pages=tuple(build_plan_pages(outlook, plan, find_addresses(outlook.site), group_by_path(findings), past)),
        data=build_plan_data(outlook, plan, findings),
    )


@dataclass(frozen=True, slots=True)
class RenderedPlans:
    """The chapters of all plans, by slug, and which of them were drawn now."""

    by_slug: dict[str, RenderedPlan]
    rendered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRenderer:
    """Puts chapters into an output.

    `frame` is the mark of what pages are drawn with, `kept` what the last build left.
    """

    site: SiteBuild
    page_fingerprint: str
    render: RenderPage
    output: Output
    cache: PageCache
    histories: PlanHistories

    def render_plans(self, tell: ReportProgress | None) -> RenderedPlans:
        """Draw the plans that have changed, and publish the others again."""
        plans = self.site.plans.plans
        same = {slug: self.cache.plans[slug] for slug in plans if self._is_current(slug)}
        stale = [slug for slug in plans if slug not in same]
        total = sum(len(self.site.plans.index.plans[slug].pages) for slug in stale)
        share = (lambda done: tell(round(done * total), total)) if tell else None
        made = parallel_map(self._check_and_render, stale, self.site.processes, PLANS_PER_PROCESS, share)
        self.site.checks.update((slug, found) for slug, (found, _) in zip(stale, made, strict=True))
        fresh = {slug: drawn for slug, (_, drawn) in zip(stale, made, strict=True)}
        return RenderedPlans({slug: fresh.get(slug) or same[slug] for slug in plans}, tuple(stale))

    def _is_current(self, slug: str) -> bool:
        known, found = self.cache.plans.get(slug), self.site.checks.get(slug)
        return (
            known is not None
            and found is not None
            and known.fingerprint == self._fingerprint(slug, found)
            and self.site.are_unchanged(known.lookups)
            and all(self.output.keep(path, content) for path, content in known.files)
        )

    def _fingerprint(self, slug: str, found: CheckResult) -> str:
        """A digest of all that drawing a plan depends on, but for what it asks."""
        said = tuple(str(each) for each in found.findings)
        return fingerprint(
            self.site.plans.plans_by_slug[slug].fingerprint,
            self.page_fingerprint,
            said,
            self.histories.fingerprint(slug),
        )

    def _check_and_render(self, slug: str) -> tuple[CheckResult, RenderedPlan]:
        volume = self.site.plans.parsed_plan(slug)
        found = self.site.checks.get(slug) or self.site.check_plan(volume)
        return found, self._render(volume, found)

    def _render(self, volume: ParsedPlan, found: CheckResult) -> RenderedPlan:
        questions: Lookups = {}
        around = self.site.plans.index
        outlook = single_plan_site(volume, self.site.context, around, questions)
        chapter = compose_plan(outlook, found.findings, self.histories.plan_history(volume.plan.slug))
        return RenderedPlan(
            fingerprint=self._fingerprint(volume.plan.slug, found),
            history=self.histories.fingerprint(volume.plan.slug),
            files=tuple(self._write(chapter)),
            data=replace(chapter.data, files=()),
            lookups=around.answer_lookups(questions, self.site.source.hashes),
        )

    def _write(self, chapter: PlanPages) -> Iterator[tuple[str, FileDigest]]:
        """Page by page, so that no more than one is ever held."""
        for page in chapter.pages:
            yield page.path, self.output.put(page.path, self.render(page))
        for path, text in chapter.data.files:
            yield path, self.output.put(path, text.encode())
