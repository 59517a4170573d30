"""The verdict on an incident: the worst that its evidence chains show, with the reason in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.incident import Incident
from plansite.model.formatting import format_count, format_days, format_list, is_or_are
from plansite.model.learning.chain import FindingChain, build_finding_chains, ends_without_actions
from plansite.model.learning.measure_stages import JudgeMeasure
from plansite.model.learning.stages import ChainStage, Stage
from plansite.model.learning.terms import TermSet, get_terms
from plansite.model.status import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentVerdict:
    """How an incident stands. `course` is missing where nothing has been found yet, or is shown.

    `gaps` counts what is missing, and `late_since` is the earliest due date of an action that is late. The other dates
    are later days from which time alone makes it another: at risk, overdue, or with another sentence.
    """

    chains: tuple[FindingChain, ...]
    course: Course | None
    sentence: str
    gaps: int
    complete: int
    late_since: date | None = None
    at_risk_from: date | None = None
    overdue_from: date | None = None
    until: date | None = None


def assess_incident(dated_site: SiteOnDate, incident: Incident, judge: JudgeMeasure) -> IncidentVerdict:
    """The verdict on an incident, with the chains of its findings; `judge` says what the readings of a measure show."""
    chains = build_finding_chains(dated_site, incident, judge)
    if not chains:
        return _assess_without_findings(dated_site, incident)
    terms = get_terms(dated_site.site.settings.incident_terms)
    stages = [stage for chain in chains for stage in chain.stages]
    late = sorted(stage.since for stage in stages if stage.is_late_action and stage.since)
    gaps, complete = sum(stage.is_gap for stage in stages), sum(chain.is_complete for chain in chains)
    course = _find_course(chains, has_late_action=bool(late), gaps=gaps)
    sentences = (
        _describe_complete(chains, terms, is_unfiltered=dated_site.site.is_unfiltered),
        _describe_late(late, dated_site.today, terms),
        _describe_gaps(dated_site, chains, gaps),
    )
    return IncidentVerdict(
        chains=chains,
        course=course,
        sentence=" ".join(filter(None, sentences)),
        gaps=gaps,
        complete=complete,
        late_since=late[0] if late else None,
        at_risk_from=_find_first(stage.until for stage in stages if stage.stage is not Stage.ACTION)
        if course in (Course.ON_TRACK, Course.EMBEDDED)
        else None,
        overdue_from=_find_first(stage.until for stage in stages if stage.stage is Stage.ACTION) if not late else None,
        until=_find_first(stage.until for stage in stages),
    )


def _find_course(chains: Sequence[FindingChain], *, has_late_action: bool, gaps: int) -> Course:
    if has_late_action:
        return Course.OVERDUE
    if gaps:
        return Course.AT_RISK
    if any(not chain.is_complete for chain in chains):
        return Course.ON_TRACK
    return Course.COMPLETED if all(chain.end for chain in chains) else Course.EMBEDDED


def _assess_without_findings(dated_site: SiteOnDate, incident: Incident) -> IncidentVerdict:
    terms = get_terms(dated_site.site.settings.incident_terms)
    course, gaps = None, 0
    if ends_without_actions(incident):
        course, sentence = Course.COMPLETED, f"It ended without {terms.actions}. The reason is written down."
    elif not dated_site.site.is_unfiltered:
        sentence = f"No {terms.finding} is shown in this copy."
    elif incident.no_actions.strip():
        course, gaps = Course.AT_RISK, 1
        sentence = f"It ended without {terms.actions}, and how it was looked into is not written."
    else:
        gaps, sentence = 1, f"No {terms.finding} is written yet."
    return IncidentVerdict(chains=(), course=course, sentence=sentence, gaps=gaps, complete=0)


def _describe_complete(chains: Sequence[FindingChain], terms: TermSet, *, is_unfiltered: bool) -> str:
    complete, total = sum(chain.is_complete for chain in chains), len(chains)
    shown = "" if is_unfiltered else " shown here"
    if not complete:
        return (
            f"The {terms.finding}{shown} is not fully dealt with yet."
            if total == 1
            else f"No {terms.finding}{shown} is fully dealt with yet."
        )
    if complete < total:
        all_of_them = format_count(total, terms.finding, terms.findings)
        return f"{complete:,} of {all_of_them}{shown} {is_or_are(complete)} fully dealt with."
    every = "The" if total == 1 else "Every"
    unmeasured = sum(not chain.is_measured and chain.end is None for chain in chains) if is_unfiltered else 0
    measured = f" Nothing is measured for {unmeasured:,} of them." if unmeasured else ""
    if unmeasured == total:
        measured = " Nothing is measured."
    return f"{every} {terms.finding}{shown} is fully dealt with.{measured}"


def _describe_late(late: Sequence[date], today: date, terms: TermSet) -> str:
    if not late:
        return ""
    days = format_days((today - late[0]).days)
    if len(late) == 1:
        return f"{_with_article(terms.action)} is late by {days}."
    return f"{len(late):,} {terms.actions} are late, the oldest by {days}."


def _with_article(noun: str) -> str:
    return f"An {noun}" if noun[0] in "aeiou" else f"A {noun}"


def _describe_gaps(dated_site: SiteOnDate, chains: Sequence[FindingChain], gaps: int) -> str:
    if gaps:
        return f"{format_count(gaps, 'gap')} {'remains' if gaps == 1 else 'remain'}."
    if all(chain.is_complete for chain in chains):
        return ""
    remaining = _list_unmet_measures(chains)
    if remaining:
        return f"All is done and checked. {format_list(remaining)}."
    return "There are no gaps." if dated_site.site.is_unfiltered else "No action shown here is late."


def _list_unmet_measures(chains: Sequence[FindingChain]) -> list[str]:
    """What measures still have to show, where nothing else is left to do."""
    stages = [stage for chain in chains for stage in chain.stages if not stage.is_settled]
    if any(stage.stage is not Stage.MEASURE for stage in stages):
        return []
    distinct = {stage.measure.title: stage for stage in stages if stage.measure}
    return [_describe_unmet(title, stage) for title, stage in distinct.items()]


def _describe_unmet(title: str, stage: ChainStage) -> str:
    has_reading = stage.measure is not None and bool(stage.measure.readings)
    return f"“{title}” has {'not met its target' if has_reading else 'no reading'} yet"


def _find_first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)
