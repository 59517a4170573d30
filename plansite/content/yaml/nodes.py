"""Parses YAML into nodes of text with positions, from events, so that no value is converted, expanded or executed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml

from plansite.content.invisible import (
    describe_character,
    find_refused_directions,
    remove_passed_over,
    replace_refused_directions,
)
from plansite.content.limits import TOO_LONG
from plansite.content.parse_rules import (
    BAD_YAML,
    BIDI_CHARACTER,
    CONTROL_CHARACTER,
    CUT_BY_HASH,
    DUPLICATE_KEY,
    REFUSED_YAML,
)
from plansite.content.report import Report, quote_text
from plansite.content.text import REPLACEMENT_CHARACTER, UNPRINTABLE, is_printable, report_invisible
from plansite.content.yaml.advice import Advice, suggest_fix, suggest_further_fixes
from plansite.content.yaml.hidden_values import describe_hidden_value
from plansite.content.yaml.nesting import dense_brackets
from plansite.content.yaml.notation import BRACKET_AS_NAME, MAX_DEPTH, TOO_DEEP, Notation, Refusal, scan_notation
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.findings import Fix

#: The most characters of a value. More are cut off, with an ellipsis; a longer URL is refused for its length.
MAX_VALUE_LENGTH = 8192
#: A limit of the recursion alone: the scan has refused what is nested more than MAX_DEPTH deep.
_DEEPEST = 2 * MAX_DEPTH
_NULLS = ("~", "null", "Null", "NULL")
_BRACKET = compile_lazily(r"[\]}]")
_LOADER_CLASS: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value as text; `plain` if it is written without quotation marks."""

    text: str
    line: int
    column: int
    plain: bool = False

    @property
    def absent(self) -> bool:
        """Whether the value is null, or a text of blanks only, with quotation marks or without."""
        return not self.text.strip() or (self.plain and self.text in _NULLS)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int

    @property
    def absent(self) -> bool:
        """Whether no item holds a value."""
        return all(item.absent for item in self.items)


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Fields in the order of the file; each name is there once. `repeated` are the names that were given again."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    line: int
    column: int
    repeated: tuple[ScalarNode, ...] = ()

    @property
    def absent(self) -> bool:
        """Whether no field holds a value."""
        return all(value.absent for _, value in self.entries)

    def get(self, name: str) -> Node | None:
        """The value of a field; None where there is no field of that name."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = ScalarNode | SequenceNode | MappingNode


class _RefusedYamlError(Exception):
    """The text uses YAML notation that is refused; it is already reported."""


def parse_yaml(text: str, report: Report, first_line: int = 1) -> Node | None:
    """The value of a YAML text whose first line is `first_line` of its file.

    None with a finding where it is not valid YAML or uses refused notation; None without one where it is empty.
    """
    notation = scan_notation(text)
    _report_hidden_values(notation, text, report, first_line)
    refusal = _refuse_dense_brackets(text) or notation.refusal
    if refusal:
        line, column = _locate(text, refusal.offset)
        report.add(REFUSED_YAML, refusal.message, refusal.remedy, line=first_line + line, column=column + 1)
        return None
    loader = _LOADER_CLASS(text)
    try:
        return _NodeBuilder(loader, text, report, first_line).build_document()
    except _RefusedYamlError:
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        first = _suggest_bracket(notation, text) or suggest_fix(
            text, mark.line if mark else 0, mark.column if mark else 0
        )
        for advice in (first, *suggest_further_fixes(text, first.line)):
            _report_advice(advice, text, report, first_line)
        return None
    finally:
        loader.dispose()


def _report_advice(advice: Advice, text: str, report: Report, first_line: int) -> None:
    line = first_line + advice.line
    fix = Fix(line, text.split("\n")[advice.line], advice.new_line) if advice.new_line else None
    report.add(BAD_YAML, advice.message, advice.remedy, line=line, column=advice.column + 1, fix=fix)


def _refuse_dense_brackets(text: str) -> Refusal | None:
    """A refusal of very many brackets, also of those that the scan takes for part of a value."""
    dense = dense_brackets(text, MAX_DEPTH + 1)
    return None if dense is None else Refusal(dense, *TOO_DEEP)


def _report_hidden_values(notation: Notation, text: str, report: Report, first_line: int) -> None:
    line, counted_to = first_line, 0
    for hidden in notation.hidden_values:
        line += text.count("\n", counted_to, hidden.offset)
        counted_to = hidden.offset
        column = hidden.offset - text.rfind("\n", 0, hidden.offset)
        message, remedy, new_line = describe_hidden_value(hidden, text)
        fix = Fix(line, text[hidden.offset - column + 1 :].partition("\n")[0], new_line) if new_line else None
        report.add(CUT_BY_HASH, message, remedy, line=line, column=column, fix=fix)


def _suggest_bracket(notation: Notation, text: str) -> Advice | None:
    """Advice for a text that is not valid because a comment hides the end of a list or group in brackets."""
    hidden = next(
        (hidden for hidden in notation.hidden_values if hidden.bracket and _BRACKET.search(hidden.text)), None
    )
    if hidden is None:
        return None
    message, remedy, _ = describe_hidden_value(hidden, text)
    return Advice(f"a list or group does not end: {message}", remedy, *_locate(text, hidden.offset))


def _locate(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 0."""
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)


