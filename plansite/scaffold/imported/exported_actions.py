"""Drafts of actions that plansite itself exported: what their files said is what their files will say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plansite.exports.actions_json.field_values import Json, list_action_values
from plansite.exports.actions_json.parsing import ExportedAction, ExportedPlan, parse_actions_json
from plansite.exports.body_markdown.body_text import format_body
from plansite.model.audience.filter import resolve_audience
from plansite.model.documents.action import Action
from plansite.model.documents.plan import Plan
from plansite.model.fields import declared_fields
from plansite.model.people import normalise_name
from plansite.model.settings import Settings
from plansite.model.status import Audience
from plansite.scaffold.field_values import format_yaml_value
from plansite.scaffold.imported.action_file import clean_text
from plansite.scaffold.imported.merge import FileValues
from plansite.trackers.drafts import DraftAction, WrittenAction

_FIELDS = tuple(declared.name for declared in declared_fields(Action))
_AUDIENCES = tuple(Audience)  # the one that sees most comes first


class NoSuchPlanError(Exception):
    """A file has several plans, and none of them is the one that gets the actions. The message says what to do."""


def read_exported_file(data: bytes, name: str, target: Plan, settings: Settings) -> tuple[DraftAction, ...]:
    """The drafts that a JSON file gives a plan. Raises UnreadableExportError and NoSuchPlanError."""
    exported = find_exported_plan(parse_actions_json(data), target)
    return build_exported_drafts(exported, name, target, settings) if exported else ()


def find_exported_plan(plans: Sequence[ExportedPlan], target: Plan) -> ExportedPlan | None:
    """The plan of a file whose actions a plan gets: the only one, else that of the same name; None if it has none.

    Raises NoSuchPlanError.
    """
    if len(plans) <= 1:
        return plans[0] if plans else None
    for wanted in (target.slug, target.title):
        found = [
            each for each in plans if normalise_name(wanted) in (normalise_name(each.slug), normalise_name(each.title))
        ]
        if len(found) == 1:
            return found[0]
    raise NoSuchPlanError(
        f"it has actions of {len(plans)} plans, and none of them is “{target.slug}”; "
        "export one with --plan, and import that"
    )


def build_exported_drafts(
    exported: ExportedPlan, file: str, target: Plan, settings: Settings
) -> tuple[DraftAction, ...]:
    """A draft for each action, numbered as the rows of a table.

    Whoever could not see an action where it comes from cannot see it in the plan that gets it.
    """
    target_audience = resolve_audience(target, settings)
    is_narrower = _AUDIENCES.index(exported.audience) < _AUDIENCES.index(target_audience)
    audience = exported.audience if is_narrower else None
    titles = {name: title for key, title in exported.goals for name in (key, title) if name}
    own_prefix = f"{exported.slug}/"
    return tuple(
        _build_draft(action, file, number, audience, titles, own_prefix)
        for number, action in enumerate(exported.actions, 1)
    )


def _build_draft(
    action: ExportedAction, file: str, number: int, audience: Audience | None, goals: Mapping[str, str], own_prefix: str
) -> DraftAction:
    given = {name: value for name in _FIELDS if (value := action.fields.get(name)) is not None}
    remarks = [f"`{clean_text(name)[:40]}` is not a field" for name in action.fields if name not in _FIELDS]
    if isinstance(others := given.get("depends_on"), list):
        given["depends_on"] = [each.removeprefix(own_prefix) if isinstance(each, str) else each for each in others]
    if audience and "audience" not in given:
        given["audience"] = audience.value
        remarks.append(f"it was for {audience} readers alone, and so is its file")
    title, goal = _read_line(given.get("title")), _read_line(given.get("goal"))
    if not title:
        title = given["title"] = action.slug
    return DraftAction(
        table=file,
        rows=(number,),
        title=title,
        ref=_read_line(given.get("ref")),
        goal=goal,
        goal_title=goals.get(goal, ""),
        remarks=tuple(remarks),
        written=WrittenAction(
            slug=action.slug,
            fields=tuple(_list_yaml_fields(given)),
            body=clean_text(action.text, keeps_tabs=True).strip("\n"),
        ),
    )


def describe_file(action: Action) -> FileValues:
    """What the file of an action says, as an export of it says it."""
    return FileValues(fields=dict(_list_yaml_fields(list_action_values(action))), body=format_body(action.body))


def _read_line(value: Json) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _list_yaml_fields(fields: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        if text := format_yaml_json(value):
            yield name, text


def format_yaml_json(value: Json) -> str:
    """A JSON value as YAML on one line; empty for one without anything in it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case dict():
            pairs = ((name, format_yaml_json(item)) for name, item in value.items())
            inner = ", ".join(f"{format_yaml_value(clean_text(name))}: {text}" for name, text in pairs if text)
            return f"{{{inner}}}" if inner else ""
        case list():
            inner = ", ".join(text for item in value if (text := format_yaml_json(item)))
            return f"[{inner}]" if inner else ""
        case str():
            return format_yaml_value(clean_text(value, keeps_tabs=True))
        case _:
            return format_yaml_value(value)
