"""An incident in a list: its tag, the reason in a sentence, and its gaps in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.assessment import SiteOnDate
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.learning.verdict import IncidentVerdict, assess_incident
from plansite.model.page_addresses import plan_document_address
from plansite.site.components.page import Link
from plansite.site.components.page_links import owner_link, plan_link
from plansite.site.components.widgets import COURSE_STYLES, Tag
from plansite.site.incidents.chain_views import judge_measure
from plansite.site.incidents.finding_views import describe_lacks, split_finding_text

#: A row names the gaps of so many findings, those with most gaps first, and counts the others.
_MAX_LACKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in a list; `gaps` counts what is missing, and `lacks` names it for the findings with most gaps.

    It `is_unexamined` if nothing has been found yet, and no reason is given why.

    From `until` on its tag, sentence and gaps are others; `since` is the day from which the sentence counts days.
    """

    title: Link
    plan: Link
    day: date | None
    severity: str
    owner: Link
    tag: Tag
    sentence: str
    gaps: int
    lacks: tuple[tuple[str, str], ...]
    more: int
    since: date | None
    until: date | None
    has_learning: bool
    is_unexamined: bool


def sort_newest_first(incidents: Iterable[Incident]) -> list[Incident]:
    """Incidents by their day, the latest first, those without one last."""
    return sorted(incidents, key=lambda incident: (incident.date or date.min, incident.slug), reverse=True)


def list_incident_rows(dated_site: SiteOnDate, plan: Plan) -> Iterator[IncidentRow]:
    """The incidents of a plan for a list, newest first."""
    for incident in sort_newest_first(plan.incidents):
        yield build_incident_row(dated_site, plan, incident, assess_incident(dated_site, incident, judge_measure))


def build_incident_row(dated_site: SiteOnDate, plan: Plan, incident: Incident, verdict: IncidentVerdict) -> IncidentRow:
    """The row of an incident with this verdict."""
    chains = sorted((chain for chain in verdict.chains if chain.gap_count), key=lambda chain: -chain.gap_count)
    return IncidentRow(
        title=Link(incident.title, plan_document_address(incident)),
        plan=plan_link(plan),
        day=incident.date,
        severity=incident.severity,
        owner=owner_link(dated_site.site, incident.owner),
        tag=build_verdict_tag(dated_site, verdict),
        sentence=verdict.sentence,
        gaps=verdict.gaps,
        lacks=tuple(
            (split_finding_text(chain.finding)[0], describe_lacks(chain, with_days=False))
            for chain in chains[:_MAX_LACKS]
        ),
        more=len(chains[_MAX_LACKS:]),
        since=verdict.late_since,
        until=verdict.until,
        has_learning=any(map(str.strip, incident.learning_for)),
        is_unexamined=verdict.course is None and verdict.gaps > 0,
    )


def build_verdict_tag(dated_site: SiteOnDate, verdict: IncidentVerdict) -> Tag:
    """The tag of an incident, and what it becomes on later days; without words where nothing can be said."""
    if verdict.course is None:
        return Tag("Not looked into", "risk", "gap") if dated_site.site.is_unfiltered else Tag("", "status", "gap")
    role, icon = COURSE_STYLES[verdict.course]
    return Tag(
        verdict.course.value.capitalize(),
        "status" if role == "done" else role,
        icon,
        overdue_from=verdict.overdue_from,
        at_risk_from=verdict.at_risk_from,
    )
