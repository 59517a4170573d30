"""The page of a standard: what names it, the evidence for it, and how it was rated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.records.requirements import YesOrNo
from plansite.model.evidence.categories import CQC_CATEGORIES, NOT_PLACED
from plansite.model.frameworks.framework import Framework, Standard
from plansite.model.page_addresses import FRONT_PAGE, STANDARDS_PAGE, standard_address
from plansite.site.components.page import Link, Page
from plansite.site.components.pagination import ROWS_PER_PAGE, Pager, build_pager
from plansite.site.components.widgets import Tag
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.measures.measure_pages import MeasureRow
from plansite.site.standards.citations import CitingAction, CitingEvidence, StandardCitations
from plansite.site.standards.facts import StandardFacts, StandardGap, count_facts, list_gaps, sort_ratings
from plansite.site.standards.index_page import (
    build_framework_tag,
    describe_framework,
    find_reading,
    link_framework,
    list_shown_frameworks,
)
from plansite.site.standards.links import is_shown
from plansite.site.standards.rating_words import ChangeWords, describe_change


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The evidence of one category. `title` is empty where evidence is not grouped."""

    title: str
    items: tuple[CitingEvidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingHistoryRow:
    """A rating in a self-assessment, with what is different from the one before."""

    title: Link
    plan: Link
    day: date | None
    rating: str
    is_low: bool
    change: ChangeWords


@dataclass(frozen=True, slots=True)
class CorrespondingStandard:
    """A standard of another framework about the same, and whose reading that is, with a remark."""

    title: Link
    framework: Link
    reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardView:
    """What the page of a standard shows, or one of its pages where very many actions name it."""

    title: str
    framework: Link
    key_question: str
    tag: Tag
    about: tuple[str, ...]
    source: Link
    counts: tuple[str, ...]
    gaps: tuple[StandardGap, ...]
    actions: tuple[CitingAction, ...]
    incidents: tuple[IncidentRow, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    evidence: tuple[EvidenceGroup, ...] = ()
    has_categories: bool = False
    missing_evidence: tuple[str, ...] = ()
    ratings: tuple[RatingHistoryRow, ...] = ()
    corresponding: tuple[CorrespondingStandard, ...] = ()
    pager: Pager | None = None


def build_standard_pages(
    dated_site: SiteOnDate,
    facts: StandardFacts,
    incidents: Mapping[str, IncidentRow],
    measures: Mapping[str, MeasureRow],
) -> Iterator[Page]:
    """A page for each standard that something names; `incidents` and `measures` are rows by address of their page."""
    for framework in list_shown_frameworks(dated_site.site, facts):
        for standard in framework.standards:
            if standard.key in facts.by_key:
                view = _build_view(dated_site, facts, framework, standard, incidents, measures)
                yield from _split(standard_address(standard), framework, view)


def _split(path: str, framework: Framework, view: StandardView) -> Iterator[Page]:
    """The page, and further ones with its other actions where there are more than 1,000: `…/page-2.html`."""
    starts = range(0, max(len(view.actions), 1), ROWS_PER_PAGE)
    folder = path.removesuffix(".html")
    paths = [path, *(f"{folder}/page-{number}.html" for number, _ in enumerate(starts, 1) if number > 1)]
    for number, start in enumerate(starts, 1):
        part = replace(view, actions=view.actions[start : start + ROWS_PER_PAGE], pager=build_pager(paths, number))
        if number > 1:
            part = replace(part, incidents=(), measures=(), evidence=(), ratings=(), corresponding=())
        title = view.title if number == 1 else f"{view.title}, page {number}"
        yield Page(
            path=paths[number - 1],
            template="standards/standard.html",
            title=f"{title}: {framework.short_label}",
            view=part,
            section=STANDARDS_PAGE,
            trail=(Link("Plans", FRONT_PAGE), Link("Standards", STANDARDS_PAGE), Link(title)),
        )


def _build_view(
    dated_site: SiteOnDate,
    facts: StandardFacts,
    framework: Framework,
    standard: Standard,
    incidents: Mapping[str, IncidentRow],
    measures: Mapping[str, MeasureRow],
) -> StandardView:
    cited, site = facts.find(standard.key), dated_site.site
    own = replace(
        framework,
        version=standard.version,
        status=standard.status or framework.status,
        valid_from=standard.valid_from,
        valid_to=standard.valid_to,
        official_wording=standard.official_wording or framework.official_wording,
    )
    return StandardView(
        title=framework.name_standard(standard),
        framework=link_framework(framework),
        key_question=standard.key_question,
        tag=build_framework_tag(own),
        about=tuple(describe_framework(own)),
        source=Link(framework.regulator or "Source", standard.source),
        counts=count_facts(cited),
        gaps=tuple(list_gaps(cited, dated_site.today, is_whole=site.is_unfiltered)),
        actions=tuple(sorted(cited.actions, key=lambda row: not row.is_open)),
        incidents=tuple(incidents[each] for each in cited.incidents if each in incidents),
        measures=tuple(measures[each] for each in cited.measures if each in measures),
        evidence=tuple(_group_evidence(framework, cited.evidence)),
        has_categories=framework.uses_evidence_categories is YesOrNo.YES,
        missing_evidence=_list_missing_categories(framework, cited) if site.is_unfiltered else (),
        ratings=tuple(_list_ratings(framework, cited)),
        corresponding=tuple(_list_corresponding(dated_site, facts, framework, standard)),
    )


def _group_evidence(framework: Framework, items: Sequence[CitingEvidence]) -> Iterator[EvidenceGroup]:
    """The evidence by CQC's categories where the framework uses them, else in one group."""
    if not items:
        return
    if framework.uses_evidence_categories is YesOrNo.NO:
        yield EvidenceGroup("", tuple(items))
        return
    for name in (*CQC_CATEGORIES, NOT_PLACED):
        group = tuple(item for item in items if item.category == name)
        if group:
            yield EvidenceGroup(name, group)


def _list_missing_categories(framework: Framework, cited: StandardCitations) -> tuple[str, ...]:
    """The categories of which there is no evidence, where the framework uses them and there is any."""
    if framework.uses_evidence_categories is YesOrNo.NO or not cited.evidence:
        return ()
    return tuple(name for name in CQC_CATEGORIES if all(item.category != name for item in cited.evidence))


def _list_ratings(framework: Framework, cited: StandardCitations) -> Iterator[RatingHistoryRow]:
    for row in sort_ratings(cited.ratings):
        yield RatingHistoryRow(
            title=row.title,
            plan=row.plan,
            day=row.day,
            rating=row.rating or "Not rated",
            is_low=row.is_low,
            change=describe_change(framework, row.change, row.earlier),
        )


def _list_corresponding(
    dated_site: SiteOnDate, facts: StandardFacts, framework: Framework, standard: Standard
) -> Iterator[CorrespondingStandard]:
    site = dated_site.site
    for other in site.standards.list_mapped(standard):
        of_other = site.standards.framework_of(other)
        has_page = other.key in facts.by_key and is_shown(site, of_other)
        note = standard.mapping_note or other.mapping_note
        reading = find_reading(framework, of_other)
        yield CorrespondingStandard(
            title=Link(of_other.name_standard(other), standard_address(other) if has_page else ""),
            framework=link_framework(of_other) if has_page else Link(of_other.label),
            reading=f"{reading}; {note}" if note else reading,
        )
