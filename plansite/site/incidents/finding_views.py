"""A finding of an incident as its page shows it: title, response, controls, chain, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.assessment import SiteOnDate
from plansite.model.dates import add_days
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.documents.records.requirements import ResponseDecision
from plansite.model.formatting import format_list
from plansite.model.learning.chain import FindingChain
from plansite.model.learning.stages import ChainStage, Stage
from plansite.model.learning.strength import are_all_weaker
from plansite.model.learning.terms import TermSet
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link
from plansite.site.components.page_links import profile_link
from plansite.site.incidents.chain_views import ControlView, StageView, build_control_view, build_stage_lists

#: The end of a sentence. Three letters before it are required, so that "Dr. Smith" is not split.
_SENTENCE_END = compile_lazily(r"(?<=[^\s.]{3}[.!?])\s+(?=[A-Z“])")
_DECISION_WORDS = {
    ResponseDecision.ACCEPTED: "Accepted",
    ResponseDecision.PARTLY_ACCEPTED: "Partly accepted",
    ResponseDecision.NOT_ACCEPTED: "Not accepted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingResponseView:
    """The answer to a finding: the decision in words, why, who decided, and when."""

    words: str
    reason: str
    by: Link
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFindingView:
    """A finding: its first sentence as title, the other text, its response, controls and stages.

    `lacks` are its gaps in words, `gaps` how many there are, and `hint` says that all its actions are weaker fixes.
    From `until` on its stages are others, if nobody changes a file.
    """

    key: str
    number: int
    title: str
    more: str
    response: FindingResponseView | None
    controls: tuple[ControlView, ...]
    stage_lists: tuple[tuple[StageView, ...], ...]
    gaps: int
    lacks: str
    hint: str
    is_complete: bool
    until: date | None


def build_finding_view(
    dated_site: SiteOnDate, chain: FindingChain, terms: TermSet, resolver: LinkResolver
) -> IncidentFindingView:
    """The view of one finding."""
    title, more = split_finding_text(chain.finding)
    return IncidentFindingView(
        key=f"f{chain.number}",
        number=chain.number,
        title=title,
        more=more,
        response=_build_response_view(dated_site, chain.finding),
        controls=tuple(build_control_view(dated_site, check) for check in chain.controls),
        stage_lists=build_stage_lists(dated_site, chain, terms, resolver),
        gaps=chain.gap_count,
        lacks=describe_lacks(chain, with_days=True),
        hint=_describe_weakness(chain, terms),
        is_complete=chain.is_complete,
        until=min((stage.until for stage in chain.stages if stage.until), default=None),
    )


def split_finding_text(finding: IncidentFinding) -> tuple[str, str]:
    """The first sentence of a finding as its title, without a full stop if it is the only one, and the other text."""
    title, more = [*_SENTENCE_END.split(finding.text.strip(), maxsplit=1), ""][:2]
    return title.rstrip(".") if more or title.count(".") == 1 else title, more


def describe_lacks(chain: FindingChain, *, with_days: bool) -> str:
    """The gaps of a finding in words. With several actions each gap says whose it is."""
    parts = []
    for each in chain.actions:
        gaps = _list_words(each.stages, with_days=with_days)
        if gaps:
            parts.append(f"{each.label} ({format_list(gaps)})" if len(chain.actions) > 1 else format_list(gaps))
    further = [*chain.measures, *(check.stage for check in chain.controls)]
    parts.extend(_list_words(further, with_days=with_days))
    return "; ".join(parts)


def find_day_of_counting(chains: tuple[FindingChain, ...], today: date) -> date | None:
    """Tomorrow, if a gap counts days; else the first later day on which there are other gaps."""
    stages = [stage for chain in chains for stage in chain.stages]
    if any(stage.since for stage in stages):
        return add_days(today, 1)
    return min((stage.until for stage in stages if stage.until), default=None)


def _list_words(stages: tuple[ChainStage, ...] | list[ChainStage], *, with_days: bool) -> list[str]:
    return list(_name_gaps(stages, with_days=with_days))


def _name_gaps(stages: tuple[ChainStage, ...] | list[ChainStage], *, with_days: bool) -> Iterator[str]:
    for stage in stages:
        if stage.is_gap:
            words = stage.gap if with_days else stage.lack
            yield f"{words} (“{stage.measure.title}”)" if stage.stage is Stage.MEASURE and stage.measure else words


def _build_response_view(dated_site: SiteOnDate, finding: IncidentFinding) -> FindingResponseView | None:
    response = finding.response
    if response is None:
        return None
    return FindingResponseView(
        words=_DECISION_WORDS[response.decision] if response.decision else "Response",
        reason=response.reason,
        by=profile_link(dated_site.site, response.by),
        day=response.date,
    )


def _describe_weakness(chain: FindingChain, terms: TermSet) -> str:
    """A hint if every action of a finding is a weaker fix; empty if one is stronger, or nothing is known of one."""
    actions = [each.action for each in chain.actions if each.action and not each.action.is_dropped]
    if not are_all_weaker(actions):
        return ""
    if len(actions) == 1:
        return "Is there a fix that does not depend on people remembering?"
    return f"All {terms.actions} seem weaker fixes. Is there one that does not depend on people remembering?"
