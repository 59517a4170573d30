"""Drafts of actions that plansite itself exported: what their files said is what their files will say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
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
from plansite.trackers.drafts import DraftAction, WrittenAction, WrittenForm

_DATE = compile_lazily(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIELDS = tuple(declared.name for declared in declared_fields(Action))
_AUDIENCES = tuple(Audience)  # the one that sees most comes first


class NoSuchPlanError(Exception):
    """A file has several plans, and none of them is the one that gets the actions. The message says what to do."""


def read_exported_file(data: bytes, name: str, target: Plan, settings: Settings) -> tuple[DraftAction, ...]:
    """The drafts that a JSON file gives a plan. Raises UnreadableExportError and NoSuchPlanError."""
    return build_exported_drafts(parse_actions_json(data), name, target, settings)


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
    plans: Sequence[ExportedPlan], file: str, target: Plan, settings: Settings, form: WrittenForm = WrittenForm.JSON
) -> tuple[DraftAction, ...]:
    """A draft for each action that a plan gets, numbered as the rows of a table. Raises NoSuchPlanError.

    Whoever could not see an action where it comes from cannot see it in the plan that gets it.
    """
    exported = find_exported_plan(plans, target)
    if exported is None:
        return ()
    target_audience = resolve_audience(target, settings)
    is_narrower = _AUDIENCES.index(exported.audience) < _AUDIENCES.index(target_audience)
    audience = exported.audience if is_narrower else None
    titles = {name: title for key, title in exported.goals for name in (key, title) if name}
    own_prefix = f"{exported.slug}/"
    return tuple(
        _build_draft(action, _Place(file, number, own_prefix, form), audience, titles)
        for number, action in enumerate(exported.actions, 1)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an action comes from: the file, its number there, what names its own plan in references, and the form."""

    file: str
    number: int
    own_prefix: str
    form: WrittenForm


def _build_draft(
    action: ExportedAction, place: _Place, audience: Audience | None, goals: Mapping[str, str]
) -> DraftAction:
    given = {name: value for name in _FIELDS if (value := action.fields.get(name)) is not None}
    remarks = [f"`{clean_text(name)[:40]}` is not a field" for name in action.fields if name not in _FIELDS]
    if isinstance(others := given.get("depends_on"), list):
        given["depends_on"] = [
            each.removeprefix(place.own_prefix) if isinstance(each, str) else each for each in others
        ]
    remarks += [f"“{heading}”: {text}" for heading, text in action.others]
    if audience and "audience" not in given:
        given["audience"] = audience.value
        remarks.append(f"it was for {audience} readers alone, and so is its file")
    title, goal = _read_line(given.get("title")), _read_line(given.get("goal"))
    if not title:
        title = given["title"] = action.slug
    return DraftAction(
        table=place.file,
        rows=(place.number,),
        title=title,
        ref=_read_line(given.get("ref")),
        goal=goal,
        goal_title=goals.get(goal, ""),
        remarks=tuple(remarks),
        written=replace(
            _write(action, given, place.form),
            base=_write(action.base, action.base.fields, place.form) if action.base else None,
        ),
    )


def _write(action: ExportedAction, fields: Mapping[str, Json], form: WrittenForm) -> WrittenAction:
    body = clean_text(action.text, keeps_tabs=True).strip("\n")
    return WrittenAction(slug=action.slug, fields=tuple(list_yaml_fields(fields)), body=body, form=form)


def describe_file(action: Action, _: WrittenForm = WrittenForm.JSON) -> FileValues:
    """What the file of an action says, as an export of it as JSON says it."""
    return FileValues(fields=dict(list_yaml_fields(list_action_values(action))), body=format_body(action.body))


def _read_line(value: Json) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def list_yaml_fields(fields: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """The names of fields and their values as YAML, without empty ones."""
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
        case str() if _DATE.fullmatch(value):
            return value  # every value of a file is read as a text, so that a date needs no quotation marks
        case str():
            return format_yaml_value(clean_text(value, keeps_tabs=True))
        case _:
            return format_yaml_value(value)
