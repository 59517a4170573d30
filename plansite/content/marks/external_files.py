"""Unclear marks in external files, whose field for the audience has the name that the settings give."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.content.marks.unclear_mark import UnclearMark, mark_key, mark_repeated, mark_text
from plansite.content.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from plansite.model.audience.mark_grammar import fold, holds_field_mark, is_audience_word, is_field_mark


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
