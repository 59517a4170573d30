"""What a pack holds of one plan."""

from __future__ import annotations

from dataclasses import field

from plansite.deferred_dataclass import dataclass
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.records.standard_rating import StandardRating
from plansite.model.documents.self_assessment import SelfAssessment


class NothingSelectedError(Exception):
    """Nothing in the site belongs into the pack that was asked for. The message is shown to users."""


@dataclass(slots=True, kw_only=True)
class PlanSelection:
    """What a pack holds of one plan: all of it if it `is_whole`, else the documents with these slugs.

    Of a self-assessment it holds these ratings.
    """

    is_whole: bool = False
    actions: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    reviews: set[str] = field(default_factory=set)
    assessments: dict[str, tuple[StandardRating, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the plan is selected."""
        return not (self.is_whole or self.actions or self.incidents or self.measures or self.assessments)

    def add(self, document: Action | Incident | Measure) -> None:
        """Add a document of the plan."""
        match document:
            case Action():
                self.actions.add(document.slug)
            case Incident():
                self.incidents.add(document.slug)
            case Measure():
                self.measures.add(document.slug)

    def has_action(self, action: Action) -> bool:
        """Whether it holds an action of its plan."""
        return self.is_whole or action.slug in self.actions

    def list_ratings(self, assessment: SelfAssessment) -> tuple[StandardRating, ...]:
        """The ratings that it holds of a self-assessment of its plan."""
        return assessment.ratings if self.is_whole else self.assessments.get(assessment.slug, ())
