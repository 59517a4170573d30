"""The page of an incident: what happened, its findings with their evidence chains, and who has read the learning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.learning import LearningResponse
from plansite.model.formatting import format_count
from plansite.model.learning.services import ServiceReading, list_service_readings
from plansite.model.learning.terms import TermSet, get_terms, list_factors
from plansite.model.learning.verdict import IncidentVerdict, assess_incident
from plansite.model.links.repository import edit_url
from plansite.model.page_addresses import (
    FRONT_PAGE,
    briefing_address,
    learning_address,
    plan_address,
    plan_document_address,
)
from plansite.site.components.body_sections import SectionView, build_sections
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import owner_link, plan_link, profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import Tag
from plansite.site.incidents.briefing import build_briefing_page, has_briefing
from plansite.site.incidents.chain_views import judge_measure
from plansite.site.incidents.finding_views import IncidentFindingView, build_finding_view, find_day_of_counting
from plansite.site.incidents.incident_rows import (
    IncidentRow,
    build_incident_row,
    build_verdict_tag,
    sort_newest_first,
)
from plansite.site.standards.links import link_standards

_RESPONSE_WORDS = {
    LearningResponse.PSII: "Patient safety incident investigation (PSII)",
    LearningResponse.AFTER_ACTION_REVIEW: "After action review",
    LearningResponse.SWARM_HUDDLE: "Swarm huddle",
    LearningResponse.MDT_REVIEW: "Multidisciplinary team (MDT) review",
    LearningResponse.THEMATIC_REVIEW: "Thematic review",
    LearningResponse.OTHER: "Another kind of review",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentListView:
    """What the list of a plan's incidents shows."""

    head: PlanHeader
    rows: tuple[IncidentRow, ...]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service that the learning is shared with. `state` is empty where a copy may not say that it has not read it."""

    service: Link
    state: str
    icon: str
    day: date | None
    by: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """What the page of an incident shows. `gaps` are the findings with gaps, those with most gaps first.

    From `until` on its tag and its sentence are others; `since` is the day from which the sentence counts days. From
    `gaps_until` on the gaps are others.
    """

    head: PlanHeader
    title: str
    plan: Link
    day: date | None
    severity: str
    source: str
    owner: Link
    learning_response: str
    factors: tuple[str, ...]
    standards: tuple[Link, ...]
    tag: Tag
    sentence: str
    since: date | None
    until: date | None
    happened: str
    terms: TermSet
    findings: tuple[IncidentFindingView, ...]
    columns: int
    no_actions: str
    gaps: tuple[IncidentFindingView, ...]
    gaps_note: str
    gaps_until: date | None
    learning: str
    services: tuple[ServiceRow, ...]
    services_note: str
    evidence: tuple[EvidenceLink, ...]
    sections: tuple[SectionView, ...]
    briefing: str
    edit: str


def build_incident_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """The list of a plan's incidents, newest first, and a page and a briefing for each; none if there are none."""
    if not plan.incidents:
        return
    incidents = sort_newest_first(plan.incidents)
    verdicts = [assess_incident(dated_site, incident, judge_measure) for incident in incidents]
    pairs = list(zip(incidents, verdicts, strict=True))
    yield Page(
        path=plan_address(plan.slug, "incidents"),
        template="incidents/plan_incidents.html",
        title=f"Incidents: {plan.title}",
        view=IncidentListView(
            head=build_plan_header(dated_site, plan, "incidents"),
            rows=tuple(build_incident_row(dated_site, plan, incident, verdict) for incident, verdict in pairs),
        ),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Incidents")),
    )
    for incident, verdict in pairs:
        yield Page(
            path=plan_document_address(incident),
            template="incidents/incident.html",
            title=incident.title,
            view=_build_view(dated_site, plan, incident, verdict, resolver),
            section=FRONT_PAGE,
            trail=build_plan_trail(plan, Link("Incidents", plan_address(plan.slug, "incidents")), Link(incident.title)),
        )
        if has_briefing(incident):
            yield build_briefing_page(dated_site, plan, incident, verdict, resolver)


# Long because it is one call with a line for each field of the view.
def _build_view(
    dated_site: SiteOnDate, plan: Plan, incident: Incident, verdict: IncidentVerdict, resolver: LinkResolver
) -> IncidentView:
    site, sections = dated_site.site, build_sections(incident, resolver)
    terms = get_terms(site.settings.incident_terms)
    findings = tuple(build_finding_view(dated_site, chain, terms, resolver) for chain in verdict.chains)
    services = build_service_rows(dated_site, incident)
    return IncidentView(
        head=build_plan_header(dated_site, plan, "incidents"),
        title=incident.title,
        plan=plan_link(plan),
        day=incident.date,
        severity=incident.severity,
        source=incident.source,
        owner=owner_link(site, incident.owner),
        learning_response=_RESPONSE_WORDS[incident.learning_response] if incident.learning_response else "",
        factors=list_factors(incident.factors),
        standards=link_standards(site, incident),
        tag=build_verdict_tag(dated_site, verdict),
        sentence=verdict.sentence,
        since=verdict.late_since,
        until=verdict.until,
        happened=resolve_links(incident.body.intro, resolver.for_document(incident)),
        terms=terms,
        findings=findings,
        columns=max((len(stages) for finding in findings for stages in finding.stage_lists), default=0),
        no_actions=incident.no_actions,
        gaps=tuple(sorted((finding for finding in findings if finding.gaps), key=lambda finding: -finding.gaps)),
        gaps_note=format_count(verdict.gaps, "gap"),
        gaps_until=find_day_of_counting(verdict.chains, dated_site.today),
        learning="".join(section.html for section in sections if section.title.casefold() == "learning"),
        services=services,
        services_note=_count_confirmations(services, is_unfiltered=site.is_unfiltered),
        evidence=build_evidence_links(incident.evidence, incident.path, resolver, dated_site),
        sections=tuple(section for section in sections if section.title.casefold() != "learning"),
        briefing=briefing_address(incident) if has_briefing(incident) else "",
        edit=edit_url(site, incident.path),
    )


def build_service_rows(dated_site: SiteOnDate, incident: Incident) -> tuple[ServiceRow, ...]:
    """The services that the learning of an incident is shared with, each with its page of learning."""
    site = dated_site.site
    readings = list_service_readings(incident, lambda name: profile_link(site, name).text)
    return tuple(_build_service_row(dated_site, reading) for reading in readings)


def _build_service_row(dated_site: SiteOnDate, reading: ServiceReading) -> ServiceRow:
    confirmation = reading.confirmation
    service = Link(reading.title, learning_address(reading.title) if reading.is_named else "")
    if confirmation is None:
        state = "Not confirmed yet" if dated_site.site.is_unfiltered else ""
        return ServiceRow(service, state, "gap", None, Link(""))
    by = profile_link(dated_site.site, confirmation.by)
    return ServiceRow(service, "Read", "completed", confirmation.date, by)


def _count_confirmations(services: tuple[ServiceRow, ...], *, is_unfiltered: bool) -> str:
    confirmed = sum(row.icon == "completed" for row in services)
    if not services or not is_unfiltered:
        return ""
    if not confirmed:
        return "Nobody has confirmed reading it yet"
    return f"Confirmed by {confirmed:,} of {format_count(len(services), 'service')}"
