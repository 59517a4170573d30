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

from plansite.content.documents import DOCUMENT_TYPES, DocumentLocation, parse_document
from plansite.content.sources import parse_external_action, parse_plan_title
from plansite.history.change import ChangeValue
from plansite.model.body import ActionStep, Body, ProgressNote, normalise_heading
from plansite.model.dates import CalendarInterval
from plansite.model.fields import ListOf, NamedField, declared_fields
from plansite.model.settings import ExternalSource
from plansite.model.site import UnreadableFile
from plansite.model.slugs import slugify

#: Names in `values` that no field has.
STEPS, NOTES, TEXT_PREFIX = "steps", "progress", "## "
_HEADING_ID = re.compile(r' id="s-[^"]*"')


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A version of a document. `values` is None where it cannot be read.

    Beside fields it holds `steps` (each with its tick), `progress`, and the text under each heading (`## barriers`).
    """

    plan: str
    slug: str
    values: Mapping[str, ChangeValue] | None


def parse_version(place: DocumentLocation, data: bytes, source: ExternalSource | None = None) -> DocumentVersion:
    """Read a whole file, as the site does."""
    if source and (named := parse_plan_title(source, data)):
        place = replace(place, plan=slugify(named))
    document = (parse_external_action(source, place, data) if source else parse_document(place, data)).document
    if isinstance(document, UnreadableFile):
        return DocumentVersion(place.plan, place.slug, None)
    values = dict(build_default_values(place.kind))
    for each in list_kind_fields(place.kind):
        values.pop(each.name, None)
        values.update(flatten_value(each.name, getattr(document, each.name)))
    if getattr(document, "status", "") is None:
        values["status"] = getattr(document, "status_word", "")
    values.update(extract_body_values(document.body))
    return DocumentVersion(getattr(document, "plan", place.plan), place.slug, values)


def list_kind_fields(kind: str) -> tuple[NamedField, ...]:
    """The declared fields of a kind of document."""
    return declared_fields(DOCUMENT_TYPES[kind])


@functools.cache
def build_default_values(kind: str) -> Mapping[str, ChangeValue]:
    """What a document says that leaves everything out."""
    cls: Any = DOCUMENT_TYPES[kind]
    blank = cls(slug="", path="") if kind == "plan" else cls(plan="", slug="", path="")
    return {
        name: value
        for each in list_kind_fields(kind)
        for name, value in flatten_value(each.name, getattr(blank, each.name))
    }


def is_record(value: object) -> bool:
    """Whether a value has fields of its own."""
    return is_dataclass(value) and not isinstance(value, CalendarInterval)


def flatten_value(name: str, value: Any) -> Iterator[tuple[str, ChangeValue]]:
    """A field's value as text. A record becomes one value for each of its fields; what is not given is left out."""
    if value is None or value in ("", ()):
        return
    if is_record(value):
        for each, held in _iterate_fields(value):
            yield from flatten_value(f"{name}.{each.name}", held)
    elif isinstance(value, tuple):
        yield name, tuple(_format_item(each) for each in value)
    else:
        yield name, _format_scalar(value)


def _format_scalar(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value.text if isinstance(value, CalendarInterval) else str(value)


def _format_item(value: Any) -> str:
    return json.dumps(_record_to_dict(value), ensure_ascii=False) if is_record(value) else _format_scalar(value)


def _record_to_dict(value: Any) -> dict[str, Any]:
    return {
        each.name: _format_record_value(each.field.kind, held)
        for each, held in _iterate_fields(value)
        if held not in (None, "", ())
    }


def _iterate_fields(record: Any) -> Iterator[tuple[NamedField, Any]]:
    cls: type = type(record)
    return ((each, getattr(record, each.name)) for each in declared_fields(cls))


def _format_record_value(kind: object, value: Any) -> Any:
    return [_format_scalar(each) for each in value] if isinstance(kind, ListOf) else _format_scalar(value)


def extract_body_values(body: Body) -> dict[str, ChangeValue]:
    """Steps, notes and texts of a body. A text counts with the form of its words but not with how they were typed."""
    texts: dict[str, str] = {}
    for title, html in (("", body.intro), *((normalise_heading(part.title), part.html) for part in body.sections)):
        texts[title] = f"{texts.get(title, '')} {html}"
    texts[STEPS] = " ".join((texts.get(STEPS, ""), *map(_find_extra_html, body.steps)))
    texts[NOTES] = " ".join((texts.get(NOTES, ""), *map(_find_extra_html, body.progress)))
    values: dict[str, ChangeValue] = {
        TEXT_PREFIX + title: words for title, html in texts.items() if (words := normalise_html(html))
    }
    if body.steps:
        values[STEPS] = tuple(format_step_value(step.done, step.text) for step in body.steps)
    if body.progress:
        values[NOTES] = tuple(format_note_value(note.date, note.by, note.text) for note in body.progress)
    return values


def normalise_html(html: str) -> str:
    """HTML with single spaces and without the names of its headings, so that line breaks in the file do not count."""
    return " ".join(_HEADING_ID.sub("", html).split())


def _find_extra_html(item: ActionStep | ProgressNote) -> str:
    """The HTML of an item that is more than its words."""
    html = normalise_html(item.html.removeprefix("<p>").removesuffix("</p>"))
    return "" if html == escape(" ".join(item.text.split()), quote=False).replace('"', "&quot;") else html


def format_step_value(done: bool, text: str) -> str:
    """A step with its tick: `[x] Ring the engineer`."""
    return f"[{'x' if done else ' '}] {' '.join(text.split())}"


def format_note_value(day: dt.date | None, by: str, text: str) -> str:
    """A note with its day and author: `2025-01-04 (Deputy Manager): words`."""
    head = f"{day.isoformat() if day else ''}{f' ({by})' if by else ''}".strip()
    return f"{head}: {' '.join(text.split())}" if head else " ".join(text.split())
