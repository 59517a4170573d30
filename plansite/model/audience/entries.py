"""Entries of documents that carry an audience of their own: which fields hold them, and which of them may be seen."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any, TypeVar

from plansite.model.fields import Either, FieldType, ListOf, RecordOf, declared_fields
from plansite.model.status import Audience

DocumentT = TypeVar("DocumentT", bound=Any)


def filter_marked_fields(audience: Audience, document: DocumentT) -> DocumentT:
    """A document without the entries that an audience may not see, in whatever field; itself if it has none of them.

    An entry without a mark of its own is for whoever may see the document. Entries inside entries are filtered alike.
    """
    cls: type = type(document)
    changes: dict[str, Any] = {}
    for name in list_marked_fields(cls):
        value = getattr(document, name)
        entries = value if isinstance(value, tuple) else (value,) if value else ()
        visible = tuple(
            filter_marked_fields(audience, each)
            for each in entries
            if each.audience is None or audience.sees(each.audience)
        )
        if len(visible) < len(entries) or any(new is not old for new, old in zip(visible, entries, strict=True)):
            changes[name] = visible if isinstance(value, tuple) else next(iter(visible), None)
    return replace(document, **changes) if changes else document


def list_entries(document: object) -> tuple[Any, ...]:
    """The entries of a document that can have an audience of their own, field by field, each before those inside it."""
    cls: type = type(document)
    values = (getattr(document, name) for name in list_marked_fields(cls))
    entries = (each for value in values for each in (value if isinstance(value, tuple) else (value,)) if each)
    return tuple(inner for each in entries for inner in (each, *list_entries(each)))


@functools.cache
def list_marked_fields(cls: type) -> tuple[str, ...]:
    """The attributes of a document's class that are declared as entries, or lists of entries, with an audience."""
    return tuple(each.attribute for each in declared_fields(cls) if _is_marked(each.field.kind))


def _is_marked(kind: FieldType) -> bool:
    match kind:
        case RecordOf(of=record):
            return any(each.attribute == "audience" for each in declared_fields(record))
        case ListOf(of=of):
            return _is_marked(of)
        case Either(plain=plain, rich=rich):
            return _is_marked(plain) or _is_marked(rich)
    return False
