"""What a pack is about, and which documents of which plans it holds for that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.evidence_pack.plan_selection import NothingSelectedError, PlanSelection
from plansite.evidence_pack.standard_selection import select_standards
from plansite.lookup import UnknownNameError, look_up_plan
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.review import Review
from plansite.model.page_addresses import page_address
from plansite.model.people import normalise_name
from plansite.model.site import Site
from plansite.site.plan.goals import find_measure


class PackKind(StrEnum):
    """What a pack is about. The values are those of its manifest."""

    PLAN = "plan"
    INCIDENT = "incident"
    REGULATION = "regulation"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSubject:
    """What somebody asked for: whole plans, incidents, or whatever names a regulation or standard."""

    kind: PackKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSelection:
    """What a pack holds, by the slug of the plan, and what it is called: "After the inspection"."""

    title: str
    names: tuple[str, ...]
    plans: Mapping[str, PlanSelection]

    def includes(self, action: Action) -> bool:
        """Whether the pack holds an action."""
        selected = self.plans.get(action.plan)
        return selected is not None and selected.has_action(action)


def select_documents(site: Site, subject: PackSubject) -> PackSelection:
    """What a pack about a subject holds of a site as its audience sees it. Plans may be summaries without bodies.

    The actions that incidents and ratings of a pack name belong to it, also those of other plans, and so do the
    measures that show whether they helped. Raises UnknownNameError and NothingSelectedError.
    """
    plans: defaultdict[str, PlanSelection] = defaultdict(PlanSelection)
    match subject.kind:
        case PackKind.PLAN:
            title, names = _select_plans(site, subject.names, plans)
        case PackKind.INCIDENT:
            title, names = _select_incidents(site, subject.names, plans)
        case PackKind.REGULATION:
            title, names = select_standards(site, subject.names, plans)
    _complete_chains(site, plans)
    in_order = {plan.slug: plans[plan.slug] for plan in site.plans if plan.slug in plans}
    return PackSelection(title=title, names=names, plans=in_order)


_Plans = defaultdict[str, PlanSelection]


def _select_plans(site: Site, names: Sequence[str], plans: _Plans) -> tuple[str, tuple[str, ...]]:
    found = {plan.slug: plan for plan in (look_up_plan(site, name) for name in names)}
    for slug in found:
        plans[slug].is_whole = True
    return " and ".join(plan.title or plan.slug for plan in found.values()), tuple(found)


def _select_incidents(site: Site, names: Sequence[str], plans: _Plans) -> tuple[str, tuple[str, ...]]:
    found = {(each.plan, each.slug): each for name in names for each in [look_up_incident(site, name)]}
    for plan, slug in found:
        plans[plan].incidents.add(slug)
    title = " and ".join(incident.title or incident.slug for incident in found.values())
    return title, tuple(f"{plan}/{slug}" for plan, slug in found)


def look_up_incident(site: Site, name: str) -> Incident:
    """The incident with this slug, `plan/slug` or title. Raises UnknownNameError, also where several plans have it."""
    incidents = [incident for plan in site.plans for incident in plan.incidents]
    key = normalise_name(name)
    for names_of in (_list_full_names, _list_short_names):
        found = [incident for incident in incidents if key in names_of(incident)]
        if len(found) == 1:
            return found[0]
        if found:
            several = " or ".join(f"{incident.plan}/{incident.slug}" for incident in found)
            raise NothingSelectedError(f"several plans have an incident “{name}”; write {several}")
    if not incidents:
        raise NothingSelectedError("there are no incidents on this site that these readers may see")
    candidates = [text for each in incidents for text in (each.slug, each.title)]
    raise UnknownNameError("incident", name, candidates)


def _list_full_names(incident: Incident) -> tuple[str, ...]:
    return (normalise_name(f"{incident.plan}/{incident.slug}"),)


def _list_short_names(incident: Incident) -> tuple[str, ...]:
    return (normalise_name(incident.slug), normalise_name(incident.title))


def _complete_chains(site: Site, plans: _Plans) -> None:
    """Add what the selected incidents and actions lead to: actions that answer a finding, and measures."""
    for plan in site.plans:
        selected = plans.get(plan.slug)
        for incident in plan.incidents:
            if selected and (selected.is_whole or incident.slug in selected.incidents):
                _add_findings(site, incident, plans)
        for assessment in plan.assessments:
            ratings = () if selected is None else selected.list_ratings(assessment)
            _add_actions(site, plan.slug, (name for rating in ratings for name in rating.actions), plans)
    for plan in site.plans:
        selected = plans.get(plan.slug)
        for action in plan.actions:
            goal = plan.find_goal(action.goal) if selected and selected.has_action(action) else None
            measure = find_measure(plan, goal) if goal else None
            if selected and measure:
                selected.measures.add(measure.slug)


def _add_findings(site: Site, incident: Incident, plans: _Plans) -> None:
    for finding in incident.findings:
        _add_actions(site, incident.plan, finding.actions, plans)
        for name in finding.measures:
            measure = find_named_measure(site, name, incident.plan)
            if measure:
                plans[measure.plan].measures.add(measure.slug)


def _add_actions(site: Site, plan: str, names: Iterable[str], plans: _Plans) -> None:
    for name in names:
        action = site.find_action(name, plan)
        if action:
            plans[action.plan].actions.add(action.slug)


def find_named_measure(site: Site, name: str, plan_slug: str) -> Measure | None:
    """The measure with this slug or title in a plan, or with `plan/slug` in any; None if there is none."""
    other, slash, rest = name.strip().partition("/")
    for slug, own_name in ((plan_slug, name), (other, rest if slash else "")):
        key = normalise_name(own_name)
        plan = site.plans_by_slug.get(slug)
        for measure in plan.measures if plan and key else ():
            if key in (normalise_name(measure.slug), normalise_name(measure.title)):
                return measure
    return None


def add_reviews(plan: Plan, selected: PlanSelection) -> None:
    """Add the reviews of a plan that mention what is selected of it: by a link to its page, by number, or by title."""
    if selected.is_whole:
        return
    actions = [each for each in plan.actions if each.slug in selected.actions]
    incidents = [each for each in plan.incidents if each.slug in selected.incidents]
    documents: tuple[Action | Incident, ...] = (*actions, *incidents)
    names = {normalise_name(each.title) for each in documents if each.title}
    numbers = {normalise_name(f"action {action.ref}") for action in actions if action.ref}
    files = {page_address(each).rpartition("/")[2].removesuffix(".html") for each in documents}
    selected.reviews.update(review.slug for review in plan.reviews if _mentions(review, names, numbers, files))


def _mentions(review: Review, names: set[str], numbers: set[str], files: set[str]) -> bool:
    targets = (link.target.partition("#")[0].rpartition("/")[2] for link in review.body.links)
    if any(re.sub(r"\.(?:md|markdown|html)$", "", target) in files for target in targets):
        return True
    text = normalise_name(" ".join(run.text for run in review.body.text_runs))
    if any(name in text for name in names):
        return True
    return any(re.search(rf"\b{re.escape(number)}(?![\w.]*\w)", text) for number in numbers)
