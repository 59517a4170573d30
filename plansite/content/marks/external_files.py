"""Unclear marks in external files, whose field for the audience has the name that the settings give."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.content.marks.foreign_fields import find_foreign_fields
from plansite.content.marks.unclear_mark import UnclearMark, mark_key, mark_misplaced, mark_repeated, mark_text
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.model.audience.mark_grammar import fold, holds_field_mark, is_audience_word, is_field_mark
from plansite.model.documents.action import Action
from plansite.model.fields import declared_fields


def find_misspelt_fields(fields: MappingNode, name: str, known: frozenset[str]) -> Iterator[UnclearMark]:
    """The marks in an external file whose field for the audience is `name`, and that is not among the `known` ones."""
    for key, value in fields.entries:
        if key.text not in {name, *known} and is_field_mark(key.text, name):
            yield mark_key(key, name)
        items = value.items if isinstance(value, SequenceNode) else (value,)
        yield from (
            mark_text(item, key.text)
            for item in items
            if isinstance(item, ScalarNode) and holds_field_mark(item.text, name)
        )
    yield from (mark_repeated(key) for key in fields.repeated if key.text == name)


def find_unmapped_audience(fields: MappingNode) -> Iterator[UnclearMark]:
    """The mark in an external file that has a field `audience` although the settings name another for it."""
    value = fields.get("audience")
    if isinstance(value, ScalarNode) and is_audience_word(fold(value.text.strip())):
        message = "the settings name another field for the audience, so only internal readers see this"
        yield UnclearMark(node=value, message=message, remedy="give the audience in the field that the settings name")


def find_foreign_marks(fields: MappingNode, known: frozenset[str]) -> Iterator[UnclearMark]:
    """The marks in an external file that say in the words of another program who may not see it.

    `known` are the fields that the settings give a meaning. A field without a value says nothing.
    """
    understood = known.union(declared.name for declared in declared_fields(Action))
    for key, value in fields.entries:
        if key.text not in understood and not (isinstance(value, ScalarNode) and value.absent):
            yield from find_foreign_fields(key, value)
            yield from _find_audience_in_group(value)


def _find_audience_in_group(value: Node) -> Iterator[UnclearMark]:
    """The mark for an audience in a group whose meaning nobody knows."""
    if isinstance(value, MappingNode):
        audience = value.get("audience")
        if isinstance(audience, ScalarNode) and is_audience_word(fold(audience.text.strip())):
            yield mark_misplaced(audience)
