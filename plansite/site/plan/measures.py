"""The measures of a plan, and the page of each: the latest reading, the chart, and all readings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count
from plansite.model.page_addresses import FRONT_PAGE, edit_url, plan_address, plan_document_address
from plansite.model.status import MeasureKind
from plansite.site.components.body_sections import SectionView, build_sections
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import plan_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.plan.goals import link_goals
from plansite.site.plan.measure_chart import MeasureChart, build_measure_chart, list_measure_events
from plansite.site.plan.measure_figures import DIRECTION_TEXT, MeasureFigures, describe_line_chart, format_caption
from plansite.site.plan.measure_statistics import analyse_measure
from plansite.site.standards.links import link_standards

#: The table of readings is open at first if it has at most so many.
_MAX_OPEN_READINGS = 12
_KIND_TEXT = {
    MeasureKind.OUTCOME: "Outcome: what it is like for people",
    MeasureKind.PROCESS: "Process: whether the work is done",
    MeasureKind.BALANCING: "Balancing: whether something else gets worse",
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the list; `verdict` says what its chart shows."""

    title: Link
    plan: Link
    figure: str
    when: str
    sentence: str
    verdict: str
    is_concern: bool
    kind: str
    state: str
    goals: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureListView:
    """What the list of measures shows."""

    head: PlanHeader
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading in the table. `of` is "11 of 26" for a count; `reached` is empty if there is no target.

    `shows` is what a control chart says of it, and empty without one.
    """

    when: str
    iso: str
    figure: str
    of: str
    reached: str
    shows: str


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
    target: str
    direction: str
    kind: str
    source: str
    state: str
    standards: tuple[Link, ...]
    goals: tuple[Link, ...]
    rebases: tuple[tuple[date | None, str], ...]
    about: str
    sections: tuple[SectionView, ...]
    readings: tuple[ReadingRow, ...]
    counted: str
    is_open: bool
    download: str
    file: str
    edit: str


def build_measure_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """The list of a plan's measures, and a page for each; no page if there are none."""
    if not plan.measures:
        return
    yield Page(
        path=plan_address(plan.slug, "measures"),
        template="plan/measures.html",
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
            template="plan/measure.html",
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
    return MeasureRow(
        title=Link(measure.title, plan_document_address(measure)),
        plan=plan_link(plan),
        figure=figures.format_figure(latest.value) if latest else "No reading",
        when=figures.format_date(latest.date) if latest else "",
        sentence=f"{figures.describe_target()} {DIRECTION_TEXT[measure.direction]}".strip(),
        verdict=statistics.describe(),
        is_concern=statistics.is_concern,
        kind=_KIND_TEXT[measure.kind].partition(":")[0] if measure.kind else "",
        state=measure.state.capitalize(),
        goals=link_goals(plan, measure),
    )


def _build_view(dated_site: SiteOnDate, plan: Plan, measure: Measure, resolver: LinkResolver) -> MeasureView:
    statistics, file = analyse_measure(measure), f"{measure.slug}.csv"
    figures, readings = statistics.figures, measure.readings
    latest = figures.latest
    shown = statistics.describe_points() or ("",) * len(readings)
    return MeasureView(
        title=measure.title,
        plan=plan_link(plan),
        finding=statistics.describe(),
        variation=statistics.variation_words,
        assurance=statistics.assurance_words,
        headline=figures.describe_latest(),
        caption=format_caption(figures),
        description=describe_line_chart(figures),
        chart=build_measure_chart(statistics, list_measure_events(plan, measure)),
        method=statistics.describe_method(),
        figure=figures.format_amount(latest.value) if latest else "",
        when=figures.format_date(latest.date) if latest else "",
        target=figures.format_target(),
        direction=DIRECTION_TEXT[measure.direction],
        kind=_KIND_TEXT[measure.kind] if measure.kind else "",
        source=measure.source,
        state=measure.state.capitalize(),
        standards=link_standards(dated_site.site, measure),
        goals=link_goals(plan, measure),
        rebases=tuple((rebase.date, rebase.reason) for rebase in measure.rebase),
        about=resolve_links(measure.body.intro, resolver.for_document(measure)),
        sections=build_sections(measure, resolver),
        readings=tuple(
            _build_reading_row(figures, reading, shows) for reading, shows in zip(readings, shown, strict=True)
        ),
        counted=format_count(len(readings), "reading"),
        is_open=len(readings) <= _MAX_OPEN_READINGS,
        download=resolver.find_address(file, posixpath.dirname(measure.path)),
        file=file,
        edit=edit_url(dated_site.site, measure.path),
    )


def _build_reading_row(figures: MeasureFigures, reading: Reading, shows: str) -> ReadingRow:
    iso = reading.date.isoformat()
    return ReadingRow(
        when=figures.format_date(reading.date),
        iso=iso[:7] if figures.is_monthly else iso,
        figure=figures.format_figure(reading.value, padded=True),
        of=f"{reading.n:,g} of {reading.d:,g}" if reading.n is not None and reading.d is not None else "",
        reached=figures.describe_reached(reading.value),
        shows=shows,
    )
