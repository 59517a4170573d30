"""The HTML of a body as a tree of elements and texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from html import escape, unescape

from plansite.deferred_dataclass import dataclass
from plansite.deferred_pattern import compile_lazily
from plansite.model.body import BodyHtml

_VOID = frozenset({"br", "hr", "img"})
_TOKEN = compile_lazily(r"([^<]+)|<(/)?([a-z0-9]+)([^>]*)>")
_ATTRIBUTE = compile_lazily(r'([a-z-]+)="([^"]*)"')


@dataclass(slots=True)
class Element:
    """An element: its name, its attributes, and the elements and texts in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Element]:
        """The elements in it, without the texts between them."""
        return (child for child in self.children if isinstance(child, Element))

    @property
    def classes(self) -> list[str]:
        """The classes that it has."""
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def parse_html(html: BodyHtml) -> Element:
    """An element without a name that holds what the HTML holds. Its URLs are as written.

    The HTML of bodies is well formed, and no attribute has the end of a tag in it.
    """
    root = Element("")
    open_elements = [root]
    for found in _TOKEN.finditer("".join(escape(part) if index % 2 else part for index, part in enumerate(html))):
        text, closing, name, attributes = found.groups()
        if text is not None:
            open_elements[-1].children.append(unescape(text) if "&" in text else text)
        elif closing:
            open_elements.pop()
        else:
            pairs = {key: unescape(value) for key, value in _ATTRIBUTE.findall(attributes)} if attributes else {}
            element = Element(name, pairs)
            open_elements[-1].children.append(element)
            if name not in _VOID:
                open_elements.append(element)
    return root
