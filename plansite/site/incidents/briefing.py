"""The briefing on an incident: one sheet of paper for other services, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.formatting import format_count, shorten
from plansite.model.learning.chain import FindingEnd
from plansite.model.learning.services import list_service_readings
from plansite.model.learning.stages import StageState
from plansite.model.learning.terms import TermSet, get_terms
from plansite.model.learning.verdict import IncidentVerdict
from plansite.model.page_addresses import FRONT_PAGE, briefing_address, plan_address, plan_document_address
from plansite.site.components.body_sections import render_section_elsewhere
from plansite.site.components.content_links import LinkResolver
from plansite.site.components.page import Link, Page
from plansite.site.components.page_links import action_link, owner_link, plan_link, profile_link
from plansite.site.components.plan_header import build_plan_trail
from plansite.site.incidents.finding_views import split_finding_text

#: How much fits on one sheet: characters of what happened, and findings and actions.
_MAX_HAPPENED = 700
_MIN_PARAGRAPH = 60
_MAX_ITEMS = 7
_MAX_ITEM = 160
#: From this many characters in all on, the print is smaller.
_LONG = 2600


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What is done about a finding, who does it, and when it was done or is due."""

    title: Link
    owner: Link
    words: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingView:
    """What a briefing shows. `to_do` is the HTML of what is learnt; `services` have a line each to sign."""

    title: str
    plan: Link
    day: date | None
    severity: str
    happened: tuple[str, ...]
    terms: TermSet
    findings: tuple[str, ...]
    more_findings: str
    no_actions: str
    changes: tuple[ChangeLine, ...]
    more_changes: str
    to_do: str
    services: tuple[str, ...]
    owner: Link
    contact: str
    incident: str
    is_long: bool


def has_briefing(incident: Incident) -> bool:
    """Whether there is anything that another service could learn from."""
    return bool(incident.findings or incident.no_actions.strip()) or any(
        section.key == "learning" for section in incident.body.sections
    )


def build_briefing_page(
    dated_site: SiteOnDate, plan: Plan, incident: Incident, verdict: IncidentVerdict, resolver: LinkResolver
) -> Page:
    """The briefing on an incident."""
    return Page(
        path=briefing_address(incident),
        template="incidents/briefing.html",
        title=f"Briefing: {incident.title}",
        view=_build_view(dated_site, plan, incident, verdict, resolver),
        section=FRONT_PAGE,
        trail=build_plan_trail(
            plan,
            Link("Incidents", plan_address(plan.slug, "incidents")),
            Link(incident.title, plan_document_address(incident)),
            Link("Briefing"),
        ),
    )


def _build_view(
    dated_site: SiteOnDate, plan: Plan, incident: Incident, verdict: IncidentVerdict, resolver: LinkResolver
) -> BriefingView:
    site, terms = dated_site.site, get_terms(dated_site.site.settings.incident_terms)
    findings = [split_finding_text(finding) for finding in incident.findings]
    changes = list(_list_changes(dated_site, verdict))
    to_do = render_learning(incident, resolver, briefing_address(incident))
    happened = _summarise_intro(incident)
    readings = list_service_readings(incident, lambda name: profile_link(site, name).text)
    return BriefingView(
        title=incident.title,
        plan=plan_link(plan),
        day=incident.date,
        severity=incident.severity,
        happened=happened,
        terms=terms,
        findings=tuple(shorten(title, _MAX_ITEM) for title, _ in findings[:_MAX_ITEMS]),
        more_findings=_count_more(len(findings), terms.finding, terms.findings),
        no_actions=incident.no_actions,
        changes=tuple(changes[:_MAX_ITEMS]),
        more_changes=_count_more(len(changes), terms.action, terms.actions),
        to_do=to_do,
        services=tuple(each.title for each in readings if each.is_named),
        owner=owner_link(site, incident.owner),
        contact=site.settings.contact,
        incident=plan_document_address(incident),
        is_long=sum(map(len, (*happened, to_do, *(title for title, _ in findings)))) + 80 * len(changes) > _LONG,
    )


def render_learning(incident: Incident, resolver: LinkResolver, page: str) -> str:
    """The HTML of what is learnt from an incident, for another page than its own; empty if nothing is written."""
    return render_section_elsewhere(incident, "learning", resolver.for_document(incident, shown_on=page))


def _summarise_intro(incident: Incident) -> tuple[str, ...]:
    """The paragraphs of what happened as plain text, as many as fit."""
    end = min((section.line for section in incident.body.sections), default=None)
    room, paragraphs = _MAX_HAPPENED, list[str]()
    for run in incident.body.text_runs:
        if room < _MIN_PARAGRAPH or (end is not None and run.line >= end):
            break
        paragraphs.append(shorten(run.text, room))
        room -= len(run.text)
    return tuple(filter(None, paragraphs))


def _count_more(total: int, noun: str, plural: str) -> str:
    more = total - _MAX_ITEMS
    return f"{format_count(more, f'more {noun}', f'more {plural}')} on the incident’s page." if more > 0 else ""


def _list_changes(dated_site: SiteOnDate, verdict: IncidentVerdict) -> Iterator[ChangeLine]:
    """The actions that answer the findings, each once, those that were cancelled left out; and refusals."""
    seen: set[tuple[str, str]] = set()
    for chain in verdict.chains:
        for each in chain.actions:
            action = each.action
            if action is None or (action.plan, action.slug) in seen:
                continue
            seen.add((action.plan, action.slug))
            if action.is_dropped:
                if action.is_declined:
                    yield ChangeLine(Link(f"Not accepted: {action.title}"), Link(""), action.drop_reason, None)
                continue
            is_done = each.stages[0].state is StageState.DONE
            words = "Done" if is_done else "Due" if action.due else "No date yet"
            day = each.stages[0].day
            yield ChangeLine(action_link(action), owner_link(dated_site.site, action.owner), words, day)
        if chain.end is FindingEnd.NOT_ACCEPTED and chain.finding.response:
            title = Link(f"Not accepted: {split_finding_text(chain.finding)[0]}")
            yield ChangeLine(title, Link(""), chain.finding.response.reason, None)
