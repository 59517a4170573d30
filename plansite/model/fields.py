"""What a field is: one declaration for reading, messages, the editor schema and the field reference."""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """One line or paragraph of words, kept as written."""


@dataclass(frozen=True, slots=True)
class Date:
    """A whole date, ISO 8601: `2025-01-06`. A time of day after it is left out."""


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number from `least` to `most`, both included."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number of days, weeks, months or years: `6 weeks`."""


@dataclass(frozen=True, slots=True)
class Url:
    """An http, https or mailto address, or a path relative to the plan's folder."""


@dataclass(frozen=True, slots=True)
class ChoiceOf:
    """One word out of an enum; `synonyms` maps further words, lower case, to its values."""

    of: type[StrEnum]
    synonyms: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rule: str = "bad-choice"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; one value alone counts as a list of one."""

    of: FieldType


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A group of further fields, declared by a dataclass."""

    of: type


@dataclass(frozen=True, slots=True)
class MappingOf:
    """Names of the writer's own choosing, each with a value of one kind."""

    of: FieldType


@dataclass(frozen=True, slots=True)
class Either:
    """A value of the first kind when it is written as plain text, else of the second."""

    plain: FieldType
    rich: FieldType


FieldType = Text | Date | Integer | Number | Interval | Url | ChoiceOf | ListOf | RecordOf | MappingOf | Either


@dataclass(frozen=True, slots=True)
class Field:
    """The declaration itself, attached to a dataclass attribute with `Annotated`."""

    kind: FieldType
    help: str
    example: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class NamedField:
    """A field together with the name it has in the file."""

    name: str
    field: Field


@functools.cache
def declared_fields(cls: type) -> tuple[NamedField, ...]:
    """The declared fields of a dataclass in order; attributes without a declaration come from elsewhere."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(
        NamedField(attribute.name, extra)
        for attribute in dataclasses.fields(cls)
        for extra in getattr(hints[attribute.name], "__metadata__", ())
        if isinstance(extra, Field)
    )
