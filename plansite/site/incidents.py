"""A plan's incidents, and the page of each: every finding followed to its action, evidence, check and measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from plansite.markdown.html import resolve
from plansite.model.course import Outlook
from plansite.model.plan import Incident, Plan
from plansite.model.words import count, listed
from plansite.site.actions import SectionView
from plansite.site.addresses import document_page, edit_url, owner_link, party_link, plan_link, plan_page
from plansite.site.chains import MEASURED, Chain, chains_of
from plansite.site.evidence import EvidenceView, evidence_of
from plansite.site.links import Addresses
from plansite.site.page import Link, Page
from plansite.site.parts import Tag
from plansite.site.plan_head import PlanHead, plan_head, plan_trail
from plansite.site.reviews import sections_of

#: The end of a first sentence of some length, so that "Dr. Smith" does not count as one.
_SENTENCE = re.compile(r"(?<=[^\s.]{3}[.!?])\s+(?=[A-Z“])")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """Something found: its first sentence as title, the rest of its text, its chains and what they lack in words."""

    key: str
    number: int
    title: str
    more: str
    chains: tuple[Chain, ...]
    gaps: int
    lacks: str
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in the list."""

    title: Link
    day: date | None
    severity: str
    owner: Link
    tag: Tag
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsView:
    """What the list of incidents shows."""

    head: PlanHead
    rows: tuple[IncidentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """What an incident's own page shows. `gaps` are the findings that lack something, those that lack most first."""

    head: PlanHead
    title: str
    plan: Link
    day: date | None
    severity: str
    source: str
    owner: Link
    factors: tuple[str, ...]
    tag: Tag
    sentence: str
    happened: str
    findings: tuple[FindingView, ...]
    is_measured: bool
    gaps: tuple[FindingView, ...]
    gaps_note: str
    learning: str
    learning_for: tuple[Link, ...]
    evidence: tuple[EvidenceView, ...]
    sections: tuple[SectionView, ...]
    edit: str


def incident_pages(outlook: Outlook, plan: Plan, addresses: Addresses) -> Iterator[Page]:
    """The list of a plan's incidents, newest first, and a page for each; nothing where there are none."""
    newest = sorted(plan.incidents, key=lambda incident: (incident.date or date.min, incident.slug), reverse=True)
    if not newest:
        return
    rows, pages = [], []
    for incident in newest:
        view = _view(outlook, plan, incident, addresses)
        rows.append(_row(incident, view))
        pages.append(_page(plan, incident, view))
    yield Page(
        path=plan_page(plan.slug, "incidents"),
        template="incidents.html",
        title=f"Incidents: {plan.title}",
        view=IncidentsView(head=plan_head(outlook, plan, "incidents"), rows=tuple(rows)),
        section="index.html",
        trail=plan_trail(plan, Link("Incidents")),
    )
    yield from pages


def _page(plan: Plan, incident: Incident, view: IncidentView) -> Page:
    return Page(
        path=document_page(incident),
        template="incident.html",
        title=incident.title,
        view=view,
        section="index.html",
        trail=plan_trail(plan, Link("Incidents", plan_page(plan.slug, "incidents")), Link(incident.title)),
    )


def _row(incident: Incident, view: IncidentView) -> IncidentRow:
    return IncidentRow(
        title=Link(incident.title, document_page(incident)),
        day=incident.date,
        severity=incident.severity,
        owner=view.owner,
        tag=view.tag,
        sentence=view.sentence,
    )


def _view(outlook: Outlook, plan: Plan, incident: Incident, addresses: Addresses) -> IncidentView:
    site, sections = outlook.site, sections_of(incident, addresses, ("Learning",))
    findings = tuple(_finding(outlook, incident, number, addresses) for number in range(len(incident.findings)))
    gaps = sorted((finding for finding in findings if finding.gaps), key=lambda finding: -finding.gaps)
    tag, sentence = _verdict(findings)
    return IncidentView(
        head=plan_head(outlook, plan, "incidents"),
        title=incident.title,
        plan=plan_link(plan),
        day=incident.date,
        severity=incident.severity,
        source=incident.source,
        owner=owner_link(site, incident.owner),
        factors=incident.factors,
        tag=tag,
        sentence=sentence,
        happened=resolve(incident.body.intro, addresses.of(incident)),
        findings=findings,
        is_measured=any(len(chain.stations) > MEASURED for finding in findings for chain in finding.chains),
        gaps=tuple(gaps),
        gaps_note=f"{count(sum(finding.gaps for finding in gaps), 'gap')}",
        learning="".join(part.html for part in sections if part.title.casefold() == "learning"),
        learning_for=tuple(party_link(site, name) for name in incident.learning_for),
        evidence=evidence_of(incident.evidence, incident.path, addresses),
        sections=tuple(part for part in sections if part.title.casefold() != "learning"),
        edit=edit_url(site, incident.path),
    )


def _verdict(findings: tuple[FindingView, ...]) -> tuple[Tag, str]:
    if not findings:
        return Tag("Not looked into", "risk", "gap"), "No finding is written yet."
    whole, gaps = sum(finding.is_whole for finding in findings), sum(finding.gaps for finding in findings)
    followed = _followed(whole, len(findings))
    if gaps:
        return Tag(
            "At risk", "risk", "risk"
        ), f"{followed} {count(gaps, 'gap')} {'remains' if gaps == 1 else 'remain'}."
    if whole == len(findings):
        return Tag("Embedded", "proof", "embedded"), "Every finding is followed all the way."
    return Tag("On track", "track", "track"), f"{followed} There are no gaps."


def _followed(whole: int, total: int) -> str:
    if not whole:
        none = "The finding is not" if total == 1 else f"None of the {total} findings is"
        return f"{none} followed all the way yet."
    return f"{whole} of {count(total, 'finding')} {'is' if whole == 1 else 'are'} followed all the way."


def _finding(outlook: Outlook, incident: Incident, index: int, addresses: Addresses) -> FindingView:
    finding = incident.findings[index]
    chains = chains_of(outlook, incident, finding, addresses)
    title, more = [*_SENTENCE.split(finding.text.strip(), maxsplit=1), ""][:2]
    stations = [station for chain in chains for station in chain.stations]
    lacking = [(chain.called, [s.gap for s in chain.stations if s.gap]) for chain in chains]
    lacks = [f"{called} ({listed(gaps)})" if len(chains) > 1 else listed(gaps) for called, gaps in lacking if gaps]
    return FindingView(
        key=f"f{index + 1}",
        number=index + 1,
        title=title.rstrip(".") if more or title.count(".") == 1 else title,
        more=more,
        chains=chains,
        gaps=sum(bool(station.gap) for station in stations),
        lacks="; ".join(lacks),
        is_whole=all(station.is_done for station in stations),
    )
