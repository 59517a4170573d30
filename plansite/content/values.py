"""Parses YAML nodes into typed values by the declarations of fields. Faults are reported, and their values left out."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from plansite.content.external.rules import CONTACT_WITHOUT_ADDRESS
from plansite.content.invisible import remove_passed_over
from plansite.content.limits import TOO_MANY
from plansite.content.marks.settle import settle_marks
from plansite.content.parse_rules import (
    BAD_CHOICE,
    BAD_DATE,
    BAD_INTERVAL,
    BAD_NUMBER,
    BAD_URL,
    CONTROL_CHARACTER,
    RULES_BY_NAME,
    WRONG_SHAPE,
)
from plansite.content.privacy_rules import UNCLEAR_PASSAGE
from plansite.content.report import Report, find_meant_date, find_nearest, format_question, quote_text, suggest_date
from plansite.content.text import is_visible, report_invisible
from plansite.content.yaml.missing_fields import report_missing_field
from plansite.content.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from plansite.content.yaml.unknown_names import report_unknown_field, report_unknown_name
from plansite.markdown.dialect import is_safe_url
from plansite.model.audience.foreign_marks import holds_tag
from plansite.model.audience.mark_grammar import holds_passage_mark
from plansite.model.dates import DEFAULT_ZONE, parse_interval, parse_iso_date
from plansite.model.fields import (
    ChoiceOf,
    Date,
    Either,
    FieldType,
    Integer,
    Interval,
    ListOf,
    MappingOf,
    NamedField,
    Number,
    RecordOf,
    Text,
    Url,
    declared_fields,
)
from plansite.model.findings import Fix
from plansite.model.formatting import format_list
from plansite.model.links.email_address import is_email_address
from plansite.personal_data.contact_names import drop_addresses

#: The result for a value that is absent or invalid, so that the default of the dataclass applies.
NO_VALUE = object()
#: The most entries of a list that are read.
MAX_ENTRIES = 500


def parse_fields(
    cls: type,
    node: MappingNode,
    report: Report,
    known_elsewhere: frozenset[str] = frozenset(),
    zone: str = DEFAULT_ZONE,
) -> dict[str, Any]:
    """The valid values of a declared dataclass, by field name. Unknown and missing fields are reported.

    `zone` is the time zone in which an instant is a date. Names in `known_elsewhere` are not reported. Whatever an
    unclear mark may be meant for has the audience internal.
    """
    return _parse_group(cls, settle_marks(cls, node, report), report, zone, known_elsewhere)


def _parse_group(
    cls: type, node: MappingNode, report: Report, zone: str, known_elsewhere: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The values of a group of fields whose marks are settled."""
    declared = _declared_by_name(cls)
    values: dict[str, Any] = {}
    for key, value in node.entries:
        name = key.text
        if name in declared:
            parsed = _FieldParser(name, report, zone).parse(declared[name].field.kind, value)
            if parsed is not NO_VALUE:
                values[declared[name].attribute] = parsed
        elif name not in known_elsewhere:
            report_unknown_field(cls, key, node, report)
    for required in _required_fields(cls):
        given = node.get(required.name) or node.get(required.field.required_unless)
        if given is None or (given.absent and not (required.field.reported_if_empty and _is_quoted(given))):
            report_missing_field(required, node, report)
    return values


