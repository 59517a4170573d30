"""All pages of a plan, and those about people, saved views and tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.model.saved_views.selection import ViewTargets
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.changes.plan_changes import build_plan_changes_page
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.evidence.evidence_list import build_evidence_pages
from plansite.site.governance.committee import build_committee_pages
from plansite.site.incidents.action_learning import map_incidents_by_action
from plansite.site.incidents.incident import build_incident_pages
from plansite.site.lists.action_table import RowBuilder
from plansite.site.lists.saved_views import list_view_parts
from plansite.site.lists.tags import list_tag_parts
from plansite.site.measures.measure_pages import build_measure_pages
from plansite.site.page_parts import SitePagePart
from plansite.site.pages.fallback_pages import build_unreadable_file_page
from plansite.site.paper.printed_plan import build_printed_plan_page
from plansite.site.paper.review_pack import build_review_pack_page
from plansite.site.people.page_parts import list_profile_parts
from plansite.site.plan.action import build_action_page
from plansite.site.plan.board import build_board_page
from plansite.site.plan.calendar import build_plan_calendar_page
from plansite.site.plan.goals import build_goals_page
from plansite.site.plan.protocol import build_protocol_page
from plansite.site.plan.register import build_register_pages
from plansite.site.plan.reviews import build_review_pages
from plansite.site.plan.timeline import build_timeline_page
from plansite.site.standards.assessments import build_assessment_pages
from plansite.site.voice.easy_read import build_easy_read_page
from plansite.site.voice.you_said import build_you_said_page

FindingsByPath = Mapping[str, tuple[Finding, ...]]


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


def list_people_parts(dated_site: SiteOnDate, resolver: LinkResolver) -> Iterator[SitePagePart]:
    """The pages about owners and agencies, their unreadable files included. Plans may be summaries."""
    paths: set[str] = set()
    for part in list_profile_parts(dated_site, resolver):
        paths.add(part.path)  # an owner whom actions name has a page, which shows the unreadable file too
        yield part
    for file in dated_site.site.unreadable:
        if file.kind in ("owner", "agency"):
            page = build_unreadable_file_page(dated_site, file)
            if page.path not in paths:
                yield SitePagePart(path=page.path, documents=(), facts=(file,), compose=partial(iter, (page,)))


def list_table_parts(dated_site: SiteOnDate) -> Iterator[SitePagePart]:
    """The pages of saved views and of tags. Plans may be summaries."""
    targets = ViewTargets(dated_site.site)
    rows = RowBuilder(dated_site, targets)
    yield from list_view_parts(dated_site, targets, rows)
    yield from list_tag_parts(dated_site, rows)


def build_people_pages(dated_site: SiteOnDate, resolver: LinkResolver) -> Iterator[Page]:
    """All pages of `list_people_parts`."""
    return (page for part in list_people_parts(dated_site, resolver) for page in part.compose())


def build_table_pages(dated_site: SiteOnDate) -> Iterator[Page]:
    """All pages of `list_table_parts`."""
    return (page for part in list_table_parts(dated_site) for page in part.compose())
