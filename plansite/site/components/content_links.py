"""Links written in source files, resolved to pages and published files of the site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from urllib.parse import quote, unquote

from plansite.content.files import SHOWN_SIZE
from plansite.content.layout import slug_from_file_name
from plansite.deferred_dataclass import dataclass
from plansite.markdown.dialect import is_local_url
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.records.evidence import Evidence
from plansite.model.links.anchors import AnchorIndex, Anchors, is_top
from plansite.model.links.file_links import list_file_links
from plansite.model.links.targets import LinkTarget, find_target, index_twins, split_link
from plansite.model.page_addresses import (
    FRONT_PAGE,
    page_address,
    profile_address,
    unreadable_file_address,
)
from plansite.model.people import OwnerOrAgency
from plansite.model.site import (
    Document,
    FrontPage,
    Site,
    UnreadableFile,
    list_inner_documents,
    list_plan_documents,
    list_site_documents,
)
from plansite.model.slugs import assign_unique_paths
from plansite.site.components.expiry import ExpiryView, build_expiry_view
from plansite.site.components.page import Link
from plansite.site.components.page_anchors import list_page_anchors
from plansite.site.components.page_links import profile_link
from plansite.site.standards.links import link_named_standard

#: Where files beside the content are published.
FILES_FOLDER = "files/"


@dataclass(frozen=True)
class LinkResolver:
    """The address of the page or published file for each source file, counted from the top of the site.

    `twins` are the files as from `index_twins`; `anchors_by_path` has the anchors of the pages made from files.
    """

    address_by_path: Mapping[str, str]
    twins: Mapping[str, str] = field(default_factory=dict)
    anchors_by_path: Mapping[str, Anchors] = field(default_factory=dict)
    _indexes: dict[str, AnchorIndex] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def from_site(cls, site: Site) -> LinkResolver:
        """A resolver for all files of a site. Build it once: it lists every document."""
        addresses = {**assign_file_addresses(site.files), **dict(_list_page_addresses(site))}
        documents = (*list_site_documents(site), *(each for plan in site.plans for each in list_plan_documents(plan)))
        return cls(addresses, index_twins(addresses), {each.path: list_page_anchors(each) for each in documents})

    def for_document(self, document: Document | FrontPage, shown_on: str = "") -> Callable[[str], str]:
        """A function from a link in this document to an address relative to the document's page.

        If a part of the document is `shown_on` another page, addresses are relative to that one. It returns an empty
        text for a link that leads nowhere.
        """
        own_page = FRONT_PAGE if isinstance(document, FrontPage) else page_address(document)
        page = shown_on or own_page
        top = "" if page == own_page else _make_relative(own_page, page)
        folder, own = posixpath.dirname(document.path), list[AnchorIndex]()

        def resolve(link: str) -> str:
            if not link.startswith("#"):
                return _make_relative(self.find_address(link, folder), page)
            if is_top(link[1:]):
                return top or "#"
            own[:] = own or [AnchorIndex(list_page_anchors(document))]
            page_id = own[0].find_id(link[1:])
            return f"{top}#{quote(page_id)}" if page_id else ""

        return resolve

    def find_path(self, link: str, folder: str) -> str:
        """The path that a link from a file in `folder` leads to; empty if there is no such file."""
        target = self._find_target(link, folder)
        return target.path if target else ""

    def find_address(self, link: str, folder: str) -> str:
        """The address, from the top of the site, of a link from a file in `folder`; empty if there is no such file.

        A fragment that the page does not have is left out.
        """
        target = self._find_target(link, folder)
        if target is None or target.page:
            return target.page if target else ""
        address, fragment = self.address_by_path[target.path], split_link(link)[1]
        if target.view:
            return posixpath.join(posixpath.dirname(address), f"{target.view}.html")
        if fragment and not address.startswith(FILES_FOLDER):
            fragment = self._index_anchors(target.path).find_id(fragment)
        fragment = unquote(fragment)
        return f"{address}#{fragment}" if fragment else address

    def _find_target(self, link: str, folder: str) -> LinkTarget | None:
        return find_target(link, folder, self.address_by_path, self.twins)

    def _index_anchors(self, path: str) -> AnchorIndex:
        if path not in self._indexes:
            self._indexes[path] = AnchorIndex(self.anchors_by_path.get(path, ()))
        return self._indexes[path]


def _make_relative(address: str, page: str) -> str:
    path, hash_, fragment = address.partition("#")
    if not path:
        return ""
    return (
        quote(posixpath.relpath(path, posixpath.dirname(page) or "."), safe="/.-_~")
        + hash_
        + quote(fragment, safe="=&,:-_.~")
    )


def plan_folder(path: str) -> str:
    """The folder of the plan that a source file belongs to: `content/plans/falls`. Evidence is relative to it."""
    return "/".join(path.split("/")[:3])


def assign_file_addresses(files: Iterable[str]) -> dict[str, str]:
    """The address below `files/` of each file beside the content, in characters that every file system can hold.

    Files whose addresses some file systems would take for the same get a number.
    """
    return assign_unique_paths((path, _suggest_file_address(path)) for path in sorted(files))


def _suggest_file_address(path: str) -> str:
    *folders, name = path.removeprefix("content/").split("/")
    stem, extension = posixpath.splitext(name)
    return FILES_FOLDER + "/".join(map(slug_from_file_name, (*folders, stem))) + extension.lower()


def _list_page_addresses(site: Site) -> Iterator[tuple[str, str]]:
    if site.front_page.path:
        yield site.front_page.path, FRONT_PAGE
    for unreadable in site.unreadable:
        yield unreadable.path, unreadable_file_address(unreadable)
    people: tuple[OwnerOrAgency, ...] = (*site.owners, *site.agencies)
    for owner_or_agency in people:
        yield owner_or_agency.path, profile_address(owner_or_agency)
    for plan in site.plans:
        yield from ((document.path, page_address(document)) for document in list_plan_documents(plan))


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A piece of evidence. Without an address it is text only; `is_absent` says that its file is not on the site."""

    label: str
    href: str
    day: date | None
    kind: str = ""
    keeper: Link = Link("")
    expiry: ExpiryView | None = None
    is_absent: bool = False
    standards: tuple[Link, ...] = ()


