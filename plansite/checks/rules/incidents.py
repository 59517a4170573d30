"""Incidents that say nothing, findings whose chain leads nowhere, and learning that nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.subjects import list_incidents
from plansite.checks.suggestions import SuggestionIndex
from plansite.content.report import format_question, quote_text
from plansite.model.documents.incident import Incident
from plansite.model.documents.records.requirements import ResponseDecision
from plansite.model.findings import Level
from plansite.model.formatting import format_long_date
from plansite.model.learning.measure_stages import find_measure
from plansite.model.learning.services import (
    DAYS_TO_CONFIRM,
    ServiceReading,
    find_confirmation_deadline,
    list_service_readings,
)
from plansite.model.learning.strength import are_all_weaker
from plansite.model.learning.terms import WORK_SYSTEM_FACTORS, find_factor
from plansite.model.people import normalise_name


@rule("PS421", Level.WARNING, list_incidents)
def empty_incident(context: CheckContext, incident: Incident) -> Iterator[Violation]:
    """An incident says neither what was found nor why nothing follows.

    Readers cannot tell whether anybody looked into it. An incident that is being looked into names how, under
    `learning_response`, and has 28 days for its first finding.

    Example: a file with a title and a date alone. Add `findings`, or `no_actions` with the reason.
    """
    if incident.findings or incident.no_actions.strip():
        return
    if incident.learning_response and incident.date and (context.today - incident.date).days <= DAYS_TO_CONFIRM:
        return
    remedy = "add `findings` with what was found, or `no_actions` with the reason why nothing follows"
    yield flag(incident, "it says neither what was found nor why nothing follows", remedy, field="findings")


@rule("PS422", Level.WARNING, list_incidents)
def incident_without_date(_: CheckContext, incident: Incident) -> Iterator[Violation]:
    """An incident has no date.

    Nobody can see how long the answer took, and lists cannot put it in order.

    Example: add `date: 2024-11-18`, the day on which it happened.
    """
    if incident.date is None:
        yield flag(incident, "it has no date", "add `date:` with the day on which it happened", field="date")


@rule("PS423", Level.WARNING, list_incidents)
def no_actions_without_learning_response(_: CheckContext, incident: Incident) -> Iterator[Violation]:
    """An incident ends without actions, and does not say how it was looked into.

    That no action follows may be right, but only if somebody has looked.

    Example: `no_actions: Staff did what the card says`. Add `learning_response: after action review`.
    """
    is_given = incident.learning_response or any(name == "learning_response" for name, _ in incident.lines)
    if incident.no_actions.strip() and not is_given:
        remedy = "add `learning_response:` with the kind of review"
        message = "it ends without actions, and does not say how it was looked into"
        yield flag(incident, message, remedy, field="no_actions")


@rule("PS424", Level.ERROR, list_incidents)
def unknown_measure_of_finding(context: CheckContext, incident: Incident) -> Iterator[Violation]:
    """A finding of an incident names a measure that does not exist.

    Then nothing shows whether the actions helped.

    Example: `findings: [{text: A raised edge, measures: [fals]}]`, where the plan has `measures/falls.md`.
    """
    for finding in incident.findings:
        for name in finding.measures:
            if not name.strip() or find_measure(context.site, name, incident.plan):
                continue
            plan_slug, slash, slug = name.strip().rpartition("/")
            if context.may_be_unreadable("measure", plan_slug if slash else incident.plan, slug):
                continue
            nearest = _suggest_measure(context, incident, name.strip())
            remedy = format_question(nearest) or "write the name of a file in this plan's `measures`, or `plan/name`"
            message = f"no measure is called {quote_text(name)}"
            yield flag(incident, message, remedy, field="findings", instead=(name, nearest))


def _suggest_measure(context: CheckContext, incident: Incident, name: str) -> str:
    """The measure that was probably meant, in the form in which it is named; empty if none is near."""
    plan_slug, slash, slug = name.rpartition("/")
    plan = context.site.plans_by_slug.get(plan_slug if slash else incident.plan)
    nearest = SuggestionIndex.build(measure.slug for measure in plan.measures).find_nearest(slug) if plan else ""
    return f"{plan_slug}{slash}{nearest}" if nearest else ""


def _list_readings(context: CheckContext, incident: Incident) -> tuple[ServiceReading, ...]:
    """The services that an incident shares its learning with, by the titles in their files."""

    def find_title(name: str) -> str:
        service = context.declared_people.find(name)
        return service.title if service else name

    return list_service_readings(incident, find_title)


@rule("PS425", Level.HINT, list_incidents)
def unconfirmed_learning(context: CheckContext, incident: Incident) -> Iterator[Violation]:
    """A service has not confirmed within 28 days that it has read what is learnt from an incident.

    Learning that nobody has read prevents nothing.

    Example: `learning_for: [Riverside Lodge]`. When it has read it, add
    `confirmed: [{service: Riverside Lodge, date: 2025-01-14}]`.
    """
    deadline = find_confirmation_deadline(incident)
    if deadline is None or deadline >= context.today:
        return
    for reading in _list_readings(context, incident):
        if reading.confirmation is None:
            message = (
                f"{quote_text(reading.title)} has not confirmed reading the learning by {format_long_date(deadline)}"
            )
            yield flag(incident, message, "ask them, and add them under `confirmed`", field="learning_for")


@rule("PS426", Level.HINT, list_incidents)
def only_weaker_actions(context: CheckContext, incident: Incident) -> Iterator[Violation]:
    """All actions of a finding are weaker fixes: training, policies, reminders, signs, second checks.

    They depend on people remembering, so the same may happen again. This is a hint: sometimes a weaker fix is right.
    The strength is taken from `strength`, or from the words of an action where the file gives none.

    Example: the only action is "Train staff to look for raised edges". Add one that takes the raised edge away.
    """
    for finding in incident.findings:
        named = (context.site.find_action(name, incident.plan) for name in finding.actions)
        actions = [action for action in named if action and not action.is_dropped]
        if are_all_weaker(actions):
            message = f"all actions for {quote_text(finding.text)} depend on people remembering"
            remedy = "ask whether a change to the place, the equipment or the way of working would do more"
            yield flag(incident, message, remedy, field="findings")


@rule("PS427", Level.HINT, list_incidents)
def unknown_factor(_: CheckContext, incident: Incident) -> Iterator[Violation]:
    """A work-system factor is not one of the six that SEIPS 3.0 names.

    Incidents can be compared only if they use the same words. The page shows the word as it is written.

    Example: `factors: [Weather]`. The six are person, tasks, tools and technology, organisation, internal environment
    and external environment.
    """
    for factor in incident.factors:
        if factor.strip() and not find_factor(factor):
            remedy = f"use one of: {', '.join(each.lower() for each in WORK_SYSTEM_FACTORS)}"
            yield flag(incident, f"{quote_text(factor)} is not a work-system factor", remedy, field="factors")


@rule("PS428", Level.WARNING, list_incidents)
def refusal_without_reason(_: CheckContext, incident: Incident) -> Iterator[Violation]:
    """A finding is not accepted, and no reason is given.

    With a reason that is a proper end. Without one, readers see a gap.

    Example: `response: {decision: not accepted}`. Add `reason: The building is listed`.
    """
    for finding in incident.findings:
        response = finding.response
        if response and response.decision is ResponseDecision.NOT_ACCEPTED and not response.reason.strip():
            message = f"{quote_text(finding.text)} is not accepted, and no reason is given"
            yield flag(incident, message, "add `reason:` to its `response`", field="findings")


@rule("PS429", Level.HINT, list_incidents)
def confirmed_by_another_service(context: CheckContext, incident: Incident) -> Iterator[Violation]:
    """A service has confirmed reading the learning, and the incident does not name it under `learning_for`.

    Perhaps it is one that is named there, spelled in another way. That one then counts as not confirmed.

    Example: `learning_for: [Riverside Lodge]` and `confirmed: [{service: Riverside Lodg}]`.
    """
    for reading in _list_readings(context, incident):
        if not reading.is_named and normalise_name(reading.title):
            message = f"{quote_text(reading.title)} has confirmed, and `learning_for` does not name it"
            yield flag(incident, message, "correct its name, or add it to `learning_for`", field="confirmed")
