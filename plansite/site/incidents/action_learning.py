"""What the page of an action says about the incidents that it follows from, and how strong a fix it is."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.learning.strength import describe_strength
from plansite.model.page_addresses import plan_document_address
from plansite.site.components.page import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLearningView:
    """The incidents of its plan whose findings an action answers, and a hint how strong a fix it is."""

    incidents: tuple[Link, ...]
    strength: str


IncidentsByAction = Mapping[tuple[str, str], tuple[Incident, ...]]


def map_incidents_by_action(dated_site: SiteOnDate, plan: Plan) -> IncidentsByAction:
    """The incidents of a plan by the plan and slug of each action that answers a finding of theirs, as in the files."""
    incidents: dict[tuple[str, str], dict[str, Incident]] = {}
    for incident in plan.incidents:
        for finding in incident.findings:
            for name in finding.actions:
                action = dated_site.site.find_action(name, plan.slug)
                if action:
                    incidents.setdefault((action.plan, action.slug), {})[incident.slug] = incident
    return {key: tuple(each.values()) for key, each in incidents.items()}


def build_action_learning(action: Action, incidents: tuple[Incident, ...]) -> ActionLearningView | None:
    """The view for an action that answers findings of these incidents; None if there are none."""
    if not incidents:
        return None
    return ActionLearningView(
        incidents=tuple(Link(incident.title, plan_document_address(incident)) for incident in incidents),
        strength="" if action.strength else describe_strength(action),
    )
