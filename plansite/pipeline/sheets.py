"""What speaks of all plans: lists, people, search and data, drawn again only where something of that has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plansite.model.course import Outlook
from plansite.model.findings import Finding
from plansite.pipeline.chapter import Binding, Chapters
from plansite.pipeline.pasts import Pasts
from plansite.pipeline.terms import Frame, digest
from plansite.pipeline.way import Way
from plansite.publish.headers import netlify
from plansite.publish.stage import Content
from plansite.render.theme import Theme
from plansite.site.data import first_change, site_data
from plansite.site.page import Page
from plansite.site.pages import people_sheets, site_sheets
from plansite.site.site_changes import feeds, site_changes_page
from plansite.workers.spread import spread

#: From this many plans on, a second process is worth its start.
_MANY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The sheets of a site by output path, and which are not what they were; `whole` is a digest of all they show."""

    whole: str
    sheets: dict[str, Content]
    changed: tuple[str, ...]


def whole_mark(way: Way, frame: Frame, findings: tuple[Finding, ...], pasts: Pasts) -> str:
    """A digest of everything that sheets can show."""
    plans = tuple((slug, way.reading.known[slug].mark) for slug in way.reading.plans)
    head = way.terms.head
    people = (head.front, head.owners, head.agencies, head.unread)
    said = tuple(str(finding) for finding in findings)
    return digest(frame.mark(way.terms), frame.copy, plans, people, sorted(head.files), said, pasts.told)


def sheets_of(binding: Binding, chapters: Chapters, frame: Frame, findings: tuple[Finding, ...]) -> Sheets:
    """Publish the sheets; `findings` are those that this audience may see."""
    way, draw, output = binding.way, binding.draw, binding.output
    whole, known = whole_mark(way, frame, findings, binding.pasts), binding.kept.sheets
    if whole == binding.kept.whole and all(output.keep(path, content) for path, content in known.items()):
        return Sheets(whole=whole, sheets=dict(known), changed=())
    outlook = way.lean()

    # No fingerprint of a view comes before drawing: for a thousand rows it takes longer than drawing them.
    def work(part: Part) -> list[tuple[str, Content]]:
        drawn = ((path, shown.encode() if isinstance(shown, str) else draw(shown)) for path, shown in part(outlook))
        return [(path, output.put(path, data)) for path, data in drawn]

    processes = None if way.store.is_shared and len(way.reading.plans) > _MANY else 1
    made = dict(
        each for part in spread(work, _parts(binding, chapters, frame, findings), processes, 1) for each in part
    )
    changed = tuple(path for path, content in made.items() if known.get(path) != content)
    return Sheets(whole=whole, sheets=made, changed=changed)


#: Some of the sheets, each with its path and its page, or with its text where it is data.
Part = Callable[[Outlook], Iterable[tuple[str, Page | str]]]


def _parts(binding: Binding, chapters: Chapters, frame: Frame, findings: tuple[Finding, ...]) -> tuple[Part, ...]:
    """The sheets in two parts of about the same work."""
    way = binding.way
    addresses = way.reading.surroundings.addresses
    data = [drawn.data for drawn in chapters.drawn.values()]

    def people(outlook: Outlook) -> Iterator[tuple[str, Page | str]]:
        return ((page.path, page) for page in people_sheets(outlook, addresses))

    def others(outlook: Outlook) -> Iterator[tuple[str, Page | str]]:
        for page in site_sheets(outlook, addresses, findings, frame.copy, first_change(data)):
            yield page.path, page
        news = binding.pasts.recent(way.terms.today)
        told = binding.pasts.told
        changes = site_changes_page(outlook, news, told.hidden, told=bool(told.marks))
        yield changes.path, changes
        if told.marks:
            yield from feeds(outlook, news).items()
        yield from site_data(outlook, data).items()
        yield "_headers", netlify(way.terms.sight.settings)

    return others, people


def copied(root: Path, linked: Mapping[str, str], theme: Theme) -> dict[str, Path]:
    """What is published as it is: the theme's static files, and files that pages link to, by output path."""
    static = {f"static/{name}": path for name, path in theme.static().items()}
    return {**static, **{path: root / source for path, source in linked.items()}}


def copies_of(binding: Binding, theme: Theme) -> dict[str, Content]:
    """Publish them."""
    linked = binding.way.assets()
    wanted = copied(binding.way.shelf.root, linked, theme)
    return {path: _copied(binding, path, source, linked.get(path, "")) for path, source in wanted.items()}


def _copied(binding: Binding, path: str, source: Path, own: str) -> Content:
    """A file of the content has a digest already; a static file is small enough to be read again."""
    known = binding.kept.copies.get(path)
    if known and known.digest == binding.way.shelf.prints.get(own) and binding.output.keep(path, known):
        return known
    return binding.output.put(path, source)
