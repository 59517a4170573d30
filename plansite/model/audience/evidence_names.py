"""What readers who may not see everything are told of evidence that its file does not name."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.evidence import Evidence

DocumentT = TypeVar("DocumentT")
_UNNAMED = "Evidence without a name"


def name_evidence(document: DocumentT) -> DocumentT:
    """A document whose evidence all has a label, so that no page falls back on where the evidence is.

    That may be the path of a file that is hidden from them.
    """
    if not isinstance(document, Action | Incident) or all(each.label for each in document.evidence):
        return document
    return replace(document, evidence=tuple(map(_name, document.evidence)))


def _name(evidence: Evidence) -> Evidence:
    return evidence if evidence.label else replace(evidence, label=_UNNAMED)
