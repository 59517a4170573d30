"""The same version sooner: fields line by line and plain texts in one stride; whatever is not plain is read whole.

Most versions differ from the one before in a line or two. Each piece is a pure function of its own text, so that a
piece that was read once is never read again. A piece that is anything but plain sends the file the long way.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from plansite.content.documents import DOCUMENT_TYPES, DocumentLocation
from plansite.content.report import Report
from plansite.content.text import decode
from plansite.content.values import parse_fields
from plansite.content.yaml.nodes import MappingNode, Node, parse_yaml
from plansite.history.change import ChangeValue
from plansite.history.fast_text import parse_plain_part
from plansite.history.versions import (
    DocumentVersion,
    build_default_values,
    extract_body_values,
    flatten_value,
    list_kind_fields,
    parse_version,
)
from plansite.markdown.body import TooDeepError, parse_markdown
from plansite.model.fields import Text
from plansite.model.settings import ExternalSource
from plansite.model.slugs import title_from_slug

#: Fields whose unreadable values mean something of their own.
_FIELDS_WITH_UNKNOWN_WORDS = frozenset({"status", "audience", "kind"})
#: Longer front matter may have more values than are allowed; the long way counts them.
_MAX_FRONT_MATTER = 20_000
_NEXT_FIELD = re.compile(r"\n(?=[A-Za-z_][\w-]*:(?:[ \n]|\Z))", re.ASCII)
_FIELD = re.compile(r"([A-Za-z_][\w-]*): ([A-Za-z0-9](?:[A-Za-z0-9 _,./()'’-]*[A-Za-z0-9.)])?)", re.ASCII)
#: What makes a line that counts as empty.
_BLANK = " \t\n"
_DOCUMENT_MARKER = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
#: What can reach over the heading of the next part, or make links of what stands in another, or marks a passage.
_CROSS_PART_SYNTAX = ("```", "~~~", "<!--", "]:", "::")
_NEXT_PART = re.compile(r"\n(?=##? [A-Za-z])")


def parse_version_fast(place: DocumentLocation, data: bytes, source: ExternalSource | None = None) -> DocumentVersion:
    """The version that `version_of` gives."""
    values = None if source else _parse_values(place, data)
    return parse_version(place, data, source) if values is None else DocumentVersion(place.plan, place.slug, values)


def _parse_values(place: DocumentLocation, data: bytes) -> dict[str, ChangeValue] | None:
    report = Report("")
    text = decode(data, report)
    if text is None or report.findings or not text.startswith("---\n"):
        return None
    head, divider, body = text[3:].partition("\n---\n")
    if not divider or len(head) > _MAX_FRONT_MATTER:
        return None
    fields = _parse_fields(place.kind, head)
    texts = _parse_body(body)
    if fields is None or texts is None:
        return None
    values = {**build_default_values(place.kind), **fields, **texts}
    values.setdefault("title", title_from_slug(place.slug))
    if place.kind == "review" and "date" not in values:
        return None
    return values


def _parse_fields(kind: str, head: str) -> dict[str, ChangeValue] | None:
    values: dict[str, ChangeValue] = {}
    names: set[str] = set()
    before, *parts = _NEXT_FIELD.split(head)
    if before.strip(" \n"):  # a tab is a fault among fields
        return None
    for part in parts:
        read = _parse_field(kind, part)
        if read is None or read[0] in names:
            return None
        names.add(read[0])
        values.update(read[1])
    return values


@functools.lru_cache(maxsize=50_000)
def _parse_field(kind: str, part: str) -> tuple[str, tuple[tuple[str, ChangeValue], ...]] | None:
    """The name and the values of one field; None where it is not plainly one."""
    match = _FIELD.fullmatch(part)
    if match and match.group(2) != "null" and match.group(1) in _text_field_names(kind):
        return match.group(1), ((match.group(1), match.group(2)),)
    node = _parse_node(part)
    if not isinstance(node, MappingNode) or len(node.entries) != 1:
        return None
    name = node.entries[0][0].text
    report = Report("")
    values = parse_fields(DOCUMENT_TYPES[kind], node, report)
    if name.casefold() in _FIELDS_WITH_UNKNOWN_WORDS and name not in values:
        return None
    return name, tuple(pair for each in values for pair in flatten_value(each, values[each]))


@functools.cache
def _text_field_names(kind: str) -> frozenset[str]:
    """Fields whose words are kept as written."""
    return frozenset(each.name for each in list_kind_fields(kind) if isinstance(each.field.kind, Text))


def _parse_node(part: str) -> Node | None:
    report = Report("")
    node = None if _DOCUMENT_MARKER.search(part) else parse_yaml(part + "\n", report)
    return None if report.findings else node


def _parse_body(body: str) -> dict[str, ChangeValue] | None:
    if any(sign in body for sign in _CROSS_PART_SYNTAX):
        return None
    parts = [_parse_body_part(part) for part in _NEXT_PART.split(body) if part.strip(_BLANK)]
    return _merge_values(part for part in parts if part is not None) if None not in parts else None


@functools.lru_cache(maxsize=20_000)
def _parse_body_part(part: str) -> dict[str, ChangeValue] | None:
    read = parse_plain_part(part)
    if read is not None:
        return read
    try:
        return extract_body_values(parse_markdown(part))
    except TooDeepError:
        return None


def _merge_values(parts: Iterable[dict[str, ChangeValue]]) -> dict[str, ChangeValue] | None:
    """Parts side by side; two that say something of the same are rare, and left to the long way."""
    values: dict[str, ChangeValue] = {}
    for part in parts:
        if values.keys() & part.keys():
            return None
        values.update(part)
    return values