class _NodeBuilder:
    """Reads events into a tree. The scan has refused all that is refused here, whatever the version of the parser."""

    def __init__(self, loader: Any, text: str, report: Report, first_line: int) -> None:
        self._loader, self._report, self._first_line = loader, report, first_line
        self._next_event = loader.get_event
        self._is_printable = is_printable(text) and "\\" not in text  # then no value can hold what may not be shown

    def build_document(self) -> Node | None:
        self._next_event()  # the stream begins
        if not isinstance(self._next_event(), yaml.DocumentStartEvent):
            return None
        node = self._build_node(self._next_event(), 0)
        self._next_event()  # the document ends
        following = self._next_event()
        if isinstance(following, yaml.DocumentStartEvent):
            self._refuse(following, "a second document begins here", "keep one set of fields")
        return node

    def _refuse(self, event: Any, message: str, remedy: str) -> None:
        mark = event.start_mark
        self._report.add(REFUSED_YAML, message, remedy, line=self._first_line + mark.line, column=mark.column + 1)
        raise _RefusedYamlError

    def _build_node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if depth > _DEEPEST or kind is yaml.AliasEvent or event.anchor or event.tag:
            self._check_event(event, depth)
        if kind is yaml.ScalarEvent:
            return self._build_scalar(event)
        mark = event.start_mark
        line, column = self._first_line + mark.line, mark.column + 1
        if kind is yaml.SequenceStartEvent:
            return SequenceNode(tuple(self._build_items(depth)), line, column)
        entries, repeated = self._build_entries(depth)
        return MappingNode(entries, line, column, repeated)

    def _check_event(self, event: Any, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"`*{event.anchor}` is an alias", "write the value out, or put it in quotation marks")
        if event.anchor:
            self._refuse(event, f"`&{event.anchor}` is an anchor", "leave it out, or put the value in quotation marks")
        if event.tag and event.tag != "!":
            self._refuse(event, "`!` begins a tag", "leave it out, or put the value in quotation marks")
        if depth > _DEEPEST:
            self._refuse(event, *TOO_DEEP)

    def _build_items(self, depth: int) -> list[Node]:
        items = []
        while type(event := self._next_event()) is not yaml.SequenceEndEvent:
            items.append(self._build_node(event, depth + 1))
        return items

    def _build_entries(self, depth: int) -> tuple[tuple[tuple[ScalarNode, Node], ...], tuple[ScalarNode, ...]]:
        """The entries of a group with the first value of each name, and the names that were given again."""
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        repeated = []
        while type(event := self._next_event()) is not yaml.MappingEndEvent:
            key = self._build_node(event, depth + 1)
            if not isinstance(key, ScalarNode):
                self._refuse(event, *BRACKET_AS_NAME)
                continue
            if key.text == "<<" and key.plain:
                self._refuse(event, "`<<` merges fields from elsewhere", "write the fields out")
            key = self._read_name(key)
            value = self._build_node(self._next_event(), depth + 1)
            if key.text in entries:
                self._report_duplicate(key, entries[key.text][0].line)
                repeated.append(key)
            else:
                entries[key.text] = (key, value)
        return tuple(entries.values()), tuple(repeated)

    def _read_name(self, key: ScalarNode) -> ScalarNode:
        """The name of a field, without characters that nobody sees."""
        if key.text.isascii():
            return key
        text, offsets = remove_passed_over(key.text)
        report_invisible(key.text, offsets, self._report, key.line, key.column)
        return replace(key, text=text)

    def _report_duplicate(self, key: ScalarNode, first_line: int) -> None:
        self._report.add(
            DUPLICATE_KEY,
            f"`{quote_text(key.text)[1:-1]}` is already given on line {first_line}",
            "keep the one that is right",
            line=key.line,
            column=key.column,
            field=key.text,
        )

    def _build_scalar(self, event: Any) -> ScalarNode:
        mark, text, plain = event.start_mark, event.value, not event.style
        line, column = self._first_line + mark.line, mark.column + 1
        if len(text) > MAX_VALUE_LENGTH:
            text = f"{text[:MAX_VALUE_LENGTH]}…"
            message = f"the value has {len(event.value):,} characters, and the most is {MAX_VALUE_LENGTH:,}"
            self._report.add(TOO_LONG, message, "move it to the text below the fields", line=line, column=column)
        if self._is_printable or is_printable(text):
            return ScalarNode(text, line, column, plain)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if refused := find_refused_directions(text):
            message = f"a hidden character changes the direction of writing: {describe_character(text, refused[0])}"
            self._report.add(BIDI_CHARACTER, message, "delete it", line=line, column=column)
            text = replace_refused_directions(text, REPLACEMENT_CHARACTER)
        if match := UNPRINTABLE.search(text):
            message = f"the value has an invisible character: {describe_character(text, match.start())}"
            self._report.add(CONTROL_CHARACTER, message, "delete it", line=line, column=column)
            text = UNPRINTABLE.sub(REPLACEMENT_CHARACTER, text)
        return ScalarNode(text, line, column, plain)
