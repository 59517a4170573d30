"""What one plan contributes to the pages of standards: all that names each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.evidence import Evidence
from plansite.model.evidence.categories import find_evidence_category
from plansite.model.frameworks.citations import (
    CitingDocument,
    StandardCitation,
    find_cited,
    list_citations,
    list_citing_documents,
)
from plansite.model.frameworks.ratings import RatingChange, find_rated_framework, list_rated_standards
from plansite.model.page_addresses import page_address, plan_document_address
from plansite.site.components.content_links import LinkResolver, build_evidence_links
from plansite.site.components.expiry import ExpiryView, build_expiry_view
from plansite.site.components.page import Link
from plansite.site.components.page_links import action_link, owner_link, plan_link
from plansite.site.components.widgets import Tag, build_course_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingAction:
    """An action that names a standard. `due` is the day on which an open one is due."""

    title: Link
    ref: str
    plan: Link
    owner: Link
    tag: Tag
    due: date | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CitingEvidence:
    """A piece of evidence for a standard, with its category, and the document that it is in."""

    label: str
    href: str
    day: date | None
    category: str
    expires: date | None
    expiry: ExpiryView | None
    document: Link
    plan: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRow:
    """How a self-assessment rates a standard. `level` is None for a word that is not on the scale.

    It `is_gap` if it is low and no action answers it.
    """

    title: Link
    plan: Link
    day: date | None
    rating: str
    level: int | None
    is_low: bool
    is_gap: bool
    change: RatingChange
    earlier: int | None


@dataclass(slots=True)
class _Collected:
    """What names one standard, while it is collected; incidents and measures by the address of their page."""

    actions: list[CitingAction] = field(default_factory=list)
    incidents: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    evidence: dict[tuple[str, str], CitingEvidence] = field(default_factory=dict)
    ratings: list[RatingRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardCitations:
    """All that names one standard in a plan; incidents and measures by the address of their page."""

    key: str
    actions: tuple[CitingAction, ...]
    incidents: tuple[str, ...]
    measures: tuple[str, ...]
    evidence: tuple[CitingEvidence, ...]
    ratings: tuple[RatingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStandards:
    """What names standards in a plan: for each standard, and texts that name none, with the document they are in."""

    cited: tuple[StandardCitations, ...] = ()
    unknown: tuple[tuple[str, Link], ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the standards."""
        return tuple(each.key for each in self.cited)


def list_plan_standards(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> PlanStandards:
    """All that names standards in a plan, by the key of the standard."""
    collected: defaultdict[str, _Collected] = defaultdict(_Collected)
    unknown: dict[tuple[str, Link], None] = {}
    for document in list_citing_documents(plan):
        for citation in list_citations(document):
            standard = find_cited(citation, dated_site.site.standards).only
            if standard is None:
                unknown[citation.text, Link(document.title, page_address(document))] = None
            else:
                _collect(collected[standard.key], dated_site, plan, document, citation, resolver)
    for key, row in _list_rating_rows(dated_site, plan):
        collected[key].ratings.append(row)
    return PlanStandards(cited=tuple(_freeze(key, collected[key]) for key in sorted(collected)), unknown=tuple(unknown))


def _freeze(key: str, collected: _Collected) -> StandardCitations:
    return StandardCitations(
        key=key,
        actions=tuple(dict.fromkeys(collected.actions)),
        incidents=tuple(dict.fromkeys(collected.incidents)),
        measures=tuple(dict.fromkeys(collected.measures)),
        evidence=tuple(collected.evidence.values()),
        ratings=tuple(collected.ratings),
    )


def _collect(
    collected: _Collected,
    dated_site: SiteOnDate,
    plan: Plan,
    document: CitingDocument,
    citation: StandardCitation,
    resolver: LinkResolver,
) -> None:
    """Add what a citation says: that a document names the standard, and which evidence there is for it.

    Evidence that names standards itself counts for these, other evidence for all that its document names.
    """
    items: tuple[Evidence, ...] = () if citation.evidence is None else (citation.evidence,)
    if citation.evidence is None and isinstance(document, Action | Incident):
        items = tuple(each for each in document.evidence if not each.standards)
    match document:
        case Action():
            collected.actions.append(_build_action(dated_site, plan, document))
        case Incident():
            collected.incidents.append(plan_document_address(document))
        case Measure():
            collected.measures.append(plan_document_address(document))
    for row in _list_evidence(plan, document, items, resolver, dated_site.today):
        collected.evidence[row.label, row.href] = row


def _build_action(dated_site: SiteOnDate, plan: Plan, action: Action) -> CitingAction:
    return CitingAction(
        title=action_link(action),
        ref=action.ref,
        plan=plan_link(plan),
        owner=owner_link(dated_site.site, action.owner),
        tag=build_course_tag(action, dated_site.assess_action(action)),
        due=action.due if action.is_open else None,
        is_open=action.is_open,
    )


def _list_evidence(
    plan: Plan, document: CitingDocument, items: tuple[Evidence, ...], resolver: LinkResolver, today: date
) -> Iterator[CitingEvidence]:
    for item, link in zip(items, build_evidence_links(items, document.path, resolver), strict=True):
        yield CitingEvidence(
            label=link.label,
            href=link.href,
            day=item.date,
            category=find_evidence_category(item.kind),
            expires=item.expires,
            expiry=build_expiry_view(item.expires, today),
            document=Link(document.title, page_address(document)),
            plan=plan_link(plan),
        )


def _list_rating_rows(dated_site: SiteOnDate, plan: Plan) -> Iterator[tuple[str, RatingRow]]:
    """The key of each standard that a self-assessment rates, and how."""
    for assessment in plan.assessments:
        if find_rated_framework(assessment, dated_site.site.standards) is None:
            continue
        for rated in list_rated_standards(dated_site.site, plan, assessment):
            yield (
                rated.standard.key,
                RatingRow(
                    title=Link(assessment.title, plan_document_address(assessment)),
                    plan=plan_link(plan),
                    day=assessment.date,
                    rating=rated.rating.rating,
                    level=rated.level,
                    is_low=rated.is_low,
                    is_gap=rated.is_gap,
                    change=rated.change,
                    earlier=rated.earlier,
                ),
            )
