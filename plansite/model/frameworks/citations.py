"""Where documents name standards: in `standards`, in a requirement, in their evidence, and in ratings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.evidence import Evidence
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.frameworks.index import FoundStandards, StandardIndex

CitingDocument = Action | Incident | Measure | SelfAssessment
DocumentT = TypeVar("DocumentT", bound=Any)


@dataclass(frozen=True, slots=True)
class StandardCitation:
    """A text that names a standard, the field of the file that it is in, and the evidence that it goes with.

    In a self-assessment, `framework` is what the file calls the framework that the standard is looked for in.
    """

    text: str
    field: str
    evidence: Evidence | None = None
    framework: str = ""


def list_citing_documents(plan: Plan) -> Iterator[CitingDocument]:
    """The documents of a plan that can name standards."""
    yield from plan.actions
    yield from plan.incidents
    yield from plan.measures
    yield from plan.assessments


def list_citations(document: CitingDocument) -> Iterator[StandardCitation]:
    """All that names standards in a document, in the order of its fields."""
    if isinstance(document, SelfAssessment):
        for rating in document.ratings:
            yield StandardCitation(rating.standard, "ratings", framework=document.framework)
        return
    yield from (StandardCitation(text, "standards") for text in document.standards)
    if isinstance(document, Action) and document.requirement and document.requirement.regulation:
        yield StandardCitation(format_regulation(document.requirement.regulation), "requirement")
    if not isinstance(document, Measure):
        for evidence in document.evidence:
            yield from (StandardCitation(text, "evidence", evidence) for text in evidence.standards)


def format_regulation(text: str) -> str:
    """What a requirement gives as its regulation: a bare number is that of a regulation."""
    return f"regulation {text}" if text.strip()[:1].isdecimal() else text


def cites_standards(plan: Plan) -> bool:
    """Whether anything in a plan names a standard."""
    return any(True for document in list_citing_documents(plan) for _ in list_citations(document))


def find_cited(citation: StandardCitation, index: StandardIndex) -> FoundStandards:
    """The standards that a citation may mean."""
    return find_rated(citation.text, citation.framework, index)


def find_rated(text: str, framework_name: str, index: StandardIndex) -> FoundStandards:
    """The standards that a text may mean in a self-assessment: those of its framework first.

    Where the framework is not known, only a text that is a whole identifier counts: a standard of another framework
    with the same name is another standard.
    """
    if not framework_name:
        return index.find(text)
    framework = index.find_framework(framework_name)
    if framework is None:
        standard = index.get(text)
        return FoundStandards((standard,)) if standard else FoundStandards()
    found = index.find(f"{framework.id}/{text}")
    return found if found.standards else index.find(text)


def list_standard_names(document: CitingDocument, index: StandardIndex) -> tuple[str, ...]:
    """The identifiers of the standards that a document names, each once; as written where it is not clear which."""
    found = ((citation.text, find_cited(citation, index).only) for citation in list_citations(document))
    return tuple(dict.fromkeys(standard.key if standard else text for text, standard in found))


def keep_known_standards(document: DocumentT, index: StandardIndex) -> DocumentT:
    """A document without the names of standards that are in none of these frameworks, in entries as well.

    A framework that a reader may not see leaves no trace so. A rating of such a standard is left out as a whole.
    """
    changes: dict[str, Any] = {}
    if standards := getattr(document, "standards", ()):
        changes["standards"] = tuple(text for text in standards if index.find(text).standards)
    if isinstance(document, SelfAssessment):
        is_known = not document.framework or index.find_framework(document.framework)
        changes["framework"] = document.framework if is_known else ""
        changes["ratings"] = tuple(
            each for each in document.ratings if find_rated(each.standard, document.framework, index).standards
        )
    elif any(isinstance(each, Evidence) and each.standards for each in getattr(document, "evidence", ())):
        changes["evidence"] = tuple(keep_known_standards(each, index) for each in document.evidence)
    return replace(document, **changes) if changes else document
