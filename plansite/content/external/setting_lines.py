"""Finds the place of a setting in `plansite.yaml`, for findings that are made after the settings have been parsed."""

from __future__ import annotations

from plansite.content.report import Report
from plansite.content.text import decode
from plansite.content.yaml.nodes import MappingNode, Node, SequenceNode, parse_yaml


def locate_setting(data: bytes, *keys: str | int) -> tuple[int, int]:
    """Line and column of a value, by the names and, for lists, the positions that lead to it.

    Where a name or position is not there, those of the last value on the way; of a file that cannot be read 0 and 0.
    An entry of a list of groups that is no group is not counted, as it is not parsed into any value.
    """
    report = Report("")
    text = decode(data, report)
    node = parse_yaml(text, report) if text is not None else None
    if node is None:
        return 0, 0
    for key in keys:
        inner = _find_inner(node, key)
        if inner is None:
            break
        node = inner
    return node.line, node.column


def _find_inner(node: Node, key: str | int) -> Node | None:
    if isinstance(key, str):
        return node.get(key) if isinstance(node, MappingNode) else None
    if not isinstance(node, SequenceNode):  # a single value counts as a list of one
        return node if key == 0 else None
    groups: list[Node] = [item for item in node.items if isinstance(item, MappingNode)]
    items = groups or [item for item in node.items if not item.absent]
    return items[key] if key < len(items) else None
