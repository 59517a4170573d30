"""References to owners, agencies, goals, actions and measures that do not exist; numbers and keys used twice."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.checks.context import CheckContext
from plansite.checks.registry import Violation, flag, rule
from plansite.checks.rules.ownership import find_several_owners
from plansite.checks.subjects import (
    NameUse,
    list_actions,
    list_agency_names,
    list_answered_documents,
    list_plans,
    list_plans_with_file,
    list_responsible_names,
)
from plansite.content.report import format_question, quote_text
from plansite.model.documents.action import Action
from plansite.model.documents.incident import Incident
from plansite.model.documents.plan import Plan
from plansite.model.documents.self_assessment import SelfAssessment
from plansite.model.findings import Level
from plansite.model.people import normalise_name
from plansite.model.slugs import is_file_name


@rule("PS101", Level.ERROR, list_responsible_names)
def unknown_owner(context: CheckContext, use: NameUse) -> Iterator[Violation]:
    """An owner or supporter has no file in `owners` or `agencies`.

    One typing error makes two people out of one, with their work on two pages. A site without files in `owners` may
    name anybody.

    Example: `owner: Deputy Manger`. Write `owner: Deputy Manager`, or add a file for a new owner.
    """
    if (
        not context.has_owners
        or context.declared_people.find(use.name)
        or context.may_be_unreadable("owner", name=use.name)
        or _are_known_owners(context, find_several_owners(context, use))
    ):
        return
    remedy, instead = context.people_suggestions.suggest(
        use.name, "correct the name, or add a file for them in `content/owners`"
    )
    yield flag(use.document, f"no owner is called {quote_text(use.name)}", remedy, field=use.field, instead=instead)


def _are_known_owners(context: CheckContext, names: tuple[str, ...]) -> bool:
    """Whether there are names, and each is known: then another rule says that an action has one owner."""
    return bool(names) and all(context.declared_people.find(name) for name in names)


@rule("PS102", Level.ERROR, list_agency_names)
def unknown_agency(context: CheckContext, use: NameUse) -> Iterator[Violation]:
    """A plan, its protocol or an owner names an agency that has no file in `agencies`.

    Readers could not find out who to contact there. A site without files in `agencies` may name any.

    Example: `agencies: [riverside-councl]`. Write `agencies: [riverside-council]`, or add a file for the agency.
    """
    if not context.has_agencies or normalise_name(use.name) in context.agency_slugs:
        return
    if not context.may_be_unreadable("agency", name=use.name):
        remedy, instead = context.agency_suggestions.suggest(
            use.name, "correct the name, or add a file in `content/agencies`"
        )
        message = f"no agency is called {quote_text(use.name)}"
        yield flag(use.document, message, remedy, field=use.field, instead=instead)


@rule("PS103", Level.ERROR, list_actions)
def unknown_goal(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An action names a goal that its plan does not have.

    The action then does not count towards any goal.

    Example: `goal: care-plan-complete`, where the plan has the goal `care-plans-complete`.
    """
    plan = context.find_plan(action)
    if not action.goal or not plan.lines or action.goal in context.goal_names[plan.slug]:
        return
    remedy, instead = context.goal_suggestions[plan.slug].suggest(action.goal, f"use the key of a goal in {plan.path}")
    yield flag(action, f"no goal is called {quote_text(action.goal)}", remedy, field="goal", instead=instead)


