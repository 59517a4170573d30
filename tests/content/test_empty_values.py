"""A field with an empty value is a field that is not there, whatever its type: content editors write such fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from plansite.content.documents import DOCUMENT_TYPES, DocumentLocation, parse_document, parse_front_page
from plansite.content.report import Report
from plansite.content.settings import parse_settings
from plansite.content.values import parse_fields
from plansite.content.yaml.nodes import MappingNode, parse_yaml
from plansite.model.fields import Either, FieldType, ListOf, MappingOf, RecordOf, declared_fields
from plansite.model.settings import Settings
from plansite.model.site import FrontPage

_SCALARS = ('""', "''", '"  "', "~", "null", "", "NULL")


def _list_empty_values(kind: FieldType) -> Iterator[str]:
    """Ways to write nothing in a field of a type; for groups, nothing in each of its fields."""
    yield from _SCALARS
    match kind:
        case Either():
            yield from _list_empty_values(kind.rich)
        case ListOf():
            yield from ("[]", '[""]', "['', ~]", *(f"[{value or '~'}]" for value in _list_empty_values(kind.of)))
        case MappingOf():
            yield from ("{}", *(f"{{a: {value}}}" for value in _list_empty_values(kind.of)))
        case RecordOf():
            group = ", ".join(f'{named.name}: ""' for named in declared_fields(kind.of))
            yield from ("{}", f"{{{group}}}")
            for named in declared_fields(kind.of):
                yield from (f"{{{named.name}: {value}}}" for value in _list_empty_values(named.field.kind))


def _read(kind: str, text: str) -> tuple[Any, list[str]]:
    """What a file or the settings give, without the lines of fields, and the findings."""
    if kind == "settings":
        settings, findings = parse_settings(text.encode())
        return settings, [str(finding) for finding in findings]
    data = f"---\n{text}\n---\n".encode()
    if kind == "front page":
        page, findings = parse_front_page("content/index.md", data)
        return page, [str(finding) for finding in findings]
    result = parse_document(DocumentLocation(kind, "falls", "2025-01-06", "a.md"), data)
    document: Any = result.document
    return replace(document, lines=()), [str(finding) for finding in result.findings]


_CLASSES: dict[str, type] = {**DOCUMENT_TYPES, "front page": FrontPage, "settings": Settings}
_FIELDS = [(kind, named.name) for kind, cls in _CLASSES.items() for named in declared_fields(cls)]


@pytest.mark.parametrize(("kind", "name"), _FIELDS, ids="-".join)
def test_an_empty_value_is_no_value(kind: str, name: str) -> None:
    """Every field of every kind of file, in every form that its type has."""
    field = next(named.field for named in declared_fields(_CLASSES[kind]) if named.name == name)
    has_title = any(named.name == "title" for named in declared_fields(_CLASSES[kind]))
    rest = "title: T" if name != "title" and has_title else "audience: internal"
    expected = _read(kind, rest)
    assert bool(expected[1]) is field.required
    for value in _list_empty_values(field.kind):
        assert _read(kind, f"{rest}\n{name}: {value}") == expected, value


def _list_records(cls: type, seen: frozenset[type] = frozenset()) -> Iterator[type]:
    """The groups that fields of a class can hold, at any depth."""

    def _find(kind: FieldType) -> Iterator[type]:
        match kind:
            case ListOf() | MappingOf():
                yield from _find(kind.of)
            case Either():
                yield from _find(kind.rich)
            case RecordOf():
                yield kind.of
                yield from _list_records(kind.of, seen | {cls})

    for named in declared_fields(cls):
        yield from _find(named.field.kind)


_RECORDS = sorted({record for cls in _CLASSES.values() for record in _list_records(cls)}, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("record", _RECORDS, ids=lambda cls: cls.__name__)
def test_an_empty_value_in_a_group_is_no_value(record: type) -> None:
    """The same holds for the fields of groups."""
    for named in declared_fields(record):
        for value in _list_empty_values(named.field.kind):
            report = Report("a.md")
            node = parse_yaml(f"x: 1\n{named.name}: {value}", report)
            assert isinstance(node, MappingNode)
            assert named.name not in parse_fields(record, node, report, frozenset("x")), value
            others = [finding for finding in report.findings if finding.rule.name != "missing-field"]
            assert others == [], value
