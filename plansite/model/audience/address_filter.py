"""E-mail addresses in place of names: only internal readers see them, in whatever field of a document they stand."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from plansite.model.fields import Either, FieldType, ListOf, RecordOf, Text, declared_fields

DocumentT = TypeVar("DocumentT", bound=Any)


def replace_addresses(document: DocumentT, replace_address: Callable[[str], str]) -> DocumentT:
    """A document with other names in fields that name people, those of its entries included; itself if none changes.

    `replace_address` returns the name to show for any name, which is the same for one that is no address.
    """
    cls: type = type(document)
    changes: dict[str, Any] = {}
    for attribute in _list_naming_fields(cls):
        value = getattr(document, attribute)
        if value:
            replaced = _replace_in_value(value, replace_address)
            if replaced is not value:
                changes[attribute] = replaced
    return replace(document, **changes) if changes else document


def _replace_in_value(value: Any, replace_address: Callable[[str], str]) -> Any:
    if type(value) is str:
        name = replace_address(value)
        return value if name == value else name
    if type(value) is tuple:
        replaced = tuple(_replace_in_value(each, replace_address) for each in value)
        return value if all(new is old for new, old in zip(replaced, value, strict=True)) else replaced
    return replace_addresses(value, replace_address)


@functools.cache
def _list_naming_fields(cls: type) -> tuple[str, ...]:
    """The attributes of a class that name people, or hold entries that do."""
    return tuple(each.attribute for each in declared_fields(cls) if _names_people(each.field.kind))


def _names_people(kind: FieldType) -> bool:
    match kind:
        case Text():
            return kind.drops_address
        case ListOf(of=of):
            return _names_people(of)
        case RecordOf(of=record):
            return bool(_list_naming_fields(record))
        case Either(plain=plain, rich=rich):
            return _names_people(plain) or _names_people(rich)
    return False
