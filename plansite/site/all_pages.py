"""All pages of a plan, and those about people and tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plansite.model.assessment import SiteOnDate
from plansite.model.documents.plan import Plan
from plansite.model.findings import Finding
from plansite.site.changes.history import NO_HISTORY, PlanHistory
from plansite.site.changes.plan_changes import build_plan_changes_page
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Page
from plansite.site.evidence.evidence_list import build_evidence_pages
from plansite.site.governance.committee import build_committee_pages
from plansite.site.incidents.action_learning import map_incidents_by_action
from plansite.site.incidents.incident import build_incident_pages
from plansite.site.lists.tagged_actions import SiteTags, list_tag_shares
from plansite.site.lists.tags import list_tag_parts
from plansite.site.measures.measure_pages import build_measure_pages
from plansite.site.pages.fallback_pages import build_unreadable_file_page
from plansite.site.paper.printed_plan import build_printed_plan_page
from plansite.site.paper.review_pack import build_review_pack_page
from plansite.site.people.page_parts import list_people_parts
from plansite.site.people.site_work import SiteWork
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


def build_people_pages(dated_site: SiteOnDate, resolver: LinkResolver) -> Iterator[Page]:
    """All pages of `list_people_parts`, of a site with its plans."""
    parts = list_people_parts(dated_site, SiteWork.of(dated_site), (), resolver)
    return (page for part in parts for page in part.compose())


def build_tag_pages(dated_site: SiteOnDate) -> Iterator[Page]:
    """All pages of `list_tag_parts`, of a site with its plans."""
    tags = SiteTags(list_tag_shares(dated_site, plan) for plan in dated_site.site.plans)
    return (page for part in list_tag_parts(dated_site, tags, ()) for page in part.compose())
