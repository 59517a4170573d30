"""The evidence chains of an incident as its page shows them: stages with links, and what holds until they are done."""

from __future__ import annotations

from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.action import Action, describe_drop
from plansite.model.documents.measure import Measure
from plansite.model.learning.chain import ActionChain, ControlCheck, FindingChain
from plansite.model.learning.measure_stages import MeasureJudgement
from plansite.model.learning.stages import ChainStage, Stage, StageState
from plansite.model.learning.strength import describe_strength
from plansite.model.learning.terms import TermSet
from plansite.model.page_addresses import action_address, plan_document_address
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links
from plansite.site.components.dated_rows import Visibility, find_time_late
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link, profile_link
from plansite.site.measures.measure_figures import MeasureFigures
from plansite.site.measures.measure_statistics import analyse_measure
from plansite.spc.special_cause import Variation


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """A stage of a chain. `gap` names what is missing; where it counts days, `since` is the day from which.

    `figure` is the latest reading of a measure. `hint` says how strong a fix is. It is open while more is expected.
    """

    name: str
    icon: str
    gap: str = ""
    since: date | None = None
    links: tuple[EvidenceLink, ...] = ()
    figure: str = ""
    words: str = ""
    note: str = ""
    day: date | None = None
    hint: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlView:
    """A control that keeps people safe meanwhile, who checks it, and when next. `late` is when that is late."""

    control: str
    by: Link
    every: str
    checked: date | None
    next_check: date | None
    late: Visibility | None


_ICONS = {
    StageState.DONE: "completed",
    StageState.OPEN: "not-started",
    StageState.GAP: "gap",
    StageState.CLOSED: "cancelled",
    StageState.UNKNOWN: "not-started",
}


def judge_measure(measure: Measure) -> MeasureJudgement:
    """What the readings of a measure show, by its control chart or run chart."""
    statistics = analyse_measure(measure)
    figures = statistics.figures
    return MeasureJudgement(
        latest=". ".join(filter(None, (figures.format_latest(), _format_target(figures)))),
        sentence=statistics.describe(),
        is_concern=statistics.is_concern,
        is_improving=statistics.variation is Variation.IMPROVEMENT,
    )


def _format_target(figures: MeasureFigures) -> str:
    return f"Target: {figures.format_target()}" if figures.latest and figures.target is not None else ""


def build_stage_lists(
    dated_site: SiteOnDate, chain: FindingChain, terms: TermSet, resolver: LinkResolver
) -> tuple[tuple[StageView, ...], ...]:
    """The stages of a finding, a list for each of its actions. The measures end the only list, or are the last one."""
    lists = [_build_action_stages(dated_site, each, terms, resolver) for each in chain.actions]
    measures = tuple(_build_measure_stage(stage) for stage in chain.measures)
    if len(lists) == 1:
        return ((*lists[0], *measures),)
    return (*lists, measures) if measures else tuple(lists)


def build_control_view(dated_site: SiteOnDate, check: ControlCheck) -> ControlView:
    """A control as the page shows it."""
    control = check.control
    return ControlView(
        control=control.control,
        by=profile_link(dated_site.site, check.checker),
        every=f"every {control.every.text.removeprefix('1 ')}" if control.every else "",
        checked=control.checked,
        next_check=check.next_check,
        late=find_time_late(check.next_check, dated_site.today) if check.next_check else None,
    )


def _build_action_stages(
    dated_site: SiteOnDate, chain: ActionChain, terms: TermSet, resolver: LinkResolver
) -> tuple[StageView, ...]:
    action = chain.action
    views = []
    for stage in chain.stages:
        if action is None:
            views.append(_build_plain_stage(stage, terms))
        elif stage.stage is Stage.ACTION:
            views.append(_build_action_stage(dated_site, action, stage, terms))
        elif stage.stage is Stage.EVIDENCE:
            links = build_evidence_links(action.evidence, action.path, resolver, dated_site)
            views.append(_build_plain_stage(stage, terms, links=links))
        else:
            views.append(_build_verification_stage(dated_site, action, stage))
    return tuple(views)


def _build_plain_stage(stage: ChainStage, terms: TermSet, links: tuple[EvidenceLink, ...] = ()) -> StageView:
    return StageView(
        name=_name_stage(stage, terms),
        icon=_ICONS[stage.state],
        gap=stage.gap,
        since=stage.since,
        links=links,
        words=stage.words,
        is_open=not stage.is_settled,
    )


def _name_stage(stage: ChainStage, terms: TermSet) -> str:
    return terms.action.capitalize() if stage.stage is Stage.ACTION else stage.stage.value


def _build_action_stage(dated_site: SiteOnDate, action: Action, stage: ChainStage, terms: TermSet) -> StageView:
    owner = owner_link(dated_site.site, action.owner).text or "Nobody yet"
    icon = _ICONS[stage.state]
    if stage.state in (StageState.DONE, StageState.OPEN) and action.effective_status:
        icon = action.effective_status.value.replace(" ", "-")
    return StageView(
        name=_name_stage(stage, terms),
        icon=icon,
        gap=stage.gap,
        since=stage.since,
        links=(EvidenceLink(action.title, action_address(action), None),),
        words="" if stage.is_gap or not stage.words else f"{describe_drop(action)}: {stage.words}",
        note=_describe_progress(action, stage, owner),
        day=stage.day,
        hint="" if action.is_dropped else describe_strength(action),
        is_open=not stage.is_settled,
    )


def _describe_progress(action: Action, stage: ChainStage, owner: str) -> str:
    """Who does an action, and what stands before its day."""
    if action.is_dropped:
        return stage.words if stage.is_gap else "" if stage.words else f"{describe_drop(action)}."
    if stage.state is StageState.DONE:
        return f"{owner}, completed"
    return f"{owner}, due" if action.due else f"{owner}, no due date"


def _build_verification_stage(dated_site: SiteOnDate, action: Action, stage: ChainStage) -> StageView:
    check = action.verification
    by = profile_link(dated_site.site, check.by).text or "Somebody else" if check else ""
    words, note = stage.words, by
    if stage.state is StageState.OPEN:
        words, note = f"{by} will check.", "Due" if stage.day else "No date yet"
    elif stage.since:
        note = f"{by}, due"
    return StageView(
        name=stage.stage.value,
        icon=_ICONS[stage.state],
        gap=stage.gap,
        since=stage.since,
        words=words,
        note=note,
        day=stage.day,
        is_open=not stage.is_settled,
    )


def _build_measure_stage(stage: ChainStage) -> StageView:
    measure = stage.measure
    links = (EvidenceLink(measure.title, plan_document_address(measure), None),) if measure else ()
    return StageView(
        name=stage.stage.value,
        icon="not-started" if stage.state is StageState.CLOSED else _ICONS[stage.state],
        gap=stage.gap,
        links=links,
        figure=stage.latest,
        words=" ".join(filter(None, (stage.words, stage.sentence))),
        is_open=stage.state is not StageState.DONE,
    )
