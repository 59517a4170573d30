"""The incidents of a plan, and the page of each: its findings with their evidence chains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.markdown.html import resolve_links
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, format_list
from plansite.model.page_addresses import FRONT_PAGE, edit_url, plan_address, plan_document_address
from plansite.site.components.body_sections import SectionView, build_sections
from plansite.site.components.content_links import EvidenceLink, LinkResolver, build_evidence_links
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import owner_link, plan_link, profile_link
from plansite.site.components.plan_header import PlanHeader, build_plan_header, build_plan_trail
from plansite.site.components.widgets import Tag
from plansite.site.plan.evidence_chain import STAGES_WITHOUT_MEASURE, EvidenceChain, build_evidence_chains
from plansite.site.standards.links import link_standards

#: The end of a sentence. Three letters before it are required, so that "Dr. Smith" is not split.
_SENTENCE_END = re.compile(r"(?<=[^\s.]{3}[.!?])\s+(?=[A-Z“])")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFindingView:
    """A finding: its first sentence as title, the other text, and its chains; `lacks` is their gaps in words.

    From `until` on its chains are others, if nobody changes a file.
    """

    key: str
    number: int
    title: str
    more: str
    chains: tuple[EvidenceChain, ...]
    gaps: int
    lacks: str
    is_complete: bool
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in a list; `gaps` counts those of its findings. From `until` on tag, sentence and gaps are others."""

    title: Link
    plan: Link
    day: date | None
    severity: str
    owner: Link
    tag: Tag
    sentence: str
    gaps: int
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentListView:
    """What the list of incidents shows."""

    head: PlanHeader
    rows: tuple[IncidentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """What the page of an incident shows. `gaps` are the findings with gaps, those with most gaps first.

    From `until` on its tag, its sentence and its gaps are others.
    """

    head: PlanHeader
    title: str
    plan: Link
    day: date | None
    severity: str
    source: str
    owner: Link
    factors: tuple[str, ...]
    standards: tuple[Link, ...]
    tag: Tag
    sentence: str
    until: date | None
    happened: str
    findings: tuple[IncidentFindingView, ...]
    is_measured: bool
    gaps: tuple[IncidentFindingView, ...]
    gaps_note: str
    learning: str
    learning_for: tuple[Link, ...]
    evidence: tuple[EvidenceLink, ...]
    sections: tuple[SectionView, ...]
    edit: str


def build_incident_pages(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[Page]:
    """The list of a plan's incidents, newest first, and a page for each; no page if there are none."""
    if not plan.incidents:
        return
    views = [(incident, _build_view(dated_site, plan, incident, resolver)) for incident in _sort_newest_first(plan)]
    yield Page(
        path=plan_address(plan.slug, "incidents"),
        template="plan/incidents.html",
        title=f"Incidents: {plan.title}",
        view=IncidentListView(
            head=build_plan_header(dated_site, plan, "incidents"),
            rows=tuple(_build_row(dated_site, incident, view.plan, view.findings) for incident, view in views),
        ),
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Incidents")),
    )
    yield from (_build_page(plan, incident, view) for incident, view in views)


def list_incident_rows(dated_site: SiteOnDate, plan: Plan, resolver: LinkResolver) -> Iterator[IncidentRow]:
    """The incidents of a plan for a list, newest first."""
    for incident in _sort_newest_first(plan):
        findings = _build_finding_views(dated_site, incident, resolver)
        yield _build_row(dated_site, incident, plan_link(plan), findings)


def _sort_newest_first(plan: Plan) -> list[Incident]:
    return sorted(plan.incidents, key=lambda incident: (incident.date or date.min, incident.slug), reverse=True)


def _build_page(plan: Plan, incident: Incident, view: IncidentView) -> Page:
    return Page(
        path=plan_document_address(incident),
        template="plan/incident.html",
        title=incident.title,
        view=view,
        section=FRONT_PAGE,
        trail=build_plan_trail(plan, Link("Incidents", plan_address(plan.slug, "incidents")), Link(incident.title)),
    )


def _build_row(
    dated_site: SiteOnDate, incident: Incident, plan: Link, findings: tuple[IncidentFindingView, ...]
) -> IncidentRow:
    tag, sentence, until = _assess_findings(findings)
    return IncidentRow(
        title=Link(incident.title, plan_document_address(incident)),
        plan=plan,
        day=incident.date,
        severity=incident.severity,
        owner=owner_link(dated_site.site, incident.owner),
        tag=tag,
        sentence=sentence,
        gaps=sum(finding.gaps for finding in findings),
        until=until,
    )


def _build_view(dated_site: SiteOnDate, plan: Plan, incident: Incident, resolver: LinkResolver) -> IncidentView:
    site, sections = dated_site.site, build_sections(incident, resolver)
    findings = _build_finding_views(dated_site, incident, resolver)
    gaps = sorted((finding for finding in findings if finding.gaps), key=lambda finding: -finding.gaps)
    tag, sentence, until = _assess_findings(findings)
    return IncidentView(
        head=build_plan_header(dated_site, plan, "incidents"),
        title=incident.title,
        plan=plan_link(plan),
        day=incident.date,
        severity=incident.severity,
        source=incident.source,
        owner=owner_link(site, incident.owner),
        factors=incident.factors,
        standards=link_standards(site, incident),
        tag=tag,
        sentence=sentence,
        until=until,
        happened=resolve_links(incident.body.intro, resolver.for_document(incident)),
        findings=findings,
        is_measured=any(len(chain.stages) > STAGES_WITHOUT_MEASURE for finding in findings for chain in finding.chains),
        gaps=tuple(gaps),
        gaps_note=format_count(sum(finding.gaps for finding in gaps), "gap"),
        learning="".join(section.html for section in sections if section.title.casefold() == "learning"),
        learning_for=tuple(profile_link(site, name) for name in incident.learning_for),
        evidence=build_evidence_links(incident.evidence, incident.path, resolver, dated_site),
        sections=tuple(section for section in sections if section.title.casefold() != "learning"),
        edit=edit_url(site, incident.path),
    )


def _assess_findings(findings: tuple[IncidentFindingView, ...]) -> tuple[Tag, str, date | None]:
    """The tag and the sentence of an incident, and the first day on which they are others."""
    if not findings:
        return Tag("Not looked into", "risk", "gap"), "No finding is written yet.", None
    complete, gaps = sum(finding.is_complete for finding in findings), sum(finding.gaps for finding in findings)
    until = min((finding.until for finding in findings if finding.until), default=None)
    dealt_with = _describe_complete(complete, len(findings))
    if gaps:
        sentence = f"{dealt_with} {format_count(gaps, 'gap')} {'remains' if gaps == 1 else 'remain'}."
        return Tag("At risk", "risk", "risk"), sentence, until
    if complete == len(findings):
        every = "The finding" if complete == 1 else "Every finding"
        return Tag("Embedded", "proof", "embedded"), f"{every} is fully dealt with.", until
    return Tag("On track", "track", "track", at_risk_from=until), f"{dealt_with} There are no gaps.", until


def _describe_complete(complete: int, total: int) -> str:
    if not complete:
        return "The finding is not fully dealt with yet." if total == 1 else "No finding is fully dealt with yet."
    return f"{complete} of {format_count(total, 'finding')} {'is' if complete == 1 else 'are'} fully dealt with."


def _build_finding_views(
    dated_site: SiteOnDate, incident: Incident, resolver: LinkResolver
) -> tuple[IncidentFindingView, ...]:
    return tuple(
        _build_finding_view(dated_site, incident, number, resolver) for number in range(len(incident.findings))
    )


def _build_finding_view(
    dated_site: SiteOnDate, incident: Incident, index: int, resolver: LinkResolver
) -> IncidentFindingView:
    finding = incident.findings[index]
    chains = build_evidence_chains(dated_site, incident, finding, resolver)
    title, more = [*_SENTENCE_END.split(finding.text.strip(), maxsplit=1), ""][:2]
    stages = [stage for chain in chains for stage in chain.stages]
    gaps_by_chain = [(chain.label, [stage.gap for stage in chain.stages if stage.gap]) for chain in chains]
    lacks = [
        f"{label} ({format_list(gaps)})" if len(chains) > 1 else format_list(gaps)
        for label, gaps in gaps_by_chain
        if gaps
    ]
    return IncidentFindingView(
        key=f"f{index + 1}",
        number=index + 1,
        title=title.rstrip(".") if more or title.count(".") == 1 else title,
        more=more,
        chains=chains,
        gaps=sum(bool(stage.gap) for stage in stages),
        lacks="; ".join(lacks),
        is_complete=all(stage.is_done for stage in stages),
        until=min((stage.until for stage in stages if stage.until), default=None),
    )
