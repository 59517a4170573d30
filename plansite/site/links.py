"""Relative links written in a file, resolved to the pages and files of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from plansite.content.layout import address
from plansite.model.action import Action
from plansite.model.people import Agency, Owner, Party
from plansite.model.plan import Incident, Measure, Plan, Review
from plansite.model.site import Document, Front, Site
from plansite.site.addresses import action_page, document_page, party_page, plan_page, unread_page

#: Where files beside the content are published.
PUBLISHED = "files/"


@dataclass(frozen=True)
class Addresses:
    """For every file of the site, the page or published file that stands for it, from the top of the site."""

    by_path: Mapping[str, str]

    @classmethod
    def of_site(cls, site: Site) -> Addresses:
        """Work them out once for a site."""
        return cls({**published(site.files), **dict(_pages(site))})

    def of(self, document: Document | Front) -> Callable[[str], str]:
        """How links in this document resolve: to an address counted from its own page."""
        page = "index.html" if isinstance(document, Front) else page_of(document)
        folder = posixpath.dirname(document.path)
        return lambda target: self._relative(target, folder, page)

    def target(self, target: str, folder: str) -> str:
        """Where a path relative to `folder` leads, from the top of the site; empty where to nothing."""
        path, _, fragment = target.partition("#")
        found = self.by_path.get(posixpath.normpath(posixpath.join(folder, unquote(path.partition("?")[0]))), "")
        return f"{found}#{fragment}" if found and fragment else found

    def _relative(self, target: str, folder: str, page: str) -> str:
        found = self.target(target, folder)
        if not found:
            return "#broken-link"
        path, hash_, fragment = found.partition("#")
        return quote(posixpath.relpath(path, posixpath.dirname(page) or "."), safe="/.-_~") + hash_ + fragment


def plan_folder(path: str) -> str:
    """The folder of the plan that a file belongs to; evidence counts from there."""
    return "/".join(path.split("/")[:3])


def published(files: Iterable[str]) -> dict[str, str]:
    """For each file beside the content, where it is published: below `files/`, in names that every computer can hold.

    Names that would fall together get a number, so that no file is ever taken for another.
    """
    places: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(files):
        *folders, name = path.removeprefix("content/").split("/")
        stem, ending = posixpath.splitext(name)
        base = "/".join((PUBLISHED.rstrip("/"), *(address(folder) for folder in folders), address(stem)))
        place, number = f"{base}{ending.lower()}", 2
        while place.casefold() in taken:
            place, number = f"{base}-{number}{ending.lower()}", number + 1
        taken.add(place.casefold())
        places[path] = place
    return places


def page_of(document: Document) -> str:
    """The page of any document."""
    match document:
        case Action():
            return action_page(document)
        case Plan():
            return plan_page(document.slug)
        case Owner() | Agency():
            return party_page(document)
        case Review() | Incident() | Measure():
            return document_page(document)


def _pages(site: Site) -> Iterator[tuple[str, str]]:
    if site.front.path:
        yield site.front.path, "index.html"
    for unread in site.unread:
        yield unread.path, unread_page(unread)
    parties: tuple[Party, ...] = (*site.owners, *site.agencies)
    for party in parties:
        yield party.path, party_page(party)
    for plan in site.plans:
        if plan.lines:  # one without a file of its own has no path that could be linked to
            yield plan.path, plan_page(plan.slug)
        documents: tuple[Document, ...] = (*plan.actions, *plan.reviews, *plan.incidents, *plan.measures)
        for document in documents:
            yield document.path, page_of(document)
