"""The JSON Schema of the file with actions."""

from __future__ import annotations

from plansite.exports.actions_json.document import FORMAT, VERSION
from plansite.model.assessment import Course
from plansite.model.documents.action import Action
from plansite.model.documents.goal import Goal
from plansite.model.status import Audience, Status
from plansite.schema import DIALECT, Json, Schema, build_object_schema, collect_groups

_DATE: Schema = {"type": "string", "format": "date"}
_OPTIONAL_DATE: Schema = {"type": ["string", "null"], "format": "date"}
_TEXT: Schema = {"type": "string"}


def build_export_schema() -> Schema:
    """The schema of what `plansite export --to json` writes. More names may be added without a new version.

    A file may lack what it should say, so that no field is required.
    """
    groups = {cls.__name__: _describe_fields(cls) for top in (Action, Goal) for cls in collect_groups(top)}
    return {
        "$schema": DIALECT,
        "$id": f"urn:plansite:export:{VERSION}",
        "title": "Actions that plansite exported",
        **_describe_object(
            {
                "format": {"const": FORMAT},
                "version": {"const": VERSION},
                "title": {**_TEXT, "description": "What was exported."},
                "day": {**_DATE, "description": "The day for which the state of each action was worked out."},
                "audience": {"enum": [each.value for each in Audience], "description": "Who the file is for."},
                "plans": {"type": "array", "items": _describe_plan()},
            }
        ),
        "$defs": {"action": _describe_fields(Action), "goal": _describe_fields(Goal), **groups},
    }


def _describe_fields(cls: type) -> Schema:
    return {name: value for name, value in build_object_schema(cls).items() if name != "required"}


def _describe_object(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": [*properties]}


def _describe_plan() -> Schema:
    return _describe_object(
        {
            "slug": {**_TEXT, "description": "The name of its folder."},
            "title": _TEXT,
            "audience": {
                "enum": [each.value for each in Audience],
                "description": "Who may see its actions, unless one says otherwise.",
            },
            "goals": {"type": "array", "items": {"$ref": "#/$defs/goal"}},
            "actions": {"type": "array", "items": _describe_action()},
        }
    )


def _describe_action() -> Schema:
    step = _describe_object({"text": _TEXT, "done": {"type": "boolean"}})
    note = _describe_object({"date": _OPTIONAL_DATE, "by": _TEXT, "text": _TEXT})
    return _describe_object(
        {
            "slug": {**_TEXT, "description": "The name of its file, without its ending."},
            "path": {**_TEXT, "description": "Its file, from the folder of the site."},
            "page": {**_TEXT, "description": "Its page, from the address of the site."},
            "fields": {"$ref": "#/$defs/action"},
            "text": {**_TEXT, "description": "What stands below the fields, as Markdown."},
            "steps": {"type": "array", "items": step, "description": "The steps in the text, as plain words."},
            "progress": {"type": "array", "items": note, "description": "The notes on progress in the text."},
            "state": _describe_state(),
        }
    )


def _describe_state() -> Schema:
    status: list[Json] = [*(each.value for each in Status), None]
    return {
        "description": "What plansite works out for the day. An import does not read it.",
        **_describe_object(
            {
                "status": {
                    "enum": status,
                    "description": "The status that counts: an action that a failed check reopened is in progress.",
                },
                "course": {"enum": [each.value for each in Course]},
                "reason": {**_TEXT, "description": "Why it has that course."},
                "overdue": {"type": "boolean"},
                "days_late": {"type": "integer", "minimum": 0},
                "original_due": {**_OPTIONAL_DATE, "description": "Its first due date."},
            }
        ),
    }
