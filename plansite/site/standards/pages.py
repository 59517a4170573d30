"""All pages of standards, from what the plans contribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plansite.model.assessment import SiteOnDate
from plansite.site.components.page import Page
from plansite.site.contributions import PlanContribution
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.measures.measure_pages import MeasureRow
from plansite.site.standards.citations import PlanStandards
from plansite.site.standards.facts import merge_citations
from plansite.site.standards.index_page import build_standards_page
from plansite.site.standards.standard_page import build_standard_pages

#: What one plan says of standards, and the rows of those of its incidents and measures that name any.
StandardsSelection = tuple[PlanStandards, tuple[IncidentRow, ...], tuple[MeasureRow, ...]]


def select_standards(contribution: PlanContribution) -> StandardsSelection:
    """The part of a contribution that the pages of standards show."""
    standards = contribution.standards
    named = {address for each in standards.cited for address in (*each.incidents, *each.measures)}
    return (
        standards,
        tuple(row for row in contribution.incidents if row.title.href in named),
        tuple(row for row in contribution.measures if row.title.href in named),
    )


def build_standards_pages(
    dated_site: SiteOnDate, selected: Sequence[StandardsSelection]
) -> Iterator[tuple[str, Page | str]]:
    """`standards.html`, and a page for each standard that something names; none where there is nothing to show."""
    facts = merge_citations(standards for standards, _, _ in selected)
    has_unknown = any(standards.unknown for standards, _, _ in selected)
    if not (facts.by_key or has_unknown or dated_site.site.settings.frameworks):
        return
    incidents = {row.title.href: row for _, rows, _ in selected for row in rows}
    measures = {row.title.href: row for _, _, rows in selected for row in rows}
    for page in (
        build_standards_page(dated_site, facts),
        *build_standard_pages(dated_site, facts, incidents, measures),
    ):
        yield page.path, page
