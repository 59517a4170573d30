"""The words for what is found in an incident and what is done about it, and the six factors of a work system."""

from __future__ import annotations

from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.people import normalise_name


class IncidentTerms(StrEnum):
    """Which words a site uses for incidents: plain ones, or those of NHS England's framework (PSIRF)."""

    PLAIN = "plain"
    PSIRF = "PSIRF"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSet:
    """What a finding and an action that answers it are called; `heading` is that of all findings."""

    finding: str
    findings: str
    action: str
    actions: str
    heading: str


_TERM_SETS = {
    IncidentTerms.PLAIN: TermSet(
        finding="finding",
        findings="findings",
        action="action",
        actions="actions",
        heading="What we found, and what we did about it",
    ),
    IncidentTerms.PSIRF: TermSet(
        finding="area for improvement",
        findings="areas for improvement",
        action="safety action",
        actions="safety actions",
        heading="Areas for improvement and safety actions",
    ),
}


def get_terms(terms: IncidentTerms) -> TermSet:
    """The words that go with the setting `incident_terms`."""
    return _TERM_SETS[terms]


#: The six parts of a work system that SEIPS 3.0 names, each with other words for it.
WORK_SYSTEM_FACTORS = {
    "Person": ("people", "person factors", "patient", "resident", "staff", "individual", "individuals"),
    "Tasks": ("task", "task factors", "task and work design"),
    "Tools and technology": (
        "tools",
        "technology",
        "tool",
        "tools & technology",
        "technology and tools",
        "equipment",
        "equipment and technology",
    ),
    "Organisation": ("organization", "organisational", "organizational", "organisation of work", "work organisation"),
    "Internal environment": ("environment", "physical environment", "workplace", "work environment"),
    "External environment": ("external", "wider system", "outside environment", "external factors"),
}
_FACTOR_BY_NAME = {
    normalise_name(name): factor for factor, others in WORK_SYSTEM_FACTORS.items() for name in (factor, *others)
}


def find_factor(name: str) -> str:
    """The work-system factor that a word stands for; empty for a word that is none."""
    return _FACTOR_BY_NAME.get(normalise_name(name), "")


def list_factors(names: tuple[str, ...]) -> tuple[str, ...]:
    """The factors that an incident names, each once; a word that is none of the six stays as written."""
    return tuple(dict.fromkeys(find_factor(name) or name for name in names))
