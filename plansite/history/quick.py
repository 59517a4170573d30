"""The same version sooner: fields line by line and plain texts in one stride; whatever is not plain is read whole.

Most versions differ from the one before in a line or two. Each piece is a pure function of its own text, so that a
piece that was read once is never read again. A piece that is anything but plain sends the file the long way.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from plansite.content.documents import KINDS, Place
from plansite.content.nodes import Mapping, Node, tree
from plansite.content.report import Report
from plansite.content.text import decode
from plansite.content.values import record
from plansite.history.change import Value
from plansite.history.quick_text import plain_text
from plansite.history.version import Version, body_values, defaults, fields_of, plain, version_of
from plansite.markdown.body import TooDeepError, body_of
from plansite.model.fields import Text
from plansite.model.names import title_of
from plansite.model.site import Adopted

#: Fields whose unreadable values mean something of their own.
_SPECIAL = frozenset({"status", "audience", "kind"})
#: Longer front matter may have more values than are allowed; the long way counts them.
_LONGEST = 20_000
_NEXT_FIELD = re.compile(r"\n(?=[A-Za-z_][\w-]*:(?:[ \n]|\Z))", re.ASCII)
_FIELD = re.compile(r"([A-Za-z_][\w-]*): ([A-Za-z0-9](?:[A-Za-z0-9 _,./()'’-]*[A-Za-z0-9.)])?)", re.ASCII)
#: What makes a line that counts as empty.
_BLANK = " \t\n"
_DIVIDER = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
#: What can reach over the heading of the next part, or make links of what stands in another, or marks a passage.
_REACHING = ("```", "~~~", "<!--", "]:", "::")
_NEXT_PART = re.compile(r"\n(?=##? [A-Za-z])")


def quick_version(place: Place, data: bytes, source: Adopted | None = None) -> Version:
    """The version that `version_of` gives."""
    values = None if source else _values(place, data)
    return version_of(place, data, source) if values is None else Version(place.plan, place.slug, values)


def _values(place: Place, data: bytes) -> dict[str, Value] | None:
    report = Report("")
    text = decode(data, report)
    if text is None or report.findings or not text.startswith("---\n"):
        return None
    head, divider, body = text[3:].partition("\n---\n")
    if not divider or len(head) > _LONGEST:
        return None
    fields = _fields(place.kind, head)
    texts = _texts(body)
    if fields is None or texts is None:
        return None
    values = {**defaults(place.kind), **fields, **texts}
    values.setdefault("title", title_of(place.slug))
    if place.kind == "review" and "date" not in values:
        return None
    return values


def _fields(kind: str, head: str) -> dict[str, Value] | None:
    values: dict[str, Value] = {}
    names: set[str] = set()
    before, *parts = _NEXT_FIELD.split(head)
    if before.strip(" \n"):  # a tab is a fault among fields
        return None
    for part in parts:
        read = _field(kind, part)
        if read is None or read[0] in names:
            return None
        names.add(read[0])
        values.update(read[1])
    return values


@functools.lru_cache(maxsize=50_000)
def _field(kind: str, part: str) -> tuple[str, tuple[tuple[str, Value], ...]] | None:
    """The name and the values of one field; None where it is not plainly one."""
    match = _FIELD.fullmatch(part)
    if match and match.group(2) != "null" and match.group(1) in _wordy(kind):
        return match.group(1), ((match.group(1), match.group(2)),)
    node = _node(part)
    if not isinstance(node, Mapping) or len(node.entries) != 1:
        return None
    name = node.entries[0][0].text
    report = Report("")
    values = record(KINDS[kind], node, report)
    if name.casefold() in _SPECIAL and name not in values:
        return None
    return name, tuple(pair for each in values for pair in plain(each, values[each]))


@functools.cache
def _wordy(kind: str) -> frozenset[str]:
    """Fields whose words are kept as written."""
    return frozenset(each.name for each in fields_of(kind) if isinstance(each.field.kind, Text))


def _node(part: str) -> Node | None:
    report = Report("")
    node = None if _DIVIDER.search(part) else tree(part + "\n", report)
    return None if report.findings else node


def _texts(body: str) -> dict[str, Value] | None:
    if any(sign in body for sign in _REACHING):
        return None
    parts = [_part(part) for part in _NEXT_PART.split(body) if part.strip(_BLANK)]
    return _together(part for part in parts if part is not None) if None not in parts else None


@functools.lru_cache(maxsize=20_000)
def _part(part: str) -> dict[str, Value] | None:
    read = plain_text(part)
    if read is not None:
        return read
    try:
        return body_values(body_of(part))
    except TooDeepError:
        return None


def _together(parts: Iterable[dict[str, Value]]) -> dict[str, Value] | None:
    """Parts side by side; two that say something of the same are rare, and left to the long way."""
    values: dict[str, Value] = {}
    for part in parts:
        if values.keys() & part.keys():
            return None
        values.update(part)
    return values