def _is_quoted(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.plain


@functools.cache
def _declared_by_name(cls: type) -> dict[str, NamedField]:
    return {declared.name: declared for declared in declared_fields(cls)}


@functools.cache
def _required_fields(cls: type) -> tuple[NamedField, ...]:
    return tuple(each for each in declared_fields(cls) if each.field.required or each.field.required_unless)


def _holds_passage_mark(text: str) -> bool:
    if (":" in text or not text.isascii()) and holds_passage_mark(text):
        return True
    return ("\n" in text or "/" in text or "{" in text) and holds_tag(text)


class _FieldParser:
    """Parses the value of one field; each finding has the name of the field and the value as written."""

    def __init__(self, name: str, report: Report, zone: str) -> None:
        self._name, self._report, self._zone = name, report, zone

    def parse(self, kind: FieldType, node: Node) -> Any:
        """The value, or NO_VALUE where it is absent or invalid, or holds the mark of a passage."""
        if node.absent or self._report_passage_mark(node):
            return NO_VALUE
        parse_structure = _STRUCTURE_PARSERS.get(type(kind))
        return parse_structure(self, kind, node) if parse_structure else self._parse_scalar(kind, node)

    def _parse_list(self, kind: ListOf, node: Node) -> Any:
        nodes = node.items if isinstance(node, SequenceNode) else (node,)
        if len(nodes) > MAX_ENTRIES:
            self._report_fault(node, TOO_MANY, f"`{self._name}` lists {len(nodes):,} entries", "list 500 at most")
        values = (self.parse(kind.of, item) for item in nodes[:MAX_ENTRIES])
        return tuple(value for value in values if value is not NO_VALUE)

    def _parse_record(self, kind: RecordOf, node: Node) -> Any:
        if not isinstance(node, MappingNode):
            names = ", ".join(declared.name for declared in declared_fields(kind.of))
            return self._report_wrong_shape(node, f"write it as a group with {names}")
        return kind.of(**_parse_group(kind.of, node, self._report, self._zone))

    def _parse_mapping(self, kind: MappingOf, node: Node) -> Any:
        if not isinstance(node, MappingNode):
            return self._report_wrong_shape(node, "write it as `{name: value}`")
        entries = [each for each in node.entries if not kind.names or each[0].text in kind.names]
        for key in (key for key, _ in node.entries if kind.names and key.text not in kind.names):
            report_unknown_name(key, kind.names, self._report)
        pairs = ((key.text, self.parse(kind.of, value)) for key, value in entries)
        return tuple((key, value) for key, value in pairs if value is not NO_VALUE)

    def _parse_either(self, kind: Either, node: Node) -> Any:
        if isinstance(node, ScalarNode) and isinstance(kind.rich, RecordOf):
            names = (named.name for named in declared_fields(kind.rich.of) if isinstance(named.field.kind, Text))
            text = self._parse_scalar(kind.plain, node)
            return NO_VALUE if text is NO_VALUE else kind.rich.of(**{next(names): text})
        return self.parse(kind.rich, node)

    def _parse_scalar(self, kind: FieldType, node: Node) -> Any:
        if not isinstance(node, ScalarNode):
            return self._report_wrong_shape(node, "write one value")
        text = node.text.strip()
        if not text.isascii() and not is_visible(text):
            message = f"`{self._name}` has only invisible characters"
            return self._report_fault(node, CONTROL_CHARACTER, message, "delete them, and type the value again")
        if not text.isascii() and (not isinstance(kind, Text) or kind.is_name or self._name in _COMPARED_FIELDS):
            is_text = isinstance(kind, Text) and not kind.is_name
            text, offsets = remove_passed_over(text, keep_direction=is_text)
            report_invisible(node.text.strip(), offsets, self._report, node.line, node.column, self._name)
            text = text.strip()
        return _SCALAR_PARSERS[type(kind)](self, kind, node, text)

    def _report_passage_mark(self, node: Node) -> bool:
        """Whether a value, or an item of a list, looks like or holds the mark of a passage; if so, it is reported.

        A mark in one item may be meant for the next ones, so that nothing of the list is shown.
        """
        items = node.items if isinstance(node, SequenceNode) else (node,)
        marked = next((item for item in items if isinstance(item, ScalarNode) and _holds_passage_mark(item.text)), None)
        if marked is None:
            return False
        message = "there is a passage for some readers in a field, so the field is not shown"
        self._report_fault(
            marked, UNCLEAR_PASSAGE, message, "move it to the text below, or give the file an `audience`"
        )
        return True

    def _parse_text(self, kind: Text, node: ScalarNode, text: str) -> Any:
        if kind.is_email and not is_email_address(text):
            message = f"{quote_text(text)} is not an e-mail address, so no mail can be sent to it"
            self._report_fault(node, CONTACT_WITHOUT_ADDRESS, message, "write it as plans@example.org")
        return drop_addresses(text) if kind.drops_address and "@" in text else text

    def _parse_date(self, _kind: Date, node: ScalarNode, text: str) -> Any:
        return parse_iso_date(text, self._zone) or self._report_fault(
            node, BAD_DATE, f"{quote_text(text)} is not a date", suggest_date(text), find_meant_date(text)
        )

    def _parse_interval(self, _kind: Interval, node: ScalarNode, text: str) -> Any:
        return parse_interval(text) or self._report_fault(
            node,
            BAD_INTERVAL,
            f"{quote_text(text)} is not an interval",
            "write it as `6 weeks`, or as the name of a preset such as `core group`",
        )

    def _parse_url(self, kind: Url, node: ScalarNode, text: str) -> Any:
        if kind.absolute and not text.lower().startswith(("https://", "http://")):
            remedy = "write it whole, beginning with https://"
            return self._report_fault(node, BAD_URL, f"{quote_text(text)} is not a web address", remedy)
        if is_safe_url(text):
            return text
        return self._report_fault(
            node,
            BAD_URL,
            f"{quote_text(text)} is not a kind of address that may be published",
            "use http, https, mailto, or a file beside the plan",
        )

    def _parse_whole_number(self, kind: Integer, node: ScalarNode, text: str) -> Any:
        digits = text.removeprefix("-").removeprefix("+")
        if digits.isascii() and digits.isdigit() and len(digits) < 10 and kind.minimum <= int(text) <= kind.maximum:
            return int(text)
        wanted = f"a whole number from {kind.minimum} to {kind.maximum}"
        return self._report_fault(node, BAD_NUMBER, f"{quote_text(text)} is not {wanted}", f"write {wanted}")

    def _parse_number(self, _kind: Number, node: ScalarNode, text: str) -> Any:
        value = parse_number(text)
        if value is not None:
            return value
        message = f"{quote_text(text)} is not a number"
        return self._report_fault(node, BAD_NUMBER, message, "write digits, with a point before decimals")

    def _parse_choice(self, kind: ChoiceOf, node: ScalarNode, text: str) -> Any:
        member = parse_choice(kind, text)
        if member is not None:
            return member
        values = [str(value) for value in kind.of]
        nearest = find_nearest(text, [*values, *kind.synonyms])
        remedy = format_question(nearest) or f"use {format_list(values, 'or')}"
        problem = kind.noun or f"allowed for `{self._name}`"
        rule = RULES_BY_NAME.get(kind.rule, BAD_CHOICE)
        return self._report_fault(node, rule, f"{quote_text(text)} is not {problem}", remedy, nearest)

    def _report_wrong_shape(self, node: Node, remedy: str) -> Any:
        shape = {SequenceNode: "a list", MappingNode: "a group"}.get(type(node), "a single value")
        return self._report_fault(node, WRONG_SHAPE, f"`{self._name}` has {shape}", remedy)

    def _report_fault(self, node: Node, rule: Any, message: str, remedy: str, instead: str = "") -> Any:
        """Report a value; `instead` is what the remedy puts in its place, if it does."""
        raw = node.text if isinstance(node, ScalarNode) else ""
        fix = Fix(node.line, raw.strip(), instead, node.column) if instead and raw.strip() else None
        self._report.add(rule, message, remedy, line=node.line, column=node.column, field=self._name, raw=raw, fix=fix)
        return NO_VALUE


#: Fields with texts that are compared with others, besides those that name people.
_COMPARED_FIELDS = frozenset(("actions", "aliases", "depends_on", "field", "goal", "key", "measure", "path")).union(
    ("plan", "ref", "rule", "slug", "state", "statuses", "tag", "tags")
)

_STRUCTURE_PARSERS: dict[type, Callable[[_FieldParser, Any, Any], Any]] = {
    ListOf: _FieldParser._parse_list,
    RecordOf: _FieldParser._parse_record,
    MappingOf: _FieldParser._parse_mapping,
    Either: _FieldParser._parse_either,
}
_SCALAR_PARSERS: dict[type, Callable[[_FieldParser, Any, ScalarNode, str], Any]] = {
    Text: _FieldParser._parse_text,
    Date: _FieldParser._parse_date,
    Interval: _FieldParser._parse_interval,
    Url: _FieldParser._parse_url,
    Integer: _FieldParser._parse_whole_number,
    Number: _FieldParser._parse_number,
    ChoiceOf: _FieldParser._parse_choice,
}


def parse_choice(kind: ChoiceOf, text: str) -> Any:
    """The member for a value or synonym, in any case, with hyphens or underscores for spaces, or with one in front."""
    word = " ".join(text.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split())
    members, value = _members_by_value(kind.of), kind.synonyms.get(word, word)
    return (members.get(f"-{value}") if text.lstrip().startswith("-") else None) or members.get(value)


@functools.cache
def _members_by_value(enum_type: type[StrEnum]) -> dict[str, StrEnum]:
    """The members by value with blanks for hyphens, but for one in front."""
    return {member.value[:1] + member.value[1:].replace("-", " "): member for member in enum_type}


def parse_number(text: str) -> float | None:
    """The number that a text in ASCII writes, below 10 to the power of 15; None for any other text."""
    try:
        value = float(text) if text.isascii() and "_" not in text else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e15 else None
