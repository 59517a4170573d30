"""What belongs into a pack about a regulation or standard: the documents that name it, in whatever words."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.plan_selection import NothingSelectedError, PlanSelection
from plansite.lookup import UnknownNameError
from plansite.model.documents.records.standard_rating import StandardRating
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.citations import (
    CitingDocument,
    StandardCitation,
    find_cited,
    list_citations,
    list_citing_documents,
    list_standard_names,
)
from plansite.model.frameworks.framework import Standard
from plansite.model.frameworks.index import StandardIndex, normalise_label
from plansite.model.site import Site


def select_standards(
    site: Site, names: Sequence[str], plans: MutableMapping[str, PlanSelection]
) -> tuple[str, tuple[str, ...]]:
    """Add to `plans` what names any of these regulations or standards; their titles, and the names to find them by.

    Raises UnknownNameError and NothingSelectedError.
    """
    asked = [_AskedStandard.look_up(site, name) for name in names]
    for plan in site.plans:
        selected = PlanSelection()
        for document in list_citing_documents(plan):
            if isinstance(document, SelfAssessment):
                ratings = tuple(each for each in document.ratings if _is_rated(each, document, asked, site.standards))
                selected.assessments |= {document.slug: ratings} if ratings else {}
            elif _cites_any(document, asked, site.standards):
                selected.add(document)
        if not selected.is_empty:
            plans[plan.slug] = selected
    if not plans:
        raise _nothing_cites(site, names[0])
    return " and ".join(each.title for each in asked), tuple(each.name for each in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class _AskedStandard:
    """A regulation or standard that was asked for: by identifier if a framework has it, else as it was typed."""

    name: str
    title: str
    standard: Standard | None

    @classmethod
    def look_up(cls, site: Site, name: str) -> _AskedStandard:
        """What a name means. Raises NothingSelectedError where it means several: two regulations are called 12."""
        found = site.standards.find(name)
        if len(found.standards) > 1:
            several = " or ".join(standard.key for standard in found.standards)
            raise NothingSelectedError(f"several regulations or standards are called “{name}”; write {several}")
        if found.only is None:
            return cls(name=name, title=name, standard=None)
        return cls(name=found.only.key, title=site.standards.name(found.only), standard=found.only)

    def is_named_by(self, citation: StandardCitation, index: StandardIndex) -> bool:
        """Whether a text in a file names it. One that may mean several standards names each of them."""
        if names_standard(citation.text, self.name):
            return True
        return self.standard is not None and self.standard in find_cited(citation, index).standards


def names_standard(written: str, asked: str) -> bool:
    """Whether a text names what was asked for, in words of a site's own.

    Capitals, spaces and punctuation between the parts make no difference.
    """
    return bool(normalise_label(asked)) and normalise_label(written) == normalise_label(asked)


def _cites_any(document: CitingDocument, asked: Sequence[_AskedStandard], index: StandardIndex) -> bool:
    return any(each.is_named_by(citation, index) for citation in list_citations(document) for each in asked)


def _is_rated(
    rating: StandardRating, assessment: SelfAssessment, asked: Sequence[_AskedStandard], index: StandardIndex
) -> bool:
    citation = StandardCitation(rating.standard, "ratings", framework=assessment.framework)
    return any(each.is_named_by(citation, index) for each in asked)


def _nothing_cites(site: Site, name: str) -> Exception:
    """The error that says which regulations and standards are named."""
    documents = (document for plan in site.plans for document in list_citing_documents(plan))
    written = [text for document in documents for text in list_standard_names(document, site.standards)]
    if written:
        return UnknownNameError("regulation or standard", name, written)
    return NothingSelectedError(
        "no action, incident or measure that these readers may see names a regulation or standard; "
        "write one as `requirement: {level: must, regulation: …}` or in `standards`"
    )