@rule("PS104", Level.ERROR, list_actions)
def unknown_action(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An action depends on one that does not exist.

    Write the number of an action in the same plan, or `plan/slug` for any other. The slug is its file's name.

    Example: `depends_on: [12]`, where the plan has 10 actions.
    """
    for name in action.depends_on:
        yield from _check_action_reference(context, action, name, "depends_on")


@rule("PS105", Level.ERROR, list_answered_documents)
def unknown_answer(context: CheckContext, document: Incident | SelfAssessment) -> Iterator[Violation]:
    """A finding of an incident, or a rating in a self-assessment, names an action that does not exist.

    It then looks as if it were dealt with, but it is not.

    Example: `findings: [{text: A raised edge, actions: [14]}]`, where the plan has 10 actions.
    """
    field = "findings" if isinstance(document, Incident) else "ratings"
    for answered in document.findings if isinstance(document, Incident) else document.ratings:
        for name in answered.actions:
            yield from _check_action_reference(context, document, name, field)


def _check_action_reference(
    context: CheckContext, document: Action | Incident | SelfAssessment, name: str, field: str
) -> Iterator[Violation]:
    """A violation if no action has this name. None if the plan has unreadable actions: one of them may have it."""
    plan = name.partition("/")[0] if "/" in name else document.plan
    if not name or context.site.find_action(name, document.plan) or context.may_be_unreadable("action", plan):
        return
    full = name if "/" in name else f"{document.plan}/{name}"
    nearest = context.action_suggestions.find_nearest(full).removeprefix(f"{document.plan}/")
    remedy = format_question(nearest) or "write the number of an action of this plan, or `plan/slug`"
    yield flag(document, f"no action is called {quote_text(name)}", remedy, field=field, instead=(name, nearest))


@rule("PS106", Level.ERROR, list_plans_with_file)
def unknown_measure(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """A goal names a measure that its plan does not have.

    The goal's page would show no chart.

    Example: `measure: fals`, where the plan has `measures/falls.md`.
    """
    measures = {measure.slug for measure in plan.measures}
    for goal in plan.goals:
        if goal.measure and goal.measure not in measures:
            message = (
                f"the goal {quote_text(goal.title)} names the measure {quote_text(goal.measure)}, which does not exist"
            )
            yield flag(
                plan, message, "write the name of a file in this plan's `measures`, without `.md`", field="goals"
            )


@rule("PS107", Level.ERROR, list_plans)
def duplicate_ref(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """Two actions of a plan have the same number.

    In a meeting "action 3" would then mean two different actions.

    Example: `ref: 3` in two files. Give the newer one the next free number.
    """
    first: dict[str, Action] = {}
    for action in sorted(plan.actions, key=lambda action: action.path):
        earlier = first.setdefault(action.ref, action) if action.ref else action
        if earlier is not action:
            message = f"action {quote_text(action.ref)[1:-1]} is already {quote_text(earlier.title)} in {earlier.path}"
            yield flag(action, message, "give one of them the next free number", field="ref")


@rule("PS108", Level.ERROR, list_plans_with_file)
def duplicate_goal(_: CheckContext, plan: Plan) -> Iterator[Violation]:
    """Two goals of a plan have the same key.

    Actions with that key count only towards the first of them.

    Example: two goals with `key: warm`. Give one another key.
    """
    seen: set[str] = set()
    for goal in plan.goals:
        if goal.key and goal.key in seen:
            yield flag(plan, f"two goals have the key {quote_text(goal.key)}", "give one another key", field="goals")
        seen.add(goal.key)


@rule("PS109", Level.ERROR, list_actions)
def unusable_alias(context: CheckContext, action: Action) -> Iterator[Violation]:
    """An old address of an action is in use by something else, or is not a valid address.

    The old link then leads to another action, or nowhere. If two actions name the same old address, in one plan or in
    two, its page lists both.

    Example: `aliases: [door]` in two files. Keep it in the one that the old link was about.
    """
    for alias in action.aliases:
        plan, slug = action.alias_address(alias)
        fault = _describe_alias_fault(context, action, plan, slug)
        if fault:
            remedy = "take it out, or write a slug that the action had, or `plan/slug` for one in another plan"
            yield flag(action, f"the alias {quote_text(alias)} {fault}", remedy, field="aliases")


def _describe_alias_fault(context: CheckContext, action: Action, plan: str, slug: str) -> str:
    """What is wrong with the address of an alias, as the predicate of a sentence; empty if it can be one."""
    if not is_file_name(slug):
        return "is not a valid file name"
    if plan not in context.site.plans_by_slug:
        return f"is in a plan that does not exist, {quote_text(plan)}"
    for holder in context.site.find_address_holders(plan, slug):
        if holder.path == action.path:
            if not holder.is_alias:
                return "is its present address"
        elif holder.is_alias:
            return f"is also given in {holder.path}"
        elif not holder.is_readable:
            return f"is the address of {holder.path}, which cannot be read"
        else:
            return f"is the address of {holder.path} already"
    return ""
