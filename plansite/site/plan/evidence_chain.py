"""The evidence chain of an incident's finding: action, evidence, verification and measure, with gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.dates import add_days
from plansite.model.documents.action import Action, describe_drop
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.documents.records.verification import Verification
from plansite.model.formatting import format_days
from plansite.model.page_addresses import action_address, plan_document_address
from plansite.model.status import Status, VerificationResult
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links
from plansite.site.components.page_links import owner_link, profile_link
from plansite.site.measures.measure_statistics import analyse_measure
from plansite.site.plan.goals import find_measure


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStage:
    """A stage of a chain. `gap` names what is missing; a stage is done if nothing more is expected of it.

    From `until` on it is another, if nobody changes a file: a gap, or one that is older.
    """

    name: str
    icon: str
    gap: str = ""
    links: tuple[EvidenceLink, ...] = ()
    words: str = ""
    note: str = ""
    day: date | None = None
    is_done: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChain:
    """The stages of one action that answers a finding; `label` names the action."""

    label: str
    stages: tuple[ChainStage, ...]


#: A chain with more stages than this ends in a measure.
STAGES_WITHOUT_MEASURE = 3
_MISSING_FOLLOW_UP = (
    ChainStage(name="Evidence", icon="gap", gap="no evidence"),
    ChainStage(name="Verification", icon="gap", gap="no check"),
)
_NOTHING_EXPECTED = tuple(
    ChainStage(name=name, icon="cancelled", words="Nothing is expected.", is_done=True)
    for name in ("Evidence", "Verification")
)


def build_evidence_chains(
    dated_site: SiteOnDate, incident: Incident, finding: IncidentFinding, resolver: LinkResolver
) -> tuple[EvidenceChain, ...]:
    """One chain for each action of a finding; if it has no action, one chain in which every stage is missing.

    In a copy for an audience, actions that the copy does not have are left out.
    """
    site = dated_site.site
    named = [(name, site.find_action(name, incident.plan)) for name in finding.actions]
    named = [(name, action) for name, action in named if action or site.is_unfiltered]
    if not named:
        return (EvidenceChain(label="", stages=_build_missing_stages("no action yet")),)
    chains = []
    for name, action in named:
        label = f"action {action.ref if action and action.ref else name}"
        stages = (
            _build_stages(dated_site, action, resolver)
            if action
            else _build_missing_stages(f"there is no action “{name}”")
        )
        chains.append(EvidenceChain(label=label, stages=stages))
    return tuple(chains)


def _build_missing_stages(gap: str) -> tuple[ChainStage, ...]:
    return (ChainStage(name="Action", icon="gap", gap=gap), *_MISSING_FOLLOW_UP)


def _build_stages(dated_site: SiteOnDate, action: Action, resolver: LinkResolver) -> tuple[ChainStage, ...]:
    first = _build_action_stage(dated_site, action)
    if action.is_declined:
        return (first, *_NOTHING_EXPECTED)
    if action.is_dropped:
        return (first, *_MISSING_FOLLOW_UP)
    return (
        first,
        _build_evidence_stage(dated_site, action, resolver),
        _build_verification_stage(dated_site, action),
        *_build_measure_stages(dated_site, action),
    )


def _build_action_stage(dated_site: SiteOnDate, action: Action) -> ChainStage:
    link = (EvidenceLink(action.title, action_address(action), None),)
    if action.is_declined:
        return ChainStage(
            name="Action",
            icon="cancelled",
            links=link,
            words=f"{describe_drop(action)}: {action.drop_reason}.",
            day=action.response.date if action.response else None,
            is_done=True,
        )
    owner = owner_link(dated_site.site, action.owner).text or "Nobody yet"
    match action.effective_status:
        case Status.CANCELLED:
            return ChainStage(name="Action", icon="gap", gap="cancelled", links=link, note=action.reason)
        case Status.COMPLETED | Status.EMBEDDED as status:
            note = f"{owner}, completed"
            return ChainStage(name="Action", icon=status, links=link, note=note, day=finished_on(action), is_done=True)
    note = f"{owner}, due" if action.due else f"{owner}, no due date"
    if action.due and action.is_overdue(dated_site.today):
        gap = f"late by {format_days((dated_site.today - action.due).days)}"
        tomorrow = add_days(dated_site.today, 1)
        return ChainStage(name="Action", icon="gap", gap=gap, links=link, note=note, day=action.due, until=tomorrow)
    icon = action.effective_status.replace(" ", "-") if action.effective_status else "not-started"
    until = add_days(action.due, 1) if action.due else None
    return ChainStage(name="Action", icon=icon, links=link, note=note, day=action.due, until=until)


def _build_evidence_stage(dated_site: SiteOnDate, action: Action, resolver: LinkResolver) -> ChainStage:
    links = build_evidence_links(action.evidence, action.path, resolver, dated_site)
    if links:
        return ChainStage(name="Evidence", icon="completed", links=links, is_done=True)
    if action.is_open:
        return ChainStage(name="Evidence", icon="not-started", words="Not due before the action is done.")
    return ChainStage(name="Evidence", icon="gap", gap="no evidence")


def _build_verification_stage(dated_site: SiteOnDate, action: Action) -> ChainStage:
    check = action.verification
    if check is None:
        return ChainStage(name="Verification", icon="gap", gap="no check is planned")
    by = profile_link(dated_site.site, check.by).text or "Somebody else"
    if check.result is VerificationResult.FAILED:
        return ChainStage(
            name="Verification", icon="gap", gap="the check failed", words=check.note, note=by, day=check.date
        )
    if check.result is VerificationResult.PASSED:
        words = check.note or check.method or "Passed."
        return ChainStage(name="Verification", icon="completed", words=words, note=by, day=check.date, is_done=True)
    return _build_pending_verification_stage(dated_site, action, check, by)


def _build_pending_verification_stage(
    dated_site: SiteOnDate, action: Action, check: Verification, by: str
) -> ChainStage:
    if check.due and check.due < dated_site.today:
        gap = f"check late by {format_days((dated_site.today - check.due).days)}"
        tomorrow = add_days(dated_site.today, 1)
        return ChainStage(name="Verification", icon="gap", gap=gap, note=f"{by}, due", day=check.due, until=tomorrow)
    until = add_days(check.due, 1) if check.due else None
    if action.status is Status.EMBEDDED:
        return ChainStage(name="Verification", icon="gap", gap="no result of the check", note=by, until=until)
    note = "Due" if check.due else "No date yet"
    words = f"{by} will check."
    return ChainStage(name="Verification", icon="not-started", words=words, note=note, day=check.due, until=until)


def _build_measure_stages(dated_site: SiteOnDate, action: Action) -> tuple[ChainStage, ...]:
    """The measure of the action's goal, as one stage; none if the goal has no measure."""
    plan = dated_site.site.plans_by_slug[action.plan]
    goal = plan.find_goal(action.goal)
    measure = find_measure(plan, goal) if goal else None
    if measure is None:
        return ()
    link = EvidenceLink(measure.title, plan_document_address(measure), None)
    statistics = analyse_measure(measure)
    latest = statistics.summarise()
    if statistics.is_concern:
        gap = "the target has lapsed" if measure.has_lapsed else "the readings are a concern"
        return (ChainStage(name="Measure", icon="gap", gap=gap, links=(link,), note=latest),)
    return (
        ChainStage(
            name="Measure",
            icon="completed" if latest else "not-started",
            links=(link,),
            note=latest,
            is_done=bool(latest),
        ),
    )
