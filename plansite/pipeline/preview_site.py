"""A site that is drawn page by page as somebody asks for them, kept in step with its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from plansite.cache.site_cache import open_store
from plansite.checks.redaction import redact_findings
from plansite.content.settings import SETTINGS_FILE, parse_settings
from plansite.content.source_tree import list_source_folders
from plansite.history.git import find_head_commit
from plansite.incremental.file_hashes import HashCache
from plansite.incremental.store import ReadThroughStore
from plansite.model.findings import Finding
from plansite.model.page_addresses import FEED_SUFFIX
from plansite.pipeline.build import BuiltSite, create_page_context
from plansite.pipeline.context import Clock, PageContext
from plansite.pipeline.histories import PlanHistories
from plansite.pipeline.plan_renderer import PlanPages, compose_plan
from plansite.pipeline.site_build import SiteBuild, check_site, single_plan_site
from plansite.pipeline.site_pages import static_files
from plansite.publish.headers import netlify
from plansite.render.page_renderer import PageRenderer, insert_as_at_date
from plansite.render.theme import load_theme
from plansite.render.theme_checks import check_theme
from plansite.site.all_pages import build_people_pages, build_site_pages
from plansite.site.changes.site_changes import build_site_changes_page, render_feeds
from plansite.site.components.page import Page
from plansite.site.data.data_files import SITE_DATA_PATHS, build_site_data
from plansite.site.data.next_change import find_next_change

Shown = Page | str
_PEOPLE = ("owners", "agencies")
#: A changed theme is tried on so many plans and on all sheets, so that nearly every template is met at once.
_TRIED = 20


class PreviewSite:
    """Builds one site again and again; what has not changed is neither read nor looked at."""

    def __init__(self, root: Path, clock: Clock) -> None:
        """`clock` is asked at each build."""
        self._root = root
        self._clock = clock
        self._store = ReadThroughStore(open_store(root))
        self._hash_cache = HashCache()
        self._frame = ""

    def build(self) -> BuiltSite:
        """The site as its files are now. Raises SettingsError, ThemeError and OSError."""
        settings, _ = parse_settings((self._root / SETTINGS_FILE).read_bytes())
        prints = self._hash_cache.hash_files(self._root, SETTINGS_FILE, list_source_folders(settings))
        way = SiteBuild.load(self._root, self._clock, None, self._store, prints)
        way.run_checks()
        way.save()
        theme = load_theme(self._root, way.context.site.settings.theme)
        commit = find_head_commit(self._root)
        frame, writer = create_page_context(way, theme, self._clock, commit)
        findings = way.findings()
        files = LazyPages(
            way, frame, writer, static_files(self._root, way.assets(), theme), findings, PlanHistories.load(way, commit)
        )
        mark = frame.fingerprint(way.context)
        if mark != self._frame:
            files.try_templates()
            self._frame = mark
        said = (
            findings
            if way.context.audience_filter.shows_all
            else check_site(self._root, self._clock, self._store).findings()
        )
        told = (*redact_findings(said), *check_theme(theme, self._root))
        return BuiltSite(files=files, findings=told, site=way.context.site)


class LazyPages(Mapping[str, bytes | Path]):
    """The files of a site by output path, each made when it is asked for."""

    def __init__(
        self,
        way: SiteBuild,
        frame: PageContext,
        writer: PageRenderer,
        copies: Mapping[str, bytes | Path],
        findings: tuple[Finding, ...],
        pasts: PlanHistories,
    ) -> None:
        """`copies` are published as they are, `findings` are those that may be shown."""
        self._site = way
        self._page_context = frame
        self._writer = writer
        self._static_files = copies
        self._findings = findings
        self._histories = pasts
        self._chapters: dict[str, tuple[PlanPages, dict[str, Shown]]] = {}
        self._sheets: dict[str, Shown] = {"_headers": netlify(way.context.audience_filter.settings)}
        self._feeds: dict[str, str] | None = None
        self._waiting: dict[bool, Iterator[Page]] = {}
        self._data: dict[str, str] = {}

    def __getitem__(self, path: str) -> bytes | Path:
        """Draw it."""
        copy = self._static_files.get(path)
        if copy is not None:
            return copy
        shown = self._find(path)
        if shown is None:
            raise KeyError(path)
        return (
            shown.encode()
            if isinstance(shown, str)
            else insert_as_at_date(self._writer.render(shown), self._site.context.today)
        )

    def __contains__(self, path: object) -> bool:
        """Whether there is such a file; nothing is drawn."""
        return isinstance(path, str) and (path in self._static_files or self._find(path) is not None)

    def __iter__(self) -> Iterator[str]:
        """Every path; this composes all pages."""
        for slug in self._site.plans.plans:
            yield from self._plan_pages(slug)[1]
        for people in (True, False):
            self._site_page("", people=people)
        yield from (*self._sheets, *SITE_DATA_PATHS, *self._all_feeds(), *self._static_files)

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)

    def try_templates(self) -> None:
        """Draw some of everything, so that a fault of the theme is met now and not by whoever turns to a page."""
        plans = self._site.plans.plans[:_TRIED]
        for people in (True, False):
            self._site_page("", people=people)
        for shown in (*(each for slug in plans for each in self._plan_pages(slug)[1].values()), *self._sheets.values()):
            if isinstance(shown, Page):
                self._writer.render(shown)

    def _find(self, path: str) -> Shown | None:
        folder, _, rest = path.partition("/")
        if path.endswith(FEED_SUFFIX):
            return self._all_feeds().get(path)
        if path in SITE_DATA_PATHS:
            return self._whole_data()[path]
        if folder in ("plans", "data"):
            slug = rest.partition("/")[0] if folder == "plans" else rest.rpartition(".")[0].removesuffix("~")
            found = self._plan_pages(slug)[1].get(path) if slug in self._site.plans.index.plans else None
            return found or self._site_page(path, people=False)
        return self._site_page(path, people=folder in _PEOPLE or (rest == "" and folder.startswith("owners-")))

    def _plan_pages(self, slug: str) -> tuple[PlanPages, dict[str, Shown]]:
        known = self._chapters.get(slug)
        if known is None:
            way = self._site
            outlook = single_plan_site(way.plans.parsed_plan(slug), way.context, way.plans.index, {})
            chapter = compose_plan(outlook, way.checks[slug].findings, self._histories.plan_history(slug))
            pages: dict[str, Shown] = {page.path: page for page in chapter.pages}
            known = self._chapters[slug] = (chapter, {**pages, **dict(chapter.data.files)})
        return known

    def _site_page(self, path: str, *, people: bool) -> Shown | None:
        """A page across plans; they are composed one after the other until it is found."""
        if path in self._sheets:
            return self._sheets[path]
        if people not in self._waiting:
            self._waiting[people] = self._people() if people else self._others()
        for page in self._waiting[people]:
            self._sheets[page.path] = page
            if page.path == path:
                return page
        return None

    def _people(self) -> Iterator[Page]:
        return build_people_pages(self._site.summaries(), self._site.plans.index.addresses)

    def _others(self) -> Iterator[Page]:
        outlook, addresses = self._site.summaries(), self._site.plans.index.addresses
        news = self._histories.recent(self._site.context.today)
        told = self._histories.index
        yield build_site_changes_page(outlook, news, told.hidden, has_history=bool(told.fingerprints))
        yield from build_site_pages(
            outlook, addresses, self._findings, self._page_context.copy, find_next_change(outlook)
        )

    def _all_feeds(self) -> dict[str, str]:
        if self._feeds is None:
            news = self._histories.recent(self._site.context.today)
            self._feeds = render_feeds(self._site.summaries(), news) if self._histories.index.fingerprints else {}
        return self._feeds

    def _whole_data(self) -> dict[str, str]:
        if not self._data:
            plans = [self._plan_pages(slug)[0].data for slug in self._site.plans.plans]
            self._data = build_site_data(self._site.summaries(), plans)
        return self._data
