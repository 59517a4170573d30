"""What looks like a mark and is not understood: its place and message, and hiding what it may be meant for."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from plansite.content.privacy_rules import UNCLEAR_MARK
from plansite.content.report import Report, quote_text, suggest_word
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode
from plansite.deferred_dataclass import dataclass
from plansite.model.formatting import format_list
from plansite.model.status import Audience, PlanKind

CHOICES = {
    "audience": frozenset(audience.value for audience in Audience),
    "kind": frozenset(kind.value for kind in PlanKind),
}
MarkName = Literal["audience", "kind"]
_REMEDY = "write `audience: internal`, with one space, on a line of its own or in the entry"
_FOREIGN_REMEDY = "write `audience: internal` in its place, or take the line out if it is about something else"
_TEXT_REMEDY = "write it among the fields, between the two lines `---`, or reword it if it is not a mark"
MISPLACED_REMEDY = "begin the line at the left margin for the whole file, or put it into the entry that it is for"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearMark:
    """What looks like a mark: the node where it stands, what is wrong, and what to do. `field` is the field's name.

    If it `is_field`, the node is the name or the value of a field that says nothing else.
    """

    node: Node
    message: str
    remedy: str
    field: str = "audience"
    is_field: bool = False


def hide_fields(fields: MappingNode, marks: list[UnclearMark], report: Report) -> MappingNode:
    """The fields with `audience: internal` in place of these marks, which are reported."""
    for mark in marks:
        report.add(
            UNCLEAR_MARK,
            mark.message,
            mark.remedy,
            line=mark.node.line,
            column=mark.node.column,
            field=mark.field,
            raw=mark.node.text if isinstance(mark.node, ScalarNode) else "",
        )
    dropped = {id(mark.node) for mark in marks if mark.is_field}  # else they would be reported as unknown, too
    entries = tuple(
        (key, value)
        for key, value in fields.entries
        if key.text != "audience" and id(key) not in dropped and id(value) not in dropped
    )
    first = marks[0].node
    audience = (ScalarNode("audience", first.line, first.column), ScalarNode("internal", first.line, first.column))
    return replace(fields, entries=(*entries, audience))


def is_valid(value: Node, name: MarkName) -> bool:
    """Whether the value of a field `audience` or `kind` is one of its words."""
    return isinstance(value, ScalarNode) and value.text.strip().casefold() in CHOICES[name]


def mark_key(key: ScalarNode, name: str) -> UnclearMark:
    """The mark for an unknown field whose name looks like that of the field `name`."""
    message = f"{quote_text(key.text)} looks like the field `{name}`, so only internal readers see what it is for"
    remedy = "write `kind: counselling` on a line of its own" if name == "kind" else _REMEDY
    return UnclearMark(node=key, message=message, remedy=remedy, field=key.text, is_field=True)


def mark_foreign(key: ScalarNode, value: str) -> UnclearMark:
    """The mark for an unknown field that says in other words who may see something."""
    written = quote_text(f"{key.text}: {value}" if value else f"{key.text}:")
    message = f"{written} looks like a mark for some readers, so only internal readers see what it is for"
    return UnclearMark(node=key, message=message, remedy=_FOREIGN_REMEDY, field=key.text, is_field=True)


def mark_line(line: str, number: int) -> UnclearMark:
    """The mark for a field that stands in the text of a file; `number` is its line in the file."""
    node = ScalarNode(line.strip(), number, 1)
    message = f"{quote_text(line.strip())} is in the text, so only internal readers see this file"
    return UnclearMark(node=node, message=message, remedy=_TEXT_REMEDY)


def mark_value(value: Node, name: MarkName) -> UnclearMark:
    """The mark for a field whose value is none of its words."""
    written = quote_text(value.text) if isinstance(value, ScalarNode) else "this"
    choices = sorted(CHOICES[name])
    suggestion = suggest_word(value.text, choices) if isinstance(value, ScalarNode) else ""
    message = f"{written} is not allowed for `{name}`, so only internal readers see what it is for"
    remedy = suggestion or f"use {format_list(choices, 'or')}"
    return UnclearMark(node=value, message=message, remedy=remedy, field=name, is_field=True)


def mark_text(value: ScalarNode, field: str) -> UnclearMark:
    """The mark for a text that ends like a field with its value."""
    message = f"{quote_text(value.text[-30:])} ends like a mark, so only internal readers see what it is for"
    return UnclearMark(node=value, message=message, remedy=_REMEDY, field=field)


def mark_misplaced(node: Node) -> UnclearMark:
    """The mark for a field that stands in a group or a list for which it is hardly meant."""
    message = "it is not clear what this mark is for, so only internal readers see anything it could be for"
    return UnclearMark(node=node, message=message, remedy=MISPLACED_REMEDY)


def mark_repeated(key: ScalarNode) -> UnclearMark:
    """The mark for a field that is given twice."""
    message = f"`{quote_text(key.text)[1:-1]}` is given twice, so only internal readers see what it is for"
    return UnclearMark(node=key, message=message, remedy="keep the one that is right", field=key.text)