def build_evidence_links(
    items: Sequence[Evidence], path: str, resolver: LinkResolver, dated_site: SiteOnDate | None = None
) -> tuple[EvidenceLink, ...]:
    """Evidence named in the file at `path`; who keeps it and until when it counts only with the site and its day.

    Relative paths count from the plan's folder, or else from that file's.
    """
    return tuple(_build_evidence_link(item, path, resolver, dated_site) for item in items)


def _build_evidence_link(
    item: Evidence, path: str, resolver: LinkResolver, dated_site: SiteOnDate | None
) -> EvidenceLink:
    href = _resolve_evidence(item.url, path, resolver)
    return EvidenceLink(
        label=item.label or item.url,
        href=href,
        day=item.date,
        kind=item.kind.capitalize() if item.kind else "",
        keeper=profile_link(dated_site.site, item.owner) if dated_site else Link(""),
        expiry=build_expiry_view(item.expires, dated_site.today) if dated_site else None,
        is_absent=bool(item.url) and not href and is_local_url(item.url),
        standards=tuple(link_named_standard(dated_site.site, text) for text in item.standards) if dated_site else (),
    )


def _resolve_evidence(url: str, path: str, resolver: LinkResolver) -> str:
    if not is_local_url(url):
        return url
    return resolver.find_address(url, plan_folder(path)) or resolver.find_address(url, path.rpartition("/")[0])


def find_copy_address(file: UnreadableFile) -> str:
    """Where the whole of a file is published that is too large for its page; empty if it is not.

    Only files of the site's own folder are, and only in copies that show files which could not be read.
    """
    is_safe = file.path.startswith("content/") and file.path.isprintable() and "\ufffd" not in file.path
    if not file.full_size or not is_safe:
        return ""
    folder = f"{FILES_FOLDER}plans/{file.plan}/" if file.plan else FILES_FOLDER
    return f"{folder}{file.kind}-{file.slug}.md.txt"


def link_whole_file(file: UnreadableFile) -> Link:
    """The link to all of a file that is too large for its page; without an address if it is not published."""
    return Link("The whole file", find_copy_address(file))


def describe_cut(file: UnreadableFile) -> str:
    """A sentence saying how much is shown of a file that is too large; "" if all of it is."""
    if not file.full_size:
        return ""
    shown, size = SHOWN_SIZE // 1024, file.full_size // 1024
    return f"The file is too large for this page. The first {shown} KiB of {size:,} are shown."


def find_linked_files(site: Site, resolver: LinkResolver) -> Iterator[tuple[str, str]]:
    """Output path and source path of every file beside the content that a page links to; each once."""
    yield from ((address, file.path) for file in site.unreadable if (address := find_copy_address(file)))
    seen: set[str] = set()
    addresses = resolver.address_by_path
    for targets, folders in _collect_targets(site):
        for target in targets:
            paths = (resolver.find_path(target, folder) for folder in folders)
            path = next(filter(None, paths), "")  # a link leads to the first of them
            if path not in seen and addresses.get(path, "").startswith(FILES_FOLDER):
                seen.add(path)
                yield addresses[path], path


def _collect_targets(site: Site) -> Iterator[tuple[list[str], tuple[str, ...]]]:
    """Targets of links, and the folders that they may be relative to."""
    yield [link.target for link in site.front_page.body.links], ("content",)
    people: tuple[Document, ...] = (*site.owners, *site.agencies)
    for person in people:
        yield _list_body_targets(person), (posixpath.dirname(person.path),)
    for plan in site.plans:
        tables = [f"{posixpath.basename(measure.path)[:-3]}.csv" for measure in plan.measures]
        yield tables, tuple(posixpath.dirname(measure.path) for measure in plan.measures[:1])
        documents: tuple[Document, ...] = (plan, *list_inner_documents(plan))
        for link in (link for document in documents for link in list_file_links(document)):
            yield [link.target] if is_local_url(link.target) else [], link.folders


def _list_body_targets(document: Document) -> list[str]:
    return [link.target for link in document.body.links]
