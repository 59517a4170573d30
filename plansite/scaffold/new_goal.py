"""A further goal in the text of a plan's file; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plansite.content.parse_rules import DUPLICATE_KEY
from plansite.content.report import Report
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import MappingNode as Fields
from plansite.content.yaml.nodes import Node, ScalarNode, SequenceNode
from plansite.model.fields import declared_fields
from plansite.model.people import normalise_name
from plansite.model.plan import Goal, Plan
from plansite.model.slugs import slugify
from plansite.scaffold.atomic_files import AlreadyExistsError
from plansite.scaffold.field_values import FieldValue, format_yaml_value


class CannotExtendError(Exception):
    """The plan's goals are written in a way that is not safe to change. The message says what to paste."""


def build_goal(plan: Plan, title: str, values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """A goal's fields in declared order, with a key made of its title where none is given. Raises ExistsError."""
    key = str(values.get("key") or slugify(title))
    if any(
        normalise_name(name) in (normalise_name(key), normalise_name(title))
        for goal in plan.goals
        for name in (goal.key, goal.title)
    ):
        raise AlreadyExistsError([f"the goal “{title}” of {plan.path}"])
    known = {**values, "key": key, "title": title}
    return {each.name: known[each.name] for each in declared_fields(Goal) if each.name in known}


def add_goal(data: bytes, goal: Mapping[str, FieldValue]) -> bytes:
    """A plan file's bytes with a goal behind its last one. Raises CannotExtendError.

    Extended are a list with one `-` a goal, an empty list, and a file without goals. The result is read back: were
    anything but the goals to differ, it would be refused.
    """
    before = _parse_fields(data)
    if before is None:
        raise CannotExtendError("the plan's fields cannot be read; run “plansite check”, mend them and try again")
    new = _insert_goal(data.decode("utf-8"), before, goal)
    if new is None or not _adds_only(before, _parse_fields(new.encode()), goal):
        raise CannotExtendError(_format_advice(before, goal))
    return new.encode()


def format_goal_lines(goal: Mapping[str, FieldValue], indent: str = "  ") -> list[str]:
    """A goal as an item of a list, one field a line."""
    lines = [f"{name}: {format_yaml_value(value)}".rstrip() for name, value in goal.items()]
    return [f"{indent}{'  ' if at else '- '}{line}" for at, line in enumerate(lines)]


def _parse_fields(data: bytes) -> Fields | None:
    """The fields of a plan file; None where they cannot be read, or give the goals twice."""
    page = parse_file(data, report := Report("plan.md"))
    twice = any(finding.rule is DUPLICATE_KEY and finding.field == "goals" for finding in report.findings)
    return page.fields if page and not twice else None


def _insert_goal(text: str, fields: Fields, goal: Mapping[str, FieldValue]) -> str | None:
    """The text with the goal in it, or None where the goals are written in a way that is not extended."""
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    value, closing = fields.get("goals"), _find_closing_line(lines)
    if value is None:
        at, new = closing, ["goals:", *format_goal_lines(goal)]
    elif _is_empty(value):
        at, new = _find_goals_line(fields) + 1, format_goal_lines(goal)
        lines[at - 1] = re.sub(r":[ \t]*(\[[ \t]*\]|~|null)", ":", lines[at - 1], count=1)
    elif isinstance(value, SequenceNode) and lines[value.line - 1][value.column - 1] == "-":
        at, new = (
            _find_goals_end(lines, fields, closing, value.column - 1),
            format_goal_lines(goal, " " * (value.column - 1)),
        )
    else:
        return None
    return "\n".join([*lines[:at], *(line + end for line in new), *lines[at:]])


def _is_empty(value: Node) -> bool:
    return (isinstance(value, SequenceNode) and not value.items) or (isinstance(value, ScalarNode) and value.absent)


def _find_goals_line(fields: Fields) -> int:
    """The index of the line on which the goals begin."""
    return next(key.line for key, _ in fields.entries if key.text == "goals") - 1


def _find_closing_line(lines: list[str]) -> int:
    """The index of the line that ends the front matter."""
    return next(at for at in range(1, len(lines)) if lines[at].rstrip() == "---")


def _find_goals_end(lines: list[str], fields: Fields, closing_line: int, indent: int) -> int:
    """The index behind the last line of the goals; blank lines and comments before the next field belong to that."""
    start = _find_goals_line(fields)
    at = min((key.line - 1 for key, _ in fields.entries if key.line - 1 > start), default=closing_line)
    while not (line := lines[at - 1].strip()) or (line.startswith("#") and _measure_indent(lines[at - 1]) <= indent):
        at -= 1
    return at


def _measure_indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _adds_only(before: Fields, after: Fields | None, goal: Mapping[str, FieldValue]) -> bool:
    """Whether the goal was added behind the others, and nothing else has changed."""
    if after is None:
        return False
    old, new = _mapping_to_plain(before), _mapping_to_plain(after)
    had, has = old.pop("goals", None) or [], new.pop("goals", None)
    expected = {name: _value_to_plain(value) for name, value in goal.items()}
    return old == new and isinstance(had, list) and has == [*had, expected]


PlainValue = str | list["PlainValue"] | dict[str, "PlainValue"]


def _mapping_to_plain(fields: Fields) -> dict[str, PlainValue]:
    return {key.text: _node_to_plain(value) for key, value in fields.entries}


def _node_to_plain(node: Node) -> PlainValue:
    match node:
        case ScalarNode():
            return "" if node.absent else node.text
        case SequenceNode():
            return [_node_to_plain(each) for each in node.items]
        case _:
            return _mapping_to_plain(node)


def _value_to_plain(value: FieldValue) -> PlainValue:
    return list(value) if isinstance(value, tuple) else str(value)


def _format_advice(fields: Fields, goal: Mapping[str, FieldValue]) -> str:
    """What to paste, for goals that stand in one line between brackets, and for any other notation."""
    said = {name: value for name, value in goal.items() if value != ""}
    value = fields.get("goals")
    if isinstance(value, SequenceNode) and value.items:
        pairs = ", ".join(f"{name}: {format_yaml_value(each)}" for name, each in said.items())
        how = f"paste this before the last `]` of `goals`:\n\n, {{{pairs}}}"
    else:
        how = "write `goals` as a list, with this behind the last goal:\n\n" + "\n".join(format_goal_lines(said))
    return f"the goals of this plan are written in a way that plansite does not change by itself; {how}"
