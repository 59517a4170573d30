"""Declarations of fields: the one source for parsing, messages, the JSON Schema and the field reference."""

from __future__ import annotations

import dataclasses
import functools
import typing
from collections.abc import Mapping
from enum import StrEnum

from plansite.deferred_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A line or paragraph of text, kept as written; `is_name` where it names a person, role or agency.

    With `drops_address`, an e-mail address or handle that follows the name is left out. Where it `is_email`, any other
    text than an e-mail address is reported.
    """

    is_name: bool = False
    drops_address: bool = False
    is_email: bool = False


#: The name of a person, role or agency, perhaps with a remark: `Nurse, GP practice`.
NAME = Text(is_name=True)
#: The same, where other programs add an address: `Amina Shah <a.shah@example.org>`, `Amina Shah (@ashah)`.
PERSON = Text(is_name=True, drops_address=True)

#: An e-mail address.
EMAIL = Text(is_email=True)


@dataclass(frozen=True, slots=True)
class Date:
    """A full date, ISO 8601: `2025-01-06`. Of an instant (`2025-01-06T23:30:00Z`) the day in the site's time zone."""


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number from `minimum` to `maximum`, both included."""

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
    """An http, https or mailto address, or a path relative to the plan's folder.

    One that is `absolute` is an http or https address.
    """

    absolute: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceOf:
    """A value of an enum. `synonyms` maps further lower-case words to its values; `rule` reports any other word.

    `noun` is what messages call a value, with its article: “Green” is not `a status`. Without it they name the field.
    """

    of: type[StrEnum]
    synonyms: Mapping[str, str] = dataclasses.field(default_factory=dict)
    rule: str = "bad-choice"
    noun: str = ""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values; a single value counts as a list of one."""

    of: FieldType


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A group of fields, declared by a dataclass."""

    of: type


@dataclass(frozen=True, slots=True)
class MappingOf:
    """A mapping from names that the writer chooses, or from those in `names`, to values of one type."""

    of: FieldType
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """A value of type `plain` if it is written as a scalar, else of type `rich`."""

    plain: FieldType
    rich: FieldType


FieldType = Text | Date | Integer | Number | Interval | Url | ChoiceOf | ListOf | RecordOf | MappingOf | Either


@dataclass(frozen=True, slots=True)
class Field:
    """The declaration of a field, attached to a dataclass attribute with `Annotated`.

    A field that is `required` is reported if it is missing or empty. `reported_if_empty` means that a rule of `checks/`
    reports a text of nothing in quotation marks. `name` is its name in the file, if that is not the attribute's.
    A field is also reported if it and the one that `required_unless` names are both missing.
    """

    kind: FieldType
    help: str
    example: str = ""
    required: bool = False
    reported_if_empty: bool = False
    name: str = ""
    required_unless: str = ""


@dataclass(frozen=True, slots=True)
class NamedField:
    """A field, its name in the file, and the name of its attribute."""

    name: str
    field: Field
    attribute: str


@functools.cache
def declared_fields(cls: type) -> tuple[NamedField, ...]:
    """The declared fields of a dataclass, in order; attributes without a declaration are not in the file."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(
        NamedField(extra.name or attribute.name, extra, attribute.name)
        for attribute in dataclasses.fields(cls)
        for extra in getattr(hints[attribute.name], "__metadata__", ())
        if isinstance(extra, Field)
    )
