"""Site-wide pages (lists, people, calendar, search, data): rendered again where something they can show changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.incremental.fingerprint import fingerprint
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.parallel.parallel_map import parallel_map
from plansite.pipeline.cached import fingerprint_findings
from plansite.pipeline.plan_checks import list_linked_files
from plansite.pipeline.plan_renderer import PlanRenderer, RenderedPlans
from plansite.publish.headers import netlify
from plansite.publish.stage import FileDigest
from plansite.render.theme import Theme
from plansite.site.all_pages import build_people_pages, build_site_pages
from plansite.site.changes.site_changes import build_site_changes_page, render_feeds
from plansite.site.components.page import Page
from plansite.site.data.data_files import build_site_data, find_earliest_change

#: From this many plans on, a second process is worth its start.
_PARALLEL_FROM = 20

#: Pages by path, or the text of a data file.
PageGroup = Callable[[SiteOnDate], Iterable[tuple[str, Page | str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePages:
    """The site-wide files by output path, and those that differ from the last build.

    `fingerprint` covers all that they depend on.
    """

    fingerprint: str
    files: dict[str, FileDigest]
    changed: tuple[str, ...]


def render_site_pages(renderer: PlanRenderer, plans: RenderedPlans, findings: tuple[Finding, ...]) -> SitePages:
    """Publish the site-wide pages; `findings` are those that the audience may see."""
    build, output, cached = renderer.build, renderer.output, renderer.cache.site_pages
    inputs = _fingerprint(renderer, findings)
    is_unchanged = inputs == renderer.cache.site_pages_fingerprint
    if is_unchanged and all(output.keep(path, digest) for path, digest in cached.items()):
        return SitePages(fingerprint=inputs, files=dict(cached), changed=())
    summaries = build.summaries()

    def render(group: PageGroup) -> list[tuple[str, FileDigest]]:
        return [(path, output.put(path, _to_bytes(renderer, content))) for path, content in group(summaries)]

    processes = None if build.cache.store.is_shared and len(build.plan_slugs) > _PARALLEL_FROM else 1
    rendered = parallel_map(render, _page_groups(renderer, plans, findings), processes, 1)
    files = {path: digest for group in rendered for path, digest in group}
    changed = tuple(path for path, digest in files.items() if cached.get(path) != digest)
    return SitePages(fingerprint=inputs, files=files, changed=changed)


def _to_bytes(renderer: PlanRenderer, content: Page | str) -> bytes:
    return content.encode() if isinstance(content, str) else renderer.context.render(content)


def _fingerprint(renderer: PlanRenderer, findings: tuple[Finding, ...]) -> str:
    """Covers everything that site-wide pages can show."""
    build, site = renderer.build, renderer.build.context.site
    return fingerprint(
        renderer.context.fingerprint,
        renderer.context.build_info,
        tuple((slug, build.loader.by_slug[slug].summary_fingerprint) for slug in build.plan_slugs),
        (site.front_page, site.owners, site.agencies, site.unreadable),
        sorted(site.files),
        fingerprint_findings(findings),
        renderer.histories.index,
    )


def _page_groups(renderer: PlanRenderer, plans: RenderedPlans, findings: tuple[Finding, ...]) -> tuple[PageGroup, ...]:
    """The pages in two groups of about the same work."""
    build, histories = renderer.build, renderer.histories
    data = [result.value.data for result in plans.by_slug.values()]

    def people(summaries: SiteOnDate) -> Iterator[tuple[str, Page | str]]:
        return ((page.path, page) for page in build_people_pages(summaries, build.addresses))

    def others(summaries: SiteOnDate) -> Iterator[tuple[str, Page | str]]:
        info, next_change = renderer.context.build_info, find_earliest_change(data)
        for page in build_site_pages(summaries, build.addresses, findings, info, next_change):
            yield page.path, page
        changes, reason = histories.recent(build.context.today), histories.index.unavailable_reason
        changes_page = build_site_changes_page(summaries, changes, reason, has_history=histories.is_available)
        yield changes_page.path, changes_page
        if histories.is_available:
            yield from render_feeds(summaries, changes).items()
        yield from build_site_data(summaries, data).items()
        yield "_headers", netlify(build.context.site.settings)

    return others, people


def list_static_files(root: Path, linked_files: Mapping[str, str], theme: Theme) -> dict[str, bytes | Path]:
    """The files that are copied: the theme's static files, and files that pages link to, by output path."""
    of_theme: dict[str, bytes | Path] = {f"static/{name}": path for name, path in theme.static_files().items()}
    return {**of_theme, **{path: root / source for path, source in linked_files.items()}}


def publish_static_files(renderer: PlanRenderer, plans: RenderedPlans) -> dict[str, FileDigest]:
    """Publish the files that are copied. A linked file that has not changed is not read again."""
    build, output = renderer.build, renderer.output
    linked_files = list_linked_files(build, plans.checks)

    def publish(path: str, source: bytes | Path) -> FileDigest:
        cached = renderer.cache.static_files.get(path)
        content_hash = build.source.hashes.get(linked_files.get(path, ""))
        if cached and cached.digest == content_hash and output.keep(path, cached):
            return cached
        return output.put(path, source)

    sources = list_static_files(build.source.root, linked_files, renderer.context.theme)
    return {path: publish(path, source) for path, source in sources.items()}
