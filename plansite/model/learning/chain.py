"""The evidence chain of a finding: action, evidence, verification and measure, with what is missing named in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.documents.records.requirements import ResponseDecision
from plansite.model.formatting import format_days
from plansite.model.interim_checks import find_checker, find_next_check, find_open_control, is_finding_open
from plansite.model.learning.action_stages import (
    NOT_SHOWN,
    build_action_stage,
    build_evidence_stage,
    build_verification_stage,
)
from plansite.model.learning.measure_stages import JudgeMeasure, build_measure_stages
from plansite.model.learning.stages import ChainStage, Stage, StageState


class FindingEnd(StrEnum):
    """Why a finding rightly ends without an action."""

    NOT_ACCEPTED = "not accepted"
    NO_ACTIONS = "no actions"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChain:
    """An action that answers a finding, and its stages. `action` is missing where nothing is called `reference`."""

    reference: str
    action: Action | None
    stages: tuple[ChainStage, ...]

    @property
    def label(self) -> str:
        """What the action is called in a list of gaps: "action 4"; empty where no action is named at all."""
        name = self.action.ref if self.action and self.action.ref else self.reference
        return f"action {name}" if name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlCheck:
    """A control that applies until a finding is dealt with. `stage` is a gap while its check by `checker` is late."""

    control: InterimControl
    checker: str
    next_check: date | None
    stage: ChainStage


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChain:
    """A finding of an incident with everything that follows from it. `number` counts from 1.

    `end` says why it rightly ends without actions, None if it does not. The controls are those that still have to hold.
    """

    number: int
    finding: IncidentFinding
    actions: tuple[ActionChain, ...]
    measures: tuple[ChainStage, ...]
    controls: tuple[ControlCheck, ...]
    end: FindingEnd | None

    @property
    def stages(self) -> Iterator[ChainStage]:
        """All stages, those of the controls last."""
        for chain in self.actions:
            yield from chain.stages
        yield from self.measures
        yield from (each.stage for each in self.controls)

    @property
    def gap_count(self) -> int:
        """How many of its stages are gaps."""
        return sum(stage.is_gap for stage in self.stages)

    @property
    def is_complete(self) -> bool:
        """Whether nothing more is expected: it ended without actions, or all was done, shown, checked and helped."""
        if not all(stage.is_settled for stage in self.stages):
            return False
        return self.end is not None or any(stage.state is StageState.DONE for stage in self.stages)

    @property
    def is_measured(self) -> bool:
        """Whether any measure shows what came of it."""
        return any(stage.measure for stage in self.measures)


_MISSING_FOLLOW_UP = (
    ChainStage(stage=Stage.EVIDENCE, state=StageState.GAP, gap="no evidence"),
    ChainStage(stage=Stage.VERIFICATION, state=StageState.GAP, gap="no check"),
)


def build_finding_chain(dated_site: SiteOnDate, incident: Incident, number: int, judge: JudgeMeasure) -> FindingChain:
    """The chain of the finding with this number, from 1; `judge` says what the readings of a measure show.

    In a copy for an audience, what is absent may only be hidden: then it is no gap, and nothing is called complete.
    """
    finding = incident.findings[number - 1]
    named = _list_named_actions(dated_site, incident, finding)
    end = _find_end(dated_site, incident, finding, named)
    chains = tuple(_build_action_chain(dated_site, name, action, named, end) for name, action in named)
    live = tuple(action for _, action in named if action and not action.is_dropped)
    if not chains:
        chains = _build_missing_chain(dated_site, finding, end)
    measures = build_measure_stages(dated_site, incident, finding, live, judge)
    controls = tuple(_list_controls(dated_site, incident, finding, live))
    return FindingChain(number=number, finding=finding, actions=chains, measures=measures, controls=controls, end=end)


def is_refused_with_reason(finding: IncidentFinding) -> bool:
    """Whether the answer to a finding is that nothing will be done, with the reason: a legitimate end."""
    response = finding.response
    return bool(response and response.decision is ResponseDecision.NOT_ACCEPTED and response.reason.strip())


def ends_without_actions(incident: Incident) -> bool:
    """Whether an incident was looked into in a way that is named, and says why no action follows."""
    return bool(incident.learning_response and incident.no_actions.strip())


def _find_end(
    dated_site: SiteOnDate, incident: Incident, finding: IncidentFinding, named: list[tuple[str, Action | None]]
) -> FindingEnd | None:
    is_dropped = all(action and action.is_dropped for _, action in named)
    if is_dropped and any(action and action.is_declined for _, action in named):
        return FindingEnd.NOT_ACCEPTED
    is_refused = finding.response is not None and finding.response.decision is ResponseDecision.NOT_ACCEPTED
    if is_refused and (is_refused_with_reason(finding) or not dated_site.site.is_unfiltered):
        return FindingEnd.NOT_ACCEPTED
    return FindingEnd.NO_ACTIONS if ends_without_actions(incident) else None


def _list_named_actions(
    dated_site: SiteOnDate, incident: Incident, finding: IncidentFinding
) -> list[tuple[str, Action | None]]:
    """The actions of a finding, each once. In a copy for an audience, without those that the copy does not have."""
    site = dated_site.site
    named: list[tuple[str, Action | None]] = []
    seen: set[tuple[str, str]] = set()
    for name in finding.actions:
        action = site.find_action(name, incident.plan)
        key = (action.plan, action.slug) if action else ("", name)
        if key not in seen and (action or site.is_unfiltered):
            named.append((name, action))
        seen.add(key)
    return named


def _build_missing_chain(
    dated_site: SiteOnDate, finding: IncidentFinding, end: FindingEnd | None
) -> tuple[ActionChain, ...]:
    """The stages of a finding that names no action; none if it rightly ends so."""
    if end:
        return ()
    if not dated_site.site.is_unfiltered:
        unknown = ChainStage(stage=Stage.ACTION, state=StageState.UNKNOWN, words=NOT_SHOWN)
        return (ActionChain(reference="", action=None, stages=(unknown,)),)
    if finding.response and finding.response.decision is ResponseDecision.NOT_ACCEPTED:
        refused = ChainStage(stage=Stage.ACTION, state=StageState.GAP, gap="not accepted, without a reason")
        return (ActionChain(reference="", action=None, stages=(refused,)),)
    return (ActionChain(reference="", action=None, stages=_list_missing_stages("no action yet")),)


def _list_missing_stages(gap: str) -> tuple[ChainStage, ...]:
    return (ChainStage(stage=Stage.ACTION, state=StageState.GAP, gap=gap), *_MISSING_FOLLOW_UP)


def _build_action_chain(
    dated_site: SiteOnDate,
    name: str,
    action: Action | None,
    named: list[tuple[str, Action | None]],
    end: FindingEnd | None,
) -> ActionChain:
    if action is None:
        return ActionChain(reference=name, action=None, stages=_list_missing_stages(f"there is no action “{name}”"))
    if action.is_dropped:
        has_other = any(other and not other.is_dropped for _, other in named)
        is_replaced = has_other or end is not None or action.is_declined
        stages = _build_dropped_stages(dated_site, action, is_replaced=is_replaced)
    else:
        stages = (
            build_action_stage(dated_site.today, action),
            build_evidence_stage(dated_site, action),
            build_verification_stage(dated_site, action),
        )
    return ActionChain(reference=name, action=action, stages=stages)


def _build_dropped_stages(dated_site: SiteOnDate, action: Action, *, is_replaced: bool) -> tuple[ChainStage, ...]:
    """A cancelled action is a gap if the finding has no other, and does not rightly end without one."""
    reason = action.drop_reason
    if is_replaced:
        return (ChainStage(stage=Stage.ACTION, state=StageState.CLOSED, words=reason),)
    if not dated_site.site.is_unfiltered:
        return (ChainStage(stage=Stage.ACTION, state=StageState.UNKNOWN, words=reason),)
    first = ChainStage(stage=Stage.ACTION, state=StageState.GAP, gap="cancelled", words=reason)
    return (first, *_MISSING_FOLLOW_UP)


def _list_controls(
    dated_site: SiteOnDate, incident: Incident, finding: IncidentFinding, live: tuple[Action, ...]
) -> Iterator[ControlCheck]:
    """The controls that a finding still needs: its own, else those of its open actions, each once."""
    site, today = dated_site.site, dated_site.today
    if finding.interim:
        is_needed = is_finding_open(site, incident, finding)
        owned = [(finding.interim, incident.owner)] if is_needed else []
    else:
        owned = [(control, action.owner) for action in live if (control := find_open_control(action))]
    for control, owner in dict(owned).items():
        due, checker = find_next_check(control), find_checker(site, control, owner)
        if due and due < today:
            gap = f"the interim check is late by {format_days((today - due).days)}"
            stage = ChainStage(stage=Stage.INTERIM, state=StageState.GAP, gap=gap, day=due, since=due)
        else:
            until = add_days(due, 1) if due else None
            stage = ChainStage(stage=Stage.INTERIM, state=StageState.OPEN, day=due, until=until)
        yield ControlCheck(control=control, checker=checker, next_check=due, stage=stage)


def build_finding_chains(dated_site: SiteOnDate, incident: Incident, judge: JudgeMeasure) -> tuple[FindingChain, ...]:
    """The chains of all findings of an incident, in their order."""
    return tuple(
        build_finding_chain(dated_site, incident, number, judge) for number in range(1, len(incident.findings) + 1)
    )
