"""What one version of a file says, as plain values that can be compared, kept and put back."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass, replace
from enum import StrEnum
from html import escape
from typing import Any

from plansite.content.adopt import action_of, named_plan
from plansite.content.documents import KINDS, Place, document_of
from plansite.history.change import Value
from plansite.model.dates import Span
from plansite.model.fields import Declared, Many
from plansite.model.fields import fields_of as declared_fields
from plansite.model.names import slug_of
from plansite.model.prose import Body, ProgressNote, Step, heading_name
from plansite.model.site import Adopted, Unread

#: Names in `values` that no field has.
STEPS, NOTES, TEXT = "steps", "progress", "## "
_IDS = re.compile(r' id="s-[^"]*"')


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document. `values` is None where it cannot be read.

    Beside fields it holds `steps` (each with its tick), `progress`, and the text under each heading (`## barriers`).
    """

    plan: str
    slug: str
    values: Mapping[str, Value] | None


def version_of(place: Place, data: bytes, source: Adopted | None = None) -> Version:
    """Read a whole file, as the site does."""
    if source and (named := named_plan(source, data)):
        place = replace(place, plan=slug_of(named))
    document = (action_of(source, place, data) if source else document_of(place, data)).document
    if isinstance(document, Unread):
        return Version(place.plan, place.slug, None)
    values = dict(defaults(place.kind))
    for each in fields_of(place.kind):
        values.pop(each.name, None)
        values.update(plain(each.name, getattr(document, each.name)))
    if getattr(document, "status", "") is None:
        values["status"] = getattr(document, "status_word", "")
    values.update(body_values(document.body))
    return Version(getattr(document, "plan", place.plan), place.slug, values)


def fields_of(kind: str) -> tuple[Declared, ...]:
    """The declared fields of a kind of document."""
    return declared_fields(KINDS[kind])


@functools.cache
def defaults(kind: str) -> Mapping[str, Value]:
    """What a document says that leaves everything out."""
    cls: Any = KINDS[kind]
    blank = cls(slug="", path="") if kind == "plan" else cls(plan="", slug="", path="")
    return {name: value for each in fields_of(kind) for name, value in plain(each.name, getattr(blank, each.name))}


def is_record(value: object) -> bool:
    """Whether a value has fields of its own."""
    return is_dataclass(value) and not isinstance(value, Span)


def plain(name: str, value: Any) -> Iterator[tuple[str, Value]]:
    """A field's value as text. A record becomes one value for each of its fields; what is not given is left out."""
    if value is None or value in ("", ()):
        return
    if is_record(value):
        for each, held in _held(value):
            yield from plain(f"{name}.{each.name}", held)
    elif isinstance(value, tuple):
        yield name, tuple(_item(each) for each in value)
    else:
        yield name, _one(value)


def _one(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value.words if isinstance(value, Span) else str(value)


def _item(value: Any) -> str:
    return json.dumps(_record(value), ensure_ascii=False) if is_record(value) else _one(value)


def _record(value: Any) -> dict[str, Any]:
    return {each.name: _list(each.field.kind, held) for each, held in _held(value) if held not in (None, "", ())}


def _held(record: Any) -> Iterator[tuple[Declared, Any]]:
    cls: type = type(record)
    return ((each, getattr(record, each.name)) for each in declared_fields(cls))


def _list(kind: object, value: Any) -> Any:
    return [_one(each) for each in value] if isinstance(kind, Many) else _one(value)


def body_values(body: Body) -> dict[str, Value]:
    """Steps, notes and texts of a body. A text counts with the form of its words but not with how they were typed."""
    texts: dict[str, str] = {}
    for title, html in (("", body.intro), *((heading_name(part.title), part.html) for part in body.sections)):
        texts[title] = f"{texts.get(title, '')} {html}"
    texts[STEPS] = " ".join((texts.get(STEPS, ""), *map(_form, body.steps)))
    texts[NOTES] = " ".join((texts.get(NOTES, ""), *map(_form, body.progress)))
    values: dict[str, Value] = {TEXT + title: words for title, html in texts.items() if (words := form_of(html))}
    if body.steps:
        values[STEPS] = tuple(step_value(step.done, step.text) for step in body.steps)
    if body.progress:
        values[NOTES] = tuple(note_value(note.date, note.by, note.text) for note in body.progress)
    return values


def form_of(html: str) -> str:
    """HTML with single spaces and without the names of its headings, so that line breaks in the file do not count."""
    return " ".join(_IDS.sub("", html).split())


def _form(item: Step | ProgressNote) -> str:
    """The HTML of an item that is more than its words."""
    html = form_of(item.html.removeprefix("<p>").removesuffix("</p>"))
    return "" if html == escape(" ".join(item.text.split()), quote=False).replace('"', "&quot;") else html


def step_value(done: bool, text: str) -> str:
    """A step with its tick: `[x] Ring the engineer`."""
    return f"[{'x' if done else ' '}] {' '.join(text.split())}"


def note_value(day: dt.date | None, by: str, text: str) -> str:
    """A note with its day and author: `2025-01-04 (Deputy Manager): words`."""
    head = f"{day.isoformat() if day else ''}{f' ({by})' if by else ''}".strip()
    return f"{head}: {' '.join(text.split())}" if head else " ".join(text.split())
