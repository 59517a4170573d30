"""Changes of single fields in the text of a file, with all else as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.deferred_pattern import compile_lazily
from plansite.scaffold.field_values import FieldValue, format_yaml_value

_VALUE = compile_lazily(
    r"""(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?!["'|>&*!\[{])(?:[^#\s]|[ \t]+(?!#)(?=\S)|(?<!\s)#)+)?"""
)
_LINE = compile_lazily(r"(?P<name>[^\s:#][^:#]*):(?P<gap>[ \t]*)")


class FieldEditor:
    """The lines of a file whose fields are changed one by one. Each change is given the fields as they were at first.

    `order` are the names of all fields, in the order in which they are written into a new file.
    """

    def __init__(self, lines: Sequence[str], fields: MappingNode, order: Sequence[str]) -> None:
        self._lines: list[list[str]] = [[line] for line in lines]  # those in place of each line
        self._fields = fields
        self._order = order
        self._closing = next(index for index in range(1, len(lines)) if lines[index].rstrip() == "---")

    @property
    def lines(self) -> list[str]:
        """The lines with all changes."""
        return [line for replaced in self._lines for line in replaced]

    def set_value(self, name: str, value: FieldValue) -> bool:
        """Give a field a value on one line; False where it is written in a way that is not changed."""
        entry = self._find_entry(name)
        if entry is None:
            self._add(name, [f"{name}: {format_yaml_value(value)}"])
            return True
        key, node = entry
        index = key.line - 1
        line = self._lines[index][0]
        head = _LINE.match(line)
        if not isinstance(node, ScalarNode) or key.column != 1 or head is None or self._find_end(key.line) != index + 1:
            return False
        match = _VALUE.match(line, head.end())
        rest = line[match.end() if match else head.end() :]
        if rest.strip() and not rest.lstrip().startswith("#"):
            return False
        self._lines[index] = [f"{head['name']}: {format_yaml_value(value)}{rest}".rstrip(" ")]
        return True

    def add_item(self, name: str, item: Mapping[str, FieldValue]) -> bool:
        """Add a group to the end of a list; False where the list is written in a way that is not changed."""
        pairs = [(key, format_yaml_value(value)) for key, value in item.items() if value != ""]
        entry = self._find_entry(name)
        if entry is None:
            self._add(name, [f"{name}:", *_format_item(pairs, 2)])
            return True
        key, node = entry
        if not isinstance(node, SequenceNode) or node.absent or key.column != 1:
            return False
        end = self._find_end(key.line)
        line = self._lines[node.line - 1][0]
        if line[node.column - 1] == "-":
            self._lines[end - 1] += _format_item(pairs, node.column - 1)
            return True
        last = self._lines[end - 1][0].rstrip()
        if end != key.line or not last.endswith("]"):
            return False
        group = ", ".join(f"{name}: {value}" for name, value in pairs)
        self._lines[end - 1] = [f"{last[:-1].rstrip()}, {{{group}}}]"]
        return True

    def _find_entry(self, name: str) -> tuple[ScalarNode, Node] | None:
        return next((entry for entry in self._fields.entries if entry[0].text == name), None)

    def _find_end(self, line: int) -> int:
        """The index behind the last line of the field on a line, without blank lines and comments that follow it."""
        end = min((key.line - 1 for key, _ in self._fields.entries if key.line > line), default=self._closing)
        while end > line and (not (text := self._lines[end - 1][0]).strip() or text.startswith("#")):
            end -= 1
        return end

    def _add(self, name: str, new: list[str]) -> None:
        """Add lines for a new field, behind the last present field that comes before it in a new file."""
        position = self._order.index(name)
        before = set(self._order[:position])
        above = [key.line for key, _ in self._fields.entries if key.text in before]
        index = self._find_end(max(above)) - 1 if above else 0
        self._lines[index] += new


def _format_item(pairs: Sequence[tuple[str, str]], indent: int) -> list[str]:
    """A group as an item of a list, with a line for each of its fields."""
    return [f"{' ' * indent}{'  ' if number else '- '}{name}: {value}" for number, (name, value) in enumerate(pairs)]
