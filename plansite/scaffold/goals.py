"""A further goal in the text of a plan's file; every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plansite.content.faults import DUPLICATE_KEY
from plansite.content.frontmatter import page_of
from plansite.content.nodes import Mapping as Fields
from plansite.content.nodes import Node, Scalar, Sequence
from plansite.content.report import Report
from plansite.model.fields import fields_of
from plansite.model.names import slug_of
from plansite.model.people import same_name
from plansite.model.plan import Goal, Plan
from plansite.scaffold.notation import Value, written
from plansite.scaffold.writing import ExistsError


class CannotExtendError(Exception):
    """The plan's goals are written in a way that is not safe to change. The message says what to paste."""


def new_goal(plan: Plan, title: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """A goal's fields in declared order, with a key made of its title where none is given. Raises ExistsError."""
    key = str(values.get("key") or slug_of(title))
    if any(
        same_name(name) in (same_name(key), same_name(title)) for goal in plan.goals for name in (goal.key, goal.title)
    ):
        raise ExistsError([f"the goal “{title}” of {plan.path}"])
    known = {**values, "key": key, "title": title}
    return {each.name: known[each.name] for each in fields_of(Goal) if each.name in known}


def with_goal(data: bytes, goal: Mapping[str, Value]) -> bytes:
    """A plan file's bytes with a goal behind its last one. Raises CannotExtendError.

    Extended are a list with one `-` a goal, an empty list, and a file without goals. The result is read back: were
    anything but the goals to differ, it would be refused.
    """
    before = _fields(data)
    if before is None:
        raise CannotExtendError("the plan's fields cannot be read; run “plansite check”, mend them and try again")
    new = _inserted(data.decode("utf-8"), before, goal)
    if new is None or not _adds_only(before, _fields(new.encode()), goal):
        raise CannotExtendError(_advice(before, goal))
    return new.encode()


def goal_lines(goal: Mapping[str, Value], indent: str = "  ") -> list[str]:
    """A goal as an item of a list, one field a line."""
    lines = [f"{name}: {written(value)}".rstrip() for name, value in goal.items()]
    return [f"{indent}{'  ' if at else '- '}{line}" for at, line in enumerate(lines)]


def _fields(data: bytes) -> Fields | None:
    """The fields of a plan file; None where they cannot be read, or give the goals twice."""
    page = page_of(data, report := Report("plan.md"))
    twice = any(finding.rule is DUPLICATE_KEY and finding.field == "goals" for finding in report.findings)
    return page.fields if page and not twice else None


def _inserted(text: str, fields: Fields, goal: Mapping[str, Value]) -> str | None:
    """The text with the goal in it, or None where the goals are written in a way that is not extended."""
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    value, closing = fields.get("goals"), _closing(lines)
    if value is None:
        at, new = closing, ["goals:", *goal_lines(goal)]
    elif _is_empty(value):
        at, new = _line_of(fields) + 1, goal_lines(goal)
        lines[at - 1] = re.sub(r":[ \t]*(\[[ \t]*\]|~|null)", ":", lines[at - 1], count=1)
    elif isinstance(value, Sequence) and lines[value.line - 1][value.column - 1] == "-":
        at, new = _behind(lines, fields, closing, value.column - 1), goal_lines(goal, " " * (value.column - 1))
    else:
        return None
    return "\n".join([*lines[:at], *(line + end for line in new), *lines[at:]])


def _is_empty(value: Node) -> bool:
    return (isinstance(value, Sequence) and not value.items) or (isinstance(value, Scalar) and value.absent)


def _line_of(fields: Fields) -> int:
    """The index of the line on which the goals begin."""
    return next(key.line for key, _ in fields.entries if key.text == "goals") - 1


def _closing(lines: list[str]) -> int:
    """The index of the line that ends the front matter."""
    return next(at for at in range(1, len(lines)) if lines[at].rstrip() == "---")


def _behind(lines: list[str], fields: Fields, closing: int, indent: int) -> int:
    """The index behind the last line of the goals; blank lines and comments before the next field belong to that."""
    start = _line_of(fields)
    at = min((key.line - 1 for key, _ in fields.entries if key.line - 1 > start), default=closing)
    while not (line := lines[at - 1].strip()) or (line.startswith("#") and _indent(lines[at - 1]) <= indent):
        at -= 1
    return at


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _adds_only(before: Fields, after: Fields | None, goal: Mapping[str, Value]) -> bool:
    """Whether the goal was added behind the others, and nothing else has changed."""
    if after is None:
        return False
    old, new = _plain(before), _plain(after)
    had, has = old.pop("goals", None) or [], new.pop("goals", None)
    expected = {name: _plain_value(value) for name, value in goal.items()}
    return old == new and isinstance(had, list) and has == [*had, expected]


Plain = str | list["Plain"] | dict[str, "Plain"]


def _plain(fields: Fields) -> dict[str, Plain]:
    return {key.text: _of(value) for key, value in fields.entries}


def _of(node: Node) -> Plain:
    match node:
        case Scalar():
            return "" if node.absent else node.text
        case Sequence():
            return [_of(each) for each in node.items]
        case _:
            return _plain(node)


def _plain_value(value: Value) -> Plain:
    return list(value) if isinstance(value, tuple) else str(value)


def _advice(fields: Fields, goal: Mapping[str, Value]) -> str:
    """What to paste, for goals that stand in one line between brackets, and for any other notation."""
    said = {name: value for name, value in goal.items() if value != ""}
    value = fields.get("goals")
    if isinstance(value, Sequence) and value.items:
        pairs = ", ".join(f"{name}: {written(each)}" for name, each in said.items())
        how = f"paste this before the last `]` of `goals`:\n\n, {{{pairs}}}"
    else:
        how = "write `goals` as a list, with this behind the last goal:\n\n" + "\n".join(goal_lines(said))
    return f"the goals of this plan are written in a way that plansite does not change by itself; {how}"
