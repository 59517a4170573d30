"""All evidence of a plan: that of its actions and that of its incidents."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.evidence import Evidence


@dataclass(frozen=True, slots=True)
class RecordedEvidence:
    """A piece of evidence, and the action or incident whose file names it."""

    evidence: Evidence
    document: Action | Incident

    @property
    def keeper(self) -> str:
        """The name of whoever keeps it: its own owner, else that of the action or incident."""
        return self.evidence.owner.strip() or self.document.owner


def list_evidence(plan: Plan) -> Iterator[RecordedEvidence]:
    """The received evidence of a plan, in the order of its actions and then of its incidents."""
    documents: tuple[Action | Incident, ...] = (*plan.actions, *plan.incidents)
    for document in documents:
        yield from (RecordedEvidence(evidence, document) for evidence in document.evidence)


def has_evidence(plan: Plan) -> bool:
    """Whether a plan has evidence, or needs some."""
    is_any = any(action.evidence or action.evidence_needed for action in plan.actions)
    return is_any or any(incident.evidence for incident in plan.incidents)
