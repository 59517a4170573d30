"""Names that lead nowhere: owners, agencies, goals, actions and measures that no file describes; numbers used twice."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.grounds import Grounds, Named
from plansite.checks.registry import Said, about, rule
from plansite.content.report import shown
from plansite.model.action import Action
from plansite.model.findings import Level
from plansite.model.people import same_name
from plansite.model.plan import Incident, Plan


@rule("PS101", Level.ERROR, Grounds.responsible)
def unknown_owner(grounds: Grounds, named: Named) -> Iterator[Said]:
    """An owner or supporter is nobody that a file in `owners` or `agencies` describes.

    One slip of the keyboard makes two people out of one, and their work is then on two pages. A site without files
    in `owners` may name anybody.

    Example: `owner: Deputy Manger`. Write `owner: Deputy Manager`, or add a file for a new owner.
    """
    known = grounds.declared.by_name
    if not grounds.has_owners or same_name(named.name) in known or grounds.may_be_unread("owner", name=named.name):
        return
    remedy = grounds.near_people.advice(named.name, "correct the name, or add a file for them in `content/owners`")
    yield about(named.document, f"no owner is called {shown(named.name)}", remedy, field=named.field)


@rule("PS102", Level.ERROR, Grounds.agencies_named)
def unknown_agency(grounds: Grounds, named: Named) -> Iterator[Said]:
    """A plan, its protocol or an owner names an agency that no file in `agencies` describes.

    Nobody could find whom to ring there. A site without files in `agencies` may name any.

    Example: `agencies: [riverside-councl]`. Write `agencies: [riverside-council]`, or add a file for the agency.
    """
    if not grounds.has_agencies or same_name(named.name) in grounds.agency_slugs:
        return
    if not grounds.may_be_unread("agency", name=named.name):
        remedy = grounds.near_agencies.advice(named.name, "correct the name, or add a file in `content/agencies`")
        yield about(named.document, f"no agency is called {shown(named.name)}", remedy, field=named.field)


@rule("PS103", Level.ERROR, Grounds.actions)
def unknown_goal(grounds: Grounds, action: Action) -> Iterator[Said]:
    """An action names a goal that its plan does not have.

    The action then counts towards nothing, and the goal seems to have one action fewer.

    Example: `goal: care-plan-complete`, where the plan has the goal `care-plans-complete`.
    """
    plan = grounds.plan(action)
    if not action.goal or not plan.lines or action.goal in grounds.goals[plan.slug]:
        return
    remedy = grounds.near_goals[plan.slug].advice(action.goal, f"use the key of a goal in {plan.path}")
    yield about(action, f"no goal is called {shown(action.goal)}", remedy, field="goal")


@rule("PS104", Level.ERROR, Grounds.actions)
def unknown_action(grounds: Grounds, action: Action) -> Iterator[Said]:
    """An action depends on one that is not there.

    Write the number of an action in the same plan, or `plan/slug` for any other. The slug is its file's name.

    Example: `depends_on: [12]`, where the plan has 10 actions.
    """
    for name in action.depends_on:
        yield from _missing(grounds, action, name, "depends_on")


@rule("PS105", Level.ERROR, Grounds.incidents)
def unknown_answer(grounds: Grounds, incident: Incident) -> Iterator[Said]:
    """Something found in an incident names an action that is not there.

    What was found then seems to be answered, and is not.

    Example: `findings: [{text: A raised edge, actions: [14]}]`, where the plan has 10 actions.
    """
    for finding in incident.findings:
        for name in finding.actions:
            yield from _missing(grounds, incident, name, "findings")


def _missing(grounds: Grounds, document: Action | Incident, name: str, field: str) -> Iterator[Said]:
    """Say so where no action goes by this name; an unreadable one may, so then nothing is said."""
    plan = name.partition("/")[0] if "/" in name else document.plan
    if not name or grounds.site.action(name, document.plan) or grounds.may_be_unread("action", plan):
        return
    full = name if "/" in name else f"{document.plan}/{name}"
    near = grounds.near_actions.near(full).removeprefix(f"{document.plan}/")
    remedy = f"did you mean “{near}”?" if near else "write the number of an action of this plan, or `plan/slug`"
    yield about(document, f"no action is called {shown(name)}", remedy, field=field)


@rule("PS106", Level.ERROR, Grounds.plans)
def unknown_measure(_: Grounds, plan: Plan) -> Iterator[Said]:
    """A goal names a measure that its plan does not have.

    The goal's page would show no chart.

    Example: `measure: fals`, where the plan has `measures/falls.md`.
    """
    known = {measure.slug for measure in plan.measures}
    for goal in plan.goals:
        if goal.measure and goal.measure not in known:
            message = f"the goal {shown(goal.title)} names the measure {shown(goal.measure)}, which is not there"
            yield about(
                plan, message, "write the name of a file in this plan's `measures`, without `.md`", field="goals"
            )


@rule("PS107", Level.ERROR, lambda grounds: grounds.site.plans)
def duplicate_ref(_: Grounds, plan: Plan) -> Iterator[Said]:
    """Two actions of a plan have the same number.

    In a meeting people say "action 3", and then they mean two things.

    Example: `ref: 3` in two files. Give the newer one the next free number.
    """
    first: dict[str, Action] = {}
    for action in plan.actions:
        earlier = first.setdefault(action.ref, action) if action.ref else action
        if earlier is not action:
            message = f"action {shown(action.ref)[1:-1]} is already {shown(earlier.title)} in {earlier.path}"
            yield about(action, message, "give one of them the next free number", field="ref")


@rule("PS108", Level.ERROR, Grounds.plans)
def duplicate_goal(_: Grounds, plan: Plan) -> Iterator[Said]:
    """Two goals of a plan have the same key.

    Actions that name the key count towards the first of them alone.

    Example: two goals with `key: warm`. Give one another key.
    """
    seen: set[str] = set()
    for goal in plan.goals:
        if goal.key and goal.key in seen:
            yield about(plan, f"two goals have the key {shown(goal.key)}", "give one another key", field="goals")
        seen.add(goal.key)
