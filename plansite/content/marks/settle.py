"""Settles fields that look like a mark for some readers and are not understood, so that they hide.

What looks like a mark is said in `model/audience/mark_grammar.py`. The smallest group of fields that surely contains
what the mark is for becomes internal: the entry of a list, or the file. Each such mark is reported.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Mapping
from dataclasses import replace

from plansite.content.marks.foreign_fields import find_foreign_fields
from plansite.content.marks.unclear_mark import (
    CHOICES,
    MISPLACED_REMEDY,
    MarkName,
    UnclearMark,
    hide_fields,
    is_valid,
    mark_key,
    mark_misplaced,
    mark_repeated,
    mark_text,
    mark_value,
)
from plansite.content.report import Report
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.model.audience.foreign_marks import is_foreign_kind
from plansite.model.audience.mark_grammar import (
    fold,
    holds_field_mark,
    is_audience_word,
    is_field_mark,
    is_passage_mark,
)
from plansite.model.documents.plan import Plan
from plansite.model.fields import Either, FieldType, ListOf, MappingOf, RecordOf, declared_fields


def settle_marks(cls: type, fields: MappingNode, report: Report) -> MappingNode:
    """The fields of a declared dataclass, with `audience: internal` where an unclear mark may be meant for them.

    Every unclear mark is reported.
    """
    settled, _ = _settle(cls, fields, report)
    return settled


def _settle(cls: type, fields: MappingNode, report: Report) -> tuple[MappingNode, list[UnclearMark]]:
    """The settled fields, and the marks that are meant for what contains them, as they can have no audience."""
    types = _nested_types(cls)
    settled, marks = dict[ScalarNode, Node](), list[UnclearMark]()
    for key, value in fields.entries:
        if type(value) is ScalarNode:
            # Nearly all fields are known and hold nothing like the word, and are not searched further, for speed.
            if key.text not in types or key.text == "audience" or "udience" in value.text.lower():
                marks.extend(_find_marks_in_scalar(types, key, value))
            continue
        nested, found = _settle_nested(types, key, value, report)
        marks.extend(found)
        if nested is not value:
            settled[key] = nested
    marks.extend(mark_repeated(key) for key in fields.repeated if _is_mark_key(key.text))
    if settled:
        fields = replace(fields, entries=tuple((key, settled.get(key, value)) for key, value in fields.entries))
    if cls is Plan and not marks and not _has_valid(fields, "audience"):
        marks.extend(_find_kind_marks(types, fields))
    if marks and "audience" in types:
        return hide_fields(fields, marks, report), []
    return fields, marks


def _find_marks_in_scalar(types: Mapping[str, object], key: ScalarNode, value: ScalarNode) -> Iterator[UnclearMark]:
    name = key.text
    if name == "audience":
        yield from _check_audience(types, key, value)
    elif name not in types and (_is_mark_key(name) or (value.absent and is_audience_word(fold(name)))):
        yield mark_key(key, "audience")
    elif name not in types and (foreign := list(find_foreign_fields(key, value))):
        yield from foreign
    elif name not in types and ":" in name and is_passage_mark(f"{name}: {value.text}"):
        yield UnclearMark(
            node=key,
            message="there is a passage marker among the fields",
            remedy="fields have no passages; give the file or the entry an `audience`",
            is_field=True,
        )
    elif holds_field_mark(value.text, "audience"):
        yield mark_text(value, name)


def _check_audience(types: Mapping[str, object], key: ScalarNode, value: ScalarNode) -> Iterator[UnclearMark]:
    """A mark for a field `audience` that has no known value, or stands where it has no meaning."""
    if "audience" not in types:
        yield UnclearMark(node=key, message="`audience` has no meaning here", remedy=MISPLACED_REMEDY)
    elif not value.absent and value.text.strip().casefold() not in CHOICES["audience"]:
        yield mark_value(value, "audience")


def _settle_nested(
    types: Mapping[str, object], key: ScalarNode, value: Node, report: Report
) -> tuple[Node, list[UnclearMark]]:
    """The settled value of a field that is a list or a group, and the marks that are meant for what contains it."""
    nested = types.get(key.text)
    if key.text == "audience" and nested is None:
        return value, [mark_value(value, "audience")]
    marks = [mark_misplaced(value)] if _is_shifted(key, value, "audience") else []
    items = value.items if isinstance(value, SequenceNode) else (value,)
    if key.text not in types:
        marks.extend(find_foreign_fields(key, value))
    if isinstance(nested, type):
        settled = tuple([_settle_item(nested, item, report, marks) for item in items])
        if all(map(operator.is_, settled, items)):
            return value, marks
        return replace(value, items=settled) if isinstance(value, SequenceNode) else settled[0], marks
    for item in items:
        marks.extend(_find_marks_in_item(item, is_known=key.text in types, is_mapping=nested == "mapping"))
    return value, marks


def _settle_item(nested: type, item: Node, report: Report, marks: list[UnclearMark]) -> Node:
    """An entry with its marks settled. Those that are not for it alone are added to `marks`."""
    if not isinstance(item, MappingNode):
        marks.extend(_find_marks_in_item(item, is_known=True))
        return item
    if _is_lone_mark(item):
        marks.append(mark_misplaced(item))
    settled, above = _settle(nested, item, report)
    marks.extend(above)
    return settled


def _find_marks_in_item(node: Node, *, is_known: bool, is_mapping: bool = False) -> Iterator[UnclearMark]:
    """The marks in a value that has no declared fields. Names in a mapping (`is_mapping`) are the writer's own."""
    match node:
        case ScalarNode():
            if holds_field_mark(node.text, "audience"):
                yield mark_text(node, "")
        case SequenceNode():
            for item in node.items:
                yield from _find_marks_in_item(item, is_known=is_known)
        case MappingNode():
            keys = [key for key, value in node.entries if _is_mark(key, value)]
            if is_mapping:
                keys = [key for key in keys if key.text != "audience"]
            if keys and (is_known or _is_lone_mark(node)):
                yield mark_misplaced(keys[0])


