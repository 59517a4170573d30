"""Leaves out the symbols of icons that a page does not show."""

from __future__ import annotations

import functools
import re
from itertools import pairwise

from plansite.deferred_pattern import compile_lazily

_SPRITE_START, _SPRITE_END = '<svg class="sprite"', "</svg>\n"
_SYMBOL = compile_lazily(
    r'[ \t]*<(?:(symbol|pattern)\b[^>]*\bid="([^"]+)".*?</\1>|path id="([^"]+)"[^>]*>)\n?', re.DOTALL
)
#: What a script may turn a tag into on a later day, and the attributes of the tags that it may turn.
_LATER_SYMBOLS = frozenset({"m-late", "m-risk"})
_LATER_MARKS = (' data-due="', ' data-overdue="', ' data-risk="')


def drop_unused_symbols(html: str) -> str:
    """The HTML of a page whose sprite has only the symbols, patterns and paths that the page refers to.

    Those that a script may show on a later day stay with the tags that it may change. A page whose script needs others
    names them in an attribute: `data-late="#m-late"`.
    """
    start = html.find(_SPRITE_START)
    end = html.find(_SPRITE_END, start) if start >= 0 else -1
    if end < 0:
        return html
    before, sprite, after = html[:start], html[start:end], html[end:]
    used = _list_references(after)
    if _LATER_SYMBOLS - used and " data-" in after and any(mark in after for mark in _LATER_MARKS):
        used |= _LATER_SYMBOLS
    return before + _select_symbols(sprite, _list_symbols(sprite) & used) + after


def _list_references(html: str) -> set[str]:
    """The ids that a page names in `"#id"` and `url(#id)`, found with one search for a rare character."""
    parts = html.split("#")
    ends = {'"': '"', "(": ")"}
    return {after.partition(ends[before[-1]])[0] for before, after in pairwise(parts) if before[-1:] in ends}


@functools.lru_cache(16)
def _list_symbols(sprite: str) -> frozenset[str]:
    return frozenset(match[2] or match[3] for match in _SYMBOL.finditer(sprite))


@functools.lru_cache(512)
def _select_symbols(sprite: str, used: frozenset[str]) -> str:
    return _SYMBOL.sub(lambda match: match[0] if (match[2] or match[3]) in used else "", sprite)
