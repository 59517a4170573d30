"""What speaks of all plans: lists, people, search and data, drawn again only where something of that has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.parallel.parallel_map import parallel_map
from plansite.pipeline.context import PageContext, fingerprint
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.plan_renderer import PlanRenderer, RenderedPlans
from plansite.pipeline.site_build import SiteBuild
from plansite.publish.headers import netlify
from plansite.publish.stage import FileDigest
from plansite.render.theme import Theme
from plansite.site.all_pages import build_people_pages, build_site_pages
from plansite.site.changes.site_changes import build_site_changes_page, render_feeds
from plansite.site.components.page import Page
from plansite.site.data.data_files import build_site_data, find_earliest_change

#: From this many plans on, a second process is worth its start.
_MANY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePages:
    """The sheets of a site by output path, and which are not what they were; `whole` is a digest of all they show."""

    fingerprint: str
    files: dict[str, FileDigest]
    changed: tuple[str, ...]


def fingerprint_site_pages(
    way: SiteBuild, frame: PageContext, findings: tuple[Finding, ...], pasts: PlanHistories
) -> str:
    """A digest of everything that sheets can show."""
    plans = tuple((slug, way.plans.plans_by_slug[slug].summary_fingerprint) for slug in way.plans.plans)
    head = way.context.site
    people = (head.front_page, head.owners, head.agencies, head.unreadable)
    said = tuple(str(finding) for finding in findings)
    return fingerprint(frame.fingerprint(way.context), frame.copy, plans, people, sorted(head.files), said, pasts.index)


def render_site_pages(
    binding: PlanRenderer, chapters: RenderedPlans, frame: PageContext, findings: tuple[Finding, ...]
) -> SitePages:
    """Publish the sheets; `findings` are those that this audience may see."""
    way, draw, output = binding.site, binding.render, binding.output
    whole, known = fingerprint_site_pages(way, frame, findings, binding.histories), binding.cache.site_pages
    if whole == binding.cache.site_pages_fingerprint and all(
        output.keep(path, content) for path, content in known.items()
    ):
        return SitePages(fingerprint=whole, files=dict(known), changed=())
    outlook = way.summaries()

    # No fingerprint of a view comes before drawing: for a thousand rows it takes longer than drawing them.
    def work(part: PageGroup) -> list[tuple[str, FileDigest]]:
        drawn = ((path, shown.encode() if isinstance(shown, str) else draw(shown)) for path, shown in part(outlook))
        return [(path, output.put(path, data)) for path, data in drawn]

    processes = None if way.store.is_shared and len(way.plans.plans) > _MANY else 1
    made = dict(
        each
        for part in parallel_map(work, _page_groups(binding, chapters, frame, findings), processes, 1)
        for each in part
    )
    changed = tuple(path for path, content in made.items() if known.get(path) != content)
    return SitePages(fingerprint=whole, files=made, changed=changed)


#: Some of the sheets, each with its path and its page, or with its text where it is data.
PageGroup = Callable[[SiteOnDate], Iterable[tuple[str, Page | str]]]


def _page_groups(
    binding: PlanRenderer, chapters: RenderedPlans, frame: PageContext, findings: tuple[Finding, ...]
) -> tuple[PageGroup, ...]:
    """The sheets in two parts of about the same work."""
    way = binding.site
    addresses = way.plans.index.addresses
    data = [drawn.data for drawn in chapters.by_slug.values()]

    def people(outlook: SiteOnDate) -> Iterator[tuple[str, Page | str]]:
        return ((page.path, page) for page in build_people_pages(outlook, addresses))

    def others(outlook: SiteOnDate) -> Iterator[tuple[str, Page | str]]:
        for page in build_site_pages(outlook, addresses, findings, frame.copy, find_earliest_change(data)):
            yield page.path, page
        news = binding.histories.recent(way.context.today)
        told = binding.histories.index
        changes = build_site_changes_page(outlook, news, told.hidden, has_history=bool(told.fingerprints))
        yield changes.path, changes
        if told.fingerprints:
            yield from render_feeds(outlook, news).items()
        yield from build_site_data(outlook, data).items()
        yield "_headers", netlify(way.context.audience_filter.settings)

    return others, people


def static_files(root: Path, linked: Mapping[str, str], theme: Theme) -> dict[str, bytes | Path]:
    """What is published as it is: the theme's static files, and files that pages link to, by output path."""
    static: dict[str, bytes | Path] = {f"static/{name}": path for name, path in theme.static_files().items()}
    return {**static, **{path: root / source for path, source in linked.items()}}


def publish_static_files(binding: PlanRenderer, theme: Theme) -> dict[str, FileDigest]:
    """Publish them."""
    linked = binding.site.assets()
    wanted = static_files(binding.site.source.root, linked, theme)
    return {path: _publish_file(binding, path, source, linked.get(path, "")) for path, source in wanted.items()}


def _publish_file(binding: PlanRenderer, path: str, source: bytes | Path, own: str) -> FileDigest:
    """A file of the content has a digest already; a static file is small enough to be read again."""
    known = binding.cache.copies.get(path)
    if known and known.digest == binding.site.source.hashes.get(own) and binding.output.keep(path, known):
        return known
    return binding.output.put(path, source)
