"""A new goal of a plan, added to the plan's file."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.fields import declared_fields
from plansite.model.people import normalise_name
from plansite.model.slugs import slugify
from plansite.scaffold.atomic_files import AlreadyExistsError
from plansite.scaffold.field_values import FieldValue
from plansite.scaffold.list_items import ExtensibleList, add_list_item

_GOALS = ExtensibleList(field="goals", document="plan", subject="the goals of this plan are", noun="goal")


def build_goal(plan: Plan, title: str, values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """A goal's fields in declared order. The key is by default the slug of its title. Raises AlreadyExistsError."""
    key = str(values.get("key") or slugify(title))
    if any(
        normalise_name(name) in (normalise_name(key), normalise_name(title))
        for goal in plan.goals
        for name in (goal.key, goal.title)
    ):
        raise AlreadyExistsError([f"the goal “{title}” of {plan.path}"])
    all_values = {**values, "key": key, "title": title}
    return {field.name: all_values[field.name] for field in declared_fields(Goal) if field.name in all_values}


def add_goal(data: bytes, goal: Mapping[str, FieldValue]) -> bytes:
    """The bytes of a plan file with a goal after its last one. See add_list_item. Raises CannotExtendError."""
    return add_list_item(data, _GOALS, goal)
