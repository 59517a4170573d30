"""What a page must be, whatever stands in the content: valid HTML in which nothing acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import lxml.etree
import lxml.html
import nh3

_ALLOWED = set(
    "html head body meta title link script a abbr article b br caption code dd del details desc div dl dt em fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input label legend li main nav noscript ol option "
    "p pre s section select small span strong summary svg table tbody td th thead time tr ul use symbol path circle "
    "rect line pattern defs text g tspan button output blockquote polyline".split()
)
_ATTRIBUTES = set(
    "action alt as autocapitalize spellcheck aria-controls aria-current aria-describedby aria-expanded aria-hidden aria-label aria-labelledby aria-live autocomplete charset class dir "
    "content cx cy d datetime defer enterkeyhint fill fill-rule focusable height hidden href id lang loading name open "
    "patternTransform patternUnits points r rel reversed role rows rx scope src start stroke stroke-dasharray tabindex "
    "type value viewBox width x x1 x2 y y1 y2 colspan rowspan for http-equiv placeholder download transform aria-sort dx dy".split()
)


def tree_of(html: str) -> Element:
    """The page as browsers take it apart; html5lib finds no error."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    assert parser.errors == []
    return tree


def assert_harmless(path: str, html: str) -> None:
    """Valid HTML, known elements and attributes, safe addresses, and a sanitiser has nothing to remove."""
    tree = tree_of(html)
    for element in tree.iter():
        attributes = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
        assert_known_element(path, str(element.tag).rpartition("}")[2], attributes)
    assert not sanitiser_removes(_main_without_pictures(tree)), path


def assert_known_element(path: str, name: str, attributes: Mapping[str, str]) -> None:
    """An element and attributes that pages are made of, with safe addresses."""
    assert name in _ALLOWED, (path, name)
    for attribute, value in attributes.items():
        assert attribute in _ATTRIBUTES or attribute.startswith("data-"), (path, name, attribute)
        if attribute in ("href", "src", "action"):
            assert _safe(value), (path, name, value)


def _safe(url: str) -> bool:
    scheme, colon, _ = url.partition(":")
    if not colon or "/" in scheme or "?" in scheme or "#" in scheme:
        return not url.startswith(("//", "\\", "/\\"))
    if scheme == "webcal":  # no address from content: the site's own calendar files
        return re.fullmatch(r"webcal://[\w.-]+/calendars/[\w./%~-]+\.ics", url, re.ASCII) is not None
    return scheme.lower() in ("http", "https", "mailto") or re.fullmatch(r"tel:\+?\d+", url) is not None


def _main_without_pictures(tree: Element) -> str:
    parents = {child: parent for parent in tree.iter() for child in parent}
    for element in [each for each in tree.iter() if str(each.tag).rpartition("}")[2] in ("svg", "script")]:
        words, parent = element.tail or "", parents[element]
        at = list(parent).index(element)
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + words
        else:
            parent.text = (parent.text or "") + words
        parent.remove(element)
    main = next(each for each in tree.iter() if each.tag == "main")
    return str(html5lib.serialize(main, tree="etree", quote_attr_values="always", omit_optional_tags=False))


def sanitiser_removes(html: str) -> bool:
    """Whether an independent sanitiser, told of all that pages are made of, takes anything out."""
    options: dict[str, Any] = {
        "tags": _ALLOWED - {"script"},
        "attributes": {"*": _ATTRIBUTES - {"rel"}},
        "generic_attribute_prefixes": {"data-"},
        "url_schemes": {"http", "https", "mailto", "webcal"},
        "link_rel": None,
    }
    return _normal(nh3.clean(html, **options)) != _normal(html)


def _normal(html: str) -> str:
    """The same for texts that differ only in how they are written. Both come from a parser, so any parser will do."""
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    return str(lxml.etree.tostring(tree, method="c14n2"))
