"""Anchors of a text: headings get theirs from their words; `{#name}` and `<a name="name"></a>` set others."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.html import extract_text
from plansite.model.links.anchors import AnchorNames, anchor_id

_HEADING_ATTRIBUTE = compile_lazily(r"\s*+\{:?\s*+#([^\W\d][\w.:-]{0,99})\s*+\}\s*+\Z")


def assign_anchors(tokens: list[Token]) -> None:
    """Note the anchors of each heading in `meta["anchors"]` of its token, and the ids of other anchors in `attrs`.

    The first anchor of a heading is made from its words. A name that is taken already is given to nothing else.
    """
    headings = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    names, explicit = AnchorNames(), []
    for index in headings:
        inline = tokens[index + 1]
        named = [*_take_attribute(inline), *_take_names(inline)]
        tokens[index].meta["anchors"] = (names.add(extract_text(inline)),)
        explicit.append((index, named))
    taken = {anchor for index in headings for anchor in tokens[index].meta["anchors"]}
    for index, named in explicit:
        new = [name for name in dict.fromkeys(named) if name not in taken]
        taken.update(new)
        tokens[index].meta["anchors"] += tuple(new)
    for index, token in enumerate(tokens):
        if token.type == "inline" and token.children:
            _place_anchors(token.children, taken)
            _hide_empty_paragraph(tokens, index)


def _take_attribute(inline: Token) -> Iterator[str]:
    """The name in a `{#name}` that ends a heading; it is taken off the text."""
    last = inline.children[-1] if inline.children else None
    match = _HEADING_ATTRIBUTE.search(last.content) if last and last.type == "text" else None
    if last and match:
        last.content = last.content[: match.start()]
        yield match[1]


def _take_names(inline: Token) -> Iterator[str]:
    children = inline.children or []
    if any(child.type == "anchor" for child in children):
        yield from (child.meta["name"] for child in children if child.type == "anchor")
        inline.children = [child for child in children if child.type != "anchor"]


def _place_anchors(children: list[Token], taken: set[str]) -> None:
    for child in children:
        if child.type == "anchor" and child.meta["name"] not in taken:
            taken.add(child.meta["name"])
            child.attrs["id"] = anchor_id(child.meta["name"])


def _hide_empty_paragraph(tokens: list[Token], index: int) -> None:
    """Render no paragraph around a text of nothing but anchors."""
    children = tokens[index].children or []
    if children[0].type == "anchor" and all(
        child.type in ("anchor", "softbreak") or (child.type == "text" and not child.content) for child in children
    ):
        for token in (tokens[index - 1], tokens[index + 1]):
            token.hidden = token.hidden or token.type in ("paragraph_open", "paragraph_close")


def list_heading_anchors(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """The anchors of the headings among these tokens, and others among them, each with its id in their HTML."""
    for token in tokens:
        if token.type == "heading_open":
            names = token.meta["anchors"]
            yield from ((name, anchor_id(names[0])) for name in names)
        elif token.type == "inline":
            for child in token.children or ():
                if child.type == "anchor" and "id" in child.attrs:
                    yield child.meta["name"], str(child.attrs["id"])
