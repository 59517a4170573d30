"""A finding followed to its action, evidence, check and measure, with the gaps in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plansite.model.action import Action
from plansite.model.course import Outlook, finished_on, is_overdue
from plansite.model.parts import IncidentFinding, Verification
from plansite.model.plan import Incident
from plansite.model.status import CheckResult, Status
from plansite.model.words import days
from plansite.site.addresses import action_page, document_page, owner_link, party_link
from plansite.site.evidence import EvidenceView, evidence_of
from plansite.site.goals import measure_of
from plansite.site.links import Addresses
from plansite.site.measures import latest_in_short


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One link of a chain. `gap` names what is missing; `is_done` means that nothing more is to come here."""

    name: str
    mark: str
    gap: str = ""
    links: tuple[EvidenceView, ...] = ()
    words: str = ""
    note: str = ""
    day: date | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One action that answers a finding, with all that follows from it. `called` tells it from its neighbours."""

    called: str
    stations: tuple[Station, ...]


#: A chain with more stations than this ends in a measure.
MEASURED = 3
_NOTHING_FOLLOWS = (
    Station(name="Evidence", mark="gap", gap="no evidence"),
    Station(name="Verification", mark="gap", gap="no check"),
)


def chains_of(
    outlook: Outlook, incident: Incident, finding: IncidentFinding, addresses: Addresses
) -> tuple[Chain, ...]:
    """The chains of a finding, one an action; where it has none, one that lacks everything."""
    site = outlook.site
    named = [(name, site.action(name, incident.plan)) for name in finding.actions]
    named = [(name, action) for name, action in named if action or site.is_whole]
    if not named:
        return (Chain(called="", stations=_nothing("no action yet")),)
    chains = []
    for name, action in named:
        called = f"action {action.ref if action and action.ref else name}"
        stations = _stations(outlook, action, addresses) if action else _nothing(f"there is no action “{name}”")
        chains.append(Chain(called=called, stations=stations))
    return tuple(chains)


def _nothing(gap: str) -> tuple[Station, ...]:
    return (Station(name="Action", mark="gap", gap=gap), *_NOTHING_FOLLOWS)


def _stations(outlook: Outlook, action: Action, addresses: Addresses) -> tuple[Station, ...]:
    first = _done_or_due(outlook, action)
    if action.status is Status.CANCELLED:
        return (first, *_NOTHING_FOLLOWS)
    return (first, _shown(action, addresses), _checked(outlook, action), *_measured(outlook, action))


def _done_or_due(outlook: Outlook, action: Action) -> Station:
    link = (EvidenceView(action.title, action_page(action), None),)
    owner = owner_link(outlook.site, action.owner).text or "Nobody yet"
    match action.counts_as:
        case Status.CANCELLED:
            return Station(name="Action", mark="gap", gap="cancelled", links=link, note=action.reason)
        case Status.COMPLETED | Status.EMBEDDED as status:
            note = f"{owner}, completed"
            return Station(name="Action", mark=status, links=link, note=note, day=finished_on(action), is_done=True)
    note = f"{owner}, due" if action.due else f"{owner}, no due date"
    if action.due and is_overdue(action, outlook.today):
        gap = f"late by {days((outlook.today - action.due).days)}"
        return Station(name="Action", mark="gap", gap=gap, links=link, note=note, day=action.due)
    mark = action.counts_as.replace(" ", "-") if action.counts_as else "not-started"
    return Station(name="Action", mark=mark, links=link, note=note, day=action.due)


def _shown(action: Action, addresses: Addresses) -> Station:
    links = evidence_of(action.evidence, action.path, addresses)
    if links:
        return Station(name="Evidence", mark="completed", links=links, is_done=True)
    if action.is_open:
        return Station(name="Evidence", mark="not-started", words="Not due before the action is done.")
    return Station(name="Evidence", mark="gap", gap="no evidence")


def _checked(outlook: Outlook, action: Action) -> Station:
    check = action.verification
    if check is None:
        return Station(name="Verification", mark="gap", gap="no check is planned")
    by = party_link(outlook.site, check.by).text or "Somebody else"
    if check.result is CheckResult.FAILED:
        return Station(
            name="Verification", mark="gap", gap="the check failed", words=check.note, note=by, day=check.date
        )
    if check.result is CheckResult.PASSED:
        words = check.note or check.method or "Passed."
        return Station(name="Verification", mark="completed", words=words, note=by, day=check.date, is_done=True)
    return _unchecked(outlook, action, check, by)


def _unchecked(outlook: Outlook, action: Action, check: Verification, by: str) -> Station:
    if check.due and check.due < outlook.today:
        gap = f"check late by {days((outlook.today - check.due).days)}"
        return Station(name="Verification", mark="gap", gap=gap, note=f"{by}, due", day=check.due)
    if action.status is Status.EMBEDDED:
        return Station(name="Verification", mark="gap", gap="no result of the check", note=by)
    note = "Due" if check.due else "No date yet"
    return Station(name="Verification", mark="not-started", words=f"{by} will check.", note=note, day=check.due)


def _measured(outlook: Outlook, action: Action) -> tuple[Station, ...]:
    """The measure of the goal that the action serves; nothing where the goal names none."""
    plan = outlook.site.plans_by_slug[action.plan]
    goal = plan.goal(action.goal)
    measure = measure_of(plan, goal) if goal else None
    if measure is None:
        return ()
    link = EvidenceView(measure.title, document_page(measure), None)
    short = latest_in_short(measure)
    return (
        Station(
            name="Measure", mark="completed" if short else "not-started", links=(link,), note=short, is_done=bool(short)
        ),
    )
