"""Relative links written in a file, resolved to the pages and files of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote

from plansite.content.layout import slug_from_file_name
from plansite.markdown.dialect import is_relative_url
from plansite.model.action import Action
from plansite.model.field_groups import Evidence
from plansite.model.people import Agency, Owner, OwnerOrAgency
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Document, FrontPage, Site
from plansite.site.components.page_links import (
    action_address,
    plan_address,
    plan_document_address,
    profile_address,
    unreadable_file_address,
)

#: Where files beside the content are published.
FILES_FOLDER = "files/"


@dataclass(frozen=True)
class LinkResolver:
    """For every file of the site, the page or published file that stands for it, from the top of the site."""

    address_by_path: Mapping[str, str]

    @classmethod
    def from_site(cls, site: Site) -> LinkResolver:
        """Work them out once for a site."""
        return cls({**assign_file_addresses(site.files), **dict(_list_page_addresses(site))})

    def for_document(self, document: Document | FrontPage) -> Callable[[str], str]:
        """How links in this document resolve: to an address counted from its own page."""
        page = "index.html" if isinstance(document, FrontPage) else page_address(document)
        folder = posixpath.dirname(document.path)
        return lambda target: self._resolve_relative(target, folder, page)

    def find_address(self, target: str, folder: str) -> str:
        """Where a path relative to `folder` leads, from the top of the site; empty where to nothing."""
        path, _, fragment = target.partition("#")
        found = self.address_by_path.get(
            posixpath.normpath(posixpath.join(folder, unquote(path.partition("?")[0]))), ""
        )
        return f"{found}#{fragment}" if found and fragment else found

    def _resolve_relative(self, target: str, folder: str, page: str) -> str:
        found = self.find_address(target, folder)
        if not found:
            return "#broken-link"
        path, hash_, fragment = found.partition("#")
        return quote(posixpath.relpath(path, posixpath.dirname(page) or "."), safe="/.-_~") + hash_ + fragment


def plan_folder(path: str) -> str:
    """The folder of the plan that a file belongs to; evidence counts from there."""
    return "/".join(path.split("/")[:3])


def assign_file_addresses(files: Iterable[str]) -> dict[str, str]:
    """For each file beside the content, where it is published: below `files/`, in names that every computer can hold.

    Names that would fall together get a number, so that no file is ever taken for another.
    """
    places: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(files):
        *folders, name = path.removeprefix("content/").split("/")
        stem, ending = posixpath.splitext(name)
        base = "/".join(
            (FILES_FOLDER.rstrip("/"), *(slug_from_file_name(folder) for folder in folders), slug_from_file_name(stem))
        )
        place, number = f"{base}{ending.lower()}", 2
        while place.casefold() in taken:
            place, number = f"{base}-{number}{ending.lower()}", number + 1
        taken.add(place.casefold())
        places[path] = place
    return places


def page_address(document: Document) -> str:
    """The page of any document."""
    match document:
        case Action():
            return action_address(document)
        case Plan():
            return plan_address(document.slug)
        case Owner() | Agency():
            return profile_address(document)
        case Review() | Incident() | Measure():
            return plan_document_address(document)


def _list_page_addresses(site: Site) -> Iterator[tuple[str, str]]:
    if site.front_page.path:
        yield site.front_page.path, "index.html"
    for unread in site.unreadable:
        yield unread.path, unreadable_file_address(unread)
    parties: tuple[OwnerOrAgency, ...] = (*site.owners, *site.agencies)
    for party in parties:
        yield party.path, profile_address(party)
    for plan in site.plans:
        if plan.lines:  # one without a file of its own has no path that could be linked to
            yield plan.path, plan_address(plan.slug)
        documents: tuple[Document, ...] = (*plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
        for document in documents:
            yield document.path, page_address(document)


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """Something that shows that the work was done; without an address it is words."""

    label: str
    href: str
    day: date | None


def build_evidence_links(items: Sequence[Evidence], path: str, resolver: LinkResolver) -> tuple[EvidenceLink, ...]:
    """Evidence named in the file at `path`; files lie in the plan's folder, else beside the file that names them."""
    return tuple(
        EvidenceLink(item.label or item.url, _resolve_evidence(item.url, path, resolver), item.date) for item in items
    )


def _resolve_evidence(url: str, path: str, resolver: LinkResolver) -> str:
    if not is_relative_url(url):
        return url
    return resolver.find_address(url, plan_folder(path)) or resolver.find_address(url, path.rpartition("/")[0])


def find_linked_files(site: Site, resolver: LinkResolver) -> Iterator[tuple[str, str]]:
    """Output path and source path, relative to the site, of every file that something links to; each once."""
    seen: set[str] = set()
    places = resolver.address_by_path
    for targets, folders in _collect_targets(site):
        for target in targets:
            for folder in folders:
                path = posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0].partition("?")[0])))
                if path not in seen and places.get(path, "").startswith(FILES_FOLDER):
                    seen.add(path)
                    yield places[path], path


def _collect_targets(site: Site) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    yield [link.target for link in site.front_page.body.links], ("content",)
    people: tuple[Document, ...] = (*site.owners, *site.agencies)
    for person in people:
        yield _list_body_targets(person), (posixpath.dirname(person.path),)
    for plan in site.plans:
        tables = [f"{posixpath.basename(measure.path)[:-3]}.csv" for measure in plan.measures]
        yield tables, tuple(posixpath.dirname(measure.path) for measure in plan.measures[:1])
        documents: tuple[Document, ...] = (plan, *plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
        for document in documents:
            yield _list_body_targets(document), (posixpath.dirname(document.path),)
            evidence = [item.url for item in getattr(document, "evidence", ()) if is_relative_url(item.url)]
            yield evidence, (plan_folder(document.path), posixpath.dirname(document.path))


def _list_body_targets(document: Document) -> list[str]:
    return [link.target for link in document.body.links]
