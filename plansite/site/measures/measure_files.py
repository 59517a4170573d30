"""The readings of measures as CSV files in copies that do not tell small counts."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.model.documents.measure import Measure, Reading
from plansite.model.documents.plan import Plan
from plansite.model.page_addresses import plan_document_address
from plansite.model.site import Site
from plansite.model.status import SmallCounts
from plansite.site.measures.measure_figures import SMALL_TEXT


def hides_counts(site: Site, measure: Measure) -> bool:
    """Whether a copy must not publish the measure's own file, because it has counts that the copy does not tell."""
    return measure.small_counts is SmallCounts.HIDE and not site.is_unfiltered


def small_counts_address(measure: Measure) -> str:
    """Where the readings that may be told are published: beside the measure's page."""
    return f"{plan_document_address(measure).removesuffix('.html')}.csv"


def render_measure_files(site: Site, plan: Plan) -> Iterator[tuple[str, str]]:
    """The CSV files of the measures of a filtered plan whose own files are not published, by output path."""
    for measure in plan.measures:
        if measure.readings and hides_counts(site, measure):
            yield small_counts_address(measure), render_readings(measure)


def render_readings(measure: Measure) -> str:
    """The readings of a measure as a CSV file that can be read as one again."""
    lines = ["date,n,d" if measure.is_share else "date,value"]
    lines += [",".join(_list_cells(reading, is_share=measure.is_share)) for reading in measure.readings]
    return "\n".join((*lines, ""))


def _list_cells(reading: Reading, *, is_share: bool) -> Iterator[str]:
    yield reading.date.isoformat()
    for number in (reading.n, reading.d) if is_share else (reading.value,):
        yield SMALL_TEXT if number is None else repr(number).removesuffix(".0")
