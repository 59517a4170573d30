"""Site-wide pages (lists, people, calendar, search, data), in groups that are rendered where their inputs changed."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterator, Mapping
from itertools import chain

from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.file_access import FileInFolder
from plansite.incremental.fingerprint import fingerprint
from plansite.model.findings import Finding
from plansite.model.site import list_site_documents
from plansite.parallel.parallel_map import parallel_map
from plansite.pipeline.cached import PublishedCopy, PublishedGroup
from plansite.pipeline.linked_files.published_copies import LinkedCopy, list_linked_copies
from plansite.pipeline.plan_checks import list_linked_files
from plansite.pipeline.plan_renderer import PlanRenderer, RenderedPlans
from plansite.pipeline.site_build import SiteBuild
from plansite.pipeline.site_wide.page_task import SitePageTask, group_by_source
from plansite.pipeline.site_wide.part_tasks import list_part_tasks
from plansite.pipeline.site_wide.summary_tasks import list_summary_tasks
from plansite.publish.stage import FileDigest
from plansite.render.theme import Theme
from plansite.site.contributions import PageContent
from plansite.site.page_groups import SITE_PAGE_GROUPS

#: From this many plans on, a second process is worth its start.
_PARALLEL_FROM = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePages:
    """The site-wide files by group. `rendered` are the groups that did not come from the cache.

    `changed` are the output paths of the files that differ from those of the last build.
    """

    groups: Mapping[str, PublishedGroup]
    rendered: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def files(self) -> dict[str, FileDigest]:
        """All files by output path."""
        return _merge_files(self.groups)


def render_site_pages(renderer: PlanRenderer, plans: RenderedPlans, findings: tuple[Finding, ...]) -> SitePages:
    """Publish the site-wide pages; `findings` are those that the audience may see."""
    build, cached = renderer.build, renderer.cache.site_pages
    load_summaries = functools.cache(build.summaries)
    shared, known_plans = _fingerprint_shared(renderer), _fingerprint_plans(build)
    tasks = (
        *list_summary_tasks(renderer, plans, findings, load_summaries, fingerprint(shared, known_plans)),
        *list_part_tasks(renderer, plans, shared),
        *_list_contribution_tasks(renderer, plans),
    )
    stale = group_by_source(task for task in tasks if not _can_reuse(renderer, task))

    def render(group: tuple[SitePageTask, ...]) -> list[tuple[str, PublishedGroup]]:
        return [(task.name, _render_task(renderer, task)) for task in group]

    processes = None if build.cache.store.is_shared and len(build.plan_slugs) > _PARALLEL_FROM else 1
    rendered = dict(chain.from_iterable(parallel_map(render, stale, processes, 1)))
    previous = _merge_files(cached)
    return SitePages(
        groups={task.name: rendered.get(task.name) or cached[task.name] for task in tasks},
        rendered=tuple(rendered),
        changed=tuple(path for path, digest in _merge_files(rendered).items() if previous.get(path) != digest),
    )


def _render_task(renderer: PlanRenderer, task: SitePageTask) -> PublishedGroup:
    files = {path: renderer.output.put(path, _to_bytes(renderer, content)) for path, content in task.compose()}
    return PublishedGroup(fingerprint=task.fingerprint, files=files)


def _can_reuse(renderer: PlanRenderer, task: SitePageTask) -> bool:
    """Whether the inputs of the group are unchanged and all its files can be published again."""
    cached = renderer.cache.site_pages.get(task.name)
    return (
        cached is not None
        and cached.fingerprint == task.fingerprint
        and all(renderer.output.keep(path, digest) for path, digest in cached.files.items())
    )


def _merge_files(groups: Mapping[str, PublishedGroup]) -> dict[str, FileDigest]:
    return {path: digest for group in groups.values() for path, digest in group.files.items()}


def _to_bytes(renderer: PlanRenderer, content: PageContent) -> bytes:
    if isinstance(content, bytes):
        return content
    return encode(content) if isinstance(content, str) else renderer.context.render(content)


def _list_contribution_tasks(renderer: PlanRenderer, plans: RenderedPlans) -> Iterator[SitePageTask]:
    """The groups that depend on parts of the plans' contributions."""
    site = renderer.build.site_without_plans()
    for group in SITE_PAGE_GROUPS:
        selections = tuple(result.value.selections[group.name] for result in plans.by_slug.values())
        yield SitePageTask(
            name=group.name,
            fingerprint=fingerprint(renderer.context.fingerprint, group.select_site(site), selections),
            compose=functools.partial(group.compose, site, plans.contributions),
        )


def _fingerprint_shared(renderer: PlanRenderer) -> str:
    """Covers what all pages that are composed from summaries can show besides the plans."""
    build, site = renderer.build, renderer.build.context.site
    return fingerprint(
        renderer.context.fingerprint,
        (site.owners, site.agencies, site.unreadable, site.settings.views),
        tuple(_list_link_addresses(build)),
    )


def _fingerprint_plans(build: SiteBuild) -> str:
    """Covers the summaries of all plans."""
    return fingerprint(*((slug, build.loader.by_slug[slug].summary_fingerprint) for slug in build.plan_slugs))


def _list_link_addresses(build: SiteBuild) -> Iterator[str]:
    """Where each link of the front page, owners and agencies leads: a heading may come or go that no summary has."""
    for document in list_site_documents(build.context.site):
        folder = posixpath.dirname(document.path)
        yield from (build.addresses.find_address(link.target, folder) for link in document.body.links)


def list_static_files(
    build: SiteBuild, linked_files: Mapping[str, str], theme: Theme
) -> dict[str, bytes | FileInFolder | LinkedCopy]:
    """The files that are copied: the theme's static files, and files that pages link to, by output path."""
    of_theme: dict[str, bytes | FileInFolder] = {f"static/{name}": path for name, path in theme.static_files().items()}
    sees_all = build.context.sees_all
    return {**of_theme, **dict(list_linked_copies(build.source, linked_files, build.file_reports, sees_all=sees_all))}


def publish_static_files(renderer: PlanRenderer, plans: RenderedPlans) -> dict[str, PublishedCopy]:
    """Publish the files that are copied. A linked file that has not changed is not read again."""
    build, output, cached = renderer.build, renderer.output, renderer.cache.static_files

    def publish(path: str, source: bytes | FileInFolder | LinkedCopy) -> PublishedCopy:
        if not isinstance(source, LinkedCopy):
            return PublishedCopy(output.put(path, source), "")
        known = cached.get(path)
        if known and known.source == source.fingerprint and output.keep(path, known.content):
            return known
        return PublishedCopy(output.put(path, source.load()), source.fingerprint)

    sources = list_static_files(build, list_linked_files(build, plans.checks), renderer.context.theme)
    return {path: publish(path, source) for path, source in sources.items()}
