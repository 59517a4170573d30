"""The pages of one build of the preview, each composed and rendered when it is requested."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plansite.content.text import encode
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.file_access import FileInFolder
from plansite.model.assessment import SiteOnDate
from plansite.model.findings import Finding
from plansite.model.page_addresses import ABOUT_PAGE, CHANGES_PAGE, FEED_SUFFIX
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.linked_files.published_copies import LinkedCopy
from plansite.pipeline.page_context import PageContext
from plansite.pipeline.plan_checks import PlanChecks
from plansite.pipeline.plan_renderer import PlanPages, compose_plan
from plansite.pipeline.preview_pages.preview_contributions import ContributionCache, PreviewedPlans, load_lazily
from plansite.pipeline.site_build import SiteBuild
from plansite.publish.headers import netlify
from plansite.site.changes.site_changes import build_site_changes_page, render_feeds
from plansite.site.components.page import Page
from plansite.site.contributions import (
    PageContent,
    PlanContribution,
    SitePageGroup,
)
from plansite.site.data.next_change import find_next_change
from plansite.site.incidents.incident_rows import list_incident_rows
from plansite.site.lists.tagged_actions import SiteTags
from plansite.site.lists.tags import list_tag_parts
from plansite.site.measures.measure_pages import list_measure_rows
from plansite.site.page_groups import SITE_PAGE_GROUPS
from plansite.site.page_parts import SitePagePart
from plansite.site.people.page_parts import list_people_parts
from plansite.site.people.site_work import SiteWork
from plansite.site.summary_pages import SUMMARY_PAGES, SummaryPageInputs, find_summary_pages

#: The folders of pages about people and tags, and the names of further pages of their tables.
_PART_FOLDER = compile_lazily(r"(owners|agencies|tags)[/-]")
#: A changed theme is tried on so many plans and all site-wide pages, which covers nearly every template.
_TRIED_PLANS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedSite:
    """All that the pages of one build are made from; `findings` are those that the audience may see."""

    build: SiteBuild
    context: PageContext
    checks: PlanChecks
    findings: tuple[Finding, ...]
    histories: PlanHistories
    static_files: Mapping[str, bytes | FileInFolder | LinkedCopy]
    contributions: ContributionCache

    def contribution(self, slug: str) -> PlanContribution:
        """What a plan contributes to pages across plans, each field worked out when it is read."""
        plans = PreviewedPlans(build=self.build, context=self.context, checks=self.checks, histories=self.histories)
        return load_lazily(self.contributions, plans, slug)

    def list_parts(self, slugs: Iterable[str]) -> Iterator[SitePagePart]:
        """The parts of the pages about people and tags, as far as these plans have something for them."""
        site, plans = self.build.site_without_plans(), list(map(self.contribution, slugs))
        unreadable = sum(each.entries.unreadable_actions for each in plans)
        work = SiteWork(site.site.people, (each.work for each in plans), unreadable)
        yield from list_people_parts(site, work, (), self.build.addresses)
        yield from list_tag_parts(site, SiteTags(each.tags for each in plans), ())


class LazyPages(Mapping[str, bytes | FileInFolder]):
    """The files of a site by output path, each composed and rendered when it is requested."""

    def __init__(self, site: PreviewedSite) -> None:
        """Nothing is composed yet."""
        self._site = site
        self._plans: dict[str, tuple[PlanPages, dict[str, PageContent]]] = {}
        self._site_pages: dict[str, PageContent] = {"_headers": netlify(site.build.context.site.settings)}
        self._summaries: SiteOnDate | None = None
        self._feeds: dict[str, str] | None = None
        self._remaining: dict[str, Iterator[Page]] = {}
        self._groups: dict[str, dict[str, PageContent]] = {}
        self._parts: dict[str, dict[str, PageContent]] = {}

    def __getitem__(self, path: str) -> bytes | FileInFolder:
        """Render it."""
        static_file = self._site.static_files.get(path)
        if isinstance(static_file, LinkedCopy):
            try:
                return static_file.load()
            except FileNotFoundError:
                return static_file.file  # the response says that it was deleted
        if static_file is not None:
            return static_file
        content = self._find(path)
        if content is None:
            raise KeyError(path)
        if isinstance(content, bytes):
            return content
        return encode(content) if isinstance(content, str) else self._site.context.render(content)

    def __contains__(self, path: object) -> bool:
        """Whether there is such a file. It is composed for that, but not rendered."""
        return isinstance(path, str) and (path in self._site.static_files or self._find(path) is not None)

    def __iter__(self) -> Iterator[str]:
        """Every path. This composes all pages."""
        for slug in self._site.build.plan_slugs:
            yield from self._plan_pages(slug)[1]
        self._compose_site_pages()
        for part in self._all_parts:
            yield from self._part_files(part)
        for group in SITE_PAGE_GROUPS:
            yield from self._group_files(group)
        yield from (*self._site_pages, *self._all_feeds(), *self._site.static_files)

    def __len__(self) -> int:
        """How many files there are."""
        return sum(1 for _ in self)

    def try_templates(self) -> None:
        """Render some of all pages, so that a fault in the theme is met now and not when a page is requested."""
        self._compose_site_pages()
        tried = self._site.build.plan_slugs[:_TRIED_PLANS]
        plans = (self._plan_pages(slug)[1].values() for slug in tried)
        groups = (self._compose_group(group, tried).values() for group in SITE_PAGE_GROUPS)
        parts = ({page.path: page for page in part.compose()}.values() for part in self._site.list_parts(tried))
        for contents in (*plans, *groups, *parts, self._site_pages.values()):
            for content in contents:
                if isinstance(content, Page):
                    self._site.context.render(content)

    def _find(self, path: str) -> PageContent | None:
        folder, _, rest = path.partition("/")
        if path.endswith(FEED_SUFFIX):
            return self._all_feeds().get(path)
        for group in SITE_PAGE_GROUPS:
            if group.may_contain(path):
                return self._group_files(group).get(path)
        if folder in ("plans", "data"):
            slug = rest.partition("/")[0] if folder == "plans" else rest.rpartition(".")[0].removesuffix("~")
            found = self._plan_pages(slug)[1].get(path) if slug in self._site.build.index.plans else None
            return found or self._site_page(path, find_summary_pages(path).name)
        if _PART_FOLDER.match(path):
            part = next((part for part in self._all_parts if part.may_contain(path)), None)
            return self._part_files(part).get(path) if part else self._site_page(path, ABOUT_PAGE)
        return self._site_page(path, path if path == CHANGES_PAGE else find_summary_pages(path).name)

    def _plan_pages(self, slug: str) -> tuple[PlanPages, dict[str, PageContent]]:
        composed = self._plans.get(slug)
        if composed is None:
            build = self._site.build
            dated_site = build.single_plan_site(build.parsed_plan(slug), {})
            findings = self._site.checks[slug].value.findings
            pages = compose_plan(dated_site, findings, self._site.histories.plan_history(slug))
            files: dict[str, PageContent] = {page.path: page for page in pages.pages}
            composed = self._plans[slug] = (pages, {**files, **dict(pages.data_files)})
        return composed

    @functools.cached_property
    def _all_parts(self) -> tuple[SitePagePart, ...]:
        return tuple(self._site.list_parts(self._site.build.plan_slugs))

    def _part_files(self, part: SitePagePart) -> dict[str, PageContent]:
        if part.path not in self._parts:
            self._parts[part.path] = {page.path: page for page in part.compose()}
        return self._parts[part.path]

    def _group_files(self, group: SitePageGroup[Any]) -> dict[str, PageContent]:
        if group.name not in self._groups:
            self._groups[group.name] = self._compose_group(group, self._site.build.plan_slugs)
        return self._groups[group.name]

    def _compose_group(self, group: SitePageGroup[Any], slugs: Iterable[str]) -> dict[str, PageContent]:
        contributions = map(self._site.contribution, slugs)
        return dict(group.compose(self._site.build.site_without_plans(), contributions))

    def _site_page(self, path: str, kind: str) -> PageContent | None:
        """A site-wide page of a kind: changes or one of `SUMMARY_PAGES`. Composes until it is found."""
        if path in self._site_pages:
            return self._site_pages[path]
        if kind not in self._remaining:
            self._remaining[kind] = self._compose_kind(kind)
        for page in self._remaining[kind]:
            self._site_pages[page.path] = page
            if page.path == path:
                return page
        return None

    def _compose_site_pages(self) -> None:
        for kind in (CHANGES_PAGE, *(pages.name for pages in SUMMARY_PAGES)):
            self._site_page("", kind)

    def _compose_kind(self, kind: str) -> Iterator[Page]:
        return iter((self._changes_page(),)) if kind == CHANGES_PAGE else self._summary_pages(kind)

    def _load_summaries(self) -> SiteOnDate:
        if self._summaries is None:
            self._summaries = self._site.build.summaries()
        return self._summaries

    def _changes_page(self) -> Page:
        histories, summaries = self._site.histories, self._load_summaries()
        changes, index = histories.recent(summaries.today), histories.index
        return build_site_changes_page(
            summaries, changes, index.unavailable_reason, has_history=histories.is_available, first_day=index.first_day
        )

    def _summary_pages(self, name: str) -> Iterator[Page]:
        site, summaries = self._site, self._load_summaries()
        plans = summaries.site.plans
        inputs = SummaryPageInputs(
            dated_site=summaries,
            resolver=site.build.addresses,
            findings=site.findings,
            build_info=site.context.build_info,
            find_next_change=lambda: find_next_change(summaries),
            list_measures=lambda: (row for plan in plans for row in list_measure_rows(plan)),
            list_incidents=lambda: (row for plan in plans for row in list_incident_rows(summaries, plan)),
        )
        return find_summary_pages(name).build(inputs)

    def _all_feeds(self) -> dict[str, str]:
        if self._feeds is None:
            site, histories = self._site, self._site.histories
            changes = histories.recent(site.build.context.today)
            self._feeds = render_feeds(self._load_summaries(), changes) if histories.is_available else {}
        return self._feeds
