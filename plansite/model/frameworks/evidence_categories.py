"""The six evidence categories of the Care Quality Commission (CQC), and which kinds of evidence count for each.

The names are CQC's; which kind of evidence belongs to which is plansite's reading.
"""

from __future__ import annotations

from collections.abc import Mapping

from plansite.model.documents.records.evidence import EvidenceKind

#: The categories in CQC's order, and last what the kind of evidence does not place.
NOT_PLACED = "Kind not given, or not from whom"
EVIDENCE_CATEGORIES: Mapping[str, frozenset[EvidenceKind]] = {
    "People’s experience of health and care services": frozenset({EvidenceKind.PEOPLE_FEEDBACK}),
    "Feedback from staff and leaders": frozenset({EvidenceKind.STAFF_FEEDBACK}),
    "Feedback from partners": frozenset({EvidenceKind.PARTNER_FEEDBACK}),
    "Observation": frozenset({EvidenceKind.OBSERVATION, EvidenceKind.PHOTOGRAPH}),
    "Processes": frozenset({EvidenceKind.DOCUMENT, EvidenceKind.AUDIT}),
    "Outcomes": frozenset({EvidenceKind.OUTCOME}),
}


def find_evidence_category(kind: EvidenceKind | None) -> str:
    """The category that a kind of evidence counts for."""
    return next((name for name, kinds in EVIDENCE_CATEGORIES.items() if kind in kinds), NOT_PLACED)
