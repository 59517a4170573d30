"""A site that is drawn page by page as somebody asks for them, kept in step with its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from plansite.checks.discretion import discreet
from plansite.content.prints import Looker
from plansite.content.settings import FILE, settings_of
from plansite.content.shelf import folders_of
from plansite.history.commit import commit_of
from plansite.model.findings import Finding
from plansite.pipeline.beside import store_of
from plansite.pipeline.chapter import Chapter, chapter_of
from plansite.pipeline.compile import Built, frame_of
from plansite.pipeline.pasts import Pasts
from plansite.pipeline.sheets import copied
from plansite.pipeline.terms import Clock, Frame
from plansite.pipeline.way import Way, examined, site_of_one
from plansite.publish.headers import netlify
from plansite.publish.store import Near
from plansite.render.contrast import contrast_findings
from plansite.render.theme import theme_of
from plansite.render.writer import Writer, dated
from plansite.site.data import WHOLE, site_data
from plansite.site.next_change import next_change
from plansite.site.page import Page
from plansite.site.pages import people_sheets, site_sheets
from plansite.site.site_changes import feeds, site_changes_page

Shown = Page | str
_PEOPLE = ("owners", "agencies")
#: A changed theme is tried on so many plans and on all sheets, so that nearly every template is met at once.
_TRIED = 20


class Workshop:
    """Builds one site again and again; what has not changed is neither read nor looked at."""

    def __init__(self, root: Path, clock: Clock) -> None:
        """`clock` is asked at each build."""
        self._root = root
        self._clock = clock
        self._store = Near(store_of(root))
        self._looker = Looker()
        self._frame = ""

    def built(self) -> Built:
        """The site as its files are now. Raises SettingsError, ThemeError and OSError."""
        settings, _ = settings_of((self._root / FILE).read_bytes())
        prints = self._looker.prints(self._root, FILE, folders_of(settings))
        way = Way.into(self._root, self._clock, None, self._store, prints)
        way.look()
        way.keep()
        theme = theme_of(self._root, way.terms.head.settings.theme)
        commit = commit_of(self._root)
        frame, writer = frame_of(way, theme, self._clock, commit)
        findings = way.findings()
        files = Files(way, frame, writer, copied(self._root, way.assets(), theme), findings, Pasts.of(way, commit))
        mark = frame.mark(way.terms)
        if mark != self._frame:
            files.try_templates()
            self._frame = mark
        said = findings if way.terms.sight.is_whole else examined(self._root, self._clock, self._store).findings()
        told = (*discreet(said), *contrast_findings(theme, self._root))
        return Built(files=files, findings=told, site=way.terms.head)


class Files(Mapping[str, bytes | Path]):
    """The files of a site by output path, each made when it is asked for."""

    def __init__(
        self,
        way: Way,
        frame: Frame,
        writer: Writer,
        copies: Mapping[str, Path],
        findings: tuple[Finding, ...],
        pasts: Pasts,
    ) -> None:
        """`copies` are published as they are, `findings` are those that may be shown."""
        self._way = way
        self._frame = frame
        self._writer = writer
        self._copies = copies
        self._findings = findings
        self._pasts = pasts
        self._chapters: dict[str, tuple[Chapter, dict[str, Shown]]] = {}
        self._sheets: dict[str, Shown] = {"_headers": netlify(way.terms.sight.settings)}
        self._feeds: dict[str, str] | None = None
        self._waiting: dict[bool, Iterator[Page]] = {}
        self._data: dict[str, str] = {}

    def __getitem__(self, path: str) -> bytes | Path:
        """Draw it."""
        copy = self._copies.get(path)
        if copy is not None:
            return copy
        shown = self._shown(path)
        if shown is None:
            raise KeyError(path)
        return shown.encode() if isinstance(shown, str) else dated(self._writer.draw(shown), self._way.terms.today)

    def __contains__(self, path: object) -> bool:
        """Whether there is such a file; nothing is drawn."""
        return isinstance(path, str) and (path in self._copies or self._shown(path) is not None)

    def __iter__(self) -> Iterator[str]:
        """Every path; this composes all pages."""
        for slug in self._way.reading.plans:
            yield from self._chapter(slug)[1]
        for people in (True, False):
            self._sheet("", people=people)
        yield from (*self._sheets, *WHOLE, *self._all_feeds(), *self._copies)

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)

    def try_templates(self) -> None:
        """Draw some of everything, so that a fault of the theme is met now and not by whoever turns to a page."""
        plans = self._way.reading.plans[:_TRIED]
        for people in (True, False):
            self._sheet("", people=people)
        for shown in (*(each for slug in plans for each in self._chapter(slug)[1].values()), *self._sheets.values()):
            if isinstance(shown, Page):
                self._writer.draw(shown)

    def _shown(self, path: str) -> Shown | None:
        folder, _, rest = path.partition("/")
        if path.endswith(".atom"):
            return self._all_feeds().get(path)
        if path in WHOLE:
            return self._whole_data()[path]
        if folder in ("plans", "data"):
            slug = rest.partition("/")[0] if folder == "plans" else rest.rpartition(".")[0].removesuffix("~")
            found = self._chapter(slug)[1].get(path) if slug in self._way.reading.surroundings.outlines else None
            return found or self._sheet(path, people=False)
        return self._sheet(path, people=folder in _PEOPLE or (rest == "" and folder.startswith("owners-")))

    def _chapter(self, slug: str) -> tuple[Chapter, dict[str, Shown]]:
        known = self._chapters.get(slug)
        if known is None:
            way = self._way
            outlook = site_of_one(way.reading.volume(slug), way.terms, way.reading.surroundings, {})
            chapter = chapter_of(outlook, way.looked[slug].findings, self._pasts.past(slug))
            pages: dict[str, Shown] = {page.path: page for page in chapter.pages}
            known = self._chapters[slug] = (chapter, {**pages, **dict(chapter.data.files)})
        return known

    def _sheet(self, path: str, *, people: bool) -> Shown | None:
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
        return people_sheets(self._way.lean(), self._way.reading.surroundings.addresses)

    def _others(self) -> Iterator[Page]:
        outlook, addresses = self._way.lean(), self._way.reading.surroundings.addresses
        news = self._pasts.recent(self._way.terms.today)
        told = self._pasts.told
        yield site_changes_page(outlook, news, told.hidden, told=bool(told.marks))
        yield from site_sheets(outlook, addresses, self._findings, self._frame.copy, next_change(outlook))

    def _all_feeds(self) -> dict[str, str]:
        if self._feeds is None:
            news = self._pasts.recent(self._way.terms.today)
            self._feeds = feeds(self._way.lean(), news) if self._pasts.told.marks else {}
        return self._feeds

    def _whole_data(self) -> dict[str, str]:
        if not self._data:
            plans = [self._chapter(slug)[0].data for slug in self._way.reading.plans]
            self._data = site_data(self._way.lean(), plans)
        return self._data
