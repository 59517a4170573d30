"""Adding a goal to the text of a plan's file without any other change of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plansite.content.parse_rules import DUPLICATE_KEY
from plansite.content.report import Report
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.model.documents.goal import Goal
from plansite.model.documents.plan import Plan
from plansite.model.fields import declared_fields
from plansite.model.people import normalise_name
from plansite.model.slugs import slugify
from plansite.scaffold.atomic_files import AlreadyExistsError
from plansite.scaffold.field_values import FieldValue, format_yaml_value

PlainValue = str | list["PlainValue"] | dict[str, "PlainValue"]


class CannotExtendError(Exception):
    """The plan's goals are written in a form that is not extended. The message tells users what to paste."""


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
    """The bytes of a plan file with a goal after its last one. Raises CannotExtendError.

    Goals can be a block list (one `-` for each goal), an empty list, or missing. The result is parsed, and refused if
    it differs in anything but the new goal.
    """
    fields = _parse_front_matter(data)
    if fields is None:
        raise CannotExtendError("the plan's fields cannot be read; run “plansite check”, correct them and try again")
    text = _insert_goal(data.decode("utf-8"), fields, goal)
    if text is None or not _adds_only(fields, _parse_front_matter(text.encode()), goal):
        raise CannotExtendError(_format_advice(fields, goal))
    return text.encode()


def format_goal_lines(goal: Mapping[str, FieldValue], indent: str = "  ") -> list[str]:
    """A goal as an item of a block list, with a line for each field."""
    lines = [f"{name}: {format_yaml_value(value)}".rstrip() for name, value in goal.items()]
    return [f"{indent}{'  ' if index else '- '}{line}" for index, line in enumerate(lines)]


def _parse_front_matter(data: bytes) -> MappingNode | None:
    """The fields of a plan file; None if they cannot be read, or have goals twice."""
    report = Report("plan.md")
    file = parse_file(data, report)
    has_duplicate = any(finding.rule is DUPLICATE_KEY and finding.field == "goals" for finding in report.findings)
    return file.fields if file and not has_duplicate else None


def _insert_goal(text: str, fields: MappingNode, goal: Mapping[str, FieldValue]) -> str | None:
    """The text with the goal, or None if the goals are written in a form that is not extended."""
    lines = text.split("\n")
    line_end = "\r" if lines[0].endswith("\r") else ""
    goals, closing_line = fields.get("goals"), _find_closing_line(lines)
    if goals is None:
        index, new_lines = closing_line, ["goals:", *format_goal_lines(goal)]
    elif _is_empty(goals):
        index, new_lines = _find_goals_line(fields) + 1, format_goal_lines(goal)
        lines[index - 1] = re.sub(r":[ \t]*(\[[ \t]*\]|~|null|\"\"|'')", ":", lines[index - 1], count=1)
    elif isinstance(goals, SequenceNode) and lines[goals.line - 1][goals.column - 1] == "-":
        indent = goals.column - 1
        index, new_lines = _find_goals_end(lines, fields, closing_line, indent), format_goal_lines(goal, " " * indent)
    else:
        return None
    return "\n".join([*lines[:index], *(line + line_end for line in new_lines), *lines[index:]])


def _is_empty(value: Node) -> bool:
    return (isinstance(value, SequenceNode) and not value.items) or (isinstance(value, ScalarNode) and value.absent)


def _find_goals_line(fields: MappingNode) -> int:
    """The index of the line with the key `goals`."""
    return next(key.line for key, _ in fields.entries if key.text == "goals") - 1


def _find_closing_line(lines: list[str]) -> int:
    """The index of the line that ends the front matter."""
    return next(index for index in range(1, len(lines)) if lines[index].rstrip() == "---")


def _find_goals_end(lines: list[str], fields: MappingNode, closing_line: int, indent: int) -> int:
    """The index after the last line of the goals, without blank lines and comments that belong to the next field."""
    start = _find_goals_line(fields)
    end = min((key.line - 1 for key, _ in fields.entries if key.line - 1 > start), default=closing_line)
    while not (line := lines[end - 1].strip()) or (line.startswith("#") and _measure_indent(lines[end - 1]) <= indent):
        end -= 1
    return end


def _measure_indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _adds_only(before: MappingNode, after: MappingNode | None, goal: Mapping[str, FieldValue]) -> bool:
    """Whether the only difference is that the goal comes after the others."""
    if after is None:
        return False
    old, new = _mapping_to_plain(before), _mapping_to_plain(after)
    old_goals, new_goals = old.pop("goals", None) or [], new.pop("goals", None)
    expected_goal = {name: _value_to_plain(value) for name, value in goal.items()}
    return old == new and isinstance(old_goals, list) and new_goals == [*old_goals, expected_goal]


def _mapping_to_plain(mapping: MappingNode) -> dict[str, PlainValue]:
    return {key.text: _node_to_plain(value) for key, value in mapping.entries}


def _node_to_plain(node: Node) -> PlainValue:
    match node:
        case ScalarNode():
            return "" if node.absent else node.text
        case SequenceNode():
            return [_node_to_plain(item) for item in node.items]
        case _:
            return _mapping_to_plain(node)


def _value_to_plain(value: FieldValue) -> PlainValue:
    return list(value) if isinstance(value, tuple) else str(value)


def _format_advice(fields: MappingNode, goal: Mapping[str, FieldValue]) -> str:
    """The message that tells users what to paste, for goals in a flow list (`[…]`) or in any other form."""
    given_values = {name: value for name, value in goal.items() if value != ""}
    goals = fields.get("goals")
    if isinstance(goals, SequenceNode) and goals.items:
        pairs = ", ".join(f"{name}: {format_yaml_value(value)}" for name, value in given_values.items())
        advice = f"paste this before the last `]` of `goals`:\n\n, {{{pairs}}}"
    else:
        lines = "\n".join(format_goal_lines(given_values))
        advice = f"write `goals` as a list, with this after the last goal:\n\n{lines}"
    return f"the goals of this plan are written in a way that plansite does not change by itself; {advice}"
