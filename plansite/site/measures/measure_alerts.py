"""What the measures of a plan show, in few words: on the plan's own page, and on the front page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import Course, SiteOnDate
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.formatting import choose_form, format_count, format_list, has_or_have, is_or_are
from plansite.model.page_addresses import MEASURES_PAGE, plan_address, plan_document_address
from plansite.model.status import PlanKind
from plansite.site.components.page import Link
from plansite.site.components.widgets import Tag
from plansite.site.measures.measure_pages import MeasureRow
from plansite.site.measures.measure_statistics import MeasureStatistics, analyse_measure
from plansite.spc.xmr import Assurance

#: A plan's page names so many measures that are a concern; the list of measures has all.
_MAX_CONCERNS = 2


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure that is a concern: what its chart shows as a tag, its name, and its latest reading."""

    tag: Tag
    measure: Link
    latest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeasures:
    """The measures of a plan on its page: those that are a concern, what the others show, and the list of all.

    `unproven` is a sentence where all actions are done and no measure shows that it helped.
    """

    concerns: tuple[MeasureLine, ...]
    others: str
    all: Link
    unproven: str


@dataclass(frozen=True, slots=True)
class MeasureAlert:
    """A line of the front page about measures: a tag, and what it is about, with a link."""

    tag: Tag
    link: Link
    more: str = ""


def build_plan_measures(dated_site: SiteOnDate, plan: Plan) -> PlanMeasures | None:
    """What a plan's page says of its measures; None where there is nothing to say."""
    unproven = describe_unproven(dated_site, plan)
    if not plan.measures:
        return PlanMeasures(concerns=(), others="", all=Link(""), unproven=unproven) if unproven else None
    every = [(measure, analyse_measure(measure)) for measure in plan.measures]
    concerns = sorted((pair for pair in every if pair[1].is_concern), key=lambda pair: not pair[0].has_lapsed)
    named = concerns[:_MAX_CONCERNS]
    others = [pair[1] for pair in every if pair not in named]
    return PlanMeasures(
        concerns=tuple(_build_line(measure, statistics) for measure, statistics in named),
        others=_count_findings(others, has_named=bool(named)),
        all=Link(format_count(len(every), "measure"), plan_address(plan.slug, "measures")),
        unproven=unproven,
    )


def _build_line(measure: Measure, statistics: MeasureStatistics) -> MeasureLine:
    tag = Tag(statistics.variation_words, "risk", "risk")
    return MeasureLine(tag, Link(measure.title, plan_document_address(measure)), statistics.figures.format_latest())


def _count_findings(others: Sequence[MeasureStatistics], *, has_named: bool) -> str:
    """What the measures show that are not named: "the others: improvement (1) and expected variation (2)"."""
    if not others:
        return ""
    counts = Counter(_name_finding(statistics) for statistics in others)
    which = f"the {choose_form(len(others), 'other', 'others')}: " if has_named else ""
    if len(counts) == 1:
        return which + next(iter(counts))
    return which + format_list([f"{words} ({number:,})" for words, number in counts.items()])


def _name_finding(statistics: MeasureStatistics) -> str:
    words = statistics.variation_words.lower()
    return words or ("too few events" if statistics.days else "too few readings")


def describe_unproven(dated_site: SiteOnDate, plan: Plan) -> str:
    """A sentence where all actions of a plan are done and its measures do not show that it helped; "" elsewhere.

    That an improvement plan has no measure is said only to readers from whom none can be hidden.
    """
    if dated_site.assess_plan(plan).course is not Course.COMPLETED:
        return ""
    failing = [measure for measure in plan.measures if _fails(analyse_measure(measure))]
    if len(failing) > 1:
        return f"All actions are done; {len(failing):,} measures do not show it yet."
    if failing:
        return f"All actions are done; the measure “{failing[0].title}” does not show it yet."
    if plan.kind is PlanKind.IMPROVEMENT and not plan.measures and dated_site.site.is_unfiltered:
        return "All actions are done; no measure shows yet whether it helped."
    return ""


def _fails(statistics: MeasureStatistics) -> bool:
    """Whether a measure is a concern, has no reading, or misses its target: by its latest reading, or every time."""
    figures, control = statistics.figures, statistics.control
    if statistics.is_concern or figures.latest is None:
        return True
    misses = bool(control and control.assurance is Assurance.FAIL)
    return misses or figures.measure.meets_target(figures.latest.value) is False


def build_measure_alerts(rows: Iterable[MeasureRow]) -> tuple[MeasureAlert, ...]:
    """The lines of the front page: targets that were reached and have lapsed, then other measures in concern."""
    rows = tuple(rows)
    lapsed = [row for row in rows if row.has_lapsed]
    concerns = [row for row in rows if row.is_concern and not row.has_lapsed]
    alerts = []
    if lapsed:
        alerts.append(_build_alert("Reached, then lapsed", lapsed, _describe_lapses(lapsed)))
    if concerns:
        count = len(concerns)
        alerts.append(
            _build_alert("Concern", concerns, f"{format_count(count, 'measure')} {is_or_are(count)} a concern")
        )
    return tuple(alerts)


def _describe_lapses(rows: Sequence[MeasureRow]) -> str:
    count = len(rows)
    return (
        f"{format_count(count, 'target')} {choose_form(count, 'was', 'were')} reached and {has_or_have(count)} lapsed"
    )


def _build_alert(words: str, rows: Sequence[MeasureRow], summary: str) -> MeasureAlert:
    """An alert that names the measure where it is the only one."""
    tag = Tag(words, "risk", "risk")
    if len(rows) == 1:
        return MeasureAlert(tag, rows[0].title, f"{rows[0].figure}, {rows[0].when}")
    return MeasureAlert(tag, Link(summary, MEASURES_PAGE))
