"""JSON Schema of the fields, for editors that help while somebody types."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Iterator
from enum import StrEnum

import yaml

from plansite.content.documents import KINDS as _DOCUMENTS
from plansite.markdown.dialect import LONGEST_URL
from plansite.model.dates import PRESETS
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
from plansite.model.site import Settings

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Schema = dict[str, Json]

#: Every kind of file with fields, and the dataclass that declares them; `site` is `plansite.yaml`.
KINDS: dict[str, type] = {**_DOCUMENTS, "site": Settings}

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_SPAN = r"^(every )?([1-9][0-9]{0,2}|a|an|one)? ?([Dd]ay|[Ww]eek|[Ff]ortnight|[Mm]onth|[Yy]ear)s?$"
_ADDRESS = r"^(https?://[^/].*|mailto:.+|(?!//)(?![A-Za-z][A-Za-z0-9+.-]*:).*)$"
_NOTE = "Other fields are allowed; `plansite check` hints at names that it does not know."


def schema(kind: str) -> Schema:
    """The schema of one kind of file (a key of `KINDS`): of its front matter, or of `plansite.yaml` itself."""
    groups: Schema = {cls.__name__: _object(cls) for cls in groups_of(KINDS[kind])}
    head: Schema = {"$schema": _DIALECT, "$id": f"urn:plansite:{kind}", "title": kind.capitalize()}
    return {**head, **_object(KINDS[kind]), **({"$defs": groups} if groups else {})}


def whole_schema() -> Schema:
    """One schema for a file of any kind; each kind, and each group of fields, has its place in `$defs`."""
    groups = {cls.__name__: _object(cls) for top in KINDS.values() for cls in groups_of(top)}
    return {
        "$schema": _DIALECT,
        "$id": "urn:plansite:all",
        "title": "Files of a plansite site",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in KINDS],
        "$defs": {**{kind: _object(cls) for kind, cls in KINDS.items()}, **groups},
    }


def records_in(kind: Kind) -> Iterator[type]:
    """The groups of fields that a value of this kind may hold, without those inside them."""
    match kind:
        case Record():
            yield kind.of
        case Many() | Table():
            yield from records_in(kind.of)
        case Either():
            yield from records_in(kind.plain)
            yield from records_in(kind.rich)


def groups_of(cls: type) -> dict[type, None]:
    """Every group of fields below a dataclass, in the order of the fields."""
    found: dict[type, None] = {}
    for declared in fields_of(cls):
        for group in records_in(declared.field.kind):
            found |= {group: None, **groups_of(group)}
    return found


def first_sentence(cls: type) -> str:
    """What a dataclass says it is."""
    return (cls.__doc__ or "").partition("\n")[0].partition(". ")[0].rstrip(".") + "."


def _object(cls: type) -> Schema:
    required: list[Json] = [each.name for each in fields_of(cls) if each.field.required]
    return {
        "description": first_sentence(cls),
        "type": "object",
        "properties": {each.name: _property(each, cls) for each in fields_of(cls)},
        **({"required": required} if required else {}),
        "additionalProperties": True,
        "$comment": _NOTE,
    }


def _property(declared: Declared, cls: type) -> Schema:
    field = declared.field
    value = _value(field.kind)
    found: Schema = {"description": field.help}
    if field.example:
        found["examples"] = [example(field.kind, field.example)]
    default = default_of(cls, declared.name)
    if default is not None:
        found["default"] = default
    return {**found, **(value if field.required else _or_nothing(value))}


def default_of(cls: type, name: str) -> Json:
    """What stands where a field is left out; None where that is nothing."""
    default = next(field.default for field in dataclasses.fields(cls) if field.name == name)
    return default if isinstance(default, str | int) and default != "" else None


def _or_nothing(value: Schema) -> Schema:
    """A field that is named and left blank counts as left out."""
    kind, options = value.get("type"), value.get("anyOf")
    if isinstance(kind, str):
        return {**value, "type": [kind, "null"]}
    if isinstance(kind, list):
        return {**value, "type": [*kind, "null"]}
    return {"anyOf": [*(options if isinstance(options, list) else [value]), {"type": "null"}]}


def _value(kind: Kind) -> Schema:
    """The schema of one value."""
    match kind:
        case Many():
            return {"anyOf": [{"type": "array", "items": _value(kind.of)}, _value(kind.of)]}
        case Table():
            return {"type": "object", "additionalProperties": _value(kind.of)}
        case Either():
            return {"anyOf": [_value(kind.plain), _value(kind.rich)]}
        case Record():
            return {"$ref": f"#/$defs/{kind.of.__name__}"}
        case _:
            return _single(kind)


def _single(kind: Text | Day | Interval | Url | Whole | Number | Choice) -> Schema:
    """Editors read YAML's own types, so plain words may arrive as numbers or as yes and no."""
    match kind:
        case Text():
            return {"type": ["string", "number", "boolean"]}
        case Day():
            return {"type": "string", "format": "date", "pattern": _DATE}
        case Interval():
            return {"anyOf": [{"type": "string", "pattern": _SPAN}, {"enum": [*PRESETS]}]}
        case Url():
            return {"type": "string", "pattern": _ADDRESS, "maxLength": LONGEST_URL}
        case Whole():
            return {"type": "integer", "minimum": kind.least, "maximum": kind.most}
        case Number():
            return {"type": "number"}
        case Choice():
            return _choice(kind)


def _choice(kind: Choice) -> Schema:
    """The words themselves first, then what is understood as well: synonyms, and any of them with capitals."""
    words = [str(each) for each in _members(kind)]
    forms = (form for word in (*words, *kind.synonyms) for form in (word, word.capitalize(), string.capwords(word)))
    return {
        "anyOf": [
            {"enum": [*words]},
            {"description": "Understood as well", "enum": [form for form in dict.fromkeys(forms) if form not in words]},
        ]
    }


def _members(kind: Choice) -> list[StrEnum]:
    return list(kind.of)


def example(kind: Kind, text: str) -> Json:
    """A declaration's example as a value: a number where the kind is one, else YAML with every scalar as text."""
    match kind:
        case Whole():
            return int(text)
        case Number():
            return float(text)
        case Text() if text[:1] not in ("'", '"'):
            return text
        case _:
            value: Json = yaml.load(text, yaml.BaseLoader)  # noqa: S506  (builds texts, lists and maps, nothing else)
            return value
