"""What speaks of all plans: lists, people, search and data, drawn again only where they show something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plansite.build.chapter import Draw
from plansite.build.kept import Sheet
from plansite.build.output import Output
from plansite.build.terms import Frame, digest
from plansite.build.way import Way
from plansite.model.findings import Finding
from plansite.publish.headers import netlify
from plansite.publish.stage import Content
from plansite.render.theme import Theme
from plansite.site.assets import assets
from plansite.site.data import site_data
from plansite.site.page import Page
from plansite.site.pages import site_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The sheets of a site by output path, and which of them were drawn; `whole` is a digest of all they show."""

    whole: str
    sheets: dict[str, Sheet]
    drawn: tuple[str, ...]


def whole_mark(way: Way, frame: Frame, findings: tuple[Finding, ...]) -> str:
    """A digest of everything that sheets can show."""
    plans = tuple((slug, way.reading.known[slug].mark) for slug in way.reading.plans)
    head = way.terms.head
    people = (head.front, head.owners, head.agencies, head.unread)
    said = tuple(str(finding) for finding in findings)
    return digest(frame.mark(way.terms), frame.commit, plans, people, sorted(head.files), said)


def sheets_of(way: Way, frame: Frame, findings: tuple[Finding, ...], draw: Draw, output: Output) -> Sheets:
    """Publish the sheets; `findings` are those that this audience may see."""
    whole, known = whole_mark(way, frame, findings), way.kept.sheets
    same = whole == way.kept.whole
    if same and all(output.keep(path, sheet.content) for path, sheet in known.items()):
        return Sheets(whole=whole, sheets=dict(known), drawn=())
    mark, sheets, drawn = frame.mark(way.terms), {}, []
    for path, shown in _shown(way, frame, findings):
        base = digest(mark, shown)
        before = known.get(path)
        if before and before.base == base and output.keep(path, before.content):
            sheets[path] = before
            continue
        data = shown.encode() if isinstance(shown, str) else draw(shown)
        sheets[path] = Sheet(base=base, content=output.put(path, data))
        drawn.append(path)
    return Sheets(whole=whole, sheets=sheets, drawn=tuple(drawn))


def _shown(way: Way, frame: Frame, findings: tuple[Finding, ...]) -> Iterator[tuple[str, Page | str]]:
    """Every sheet with its page, or with its text where it is data."""
    outlook, addresses = way.lean(), way.reading.surroundings.addresses
    for page in site_pages(outlook, addresses, findings, way.terms.sight.audience, frame.commit):
        yield page.path, page
    yield from site_data(outlook, findings).items()
    yield "_headers", netlify(way.terms.sight.settings)


def copies_of(way: Way, theme: Theme, output: Output) -> dict[str, Content]:
    """Publish what is copied as it is: the theme's static files, and files that pages link to."""
    wanted: dict[str, Path] = {f"static/{name}": path for name, path in theme.static().items()}
    head = assets(way.terms.head, way.reading.surroundings.addresses)
    linked = dict([*head, *(pair for drawn in way.drawn.values() for pair in drawn.assets)])
    wanted.update((path, way.shelf.root / source) for path, source in linked.items())
    return {path: _copied(way, path, source, linked.get(path, ""), output) for path, source in wanted.items()}


def _copied(way: Way, path: str, source: Path, own: str, output: Output) -> Content:
    """A file of the content has a digest already; a static file is small enough to be read again."""
    known = way.kept.copies.get(path)
    if known and known.digest == way.shelf.prints.get(own) and output.keep(path, known):
        return known
    return output.put(path, source)
