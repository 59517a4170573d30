"""The sections of a document's body under their own headings, as HTML with resolved links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from operator import itemgetter

from plansite.markdown.html import resolve_links
from plansite.model.body import Body, BodyHtml, Section, join_html, join_sections, normalise_heading
from plansite.model.formatting import format_long_date
from plansite.model.plan import Incident, Measure, Review
from plansite.site.components.content_links import LinkResolver


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a body; `key` is its id on the page. `html` is empty for a heading with nothing below it."""

    key: str
    title: str
    html: str


def build_other_sections(
    body: Body, resolve: Callable[[str], str], shown_elsewhere: Iterable[str] = (), *, title: str = ""
) -> tuple[SectionView, ...]:
    """The sections of a body in their order, without those that the page shows in places of their own.

    `resolve` turns a relative link into an address, see `LinkResolver.for_document`. A first heading that repeats the
    `title` of the page, with nothing below it, is left out.
    """
    own = frozenset(map(normalise_heading, shown_elsewhere))
    lists = {} if "steps" in own else _render_extracted_lists(body)
    shown = [(index, section) for index, section in enumerate(body.sections) if section.key not in own]
    if shown and shown[0][0] == 0 and _repeats_title(body.sections[0], title):
        del shown[0]
    return tuple(
        SectionView(
            f"part-{number}", section.title, resolve_links(join_html(section.html, lists.get(index, ())), resolve)
        )
        for number, (index, section) in enumerate(shown, 1)
    )


def find_heading(body: Body, title: str) -> str:
    """The heading of the section with this title as the file has it; empty if it has none."""
    return next((section.title for section in body.find_sections(title)), "")


def build_sections(
    document: Review | Incident | Measure, resolver: LinkResolver, first: tuple[str, ...]
) -> tuple[SectionView, ...]:
    """The sections of a document: those with the titles in `first`, then all others in the order of the file.

    Sections with the same title are joined. A first heading that repeats the document's title, with nothing below it,
    is left out.
    """
    body, resolve = document.body, resolver.for_document(document)
    lists = _render_extracted_lists(body)
    groups: dict[str, list[Section]] = {}
    for index, section in enumerate(body.sections):
        if index or not _repeats_title(section, document.title):
            with_list = replace(section, html=join_html(section.html, lists.get(index, ())))
            groups.setdefault(section.key, []).append(with_list)
    first_names = [normalise_heading(title) for title in first]
    ordered = [name for name in first_names if name in groups] + [name for name in groups if name not in first_names]
    return tuple(
        SectionView(f"part-{number}", groups[name][0].title, resolve_links(join_sections(groups[name]), resolve))
        for number, name in enumerate(ordered, 1)
    )


def _repeats_title(section: Section, title: str) -> bool:
    """Whether a section is nothing but the title of its page."""
    return section.title == title and not section.html


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
