"""From nodes to typed values, as the field declarations say. Faults are noted; what is unreadable stays out."""

from __future__ import annotations

import dataclasses
import difflib
import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from plansite.content.audience_rules import UNCLEAR_PASSAGE
from plansite.content.date_advice import date_advice
from plansite.content.faults import (
    BAD_CHOICE,
    BAD_DATE,
    BAD_INTERVAL,
    BAD_NUMBER,
    BAD_URL,
    BY_NAME,
    MISSING_FIELD,
    UNKNOWN_FIELD,
    WRONG_SHAPE,
)
from plansite.content.limits import TOO_MANY
from plansite.content.nodes import Mapping, Node, Scalar, Sequence
from plansite.content.report import Report, did_you_mean, nearest, shown
from plansite.markdown.dialect import is_safe_url
from plansite.markdown.passages import has_mark
from plansite.model.dates import iso_date, span
from plansite.model.fields import (
    Choice,
    Day,
    Declared,
    Either,
    Interval,
    Kind,
    Many,
    Number,
    Record,
    Table,
    Text,
    Url,
    Whole,
    fields_of,
)
from plansite.model.status import Audience

#: What a reader answers where a value is absent or unreadable: the dataclass's own default then stands.
UNREAD = object()
#: A list may have so many entries.
MOST_ENTRIES = 500


