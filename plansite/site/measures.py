"""A plan's measures, and the page of each: the latest reading, the line of all readings, and the data."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.markdown.html import resolve
from plansite.model.course import Outlook
from plansite.model.plan import Measure, Plan, Reading
from plansite.model.status import MeasureKind
from plansite.model.words import count
from plansite.site.actions import SectionView
from plansite.site.addresses import document_page, edit_url, plan_link, plan_page
from plansite.site.charts import Chart, chart_of
from plansite.site.goals import goals_of
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.plan_head import PlanHead, plan_head, plan_trail
from plansite.site.readings import DIRECTIONS, Terms, caption, description
from plansite.site.reviews import sections_of

#: Up to so many readings the table stands open.
_OPEN = 12
_KINDS = {
    MeasureKind.OUTCOME: "Outcome: what it is like for people",
    MeasureKind.PROCESS: "Process: whether the work is done",
    MeasureKind.BALANCING: "Balancing: whether something else gets worse",
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the list."""

    title: Link
    figure: str
    when: str
    sentence: str
    kind: str
    state: str
    goals: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresView:
    """What the list of measures shows."""

    head: PlanHead
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading in the table. `of` is "11 of 26" for a count; `reached` is empty where there is no target to reach."""

    when: str
    iso: str
    figure: str
    of: str
    reached: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """What a measure's own page shows. `headline` and `description` say only what the readings say themselves."""

    title: str
    plan: Link
    headline: str
    caption: str
    description: str
    chart: Chart | None
    figure: str
    when: str
    target: str
    direction: str
    kind: str
    source: str
    state: str
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


def measure_pages(outlook: Outlook, plan: Plan, addresses: Addresses) -> Iterator[Page]:
    """The list of a plan's measures, and a page for each; nothing where there are none."""
    if not plan.measures:
        return
    yield Page(
        path=plan_page(plan.slug, "measures"),
        template="measures.html",
        title=f"Measures: {plan.title}",
        view=MeasuresView(
            head=plan_head(outlook, plan, "measures"),
            rows=tuple(_row(plan, measure) for measure in plan.measures),
        ),
        section="index.html",
        trail=plan_trail(plan, Link("Measures")),
    )
    for measure in plan.measures:
        yield Page(
            path=document_page(measure),
            template="measure.html",
            title=measure.title,
            view=_view(outlook, plan, measure, addresses),
            section="index.html",
            trail=plan_trail(plan, Link("Measures", plan_page(plan.slug, "measures")), Link(measure.title)),
        )


def latest_in_short(measure: Measure) -> str:
    """The latest reading in a few words: "1.9, December 2024"; empty without readings."""
    return Terms.of(measure).in_short()


def _row(plan: Plan, measure: Measure) -> MeasureRow:
    terms = Terms.of(measure)
    latest = terms.latest
    return MeasureRow(
        title=Link(measure.title, document_page(measure)),
        figure=terms.figure(latest.value) if latest else "No reading",
        when=terms.when(latest.date) if latest else "",
        sentence=f"{terms.target_sentence()} {DIRECTIONS[measure.direction]}".strip(),
        kind=_KINDS[measure.kind].partition(":")[0] if measure.kind else "",
        state=measure.state.capitalize(),
        goals=goals_of(plan, measure),
    )


def _view(outlook: Outlook, plan: Plan, measure: Measure, addresses: Addresses) -> MeasureView:
    terms, file = Terms.of(measure), f"{measure.slug}.csv"
    readings, latest = measure.readings, terms.latest
    return MeasureView(
        title=measure.title,
        plan=plan_link(plan),
        headline=terms.headline(),
        caption=caption(terms),
        description=description(terms),
        chart=chart_of(readings, terms.target, factor=100 if terms.is_share else 1, suffix=terms.sign),
        figure=terms.amount(latest.value) if latest else "",
        when=terms.when(latest.date) if latest else "",
        target=terms.bound(),
        direction=DIRECTIONS[measure.direction],
        kind=_KINDS[measure.kind] if measure.kind else "",
        source=measure.source,
        state=measure.state.capitalize(),
        goals=goals_of(plan, measure),
        rebases=tuple((rebase.date, rebase.reason) for rebase in measure.rebase),
        about=resolve(measure.body.intro, addresses.of(measure)),
        sections=sections_of(measure, addresses, ()),
        readings=tuple(_reading(terms, reading) for reading in readings),
        counted=count(len(readings), "reading"),
        is_open=len(readings) <= _OPEN,
        download=addresses.target(file, posixpath.dirname(measure.path)),
        file=file,
        edit=edit_url(outlook.site, measure.path),
    )


def _reading(terms: Terms, reading: Reading) -> ReadingRow:
    iso = reading.date.isoformat()
    return ReadingRow(
        when=terms.when(reading.date),
        iso=iso[:7] if terms.is_monthly else iso,
        figure=terms.figure(reading.value, padded=True),
        of=f"{reading.n:,g} of {reading.d:,g}" if reading.n is not None and reading.d is not None else "",
        reached=terms.reached(reading.value),
    )
