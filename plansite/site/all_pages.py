"""All pages: those of one plan, and those across plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.model.page_addresses import (
    CALENDAR_PAGE,
    GOVERNANCE_PAGE,
    INCIDENTS_PAGE,
    LEARNING_FOLDER,
    LEARNING_PAGE,
    MEASURES_PAGE,
    SEARCH_INDEX,
    STANDARDS_FOLDER,
    STANDARDS_PAGE,
)
from plansite.model.saved_views.selection import ViewTargets
from plansite.model.slugs import collision_key
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.changes.plan_changes import build_plan_changes_page
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.contributions import PlanContribution, SitePageGroup
from plansite.site.data.data_files import SITE_DATA_PATHS, build_data_page, render_site_data_files
from plansite.site.data.search_index import list_people_rows, list_standard_rows, render_search_index
from plansite.site.evidence.evidence_list import build_evidence_pages
from plansite.site.governance.committee import build_committee_pages
from plansite.site.governance.report import build_governance_page
from plansite.site.governance.report_rows import GovernanceSelection, build_concern_row, build_gap_row
from plansite.site.incidents.action_learning import map_incidents_by_action
from plansite.site.incidents.incident import build_incident_pages
from plansite.site.incidents.incident_rows import IncidentRow
from plansite.site.incidents.learning import LearningEntry, build_learning_pages
from plansite.site.lists import action_lists, finished_lists
from plansite.site.lists.action_table import RowBuilder
from plansite.site.lists.calendar import build_calendar_pages
from plansite.site.lists.calendar_entries import CalendarEntry
from plansite.site.lists.document_lists import build_incident_list, build_measure_list
from plansite.site.lists.saved_views import build_saved_view_pages
from plansite.site.lists.tags import build_tag_pages
from plansite.site.measures.measure_pages import MeasureRow, build_measure_pages
from plansite.site.oversight.interim_list import add_interim_tab, build_interim_list
from plansite.site.pages.about import BuildInfo, build_about_page
from plansite.site.pages.accessibility import build_accessibility_page
from plansite.site.pages.attention import build_attention_page
from plansite.site.pages.fallback_pages import build_alias_pages, build_not_found_page, build_unreadable_file_page
from plansite.site.pages.front import build_front_page
from plansite.site.pages.glossary import build_glossary_page
from plansite.site.pages.search import build_search_page
from plansite.site.paper.printed_plan import build_printed_plan_page
from plansite.site.paper.review_pack import build_review_pack_page
from plansite.site.people.agencies import build_agency_pages
from plansite.site.people.owners import build_owner_pages
from plansite.site.people.workload import build_workloads
from plansite.site.plan.action import build_action_page
from plansite.site.plan.board import build_board_page
from plansite.site.plan.calendar import build_plan_calendar_page
from plansite.site.plan.goals import build_goals_page
from plansite.site.plan.protocol import build_protocol_page
from plansite.site.plan.register import build_register_pages
from plansite.site.plan.reviews import build_review_pages
from plansite.site.plan.timeline import build_timeline_page
from plansite.site.standards.assessments import build_assessment_pages
from plansite.site.standards.pages import build_standards_pages, select_standards
from plansite.site.voice.answers_group import ANSWERS_GROUP
from plansite.site.voice.easy_read import build_easy_read_page
from plansite.site.voice.you_said import build_you_said_page

FindingsByPath = Mapping[str, tuple[Finding, ...]]
_DataRows = tuple[str, str, date | None]


def _build_data_files(_: SiteOnDate, selected: Sequence[_DataRows]) -> Iterator[tuple[str, Page | str]]:
    next_change = min((day for _, _, day in selected if day), default=None)
    yield from render_site_data_files((csv for csv, _, _ in selected), (json for _, json, _ in selected), next_change)


def _build_search_index(
    dated_site: SiteOnDate, selected: Sequence[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[str, Page | str]]:
    site = dated_site.site
    rows = (*list_people_rows(site), *list_standard_rows(site, (key for _, keys in selected for key in keys)))
    yield SEARCH_INDEX, render_search_index(rows, [plan for plan, _ in selected], site.settings.due_soon)


def _build_calendar(
    dated_site: SiteOnDate, selected: Sequence[tuple[CalendarEntry, ...]]
) -> Iterator[tuple[str, Page | str]]:
    for page in build_calendar_pages(dated_site.today, chain.from_iterable(selected)):
        yield page.path, page


def _build_incidents(_: SiteOnDate, selected: Sequence[tuple[IncidentRow, ...]]) -> Iterator[tuple[str, Page | str]]:
    return ((page.path, page) for page in build_incident_list(chain.from_iterable(selected)))


def _build_learning(
    dated_site: SiteOnDate, selected: Sequence[tuple[LearningEntry, ...]]
) -> Iterator[tuple[str, Page | str]]:
    site = dated_site.site
    pages = build_learning_pages(
        chain.from_iterable(selected), is_unfiltered=site.is_unfiltered, contact=site.settings.contact
    )
    return ((page.path, page) for page in pages)


def _build_measures(_: SiteOnDate, selected: Sequence[tuple[MeasureRow, ...]]) -> Iterator[tuple[str, Page | str]]:
    return ((page.path, page) for page in build_measure_list(chain.from_iterable(selected)))


def _select_governance(contribution: PlanContribution) -> GovernanceSelection:
    """The part of a plan, its measures that are a concern, and its incidents with gaps; nothing without a report."""
    if contribution.governance is None:
        return None, (), ()
    return (
        contribution.governance,
        tuple(build_concern_row(row) for row in contribution.measures if row.is_concern),
        tuple(build_gap_row(row) for row in contribution.incidents if row.gaps),
    )


def _build_governance(
    dated_site: SiteOnDate, selected: Sequence[GovernanceSelection]
) -> Iterator[tuple[str, Page | str]]:
    return ((page.path, page) for page in build_governance_page(dated_site, selected))


#: The files across plans that are composed from the contributions of plans. `build_site_pages` has the others.
SITE_PAGE_GROUPS: tuple[SitePageGroup[Any], ...] = (
    SitePageGroup(
        name="data files",
        paths=SITE_DATA_PATHS,
        select=lambda contribution: (contribution.csv, contribution.json, contribution.next_change),
        select_site=lambda _: (),
        build=_build_data_files,
    ),
    SitePageGroup(
        name="search index",
        paths=(SEARCH_INDEX,),
        select=lambda contribution: (contribution.search, contribution.standards.keys),
        select_site=lambda dated_site: (list_people_rows(dated_site.site), dated_site.site.frameworks),
        build=_build_search_index,
    ),
    SitePageGroup(
        name="calendar",
        paths=(CALENDAR_PAGE, "calendar/"),
        select=lambda contribution: contribution.calendar,
        select_site=lambda _: (),
        build=_build_calendar,
    ),
    SitePageGroup(
        name="incidents",
        paths=(INCIDENTS_PAGE,),
        select=lambda contribution: contribution.incidents,
        select_site=lambda _: (),
        build=_build_incidents,
    ),
    SitePageGroup(
        name="learning",
        paths=(LEARNING_PAGE, LEARNING_FOLDER),
        select=lambda contribution: contribution.learning,
        select_site=lambda dated_site: dated_site.site.is_unfiltered,
        build=_build_learning,
    ),
    SitePageGroup(
        name="measures",
        paths=(MEASURES_PAGE,),
        select=lambda contribution: contribution.measures,
        select_site=lambda _: (),
        build=_build_measures,
    ),
    ANSWERS_GROUP,
    SitePageGroup(
        name="governance",
        paths=(GOVERNANCE_PAGE,),
        select=_select_governance,
        select_site=lambda dated_site: dated_site.site.is_unfiltered,
        build=_build_governance,
    ),
    SitePageGroup(
        name="standards",
        paths=(STANDARDS_PAGE, STANDARDS_FOLDER),
        select=select_standards,
        select_site=lambda dated_site: (dated_site.site.frameworks, dated_site.site.is_unfiltered),
        build=build_standards_pages,
    ),
)


def build_plan_pages(
    dated_site: SiteOnDate,
    plan: Plan,
    resolver: LinkResolver,
    findings_by_path: FindingsByPath,
    history: PlanHistory = NO_HISTORY,
) -> Iterator[Page]:
    """The views of one plan, its documents and its unreadable files. The site may hold that plan alone."""
    yield build_board_page(dated_site, plan, resolver, history)
    yield from build_register_pages(dated_site, plan, resolver, findings_by_path, history)
    yield build_printed_plan_page(dated_site, plan, resolver, history)
    yield build_review_pack_page(dated_site, plan, resolver, history)
    yield from build_committee_pages(dated_site, plan)
    yield build_goals_page(dated_site, plan, resolver)
    yield build_timeline_page(dated_site, plan)
    yield build_plan_calendar_page(dated_site, plan)
    yield build_protocol_page(dated_site, plan)
    yield from build_you_said_page(dated_site, plan)
    yield from build_easy_read_page(dated_site, plan)
    yield build_plan_changes_page(dated_site, plan, history)
    yield from build_review_pages(dated_site, plan, resolver)
    yield from build_incident_pages(dated_site, plan, resolver)
    yield from build_measure_pages(dated_site, plan, resolver)
    yield from build_evidence_pages(dated_site, plan, resolver)
    yield from build_assessment_pages(dated_site, plan, resolver)
    incidents = map_incidents_by_action(dated_site, plan)
    for action in plan.actions:
        dependents = dated_site.site.find_dependents(action)
        changes = history.changes_to_file(action.path, dated_site.today)
        findings, own_incidents = findings_by_path.get(action.path, ()), incidents.get((action.plan, action.slug), ())
        yield build_action_page(dated_site, plan, action, resolver, findings, dependents, changes, own_incidents)
    for file in dated_site.site.unreadable:
        if plan.slug in (file.plan, file.slug if file.kind == "plan" else ""):
            yield build_unreadable_file_page(dated_site, file)


def build_site_pages(
    dated_site: SiteOnDate,
    resolver: LinkResolver,
    findings: tuple[Finding, ...],
    build_info: BuildInfo,
    next_change: date | None,
    measures: Iterable[MeasureRow] = (),
    incidents: Iterable[IncidentRow] = (),
) -> Iterator[Page]:
    """The pages across plans except those about people, views and tags, and `SITE_PAGE_GROUPS`.

    Plans may be summaries without bodies.
    `next_change` is the first day on which a page changes by date alone, `measures` and `incidents` are the rows of
    all of them.
    """
    yield build_front_page(dated_site, resolver, measures, incidents)
    yield from _build_lists(dated_site)
    if dated_site.site.is_unfiltered:
        yield build_attention_page(dated_site, findings)
    yield build_search_page(dated_site)
    yield build_data_page(dated_site)
    yield build_glossary_page(dated_site)
    yield build_accessibility_page(dated_site)
    yield build_about_page(dated_site, findings, build_info, next_change=next_change)
    yield build_not_found_page(dated_site)
    yield from build_alias_pages(dated_site.site, set(map(collision_key, resolver.address_by_path.values())))


def build_people_pages(dated_site: SiteOnDate, resolver: LinkResolver) -> Iterator[Page]:
    """The pages about owners and agencies, their unreadable files included. Plans may be summaries."""
    workloads = build_workloads(dated_site)
    pages = (
        *build_owner_pages(dated_site, workloads, resolver),
        *build_agency_pages(dated_site, workloads, resolver),
    )
    yield from pages
    paths = {page.path for page in pages}  # an owner whom actions name has a page, which shows the unreadable file too
    for file in dated_site.site.unreadable:
        if file.kind in ("owner", "agency"):
            page = build_unreadable_file_page(dated_site, file)
            if page.path not in paths:
                yield page


def build_table_pages(dated_site: SiteOnDate) -> Iterator[Page]:
    """The pages of saved views and of tags. Plans may be summaries."""
    targets = ViewTargets(dated_site.site)
    rows = RowBuilder(dated_site, targets)
    yield from build_saved_view_pages(dated_site, targets, rows)
    yield from build_tag_pages(dated_site, rows)


def _build_lists(dated_site: SiteOnDate) -> Iterator[Page]:
    """The lists of actions across plans."""
    builders = (
        action_lists.build_open_list,
        action_lists.build_overdue_list,
        action_lists.build_due_soon_list,
        action_lists.build_unassigned_list,
        action_lists.build_awaiting_list,
        build_interim_list,
        finished_lists.build_verified_list,
        finished_lists.build_finished_list,
    )
    yield from add_interim_tab(dated_site, chain.from_iterable(build(dated_site) for build in builders))
