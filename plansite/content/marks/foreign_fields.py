"""Unknown fields that say in the words of other programs who may see something, also in lists and groups."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.content.marks.unclear_mark import UnclearMark, mark_foreign
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.model.audience.foreign_marks import is_foreign_field, is_yes_or_no
from plansite.model.audience.mark_grammar import fold

#: Groups in which other programs keep what is said of a file.
_CONTAINERS = frozenset({"extra", "front_matter", "frontmatter", "meta", "metadata", "options", "params", "settings"})


def find_foreign_fields(key: ScalarNode, value: Node) -> Iterator[UnclearMark]:
    """The marks in an unknown field: the field itself, or one in the groups that it holds.

    Yes and no say in most groups what something is like: `rooms: {private: yes}`.
    """
    items = value.items if isinstance(value, SequenceNode) else (value,)
    text = " ".join(item.text for item in items if isinstance(item, ScalarNode))
    if (text or isinstance(value, ScalarNode)) and is_foreign_field(key.text, text):
        yield mark_foreign(key, text)
    is_container = fold(key.text) in _CONTAINERS
    for item in items:
        for name, inner in item.entries if isinstance(item, MappingNode) else ():
            if is_container or not (isinstance(inner, ScalarNode) and is_yes_or_no(inner.text)):
                yield from find_foreign_fields(name, inner)
