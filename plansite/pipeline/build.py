"""The order of a build: scan, hash, parse, filter, index, check, render, and store what the next build can reuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from plansite.cache.site_cache import SiteCache, memory_cache
from plansite.checks.redaction import redact_findings
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.incremental.file_hashes import FileHashes
from plansite.incremental.tasks import TaskResult
from plansite.model.findings import Finding
from plansite.model.site import Site
from plansite.model.status import Audience
from plansite.pipeline.cached import PageCache, PublishedCopy, page_cache_key, rendered_plan_key
from plansite.pipeline.context import Clock
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.output import MemoryOutput, Output
from plansite.pipeline.page_context import create_page_context, find_commit_of
from plansite.pipeline.plan_checks import check_site, list_findings
from plansite.pipeline.plan_renderer import PlanRenderer, RenderedPlans, ReportProgress
from plansite.pipeline.site_build import SiteBuild
from plansite.pipeline.site_wide.site_pages import SitePages, publish_static_files, render_site_pages
from plansite.publish.stage import FileDigest
from plansite.render.theme_checks import check_theme
from plansite.site.downloads.plan_register import require_libraries


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """A whole site: its files by output path, as bytes or as the file to copy.

    `findings` are those of the whole repository, whatever the audience; pages show only what their audience may see.
    """

    files: Mapping[str, bytes | FileInFolder]
    findings: tuple[Finding, ...]
    site: Site


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build rendered, and from what.

    `files` are the digests of all published files by output path. `cache_keys` are the names of everything in the
    store that the next build can reuse.
    """

    renderer: PlanRenderer
    plans: RenderedPlans
    site_pages: SitePages
    files: Mapping[str, FileDigest]
    findings: tuple[Finding, ...]
    cache_keys: tuple[str, ...]

    @property
    def build(self) -> SiteBuild:
        """The site that was rendered."""
        return self.renderer.build


# Long because it is the order of a build, in one place.
def build_site(
    root: Path,
    clock: Clock,
    audience: Audience | None,
    cache: SiteCache,
    output: Output,
    *,
    hashes: FileHashes | None = None,
    report_progress: ReportProgress | None = None,
    history: bool = True,
    as_at_commit: str = "",
    is_encrypted: bool = False,
) -> BuildResult:
    """Build the site in `root` into `output`. Raises SettingsError, ThemeError, MissingExportError and OSError.

    `audience` left out is the site's own. `hashes` are the content hashes of all files if they were just taken.
    Without `history`, pages show only what the files themselves say of the past. `as_at_commit` is the commit that the
    files come from, if it is an earlier one.
    """
    # Scan, hash, parse (cached), filter by audience, index.
    build = SiteBuild.load(root, clock, audience, cache, hashes)
    require_libraries(build.context.site)
    # What pages are rendered with.
    commit = find_commit_of(root, as_at_commit)
    context = create_page_context(build, clock, commit, as_at_commit=as_at_commit, is_encrypted=is_encrypted)
    histories = PlanHistories.load(build, commit) if history else PlanHistories.empty()
    # Check (cached) and render (cached), plan by plan; then the pages across plans.
    renderer = PlanRenderer(
        build=build, context=context, histories=histories, cache=_load_page_cache(build), output=output
    )
    plans = renderer.render_plans(report_progress)
    findings = list_findings(build, plans.checks)
    site_pages = render_site_pages(renderer, plans, findings)
    static_files = publish_static_files(renderer, plans)
    # Store what the next build can reuse.
    build.save(plans.checks)
    _save_page_cache(renderer, plans, site_pages, static_files)
    # Findings are reported for the whole repository, so a build for fewer readers checks the whole site as well.
    whole, all_findings = (build, findings) if build.context.sees_all else check_site(root, clock, cache)
    key = page_cache_key(build.context)
    files = {path: digest for result in plans.by_slug.values() for path, digest in result.value.files}
    return BuildResult(
        renderer=renderer,
        plans=plans,
        site_pages=site_pages,
        files={**files, **site_pages.files, **{path: copy.content for path, copy in static_files.items()}},
        findings=(*redact_findings(all_findings), *check_theme(context.theme, root)),
        cache_keys=(
            key,
            *(rendered_plan_key(key, slug) for slug in plans.by_slug),
            *histories.cache_keys(build.context.today),
            *build.cache_keys(),
            *whole.cache_keys(),
        ),
    )


def build_in_memory(root: Path, *, clock: Clock, audience: Audience | None = None, history: bool = False) -> BuiltSite:
    """Build the site in `root` without any cache. Raises SettingsError, ThemeError and OSError."""
    output = MemoryOutput({})
    result = build_site(root, clock, audience, memory_cache(), output, history=history)
    return BuiltSite(files=dict(sorted(output.files.items())), findings=result.findings, site=result.build.context.site)


def _load_page_cache(build: SiteBuild) -> PageCache:
    store, key = build.cache.store, page_cache_key(build.context)
    cached = store.get(key)
    if not isinstance(cached, PageCache):
        return PageCache()
    plans = {slug: store.get(rendered_plan_key(key, slug)) for slug in build.plan_slugs}
    return replace(cached, plans={slug: plan for slug, plan in plans.items() if isinstance(plan, TaskResult)})


def _save_page_cache(
    renderer: PlanRenderer, plans: RenderedPlans, site_pages: SitePages, static_files: Mapping[str, PublishedCopy]
) -> None:
    """Store each plan that was rendered by itself: most of what is known of the others need not be written again."""
    build, key = renderer.build, page_cache_key(renderer.build.context)
    for slug in plans.rendered:
        build.cache.store.put(rendered_plan_key(key, slug), plans.by_slug[slug])
    build.cache.store.put(
        key,
        PageCache(
            context=build.context.fingerprint,
            page_context=renderer.context.fingerprint,
            file_hashes=dict(build.source.hashes),
            checks=plans.checks,
            site_pages=site_pages.groups,
            static_files=static_files,
        ),
    )
