"""YAML as text with positions: a tree built from events, so that nothing is guessed, expanded or executed."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from plansite.content.faults import BAD_YAML, BIDI, CONTROL, CUT_COMMENT, DUPLICATE_KEY, YAML_FEATURE
from plansite.content.report import Report, shown
from plansite.content.text import DIRECTIONS, REPLACEMENT, UNPRINTABLE, is_plain
from plansite.content.yaml_advice import advice, further

DEEPEST = 8
MOST_EVENTS = 50_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as text; `plain` when written without quotation marks."""

    text: str
    line: int
    column: int
    plain: bool = False

    @property
    def absent(self) -> bool:
        """Nothing, or YAML's way of writing nothing."""
        return self.plain and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields, in the order of the file, each name once."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, name: str) -> Node | None:
        """The value of that name."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping


class _RefusedError(Exception):
    """A notation that plans do not use; it is already reported."""


def tree(text: str, report: Report, first_line: int = 1) -> Node | None:
    """The value of a YAML text whose first line is `first_line` of its file.

    None with a finding where it breaks the rules of YAML or uses what is refused; None alone where it is empty.
    """
    loader = _LOADER(text)
    try:
        return _Builder(loader, text, report, first_line).document()
    except _RefusedError:
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        first = advice(text, mark.line if mark else 0, mark.column if mark else 0)
        for message, remedy, line, column in (first, *further(text, first[2])):
            report.add(BAD_YAML, message, remedy, line=first_line + line, column=column + 1)
        return None
    finally:
        loader.dispose()


class _Builder:
    """Reads events into a tree; depth and number of events are limited, so work is linear in the text."""

    def __init__(self, loader: Any, text: str, report: Report, first_line: int) -> None:
        self._loader, self._text, self._report, self._first, self._events = loader, text, report, first_line, 0
        # A character brings four events at most (it opens a group, is a name, has no value, ends the group).
        self._next = loader.get_event if len(text) < MOST_EVENTS // 8 else self._counted
        self._is_plain = is_plain(text) and "\\" not in text  # then no value can hold what may not be shown
        self._has_hash = "#" in text

    def document(self) -> Node | None:
        self._next()  # the stream begins
        if not isinstance(self._next(), yaml.DocumentStartEvent):
            return None
        node = self._node(self._next(), 0)
        self._next()  # the document ends
        following = self._next()
        if isinstance(following, yaml.DocumentStartEvent):
            self._refuse(following, "a second document begins here", "keep one set of fields")
        return node

    def _counted(self) -> Any:
        self._events += 1
        event = self._loader.get_event()
        if self._events > MOST_EVENTS:
            self._refuse(event, "there are too many values", "split the file")
        return event

    def _refuse(self, event: Any, message: str, remedy: str) -> None:
        mark = event.start_mark
        self._report.add(YAML_FEATURE, message, remedy, line=self._first + mark.line, column=mark.column + 1)
        raise _RefusedError

    def _node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if depth > DEEPEST or kind is yaml.AliasEvent or event.anchor or event.tag:
            self._check(event, depth)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        mark = event.start_mark
        line, column = self._first + mark.line, mark.column + 1
        if kind is yaml.SequenceStartEvent:
            return Sequence(tuple(self._items(depth)), line, column)
        return Mapping(tuple(self._entries(depth)), line, column)

    def _check(self, event: Any, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"`*{event.anchor}` is an alias", "write the value out, or put it in quotation marks")
        if event.anchor:
            self._refuse(event, f"`&{event.anchor}` is an anchor", "leave it out, or put the value in quotation marks")
        if event.tag and event.tag != "!":
            self._refuse(event, "`!` begins a tag", "leave it out, or put the value in quotation marks")
        if depth > DEEPEST:
            self._refuse(event, f"lists and groups are nested more than {DEEPEST} deep", "use fewer levels")

    def _items(self, depth: int) -> list[Node]:
        items = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth + 1))
        return items

    def _entries(self, depth: int) -> Iterable[tuple[Scalar, Node]]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                self._refuse(
                    event,
                    "a list or group stands where a name should",
                    "begin the line with a name and a colon",
                )
                continue
            if key.text == "<<" and key.plain:
                self._refuse(event, "`<<` merges fields from elsewhere", "write the fields out")
            value = self._node(self._next(), depth + 1)
            if key.text in entries:
                self._note_twice(key, entries[key.text][0].line)
            else:
                entries[key.text] = (key, value)
        return entries.values()

    def _note_twice(self, key: Scalar, first: int) -> None:
        self._report.add(
            DUPLICATE_KEY,
            f"`{shown(key.text)[1:-1]}` is already given on line {first}",
            "keep the one that is true",
            line=key.line,
            column=key.column,
            field=key.text,
        )

    def _scalar(self, event: Any) -> Scalar:
        mark, text, plain = event.start_mark, event.value, not event.style
        line, column = self._first + mark.line, mark.column + 1
        if plain and self._has_hash:
            self._note_cut(event)
        if self._is_plain or is_plain(text):
            return Scalar(text, line, column, plain)
        if DIRECTIONS.search(text):
            self._report.add(
                BIDI,
                "a hidden character changes the direction of writing",
                "delete it",
                line=line,
                column=column,
            )
            text = DIRECTIONS.sub(REPLACEMENT, text)
        if UNPRINTABLE.search(text):
            self._report.add(CONTROL, "the value holds an invisible character", "delete it", line=line, column=column)
            text = UNPRINTABLE.sub(REPLACEMENT, text)
        return Scalar(text, line, column, plain)

    def _note_cut(self, event: Any) -> None:
        """`Plan #3` reads as `Plan`: a hash with a letter or digit right behind it was hardly meant as a comment."""
        mark = event.end_mark
        rest = self._lines[mark.line][mark.column :] if mark.line < len(self._lines) else ""
        begun = rest.lstrip(" \t")
        if event.value and begun.startswith("#") and begun[1:2].strip() and begun[1] != "#":
            self._report.add(
                CUT_COMMENT,
                f"the value stops before {shown(begun)}",
                f'write "{shown(event.value)[1:-1]} {shown(begun)[1:-1]}" with quotation marks',
                line=self._first + mark.line,
                column=mark.column + 1,
            )

    @functools.cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")
