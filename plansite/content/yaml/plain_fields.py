"""Fast path: reads front matter of the plain kind line by line, into the same nodes as the full reader.

Plain are `name: value`, with or without quotation marks, and lists and groups of such values on one line or with a
dash each. Everything else, and all that the full reader may report, is left to it: comments, blank lines, names given
twice, backslashes, brackets within values, invisible characters, long values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plansite.content.text import is_printable
from plansite.content.yaml.nodes import MAX_VALUE_LENGTH, MappingNode, Node, ScalarNode, SequenceNode
from plansite.deferred_pattern import compile_lazily

_QUOTED = r"""(?:"([^"\\\n\[\]{}]*)"|'([^'\\\n\[\]{}]*)')"""
_BLOCK_VALUE = rf"(?:([A-Za-z0-9](?:[^:#\\\n\[\]{{}}]|:(?=[^ \n:]))*+)(?<! )|{_QUOTED})"
_FLOW_VALUE = rf"(?:([A-Za-z0-9](?:[^:#\\\n\[\]{{}},]*+))|{_QUOTED}) *"
#: The groups are a plain value, one in double, and one in single quotation marks; the inside of a list, or of a group.
_VALUE = rf"(?:{_BLOCK_VALUE}|\[([^\n\[\]]*)\]|\{{([^\n{{}}]*)\}})"
_FIELD = compile_lazily(rf"([a-z][a-z0-9_]{{0,60}}):(?: {_VALUE})?\n")
_DASH = compile_lazily(rf"(?:  )?- {_VALUE}\n")
_ITEM = compile_lazily(rf"{_FLOW_VALUE}(?:, *|\Z)")
_PAIR = compile_lazily(rf"([a-z][a-z0-9_]{{0,60}}): {_FLOW_VALUE}(?:, *|\Z)")


class _NotPlainError(Exception):
    """The text is not of the plain kind, or it is not certain."""


def parse_plain_fields(text: str, first_line: int) -> MappingNode | None:
    """The fields of a text of the plain kind whose first line is `first_line` of its file; else None."""
    if len(text) >= MAX_VALUE_LENGTH or not is_printable(text) or "\t" in text:
        return None
    try:
        return _parse_lines(text, first_line)
    except _NotPlainError:
        return None


def _parse_lines(text: str, first_line: int) -> MappingNode:
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    at, line, end = 0, first_line, len(text)
    while at < end:
        field = _FIELD.match(text, at)
        if field is None or field[1] in entries:
            raise _NotPlainError
        name = ScalarNode(field[1], line, 1, True)
        at, line = field.end(), line + 1
        if field.lastindex == 1:
            items = tuple(_parse_dashes(text, at, line))
            value: Node = SequenceNode(items, line, text.find("-", at) - at + 1)
            line += len(items)
            for _ in items:
                at = text.index("\n", at) + 1
        else:
            value = _build_value(field, 1, line - 1, field.start())
        entries[field[1]] = (name, value)
    if not entries:
        raise _NotPlainError
    return MappingNode(tuple(entries.values()), first_line, 1)


def _parse_dashes(text: str, at: int, line: int) -> Iterator[Node]:
    """The items behind dashes from the offset `at`; at least one, and all with the same indentation."""
    indent = text[at : at + 1]
    while text.startswith(("- ", "  - "), at):
        dash = _DASH.match(text, at)
        if dash is None or text[at] != indent:
            raise _NotPlainError
        yield _build_value(dash, 0, line, at)
        at, line = dash.end(), line + 1
    if indent not in ("-", " "):
        raise _NotPlainError  # there is no value at all


def _build_value(match: re.Match[str], before: int, line: int, line_start: int) -> Node:
    """The value in the groups of `match` behind the first `before`."""
    index = match.lastindex or 0
    kind, inside, start = index - before, match[index], match.start(index) - line_start
    if kind == 1:
        return ScalarNode(inside, line, start + 1, True)
    if kind < 4:
        return ScalarNode(inside, line, start)
    if kind == 4:
        return SequenceNode(tuple(_parse_items(inside, line, start + 1)), line, start)
    return MappingNode(tuple(_parse_pairs(inside, line, start + 1)), line, start)


def _parse_items(inside: str, line: int, column: int) -> Iterator[ScalarNode]:
    for match in _match_all(_ITEM, inside):
        yield _build_flow_value(match, 0, line, column)


def _parse_pairs(inside: str, line: int, column: int) -> Iterator[tuple[ScalarNode, ScalarNode]]:
    names = set()
    for match in _match_all(_PAIR, inside):
        if match[1] in names:
            raise _NotPlainError
        names.add(match[1])
        yield ScalarNode(match[1], line, column + match.start(), True), _build_flow_value(match, 1, line, column)


def _match_all(pattern: re.Pattern[str], inside: str) -> Iterator[re.Match[str]]:
    """The parts of a list or group between commas, up to its end."""
    at = 0
    while at < len(inside):
        match = pattern.match(inside, at)
        if match is None:
            raise _NotPlainError
        yield match
        at = match.end()
    if inside.rstrip().endswith(","):
        raise _NotPlainError


def _build_flow_value(match: re.Match[str], before: int, line: int, column: int) -> ScalarNode:
    index = match.lastindex or 0
    if index - before == 1:
        return ScalarNode(match[index].rstrip(" "), line, column + match.start(index), True)
    return ScalarNode(match[index], line, column + match.start(index) - 1)