def record(cls: type, node: Mapping, report: Report, known_elsewhere: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The readable fields of a declared dataclass, by name. Unknown and missing fields are noted.

    Whoever tried to say who may see something, in words that nobody knows, has it hidden rather than shown.
    """
    declared = _by_name(cls)
    values: dict[str, Any] = {}
    for key, value in node.entries:
        name = key.text
        if name in declared:
            read = _Reader(name, report).read(declared[name].field.kind, value)
            if read is not UNREAD:
                values[name] = read
        elif name not in known_elsewhere:
            _note_unknown(key, list(declared), report)
    for each in _required(cls):
        given = node.get(each.name)
        if given is None or _is_absent(given):
            report.add(
                MISSING_FIELD,
                f"`{each.name}` is missing",
                f"add `{each.name}: {each.field.example}`",
                line=node.line,
                column=node.column,
                field=each.name,
            )
    if _hideable(cls) and "audience" not in values and names_audience(cls, node):
        values["audience"] = Audience.INTERNAL
    return values


def names_audience(cls: type, node: Mapping) -> bool:
    """Whether a field was meant to say who may see something: by its name, or by something like it."""
    names = (key.text.strip().casefold() for key, value in node.entries if not _is_absent(value))
    return any(name not in _by_name(cls).keys() - {"audience"} and _is_nearly_audience(name) for name in names)


@functools.lru_cache(1024)
def _is_nearly_audience(name: str) -> bool:
    """Closer than for a hint: “evidence” is another word."""
    return len(name) < 20 and difflib.SequenceMatcher(None, name, "audience").ratio() >= 0.8


@functools.cache
def _hideable(cls: type) -> bool:
    """Whether such a thing is seen by all who may see what it is part of, unless it says otherwise."""
    return any(field.name == "audience" and field.default is None for field in dataclasses.fields(cls))


def _is_absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.absent


@functools.cache
def _by_name(cls: type) -> dict[str, Declared]:
    return {each.name: each for each in fields_of(cls)}


@functools.cache
def _required(cls: type) -> tuple[Declared, ...]:
    return tuple(each for each in fields_of(cls) if each.field.required)


def _note_unknown(key: Scalar, known: list[str], report: Report) -> None:
    report.add(
        UNKNOWN_FIELD,
        f"no field is called {shown(key.text)}",
        did_you_mean(key.text, known) or "it is not shown; see the field reference",
        line=key.line,
        column=key.column,
        field=key.text,
    )


class _Reader:
    """Reads the value of one field; every fault carries the field's name and the value as written."""

    def __init__(self, name: str, report: Report) -> None:
        self._name, self._report = name, report

    def read(self, kind: Kind, node: Node) -> Any:
        """The value, or UNREAD."""
        if _is_absent(node):
            return UNREAD
        shape = _SHAPES.get(type(kind))
        return shape(self, kind, node) if shape else self._scalar(kind, node)

    def _many(self, kind: Many, node: Node) -> Any:
        nodes = node.items if isinstance(node, Sequence) else (node,)
        if len(nodes) > MOST_ENTRIES:
            self._fault(node, TOO_MANY, f"`{self._name}` lists {len(nodes):,} entries", "list 500 at most")
        values = (self.read(kind.of, each) for each in nodes[:MOST_ENTRIES])
        return tuple(value for value in values if value is not UNREAD)

    def _record(self, kind: Record, node: Node) -> Any:
        if not isinstance(node, Mapping):
            names = ", ".join(each.name for each in fields_of(kind.of))
            return self._wrong_shape(node, f"write it as a group with {names}")
        return kind.of(**record(kind.of, node, self._report))

    def _table(self, kind: Table, node: Node) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong_shape(node, "write it as `{name: value}`")
        pairs = ((key.text, self.read(kind.of, value)) for key, value in node.entries)
        return tuple((key, value) for key, value in pairs if value is not UNREAD)

    def _either(self, kind: Either, node: Node) -> Any:
        if isinstance(node, Scalar) and isinstance(kind.rich, Record):
            first = next(each.name for each in fields_of(kind.rich.of) if isinstance(each.field.kind, Text))
            return kind.rich.of(**{first: node.text.strip()})
        return self.read(kind.rich, node)

    def _scalar(self, kind: Kind, node: Node) -> Any:
        if not isinstance(node, Scalar):
            return self._wrong_shape(node, "write one value")
        return _SCALARS[type(kind)](self, kind, node, node.text.strip())

    def _text(self, _kind: Text, node: Scalar, text: str) -> Any:
        if ":::" not in text or not has_mark(text):
            return text
        message = "a passage for some readers stands in a field, so that nothing of the field is shown"
        return self._fault(node, UNCLEAR_PASSAGE, message, "move it to the text below, or give the file an `audience`")

    def _day(self, _kind: Day, node: Scalar, text: str) -> Any:
        return iso_date(text) or self._fault(node, BAD_DATE, f"{shown(text)} is not a date", date_advice(text))

    def _interval(self, _kind: Interval, node: Scalar, text: str) -> Any:
        return span(text) or self._fault(
            node,
            BAD_INTERVAL,
            f"{shown(text)} is not an interval",
            "write it as `6 weeks`, or as the name of a preset such as `core group`",
        )

    def _url(self, _kind: Url, node: Scalar, text: str) -> Any:
        if is_safe_url(text):
            return text
        return self._fault(
            node,
            BAD_URL,
            f"{shown(text)} is not an address that may be published",
            "use http, https, mailto, or a file beside the plan",
        )

    def _whole(self, kind: Whole, node: Scalar, text: str) -> Any:
        digits = text.removeprefix("-").removeprefix("+")
        if digits.isascii() and digits.isdigit() and len(digits) < 10 and kind.least <= int(text) <= kind.most:
            return int(text)
        wanted = f"a whole number from {kind.least} to {kind.most}"
        return self._fault(node, BAD_NUMBER, f"{shown(text)} is not {wanted}", f"write {wanted}")

    def _number(self, _kind: Number, node: Scalar, text: str) -> Any:
        value = number(text)
        return (
            value
            if value is not None
            else self._fault(
                node,
                BAD_NUMBER,
                f"{shown(text)} is not a number",
                "write digits, with a point before decimals",
            )
        )

    def _choice(self, kind: Choice, node: Scalar, text: str) -> Any:
        found = word(kind, text)
        if found is not None:
            return found
        values = [str(each) for each in kind.of]
        rule = BY_NAME.get(kind.rule, BAD_CHOICE)
        near = nearest(text, [*values, *kind.synonyms])
        listed = "write one of: " + ", ".join(values)
        remedy = f"did you mean “{near}”?" if near else listed
        return self._fault(node, rule, f"{shown(text)} is no {self._name.replace('_', ' ')}", remedy)

    def _wrong_shape(self, node: Node, remedy: str) -> Any:
        is_list = {Sequence: "a list", Mapping: "a group"}.get(type(node), "a single value")
        return self._fault(node, WRONG_SHAPE, f"`{self._name}` holds {is_list}", remedy)

    def _fault(self, node: Node, rule: Any, message: str, remedy: str) -> Any:
        raw = node.text if isinstance(node, Scalar) else ""
        self._report.add(rule, message, remedy, line=node.line, column=node.column, field=self._name, raw=raw)
        return UNREAD


_SHAPES: dict[type, Callable[[_Reader, Any, Any], Any]] = {
    Many: _Reader._many,
    Record: _Reader._record,
    Table: _Reader._table,
    Either: _Reader._either,
}
_SCALARS: dict[type, Callable[[_Reader, Any, Scalar, str], Any]] = {
    Text: _Reader._text,
    Day: _Reader._day,
    Interval: _Reader._interval,
    Url: _Reader._url,
    Whole: _Reader._whole,
    Number: _Reader._number,
    Choice: _Reader._choice,
}


def word(kind: Choice, text: str) -> Any:
    """The enum value that a word stands for, whatever its case, hyphens or apostrophes; else None."""
    plain = " ".join(text.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split())
    return _by_value(kind.of).get(kind.synonyms.get(plain, plain))


@functools.cache
def _by_value(of: type[StrEnum]) -> dict[str, StrEnum]:
    return {each.value: each for each in of}


def number(text: str) -> float | None:
    """A finite decimal number in ASCII digits; None where the text is none."""
    try:
        value = float(text) if text.isascii() and "_" not in text else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e15 else None
