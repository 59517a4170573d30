"""JSON Schema of the fields of each kind of file, for completion and validation in editors."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Iterator
from typing import Any

import yaml

from plansite.content.documents import DOCUMENT_TYPES
from plansite.markdown.dialect import MAX_URL_LENGTH
from plansite.model.content_editor.settings import ContentEditorSettings
from plansite.model.dates import INTERVAL_PRESETS
from plansite.model.external.source_settings import ExternalSource
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
from plansite.model.frameworks.framework import Framework
from plansite.model.saved_views.settings import SavedView
from plansite.model.settings import Settings

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Schema = dict[str, Json]

#: Every kind of file with fields, and the dataclass that declares the fields; `site` is `plansite.yaml`.
FILE_KINDS: dict[str, type] = {**DOCUMENT_TYPES, "framework": Framework, "site": Settings}

#: The version of JSON Schema that is used.
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_INTERVAL = r"^(every )?([1-9][0-9]{0,2}|a|an|one)? ?([Dd]ay|[Ww]eek|[Ff]ortnight|[Mm]onth|[Yy]ear)s?$"
_URL = r"^(https?://[^/].*|mailto:.+|(?!//)(?![A-Za-z][A-Za-z0-9+.-]*:).*)$"
#: The modules of groups that are in `plansite.yaml` alone.
_SETTINGS_MODULES = frozenset(cls.__module__ for cls in (Settings, ContentEditorSettings, ExternalSource, SavedView))
#: Reads every scalar as text. The parser is that of libyaml where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_COMMENT = "Other fields are allowed; `plansite check` reports names that it does not know."


def build_schema(kind: str) -> Schema:
    """The schema of a kind of file (a key of FILE_KINDS): of its front matter, or of `plansite.yaml` as a whole."""
    groups: Schema = {cls.__name__: build_object_schema(cls) for cls in collect_groups(FILE_KINDS[kind])}
    head: Schema = {"$schema": DIALECT, "$id": f"urn:plansite:{kind}", "title": kind.capitalize()}
    return {**head, **build_object_schema(FILE_KINDS[kind]), **({"$defs": groups} if groups else {})}


def build_combined_schema() -> Schema:
    """A schema for a file of any kind. Each kind, and each group of fields, is in `$defs`."""
    groups = {cls.__name__: build_object_schema(cls) for top in FILE_KINDS.values() for cls in collect_groups(top)}
    return {
        "$schema": DIALECT,
        "$id": "urn:plansite:all",
        "title": "Files of a plansite site",
        "anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in FILE_KINDS],
        "$defs": {**{kind: build_object_schema(cls) for kind, cls in FILE_KINDS.items()}, **groups},
    }


def find_records(kind: FieldType) -> Iterator[type]:
    """The dataclasses of the groups that a value of this type may be, without the groups nested in them."""
    match kind:
        case RecordOf():
            yield kind.of
        case ListOf() | MappingOf():
            yield from find_records(kind.of)
        case Either():
            yield from find_records(kind.plain)
            yield from find_records(kind.rich)


def collect_groups(cls: type) -> dict[type, None]:
    """All groups of fields that a dataclass contains, nested ones included, as keys in the order of the fields."""
    groups: dict[type, None] = {}
    for declared in declared_fields(cls):
        for group in find_records(declared.field.kind):
            groups |= {group: None, **collect_groups(group)}
    return groups


def first_sentence(cls: type) -> str:
    """The first sentence of a dataclass's docstring, which is its published description."""
    return (cls.__doc__ or "").partition("\n")[0].partition(". ")[0].rstrip(".") + "."


def build_object_schema(cls: type) -> Schema:
    """The schema of an object with the fields of a dataclass. Its groups are named, and not in it."""
    required: list[Json] = [declared.name for declared in declared_fields(cls) if declared.field.required]
    return {
        "description": first_sentence(cls),
        "type": "object",
        "properties": {declared.name: _property_schema(declared, cls) for declared in declared_fields(cls)},
        **({"required": required} if required else {}),
        **_allow_other_names(cls),
    }


