"""Splits the HTML of a rendered page into tags and the text between them, and puts tags together again.

Pages are rendered with escaped values, so this needs no parser that repairs broken markup: what it does not know as a
tag stays as it is.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily

_TOKEN = compile_lazily(
    r"""<!--.*?-->|<!(?:"[^"]*"|'[^']*'|[^"'>])*>|<(/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>""", re.DOTALL
)
_ATTRIBUTE = compile_lazily(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
#: Elements whose content is no markup.
_RAW_TEXT = frozenset({"script", "style"})
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_TAG = compile_lazily(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class HtmlToken:
    """A piece of a page as written: a start tag, an end tag, or what is between two tags (`name` is empty).

    `attributes` are those of a start tag, decoded; one without a value has an empty one.
    """

    text: str
    name: str = ""
    is_end: bool = False
    attributes: Mapping[str, str] | None = None

    @property
    def is_start(self) -> bool:
        """Whether it opens an element, or is one that has no content."""
        return bool(self.name) and not self.is_end

    @property
    def is_alone(self) -> bool:
        """Whether the element has no content and no end tag."""
        return self.name in _VOID or self.text.endswith("/>")

    def find(self, attribute: str) -> str:
        """The value of an attribute; empty where it has none."""
        return (self.attributes or {}).get(attribute, "")

    def has_class(self, name: str) -> bool:
        """Whether a class is among those of the element."""
        return name in self.find("class").split()


def split_html(page: str) -> Iterator[HtmlToken]:
    """The tokens of a page, in order. Joining their texts gives the page again."""
    position = 0
    while match := _TOKEN.search(page, position):
        if match.start() > position:
            yield HtmlToken(page[position : match.start()])
        position = match.end()
        if not match[2]:
            yield HtmlToken(match[0])
            continue
        name = match[2].lower()
        if match[1]:
            yield HtmlToken(match[0], name, is_end=True)
            continue
        yield HtmlToken(match[0], name, attributes=_parse_attributes(match[3]))
        if name in _RAW_TEXT:
            closing = re.compile(f"</{name}", re.IGNORECASE).search(page, position)
            end = closing.start() if closing else len(page)
            if end > position:
                yield HtmlToken(page[position:end])
            position = end
    if position < len(page):
        yield HtmlToken(page[position:])


def _parse_attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[2] or ""
        if value[:1] in ('"', "'"):
            value = value[1:-1]
        attributes.setdefault(match[1].lower(), html.unescape(value))
    return attributes


def format_tag(name: str, attributes: Mapping[str, str], *, is_alone: bool = False) -> str:
    """A start tag with these attributes, escaped."""
    parts = (f' {key}="{html.escape(value)}"' if value else f" {key}" for key, value in attributes.items())
    return f"<{name}{''.join(parts)}{'/' if is_alone else ''}>"


def replace_attributes(token: HtmlToken, changes: Mapping[str, str | None]) -> str:
    """The text of a start tag with some attributes replaced, or removed where the new value is None."""
    attributes = {**(token.attributes or {}), **changes}
    kept = {key: value for key, value in attributes.items() if value is not None}
    return format_tag(token.name, kept, is_alone=token.text.endswith("/>"))


def strip_tags(text: str) -> str:
    """The words of a piece of HTML, without its tags, and with single spaces."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


@dataclass(frozen=True, slots=True)
class LinkedPlace:
    """Where a link leads: a path from the top of the site and a fragment. Outside the site, `path` is None."""

    path: str | None
    fragment: str = ""


def resolve_address(address: str, page: str) -> LinkedPlace:
    """Where an address on a page leads. An address with a scheme or a host, or from the root of a disk, is outside."""
    path, _, fragment = address.strip().partition("#")
    path = path.partition("?")[0]
    if not path:
        return LinkedPlace(page, fragment)
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:", path) or path[0] in "/\\":
        return LinkedPlace(None)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
    return LinkedPlace(None if joined.startswith("..") else joined, fragment)
