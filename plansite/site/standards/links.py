"""Links from documents to the standards that they name."""

from __future__ import annotations

from collections.abc import Iterable

from plansite.model.documents.records.evidence import Evidence
from plansite.model.frameworks.citations import CitingDocument, find_cited, list_citations
from plansite.model.frameworks.framework import Framework, Standard
from plansite.model.page_addresses import standard_address
from plansite.model.site import Site
from plansite.site.components.page import Link


def link_standards(site: Site, document: CitingDocument) -> tuple[Link, ...]:
    """The standards that a document names, its evidence included, each once; text where that is unknown or unclear."""
    links: dict[str, Link] = {}
    for citation in list_citations(document):
        standard = find_cited(citation, site.standards).only
        link = link_standard(site, standard) if standard else Link(citation.text)
        links.setdefault(standard.key if standard else citation.text, link)
    return tuple(links.values())


def link_evidence_standards(site: Site, items: Iterable[Evidence]) -> tuple[tuple[Link, ...], ...]:
    """For each piece of evidence the standards that it names itself."""
    return tuple(tuple(link_named_standard(site, text) for text in item.standards) for item in items)


def link_named_standard(site: Site, text: str) -> Link:
    """The standard that a text names; text where that is unknown or unclear."""
    standard = site.standards.find(text).only
    return link_standard(site, standard) if standard else Link(text)


def link_standard(site: Site, standard: Standard, *, with_framework: bool = True) -> Link:
    """A standard that something names, by its name and framework; without a link where the framework is not shown."""
    framework = site.standards.framework_of(standard)
    name = framework.name_standard(standard)
    name = f"{name}, {framework.short_label}" if with_framework else name
    return Link(name, standard_address(standard) if is_shown(site, framework) else "")


def is_shown(site: Site, framework: Framework) -> bool:
    """Whether a framework has a place on the page of standards, provided that something names it."""
    chosen = site.settings.frameworks
    return not chosen or any(site.standards.find_framework(name) is framework for name in chosen)
