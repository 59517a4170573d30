"""All evidence of a pack in one list: what it is, what it shows, and where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.markdown.dialect import is_local_url
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count
from plansite.model.page_addresses import FRONT_PAGE, page_address
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links
from plansite.site.components.page import Link, Page

#: The page of a pack that lists its evidence.
EVIDENCE_PAGE = "evidence.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackEvidenceRow:
    """A piece of evidence: a file of the pack, a web address, or words alone. `shows` is what it belongs to."""

    label: str
    href: str
    shows: Link
    kind: str
    day: date | None
    owner: str
    expires: date | None
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackEvidenceView:
    """What the page shows. `words` say how many pieces there are, and how many of them are files of the pack."""

    words: str
    rows: tuple[PackEvidenceRow, ...]


def build_evidence_page(plans: Sequence[Plan], resolver: LinkResolver) -> Page:
    """The list of the evidence that the actions and incidents of these plans name."""
    rows = tuple(row for plan in plans for row in _list_rows(plan, resolver))
    files = sum(row.where == _IN_PACK for row in rows)
    words = format_count(len(rows), "piece of evidence", "pieces of evidence")
    return Page(
        path=EVIDENCE_PAGE,
        template="evidence_pack/evidence.html",
        title="Evidence",
        view=PackEvidenceView(words=f"{words}. {_count_files(files)} in this pack." if rows else "", rows=rows),
        section=EVIDENCE_PAGE,
        trail=(Link("This pack", FRONT_PAGE), Link("Evidence")),
    )


def _count_files(number: int) -> str:
    if not number:
        return "None of it is a file"
    return "1 is a file" if number == 1 else f"{number:,} are files"


_IN_PACK, _ON_WEB, _IN_WORDS, _MISSING = "In this pack", "Elsewhere", "In words only", "Not in this pack"


def _list_rows(plan: Plan, resolver: LinkResolver) -> Iterator[PackEvidenceRow]:
    documents: tuple[Action | Incident, ...] = (*plan.actions, *plan.incidents)
    for document in documents:
        links = build_evidence_links(document.evidence, document.path, resolver)
        for item, link in zip(document.evidence, links, strict=True):
            yield PackEvidenceRow(
                label=link.label,
                href=link.href,
                shows=Link(_name_document(document), page_address(document)),
                kind=item.kind.capitalize() if item.kind else "",
                day=link.day,
                owner=item.owner,
                expires=item.expires,
                where=_describe_place(item.url, link),
            )


def _name_document(document: Action | Incident) -> str:
    ref = document.ref if isinstance(document, Action) else ""
    return f"{ref} {document.title}".strip()


def _describe_place(url: str, link: EvidenceLink) -> str:
    if not url:
        return _IN_WORDS
    if not is_local_url(url):
        return _ON_WEB
    return _IN_PACK if link.href else _MISSING


def count_evidence(page: Page) -> int:
    """How many pieces of evidence the page lists."""
    return len(page.view.rows) if isinstance(page.view, PackEvidenceView) else 0
