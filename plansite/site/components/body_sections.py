"""The sections of a document's body under their own headings, as HTML with resolved links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from html import escape
from operator import itemgetter

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.markdown.html import resolve_links
from plansite.model.body import Body, BodyHtml, join_html, join_sections, normalise_heading
from plansite.model.formatting import format_long_date
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page_anchors import NumberedSections, SectionedDocument, group_sections, number_sections

_ID = compile_lazily(r' id="[^"]*"')


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a body; `key` is its id on the page. `html` is empty for a heading with nothing below it."""

    key: str
    title: str
    html: str


def render_elsewhere(html: BodyHtml, resolve: Callable[[str], str]) -> str:
    """A part of a body on a page that is not its document's own: without ids, which that page may have already."""
    return _ID.sub("", resolve_links(html, resolve))


def build_other_sections(
    body: Body, resolve: Callable[[str], str], shown_elsewhere: Iterable[str] = (), *, title: str
) -> tuple[SectionView, ...]:
    """The sections of a body in their order, without those that the page shows in places of their own.

    `resolve` turns a relative link into an address, see `LinkResolver.for_document`. A first heading that repeats the
    `title` of the page, with nothing below it, is left out.
    """
    own = tuple(shown_elsewhere)
    lists = {} if "steps" in own else _render_extracted_lists(body)
    return tuple(_build_section(group, lists, resolve) for group in number_sections(body, own, title=title))


def find_heading(body: Body, title: str) -> str:
    """The heading of the section with this title as the file has it; empty if it has none."""
    return next((section.title for section in body.find_sections(title)), "")


def build_sections(document: SectionedDocument, resolver: LinkResolver) -> tuple[SectionView, ...]:
    """The sections of a document in the order of its page, those with the same title joined.

    A first heading that repeats the document's title, with nothing below it, is left out.
    """
    resolve, lists = resolver.for_document(document), _render_extracted_lists(document.body)
    return tuple(_build_section(group, lists, resolve) for group in group_sections(document))


def render_section_elsewhere(document: SectionedDocument, title: str, resolve: Callable[[str], str]) -> str:
    """The sections of a document with this heading, as HTML for another page than its own; empty if it has none."""
    lists, key = _render_extracted_lists(document.body), normalise_heading(title)
    groups = (group for group in group_sections(document) if group.sections[0][1].key == key)
    return "".join(_ID.sub("", _build_section(group, lists, resolve).html) for group in groups)


def _build_section(group: NumberedSections, lists: dict[int, BodyHtml], resolve: Callable[[str], str]) -> SectionView:
    shown = [replace(section, html=join_html(section.html, lists.get(index, ()))) for index, section in group.sections]
    return SectionView(group.key, shown[0].title, resolve_links(join_sections(shown), resolve))


def _render_extracted_lists(body: Body) -> dict[int, BodyHtml]:
    """The parser takes steps and progress notes out of the HTML of sections; this renders them, by index of section."""
    lines = [section.line for section in body.sections]
    items: dict[int, list[tuple[int, BodyHtml]]] = {}
    for line, lead, html in (
        *((step.line, f'<b class="soft">{"Done" if step.done else "To do"}:</b> ', step.html) for step in body.steps),
        *((note.line, _format_note_lead(note.date, note.by), note.html) for note in body.progress),
    ):
        items.setdefault(bisect_right(lines, line) - 1, []).append(
            (line, join_html((f"<li>{lead}",), html, ("</li>",)))
        )
    return {
        index: join_html(("<ul>",), *(html for _, html in sorted(entries, key=itemgetter(0))), ("</ul>",))
        for index, entries in items.items()
    }


def _format_note_lead(day: date | None, by: str) -> str:
    words = ", ".join(escape(part) for part in (format_long_date(day) if day else "", by) if part)
    return f'<b class="soft">{words}: </b>' if words else ""
