"""Adding an item to a list in the fields of a file, such as a goal of a plan, without any other change of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plansite.content.parse_rules import DUPLICATE_KEY
from plansite.content.report import Report
from plansite.content.yaml.front_matter import parse_file
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.deferred_dataclass import dataclass
from plansite.scaffold.field_values import FieldValue, format_yaml_value

PlainValue = str | list["PlainValue"] | dict[str, "PlainValue"]


class CannotExtendError(Exception):
    """The list is written in a form that is not extended. The message tells users what to paste."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensibleList:
    """A field whose list gets a new item, and its words in messages: "plan", "the goals of this plan are", "goal"."""

    field: str
    document: str
    subject: str
    noun: str


def add_list_item(data: bytes, target: ExtensibleList, item: Mapping[str, FieldValue]) -> bytes:
    """The bytes of a file with an item after the last one of a list. Raises CannotExtendError.

    The list can be a block list (one `-` for each item), an empty list, or missing. The result is parsed, and refused
    if it differs in anything but the new item.
    """
    fields = _parse_front_matter(data, target.field)
    if fields is None:
        raise CannotExtendError(
            f"the {target.document}'s fields cannot be read; run “plansite check”, correct them and try again"
        )
    text = _insert_item(data.decode("utf-8"), fields, target.field, item)
    if text is None or not _adds_only(fields, _parse_front_matter(text.encode(), target.field), target.field, item):
        raise CannotExtendError(_format_advice(fields, target, item))
    return text.encode()


def format_item_lines(item: Mapping[str, FieldValue], indent: str = "  ") -> list[str]:
    """An item of a block list, with a line for each field."""
    lines = [f"{name}: {format_yaml_value(value)}".rstrip() for name, value in item.items()]
    return [f"{indent}{'  ' if index else '- '}{line}" for index, line in enumerate(lines)]


def _parse_front_matter(data: bytes, field: str) -> MappingNode | None:
    """The fields of a file; None if they cannot be read, or have the list twice."""
    report = Report("file.md")
    file = parse_file(data, report)
    has_duplicate = any(finding.rule is DUPLICATE_KEY and finding.field == field for finding in report.findings)
    return file.fields if file and not has_duplicate else None


def _insert_item(text: str, fields: MappingNode, field: str, item: Mapping[str, FieldValue]) -> str | None:
    """The text with the item, or None if the list is written in a form that is not extended."""
    lines = text.split("\n")
    line_end = "\r" if lines[0].endswith("\r") else ""
    items, closing_line = fields.get(field), _find_closing_line(lines)
    if items is None:
        index, new_lines = closing_line, [f"{field}:", *format_item_lines(item)]
    elif _is_empty(items):
        index, new_lines = _find_key_line(fields, field) + 1, format_item_lines(item)
        lines[index - 1] = re.sub(r":[ \t]*(\[[ \t]*\]|~|null|\"\"|'')", ":", lines[index - 1], count=1)
    elif isinstance(items, SequenceNode) and lines[items.line - 1][items.column - 1] == "-":
        indent = items.column - 1
        index = _find_list_end(lines, fields, field, closing_line, indent)
        new_lines = format_item_lines(item, " " * indent)
    else:
        return None
    return "\n".join([*lines[:index], *(line + line_end for line in new_lines), *lines[index:]])


def _is_empty(value: Node) -> bool:
    return (isinstance(value, SequenceNode) and not value.items) or (isinstance(value, ScalarNode) and value.absent)


def _find_key_line(fields: MappingNode, field: str) -> int:
    """The index of the line with the name of the field."""
    return next(key.line for key, _ in fields.entries if key.text == field) - 1


def _find_closing_line(lines: list[str]) -> int:
    """The index of the line that ends the front matter."""
    return next(index for index in range(1, len(lines)) if lines[index].rstrip() == "---")


def _find_list_end(lines: list[str], fields: MappingNode, field: str, closing_line: int, indent: int) -> int:
    """The index after the last line of the list, without blank lines and comments that belong to the next field."""
    start = _find_key_line(fields, field)
    end = min((key.line - 1 for key, _ in fields.entries if key.line - 1 > start), default=closing_line)
    while not (line := lines[end - 1].strip()) or (line.startswith("#") and _measure_indent(lines[end - 1]) <= indent):
        end -= 1
    return end


def _measure_indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _adds_only(before: MappingNode, after: MappingNode | None, field: str, item: Mapping[str, FieldValue]) -> bool:
    """Whether the only difference is that the item comes after the others."""
    if after is None:
        return False
    old, new = _mapping_to_plain(before), _mapping_to_plain(after)
    old_items, new_items = old.pop(field, None) or [], new.pop(field, None)
    expected_item = {name: _value_to_plain(value) for name, value in item.items()}
    return old == new and isinstance(old_items, list) and new_items == [*old_items, expected_item]


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


def _format_advice(fields: MappingNode, target: ExtensibleList, item: Mapping[str, FieldValue]) -> str:
    """The message that tells users what to paste, for a flow list (`[…]`) or any other form."""
    given_values = {name: value for name, value in item.items() if value != ""}
    items = fields.get(target.field)
    if isinstance(items, SequenceNode) and items.items:
        pairs = ", ".join(f"{name}: {format_yaml_value(value)}" for name, value in given_values.items())
        advice = f"paste this before the last `]` of `{target.field}`:\n\n, {{{pairs}}}"
    else:
        lines = "\n".join(format_item_lines(given_values))
        advice = f"write `{target.field}` as a list, with this after the last {target.noun}:\n\n{lines}"
    return f"{target.subject} written in a way that plansite does not change by itself; {advice}"
