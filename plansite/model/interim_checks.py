"""Interim controls that still keep people safe, and when they are to be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from plansite.deferred_dataclass import dataclass
from plansite.model.dates import add_interval
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.records.interim_control import InterimControl
from plansite.model.documents.records.learning import IncidentFinding
from plansite.model.people import normalise_name
from plansite.model.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenControl:
    """An interim control that is still needed, with the open action or the incident that has it.

    `finding` is the number of the incident's finding, from 1; 0 for an action. `others` are further actions and
    incidents that have the same control.
    """

    control: InterimControl
    document: Action | Incident
    finding: int = 0
    others: tuple[Action | Incident, ...] = ()

    @property
    def documents(self) -> tuple[Action | Incident, ...]:
        """All actions and incidents that have it."""
        return (self.document, *self.others)

    @property
    def next_check(self) -> date | None:
        """See find_next_check."""
        return find_next_check(self.control)


def find_checker(site: Site, control: InterimControl, owner: str) -> str:
    """The name of whoever checks a control: as the file gives it, else the owner of the action or incident.

    In a copy for an audience the name may have been left out, so that nobody else is named instead.
    """
    return control.by.strip() or (owner if site.is_unfiltered else "")


def find_next_check(control: InterimControl) -> date | None:
    """The day of the next check: as the file gives it, else from the last check and the interval; None if unknown.

    A day in the file up to that of the last check is the day of a check that was made since.
    """
    if control.next is not None and (control.checked is None or control.checked < control.next):
        return control.next
    return add_interval(control.checked, control.every) if control.checked and control.every else None


def is_check_overdue(control: InterimControl, today: date) -> bool:
    """Whether the next check was to be made before today."""
    due = find_next_check(control)
    return due is not None and due < today


def find_open_control(action: Action) -> InterimControl | None:
    """The interim control of an action that is still to be done; of any other it needs no more checks, so None."""
    return action.interim if action.is_open else None


def is_finding_open(site: Site, incident: Incident, finding: IncidentFinding) -> bool:
    """Whether something is still to be done about a finding: an action of it is open, or nobody has done anything.

    An action that will not be done counts for nothing. In a copy for an audience, a finding may have an action that is
    left out and finished, so there only open actions count.
    """
    actions = [action for name in finding.actions if (action := site.find_action(name, incident.plan))]
    live = [action for action in actions if not action.is_dropped]
    return any(action.is_open for action in live) if live else site.is_unfiltered


def list_open_controls(site: Site, plan: Plan) -> tuple[OpenControl, ...]:
    """The interim controls of a plan that are still needed: of its open actions, then of findings of its incidents.

    One that several of them have is listed once, if the same person checks it next on the same day.
    """
    found: dict[tuple[str, str, date | None], OpenControl] = {}
    for each in _iterate_controls(site, plan):
        checker = normalise_name(find_checker(site, each.control, each.document.owner))
        key = normalise_name(each.control.control), checker, each.next_check
        first = found.setdefault(key, each)
        if first is not each and each.document not in first.documents:
            found[key] = replace(first, others=(*first.others, each.document))
    return tuple(found.values())


def _iterate_controls(site: Site, plan: Plan) -> Iterator[OpenControl]:
    for action in plan.actions:
        control = find_open_control(action)
        if control:
            yield OpenControl(control=control, document=action)
    for incident in plan.incidents:
        for number, finding in enumerate(incident.findings, 1):
            if finding.interim and is_finding_open(site, incident, finding):
                yield OpenControl(control=finding.interim, document=incident, finding=number)


def list_overdue_controls(site: Site, plan: Plan, today: date) -> tuple[OpenControl, ...]:
    """The interim controls of a plan whose next check was to be made before today, the longest overdue first."""
    late = [each for each in list_open_controls(site, plan) if is_check_overdue(each.control, today)]
    return tuple(sorted(late, key=lambda each: each.next_check or date.max))
