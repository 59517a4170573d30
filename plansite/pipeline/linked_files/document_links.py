"""The links to files of each document, as they are kept of a plan, and the files that they lead to."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from plansite.deferred_dataclass import dataclass
from plansite.markdown.dialect import is_local_url
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.waivers import Allow
from plansite.model.links.file_links import list_file_links
from plansite.model.links.targets import find_target, index_twins, split_link
from plansite.model.site import Document, FrontPage, Site, list_plan_documents, list_site_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLinks:
    """The links of one document that may lead to published files, each with the folders that it may count from.

    `allow` are the rules that are set aside in the document or for its plan.
    """

    path: str
    links: tuple[tuple[str, tuple[str, ...]], ...]
    allow: tuple[Allow, ...]


def list_plan_links(plan: Plan) -> Iterator[DocumentLinks]:
    """The links of the documents of a plan; a document without any is left out."""
    for document in list_plan_documents(plan):
        yield from _list_links(document, plan.allow)


def list_site_links(site: Site) -> Iterator[DocumentLinks]:
    """The same for the front page, owners and agencies."""
    if site.front_page.path:
        yield from _list_links(site.front_page, ())
    for document in list_site_documents(site):
        yield from _list_links(document, ())


def _list_links(document: Document | FrontPage, allow: tuple[Allow, ...]) -> Iterator[DocumentLinks]:
    links = {(link.target, link.folders): None for link in list_file_links(document) if _may_be_file(link.target)}
    if isinstance(document, Measure):
        table, folder = f"{posixpath.basename(document.path)[:-3]}.csv", posixpath.dirname(document.path)
        links |= {(table, (folder,)): None, (quote(table), (folder,)): None}
    if links:
        own = () if isinstance(document, FrontPage | Plan) else document.allow
        yield DocumentLinks(path=document.path, links=tuple(links), allow=(*allow, *own))


def _may_be_file(link: str) -> bool:
    """Whether a link may lead to a published file: most others lead to a website, a heading or another document."""
    path = split_link(link)[0]
    return bool(path) and is_local_url(link) and not path.lower().endswith(".md")


class FileFinder:
    """Finds the file that a link leads to, among the files that pages may link to."""

    def __init__(self, assets: frozenset[str]) -> None:
        """`assets` are paths from the top of the site."""
        self._assets = assets

    def find_files(self, links: DocumentLinks) -> Iterator[str]:
        """The paths of the files that a document links to, each once."""
        found = (self._find(target, folders) for target, folders in links.links)
        return iter(dict.fromkeys(path for path in found if path))

    def find_all(self, links: Iterable[DocumentLinks]) -> Mapping[str, tuple[DocumentLinks, ...]]:
        """The documents that link to each file."""
        documents: dict[str, tuple[DocumentLinks, ...]] = {}
        for each in links:
            for path in self.find_files(each):
                documents[path] = (*documents.get(path, ()), each)
        return documents

    def _find(self, link: str, folders: tuple[str, ...]) -> str:
        for folder in folders:
            target = find_target(link, folder, self._assets, self._twins)
            if target and target.path in self._assets:
                return target.path
        return ""

    @functools.cached_property
    def _twins(self) -> Mapping[str, str]:
        return index_twins(self._assets)
