"""The sections of a document's body under their own headings, as HTML with resolved links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from plansite.markdown.html import resolve_links
from plansite.model.body import Body, BodyHtml, join_html, normalise_heading
from plansite.model.formatting import format_long_date
from plansite.model.plan import Incident, Measure, Review
from plansite.site.components.content_links import LinkResolver


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
    return tuple(
        SectionView(f"part-{number}", section.title, resolve_links(section.html, resolve))
        for number, section in enumerate(body.other_sections(*shown_elsewhere), 1)
    )


def build_sections(
    document: Review | Incident | Measure, resolver: LinkResolver, first: tuple[str, ...]
) -> tuple[SectionView, ...]:
    """The sections of a document: those with the titles in `first`, then all others in the order of the file.

    Sections with the same title are joined; empty ones are left out.
    """
    body, resolve = document.body, resolver.for_document(document)
    names = dict.fromkeys(normalise_heading(section.title) for section in body.sections)
    first_names = [normalise_heading(title) for title in first]
    ordered = [name for name in first_names if name in names] + [name for name in names if name not in first_names]
    titles = {normalise_heading(section.title): section.title for section in reversed(body.sections)}
    html_by_name = defaultdict[str, list[BodyHtml]](list)
    for section in body.sections:
        html_by_name[normalise_heading(section.title)].append(section.html)
    sections = (
        (titles[name], resolve_links(join_html(*html_by_name[name], _render_extracted_list(body, name)), resolve))
        for name in ordered
    )
    return tuple(SectionView(f"part-{number}", title, html) for number, (title, html) in enumerate(sections, 1) if html)


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
