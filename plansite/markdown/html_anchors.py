"""An inline rule for `<a name="…"></a>`: the one form of HTML that is more than text."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from plansite.deferred_pattern import compile_lazily

_HTML_ANCHOR = compile_lazily(
    r"""<a\s++(?:name|id)\s*+=\s*+(["']?)([\w.:-]{1,100})\1\s*+(?:/>|>\s*+</a\s*+>)""", re.IGNORECASE
)


def anchor_inline(state: StateInline, silent: bool) -> bool:
    """A rule for an empty `<a name="…"></a>` or `<a id="…"></a>`: a token whose `meta["name"]` links can lead to."""
    match = _HTML_ANCHOR.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("anchor", "span", 0)
        token.meta["name"] = match[2]
    state.pos = match.end()
    return True
