"""Reads the file with actions as JSON again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from plansite.content.report import quote_text
from plansite.deferred_dataclass import dataclass
from plansite.exports.actions_json.document import FORMAT, VERSION
from plansite.exports.actions_json.field_values import Json
from plansite.model.status import Audience


class UnreadableExportError(Exception):
    """A file that cannot be read as actions that plansite exported. The message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedAction:
    """An action as it was exported: the name of its file, its fields as in a file, and the Markdown below them.

    `base` is the same action before people changed it in the exported file, if that is known. `others` are texts that
    they added, with the heading of each.
    """

    slug: str
    fields: Mapping[str, Json]
    text: str
    base: ExportedAction | None = None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPlan:
    """The exported actions of a plan, who may see them, and its goals: pairs of a key and a title."""

    slug: str
    title: str
    audience: Audience
    goals: tuple[tuple[str, str], ...]
    actions: tuple[ExportedAction, ...]


def parse_actions_json(data: bytes) -> tuple[ExportedPlan, ...]:
    """The plans of a file. Raises UnreadableExportError."""
    try:
        document: Any = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableExportError(f"it is not valid JSON: {error}") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UnreadableExportError("it is not a file that “plansite export --to json” wrote")
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UnreadableExportError(
            f"its version is {quote_text(str(version))}, and this plansite reads {VERSION} at most; update plansite"
        )
    return tuple(_parse_plan(each, f"plans[{index}]") for index, each in enumerate(_get_list(document, "plans", "")))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} cannot be a number in JSON")


def _fail(place: str, wanted: str) -> NoReturn:
    raise UnreadableExportError(f"{place} is not {wanted}; export the file again")


def _parse_plan(value: Any, place: str) -> ExportedPlan:
    plan = _require_object(value, place)
    word = _get_text(plan, "audience", place)
    if word not in [each.value for each in Audience]:
        _fail(f"{place}.audience", "an audience")
    goals = (_require_object(goal, f"{place}.goals") for goal in _get_list(plan, "goals", place))
    actions = enumerate(_get_list(plan, "actions", place))
    return ExportedPlan(
        slug=_get_text(plan, "slug", place),
        title=_get_text(plan, "title", place),
        audience=Audience(word),
        goals=tuple((str(goal.get("key") or ""), str(goal.get("title") or "")) for goal in goals),
        actions=tuple(_parse_action(each, f"{place}.actions[{index}]") for index, each in actions),
    )


def _parse_action(value: Any, place: str) -> ExportedAction:
    action = _require_object(value, place)
    fields = _require_object(action.get("fields"), f"{place}.fields")
    return ExportedAction(slug=_get_text(action, "slug", place), fields=fields, text=_get_text(action, "text", place))


def _require_object(value: Any, place: str) -> dict[str, Any]:
    return value if isinstance(value, dict) else _fail(place, "an object")


def _get_list(values: Mapping[str, Any], name: str, place: str) -> list[Any]:
    value = values.get(name)
    return value if isinstance(value, list) else _fail(f"{place}.{name}".lstrip("."), "a list")


def _get_text(values: Mapping[str, Any], name: str, place: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else _fail(f"{place}.{name}", "a text")
