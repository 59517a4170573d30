"""One version of a document as text values by name, which can be compared and stored."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from enum import StrEnum
from html import escape
from typing import Any

from plansite.content.documents import DOCUMENT_TYPES, DocumentLocation, parse_document
from plansite.content.sources import parse_external_action, parse_plan_title
from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.history.change import ChangeValue
from plansite.markdown.html import resolve_links
from plansite.model.body import ActionStep, Body, BodyHtml, ProgressNote
from plansite.model.dates import DEFAULT_ZONE, CalendarInterval
from plansite.model.external.source_settings import ExternalSource
from plansite.model.fields import ListOf, NamedField, declared_fields
from plansite.model.site import UnreadableFile
from plansite.model.slugs import distinct_slug

#: Names in `DocumentVersion.values` beside those of fields.
STEPS, NOTES, TEXT_PREFIX = "steps", "progress", "## "
_HEADING_ID = compile_lazily(r' id="s-[^"]*"| dir="[a-z]*"')


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A version of a document. `values` is None where the file cannot be read.

    They are the fields by name, `steps` (each with its tick box), `progress`, and the HTML under each heading by
    `## ` and the heading in lower case (`## barriers`).
    """

    plan: str
    slug: str
    values: Mapping[str, ChangeValue] | None


def parse_version(
    location: DocumentLocation, data: bytes, source: ExternalSource | None = None, zone: str = DEFAULT_ZONE
) -> DocumentVersion:
    """Parse a file in the same way as a build does; `source` is set for a file of an external source."""
    if source and (plan_title := parse_plan_title(source, location.path, data)):
        location = replace(location, plan=distinct_slug(plan_title, " -_"))
    result = (
        parse_external_action(source, location, data, zone) if source else parse_document(location, data, zone=zone)
    )
    document = result.document
    if isinstance(document, UnreadableFile):
        return DocumentVersion(location.plan, location.slug, None)
    values = dict(build_default_values(location.kind))
    for field in list_kind_fields(location.kind):
        values.pop(field.name, None)
        values.update(flatten_value(field.name, getattr(document, field.name)))
    if getattr(document, "status", "") is None:
        values["status"] = getattr(document, "status_word", "")
    values.update(extract_body_values(document.body))
    return DocumentVersion(getattr(document, "plan", location.plan), location.slug, values)


def list_kind_fields(kind: str) -> tuple[NamedField, ...]:
    """The declared fields of a kind of document."""
    return declared_fields(DOCUMENT_TYPES[kind])


@functools.cache
def build_default_values(kind: str) -> Mapping[str, ChangeValue]:
    """The values of a document of that kind whose file gives no fields."""
    cls: Any = DOCUMENT_TYPES[kind]
    blank = cls(slug="", path="") if kind == "plan" else cls(plan="", slug="", path="")
    return {
        name: value
        for field in list_kind_fields(kind)
        for name, value in flatten_value(field.name, getattr(blank, field.name))
    }


def _is_record(value: object) -> bool:
    """Whether a value has declared fields of its own."""
    return is_dataclass(value) and not isinstance(value, CalendarInterval)


def flatten_value(name: str, value: Any) -> Iterator[tuple[str, ChangeValue]]:
    """The name and the text of a field's value; of a record a pair for each of its fields. Empty values are omitted."""
    if value is None or value in ("", ()):
        return
    if _is_record(value):
        for field, field_value in _iterate_fields(value):
            yield from flatten_value(f"{name}.{field.name}", field_value)
    elif isinstance(value, tuple):
        yield name, tuple(_format_item(item) for item in value)
    else:
        yield name, _format_scalar(value)


def _format_scalar(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value.text if isinstance(value, CalendarInterval) else str(value)


def _format_item(value: Any) -> str:
    return json.dumps(_record_to_dict(value), ensure_ascii=False) if _is_record(value) else _format_scalar(value)


def _record_to_dict(record: Any) -> dict[str, Any]:
    return {
        field.name: _format_record_value(field.field.kind, value)
        for field, value in _iterate_fields(record)
        if value not in (None, "", ())
    }


def _iterate_fields(record: Any) -> Iterator[tuple[NamedField, Any]]:
    cls: type = type(record)
    return ((field, getattr(record, field.attribute)) for field in declared_fields(cls))


def _format_record_value(kind: object, value: Any) -> Any:
    return [_format_scalar(item) for item in value] if isinstance(kind, ListOf) else _format_scalar(value)


def extract_body_values(body: Body) -> dict[str, ChangeValue]:
    """Steps, notes and texts of a body. Texts are compared as HTML, so line breaks in the source do not matter."""
    html_by_title = defaultdict[str, list[str]](list)
    sections = [("", body.intro), *((section.key, section.html) for section in body.sections)]
    for title, html in sections:
        html_by_title[title].append(_render_as_written(html))
    for title, items in ((STEPS, body.steps), (NOTES, body.progress)):
        html_by_title[title].extend(map(_find_extra_html, items))
    values: dict[str, ChangeValue] = {
        TEXT_PREFIX + title: text for title, htmls in html_by_title.items() if (text := normalise_html(" ".join(htmls)))
    }
    if body.steps:
        values[STEPS] = tuple(format_step_value(step.done, step.text) for step in body.steps)
    if body.progress:
        values[NOTES] = tuple(format_note_value(note.date, note.by, note.text) for note in body.progress)
    return values


def normalise_html(html: str) -> str:
    """HTML with single spaces, without the ids of headings and without directions of writing."""
    return " ".join(_HEADING_ID.sub("", html).split())


def _render_as_written(html: BodyHtml) -> str:
    """HTML whose relative links are as they were written."""
    return resolve_links(html, str)


def _find_extra_html(item: ActionStep | ProgressNote) -> str:
    """The HTML of an item if it is more than its escaped text; else empty, since the text is a value of its own."""
    html = normalise_html(_render_as_written(item.html)).removeprefix("<p>").removesuffix("</p>")
    return "" if html == escape(" ".join(item.text.split()), quote=False).replace('"', "&quot;") else html


def format_step_value(done: bool, text: str) -> str:
    """A step with its tick box: `[x] Ring the engineer`."""
    return f"[{'x' if done else ' '}] {' '.join(text.split())}"


def format_note_value(day: dt.date | None, by: str, text: str) -> str:
    """A note with its day and author: `2025-01-04 (Deputy Manager): text`."""
    label = f"{day.isoformat() if day else ''}{f' ({by})' if by else ''}".strip()
    line = " ".join(text.split())
    return f"{label}: {line}" if label else line
