"""The measures of a plan, and the page of each: the latest reading, the chart, and all readings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.measure import Measure
from plansite.model.documents.plan import Plan
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import FRONT_PAGE, plan_address, plan_document_address
from plansite.model.status import MeasureKind, SmallCounts
from plansite.site.components.body_sections import SectionView, build_sections
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.measures.chart_texts import build_caption, describe_chart
from plansite.site.measures.measure_chart import MeasureChart, build_measure_chart, list_measure_events
from plansite.site.measures.measure_figures import DIRECTION_TEXT
from plansite.site.measures.measure_files import hides_counts, small_counts_address
from plansite.site.measures.measure_statistics import analyse_measure
from plansite.site.measures.measure_table import MeasureTables, build_measure_tables
from plansite.site.plan.goals import link_goals
from plansite.site.standards.links import link_standards

_KIND_TEXT = {
    MeasureKind.OUTCOME: "Outcome: what it is like for people",
    MeasureKind.PROCESS: "Process: whether the work is done",
    MeasureKind.BALANCING: "Balancing: whether something else gets worse",
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the list; `verdict` says what its chart shows. One whose target `has_lapsed` is a concern."""

    title: Link
    plan: Link
    figure: str
    when: str
    sentence: str
    verdict: str
    is_concern: bool
    has_lapsed: bool
    kind: str
    state: str
    goals: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureListView:
    """What the list of measures shows."""

    head: PlanHeader
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """What the page of a measure shows. `download` is the address of the readings as the CSV file `file`.

    `finding` says what the chart shows, and `method` how it was made.
    """

    title: str
    plan: Link
    finding: str
    variation: str
    assurance: str
    headline: str
    caption: str
    description: str
    chart: MeasureChart | None
    method: tuple[str, ...]
    figure: str
    when: str
    baseline: str
    target: str
    direction: str
    kind: str
    scale: str
    source: str
    state: str
    standards: tuple[Link, ...]
    goals: tuple[Link, ...]
    rebases: tuple[tuple[date | None, str], ...]
    about: str
    sections: tuple[SectionView, ...]
    tables: MeasureTables | None
    small: str
    download: str
    file: str
    edit: str


def build_measure_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """The list of a plan's measures, and a page for each; no page if there are none."""
    if not plan.measures:
        return
    yield Page(
        path=plan_address(plan.slug, "measures"),
        template="measures/measures.html",
        title=f"Measures: {plan.title}",
        view=MeasureListView(
            head=build_plan_header(dated_site, plan, "measures"),
            rows=list_measure_rows(plan),
        ),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Measures")),
    )
    for measure in plan.measures:
        yield Page(
            path=plan_document_address(measure),
            template="measures/measure.html",
            title=measure.title,
            view=_build_view(dated_site, plan, measure, resolver),
            section=FRONT_PAGE,
            trail=build_plan_trail(plan, Link("Measures", plan_address(plan.slug, "measures")), Link(measure.title)),
        )


def list_measure_rows(plan: Plan) -> tuple[MeasureRow, ...]:
    """The measures of a plan for a list."""
    return tuple(_build_row(plan, measure) for measure in plan.measures)


def _build_row(plan: Plan, measure: Measure) -> MeasureRow:
    statistics = analyse_measure(measure)
    figures, latest = statistics.figures, statistics.figures.latest
    sentences = (figures.describe_baseline(), "" if measure.lists_events else figures.describe_target())
    return MeasureRow(
        title=Link(measure.title, plan_document_address(measure)),
        plan=plan_link(plan),
        figure=figures.format_latest_figure() or "No reading",
        when=figures.format_date(latest.date) if latest else "",
        sentence=" ".join(filter(None, (*sentences, DIRECTION_TEXT[measure.direction]))),
        verdict=statistics.describe(),
        is_concern=statistics.is_concern,
        has_lapsed=measure.has_lapsed,
        kind=_KIND_TEXT[measure.kind].partition(":")[0] if measure.kind else "",
        state=measure.state.capitalize(),
        goals=link_goals(plan, measure),
    )


# Long because a measure's page has many facts, each built in one line.
def _build_view(dated_site: SiteOnDate, plan: Plan, measure: Measure, resolver: LinkResolver) -> MeasureView:
    statistics, file = analyse_measure(measure), f"{measure.slug}.csv"
    figures, latest = statistics.figures, statistics.figures.latest
    return MeasureView(
        title=measure.title,
        plan=plan_link(plan),
        finding=statistics.describe(),
        variation=statistics.variation_words,
        assurance=statistics.assurance_words,
        headline=figures.describe_latest(),
        caption=build_caption(statistics),
        description=describe_chart(statistics),
        chart=build_measure_chart(statistics, list_measure_events(plan, measure)),
        method=statistics.describe_method(),
        figure=figures.format_latest_amount(),
        when=figures.format_date(latest.date) if latest else "",
        baseline=figures.format_baseline(),
        target="" if measure.lists_events else figures.format_target(),
        direction=DIRECTION_TEXT[measure.direction],
        kind=_KIND_TEXT[measure.kind] if measure.kind else "",
        scale=measure.scale,
        source=measure.source,
        state=measure.state.capitalize(),
        standards=link_standards(dated_site.site, measure),
        goals=link_goals(plan, measure),
        rebases=tuple((rebase.date, rebase.reason) for rebase in measure.rebase),
        about=resolve_links(measure.body.intro, resolver.for_document(measure)),
        sections=build_sections(measure, resolver),
        tables=build_measure_tables(statistics) if measure.readings else None,
        small=_describe_small_counts(dated_site, measure),
        download=find_download(dated_site, measure, resolver),
        file=file,
        edit=edit_url(dated_site.site, measure.path),
    )


def _describe_small_counts(dated_site: SiteOnDate, measure: Measure) -> str:
    """What copies do with counts from 1 to 4, where the measure hides them; empty where it does not."""
    if measure.small_counts is not SmallCounts.HIDE:
        return ""
    if dated_site.site.is_unfiltered:
        return "Copies for partners and the public say “fewer than 5” in place of counts from 1 to 4."
    return "Counts from 1 to 4 are shown as “fewer than 5” in this copy."


def find_download(dated_site: SiteOnDate, measure: Measure, resolver: LinkResolver) -> str:
    """The address of the readings as a CSV file: the measure's own file, or the one without small counts."""
    if hides_counts(dated_site.site, measure):
        return small_counts_address(measure)
    return resolver.find_address(f"{posixpath.basename(measure.path)[:-3]}.csv", posixpath.dirname(measure.path))
