"""The kinds of evidence beside the six evidence categories of the Care Quality Commission (CQC)."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.model.documents.records.evidence import EvidenceKind

#: The categories of CQC's single assessment framework in CQC's words and order, in the reading of plansite: CQC maps no
#: kinds of files to them. A statement, and feedback that does not say from whom, may belong to any of the first three.
CQC_CATEGORIES: Mapping[str, tuple[EvidenceKind, ...]] = {
    "People’s experience of health and care services": (EvidenceKind.PEOPLE_FEEDBACK,),
    "Feedback from staff and leaders": (EvidenceKind.STAFF_FEEDBACK,),
    "Feedback from partners": (EvidenceKind.PARTNER_FEEDBACK,),
    "Observation": (EvidenceKind.OBSERVATION, EvidenceKind.PHOTOGRAPH),
    "Processes": (EvidenceKind.DOCUMENT, EvidenceKind.AUDIT),
    "Outcomes": (EvidenceKind.OUTCOME,),
}
#: What is not placed by its kind.
NOT_PLACED = "Kind not given, or not from whom"


def find_evidence_category(kind: EvidenceKind | None) -> str:
    """The category that a kind of evidence counts for; `NOT_PLACED` where that is not clear."""
    return next((name for name, kinds in CQC_CATEGORIES.items() if kind in kinds), NOT_PLACED)