def _find_kind_marks(types: Mapping[str, object], fields: MappingNode) -> Iterator[UnclearMark]:
    """The marks among the fields of a plan that may be meant to say that it is of a private kind."""
    for key, value in fields.entries:
        if key.text == "kind":
            if not is_valid(value, "kind") and not (isinstance(value, ScalarNode) and value.absent):
                yield mark_value(value, "kind")
        elif key.text not in types and is_field_mark(key.text, "kind"):
            yield mark_key(key, "kind")
        elif _is_shifted(key, value, "kind"):
            yield mark_misplaced(value)
        elif isinstance(value, ScalarNode):
            if key.text not in types and is_foreign_kind(key.text, value.text):
                yield mark_key(key, "kind")
            elif holds_field_mark(value.text, "kind"):
                yield mark_text(value, key.text)
        else:
            items = value.items if isinstance(value, SequenceNode) else (value,)
            yield from (mark_misplaced(item) for item in items if _is_lone_kind(item))
    yield from (mark_repeated(key) for key in fields.repeated if is_field_mark(key.text, "kind"))


def _is_lone_kind(node: Node) -> bool:
    """Whether an item is nothing but a kind, or a text that ends in one."""
    if isinstance(node, ScalarNode):
        return holds_field_mark(node.text, "kind")
    return isinstance(node, MappingNode) and len(node.entries) == 1 and is_field_mark(node.entries[0][0].text, "kind")


def _is_mark_key(name: str) -> bool:
    return name == "audience" or is_field_mark(name, "audience")


def _is_lone_mark(node: MappingNode) -> bool:
    """Whether a group has no field but its audience: then it is hardly meant for that group."""
    if len(node.entries) != 1:
        return False
    key, value = node.entries[0]
    return _is_mark(key, value) or any(find_foreign_fields(key, value))


def _is_mark(key: ScalarNode, value: Node) -> bool:
    """Whether a field looks like an audience; one without a value counts as left out."""
    return _is_mark_key(key.text) and not (key.text == "audience" and value.absent)


def _is_shifted(key: ScalarNode, value: Node, name: MarkName) -> bool:
    """Whether a field stands one space further in than the field before, in whose group it thereby is."""
    return (
        isinstance(value, MappingNode)
        and value.line > key.line
        and value.column <= key.column + 1
        and any(each.text == name for each, _ in value.entries)
    )


def _has_valid(fields: MappingNode, name: MarkName) -> bool:
    value = fields.get(name)
    return value is not None and is_valid(value, name)


@functools.cache
def _nested_types(cls: type) -> Mapping[str, object]:
    """What each declared field holds: a dataclass for groups of fields, "mapping" for names of one's own, or None."""
    return {declared.name: _find_nested_type(declared.field.kind) for declared in declared_fields(cls)}


def _find_nested_type(kind: FieldType) -> object:
    match kind:
        case RecordOf():
            return kind.of
        case ListOf():
            return _find_nested_type(kind.of)
        case Either():
            return _find_nested_type(kind.rich)
        case MappingOf():
            return "mapping"
    return None
