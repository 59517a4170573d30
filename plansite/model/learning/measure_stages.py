"""The last stage of an evidence chain: what is measured, and whether it speaks against the work that was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate, finished_on
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.learning.stages import ChainStage, Stage, StageState
from plansite.model.people import normalise_name
from plansite.model.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureJudgement:
    """What the readings of a measure show: the latest one, and a sentence about all of them."""

    latest: str = ""
    sentence: str = ""
    is_concern: bool = False
    is_improving: bool = False


JudgeMeasure = Callable[[Measure], MeasureJudgement]


def judge_by_target(measure: Measure) -> MeasureJudgement:
    """A judgement without statistics: only a target that has lapsed is a concern."""
    return MeasureJudgement(is_concern=measure.has_lapsed)


def find_measure_in_plan(plan: Plan, name: str) -> Measure | None:
    """The measure of a plan with this slug or, failing that, with this title; None if there is none."""
    key = normalise_name(name)
    if not key:
        return None
    by_slug = next((measure for measure in plan.measures if normalise_name(measure.slug) == key), None)
    return by_slug or next((measure for measure in plan.measures if normalise_name(measure.title) == key), None)


def find_measure(site: Site, reference: str, plan_slug: str) -> Measure | None:
    """The measure with a slug or title in that plan, or with `plan/slug` in any; None if there is none."""
    plan = site.plans_by_slug.get(plan_slug)
    measure = find_measure_in_plan(plan, reference) if plan else None
    if measure is None and "/" in reference:
        other_slug, _, name = reference.strip().partition("/")
        other = site.plans_by_slug.get(other_slug)
        measure = find_measure_in_plan(other, name) if other else None
    return measure


def build_measure_stages(
    dated_site: SiteOnDate,
    incident: Incident,
    finding: IncidentFinding,
    actions: tuple[Action, ...],
    judge: JudgeMeasure,
) -> tuple[ChainStage, ...]:
    """A stage for each measure of a finding, or else of the goals that its actions serve.

    `actions` are those of the finding that are not cancelled. Without any measure a stage says so. In a copy for an
    audience there is none then: a measure may be hidden.
    """
    site = dated_site.site
    named = [(name, find_measure(site, name, incident.plan)) for name in finding.measures]
    unknown = [name for name, measure in named if measure is None] if site.is_unfiltered else []
    measures = [measure for _, measure in named if measure] or list(_list_goal_measures(site, actions))
    finished = _find_last_finish(actions)
    distinct = {(measure.plan, measure.slug): measure for measure in measures}
    stages = [_build_stage(measure, judge(measure), finished) for measure in distinct.values()]
    stages += [
        ChainStage(stage=Stage.MEASURE, state=StageState.GAP, gap=f"there is no measure “{name}”") for name in unknown
    ]
    if not stages and actions and site.is_unfiltered:
        stages = [ChainStage(stage=Stage.MEASURE, state=StageState.CLOSED, words="Nothing is measured.")]
    return tuple(stages)


def _list_goal_measures(site: Site, actions: tuple[Action, ...]) -> list[Measure]:
    measures = []
    for action in actions:
        plan = site.plans_by_slug[action.plan]
        goal = plan.find_goal(action.goal) if action.goal else None
        measure = find_measure_in_plan(plan, goal.measure) if goal else None
        if measure:
            measures.append(measure)
    return measures


def _find_last_finish(actions: tuple[Action, ...]) -> date | None:
    """The day on which the last of these actions was finished; None if one is not, or its day is not known."""
    days = [finished_on(action) if action.is_finished else None for action in actions]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None


def _build_stage(measure: Measure, judgement: MeasureJudgement, finished: date | None) -> ChainStage:
    """The stage of one measure. A target that is missed counts against the work only once the work is finished.

    Then a reading of a later day has to miss it, and the readings must not be improving.
    """
    stage = ChainStage(
        stage=Stage.MEASURE,
        state=StageState.DONE,
        measure=measure,
        latest=judgement.latest,
        sentence=judgement.sentence,
    )
    if measure.has_lapsed:
        return replace(stage, state=StageState.GAP, gap="the target has lapsed")
    if judgement.is_concern:
        return replace(stage, state=StageState.GAP, gap="the readings are a concern")
    if not measure.readings:
        return replace(stage, state=StageState.OPEN, words="No reading yet.")
    latest = measure.readings[-1]
    if measure.meets_target(latest.value) is not False:
        return stage
    if finished and latest.date > finished and not judgement.is_improving:
        return replace(stage, state=StageState.GAP, gap="the target is not met")
    return replace(stage, state=StageState.OPEN, words="The target is not met yet.")
