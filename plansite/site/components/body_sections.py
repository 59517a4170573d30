"""The sections of a document's body under their own headings, as HTML with resolved links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from plansite.markdown.html import resolve_links
from plansite.model.body import Body, BodyHtml, join_html
from plansite.model.formatting import format_long_date
from plansite.model.plan import Incident, Measure, Review
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page_anchors import NamedSections, group_sections, number_sections


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a body; `key` is its id on the page."""

    key: str
    title: str
    html: str


def build_other_sections(
    body: Body, resolve: Callable[[str], str], shown_elsewhere: Iterable[str] = ()
) -> tuple[SectionView, ...]:
    """The sections of a body in their order, without those that the page shows in places of their own.

    `resolve` turns a relative link into an address, see `LinkResolver.for_document`.
    """
    return tuple(_build_section(body, group, resolve) for group in number_sections(body, *shown_elsewhere))


def build_sections(document: Review | Incident | Measure, resolver: LinkResolver) -> tuple[SectionView, ...]:
    """The sections of a document in the order of its page, those with the same title joined, without empty ones."""
    resolve = resolver.for_document(document)
    return tuple(_build_section(document.body, group, resolve) for group in group_sections(document))


def _build_section(body: Body, group: NamedSections, resolve: Callable[[str], str]) -> SectionView:
    html = join_html(*(section.html for section in group.sections), _render_extracted_list(body, group.name))
    return SectionView(group.key, group.sections[0].title, resolve_links(html, resolve))


def _render_extracted_list(body: Body, name: str) -> BodyHtml:
    """The parser takes the lists under "Steps" and "Progress" out of the section's HTML; this renders them again."""
    leads_and_htmls: list[tuple[str, BodyHtml]] = []
    if name == "steps":
        leads_and_htmls = [
            (f'<b class="soft">{"Done" if step.done else "To do"}:</b> ', step.html) for step in body.steps
        ]
    if name == "progress":
        leads_and_htmls = [
            (f'<b class="soft">{_format_note_lead(note.date, note.by)}</b>', note.html) for note in body.progress
        ]
    items = (join_html((f"<li>{lead}",), html, ("</li>",)) for lead, html in leads_and_htmls)
    return join_html(("<ul>",), *items, ("</ul>",)) if leads_and_htmls else ()


def _format_note_lead(day: date | None, by: str) -> str:
    words = ", ".join(escape(part) for part in (format_long_date(day) if day else "", by) if part)
    return f"{words}: " if words else ""
