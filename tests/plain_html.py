"""The judgement of `assert_harmless` on many pages, in a fifth of the time.

Most pages are written so plainly that every parser reads the same tokens: no sign `<`, `>` or `&` but in a tag or a
known reference, each value in double quotes, no character that HTML forbids. What a parser makes of such a page depends
on its tags alone, and html5lib is asked about each sequence of tags once. It reads any other page itself.
"""

from __future__ import annotations

import functools
import html
import re

from html5lib._inputstream import invalid_unicode_re

from tests.harmless import assert_harmless, assert_known_element, sanitiser_removes, tree_of

_REFERENCE = r"&(?:amp|lt|gt|quot|#34|#39|#x27);"
_NAME = r"[a-zA-Z][a-zA-Z0-9-]*"
_ATTRIBUTES = rf'(?:[ \n]+{_NAME}(?:="(?:[^<>&"]|{_REFERENCE})*")?)*'
#: A tag, or the characters up to the next one.
_TOKEN = re.compile(rf"<(/?)([a-z][a-z0-9]*)({_ATTRIBUTES})[ \n]*(/?)>|((?:[^<>&]|{_REFERENCE})+)")
_ATTRIBUTE = re.compile(rf'({_NAME})(?:="([^"]*)")?')
_DOCTYPE = "<!doctype html>"
#: Values that a parser looks at when it builds the tree.
_READ_BY_PARSERS = ("charset", "http-equiv", "type")
#: An element with each attribute that is an address.
_ADDRESSED = {"href": '<a href="{}"></a>', "src": '<img src="{}">', "action": '<form action="{}"></form>'}
#: What counts as space in HTML.
_SPACES = " \t\n\f"
#: A row or an entry without another one inside, for the fourth time and more.
_REPEATED = re.compile(r"(<(tr|li)\b(?:(?!<\2\b)(?!</\2>).)*</\2> ?)\1\1\1+")
#: What a sanitiser is not asked about: pictures and scripts.
_PICTURES = re.compile(r"<(svg|script)\b.*?</\1>")


def assert_plainly_harmless(path: str, page: str) -> None:
    """Fails where `assert_harmless` does."""
    addresses: dict[str, None] = {}
    tags = reduce_to_tags(page, addresses)
    if tags is None:
        assert_harmless(path, page)
        return
    assert _are_valid(tags), path
    assert not sanitiser_removes("".join(addresses)), path


def reduce_to_tags(page: str, addresses: dict[str, None]) -> str | None:
    """The tags of a page with the names of their attributes, and where between them there is text; None if it is not plain.

    Adds an element for each address to `addresses`. Fails if pages are made of no such element or attribute, or an
    address is not safe.
    """
    if not page.startswith(_DOCTYPE) or "\r" in page or "\0" in page or invalid_unicode_re.search(page):
        return None
    parts, at = [_DOCTYPE], len(_DOCTYPE)
    for token in _TOKEN.finditer(page, at):
        if token.start() != at:
            return None
        at = token.end()
        end, name, attributes, closing, text = token.groups()
        if text is None:
            kept, found = _judge_attributes(name, attributes)
            addresses.update(found)
            parts.append(f"<{end}{name}{kept}{closing}>")
        else:
            parts.append((" " if text[0] in _SPACES else "") + ("x" if text.strip(_SPACES) else ""))
    return _REPEATED.sub(r"\1\1\1", "".join(parts)) if at == len(page) else None


@functools.lru_cache(10_000)
def _judge_attributes(name: str, attributes: str) -> tuple[str, dict[str, None]]:
    """The attributes of a tag without the values that no parser looks at, and an element for each address."""
    found = _ATTRIBUTE.findall(attributes)
    assert_known_element("", name, {each: html.unescape(value) for each, value in found})
    kept = "".join(f' {each}="{value if each in _READ_BY_PARSERS else ""}"' for each, value in found)
    return kept, {_ADDRESSED[each].format(value): None for each, value in found if each in _ADDRESSED}


@functools.lru_cache(10_000)
def _are_valid(tags: str) -> bool:
    """Whether a parser finds no error in a page of these tags, and a sanitiser nothing to remove from its main part."""
    main = tags[tags.index("<main") : tags.rindex("</main>")] + "</main>"
    return tree_of(tags) is not None and not sanitiser_removes(_PICTURES.sub("", main))
