"""The kinds of evidence beside the six evidence categories of the Care Quality Commission (CQC)."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.model.documents.records.evidence import EvidenceKind

#: The categories of CQC's single assessment framework in CQC's words and order, in the reading of plansite: CQC maps no
#: kinds of files to them.
CQC_CATEGORIES: Mapping[str, tuple[EvidenceKind, ...]] = {
    "People’s experience of health and care services": (EvidenceKind.FEEDBACK, EvidenceKind.STATEMENT),
    "Feedback from staff and leaders": (EvidenceKind.FEEDBACK, EvidenceKind.STATEMENT),
    "Feedback from partners": (EvidenceKind.FEEDBACK, EvidenceKind.STATEMENT),
    "Observation": (EvidenceKind.OBSERVATION, EvidenceKind.PHOTOGRAPH),
    "Processes": (EvidenceKind.DOCUMENT, EvidenceKind.AUDIT),
    "Outcomes": (EvidenceKind.OUTCOME,),
}