def _allow_other_names(cls: type) -> Schema:
    """Whether there may be other names: in the settings they are errors, and elsewhere hints."""
    if cls.__module__ in _SETTINGS_MODULES:
        return {"additionalProperties": False}
    return {"additionalProperties": True, "$comment": _COMMENT}


def _property_schema(declared: NamedField, cls: type) -> Schema:
    field = declared.field
    value = _value_schema(field.kind)
    schema: Schema = {"description": field.help}
    if field.example:
        schema["examples"] = [parse_example(field.kind, field.example)]
    default = field_default(cls, declared.attribute)
    if default is not None:
        schema["default"] = default
    return {**schema, **(value if field.required else _nullable(value))}


def field_default(cls: type, name: str) -> Json:
    """The default of a field, if it is a text that is not empty or a number; else None."""
    default = next(field.default for field in dataclasses.fields(cls) if field.name == name)
    return default if isinstance(default, str | int) and default != "" else None


def _nullable(value: Schema) -> Schema:
    """A schema that also allows null: a field without a value counts as left out."""
    kind, options = value.get("type"), value.get("anyOf")
    if isinstance(kind, str):
        return {**value, "type": [kind, "null"]}
    if isinstance(kind, list):
        return {**value, "type": [*kind, "null"]}
    return {"anyOf": [*(options if isinstance(options, list) else [value]), {"type": "null"}]}


def _value_schema(kind: FieldType) -> Schema:
    """The schema of a value of this type."""
    match kind:
        case ListOf():
            return {"anyOf": [{"type": "array", "items": _value_schema(kind.of)}, _value_schema(kind.of)]}
        case MappingOf():
            value = _value_schema(kind.of)
            if kind.names:
                return {"type": "object", "properties": dict.fromkeys(kind.names, value), "additionalProperties": False}
            return {"type": "object", "additionalProperties": value}
        case Either():
            return {"anyOf": [_value_schema(kind.plain), _value_schema(kind.rich)]}
        case RecordOf():
            return {"$ref": f"#/$defs/{kind.of.__name__}"}
        case _:
            return _scalar_schema(kind)


def _scalar_schema(kind: Text | Date | Interval | Url | Integer | Number | ChoiceOf) -> Schema:
    """The schema of a scalar. Editors apply YAML's types, so that a text may arrive as a number or a boolean."""
    match kind:
        case Text():
            return {"type": ["string", "number", "boolean"]}
        case Date():
            return {"type": "string", "format": "date", "pattern": _DATE}
        case Interval():
            return {"anyOf": [{"type": "string", "pattern": _INTERVAL}, {"enum": [*INTERVAL_PRESETS]}]}
        case Url():
            pattern = f"^(?=[Hh][Tt][Tt][Pp][Ss]?://){_URL.removeprefix('^')}" if kind.absolute else _URL
            return {"type": "string", "pattern": pattern, "maxLength": MAX_URL_LENGTH}
        case Integer():
            return {"type": "integer", "minimum": kind.minimum, "maximum": kind.maximum}
        case Number():
            return {"type": "number"}
        case ChoiceOf():
            return _choice_schema(kind)


def _choice_schema(kind: ChoiceOf) -> Schema:
    """First the values themselves, then the other accepted forms: synonyms, and either with capitals."""
    words = [member.value for member in kind.of]
    if words == ["yes", "no"]:
        return {"enum": ["yes", "no", True, False]}  # editors read both words as truth values
    forms = (form for word in (*words, *kind.synonyms) for form in (word, word.capitalize(), string.capwords(word)))
    return {
        "anyOf": [
            {"enum": [*words]},
            {"description": "Understood as well", "enum": [form for form in dict.fromkeys(forms) if form not in words]},
        ]
    }


def parse_example(kind: FieldType, text: str) -> Json:
    """The example of a declaration as a value: a number for a number field, else YAML with every scalar as text."""
    match kind:
        case Integer():
            return int(text)
        case Number():
            return float(text)
        case Text() if text[:1] not in ("'", '"'):
            return text
        case _:
            value: Json = yaml.load(text, _LOADER)  # noqa: S506  (builds texts, lists and maps, nothing else)
            return value
