"""HTML out of tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML

from plansite.markdown.dialect import Dialect
from plansite.markdown.html import HtmlRenderer


class _ByRule(HtmlRenderer):
    """The writer asked for every token by its rule."""

    render = RendererHTML.render
    renderInline = RendererHTML.renderInline  # noqa: N815  (the renderer's own name)


_PIECES = st.sampled_from(
    "\n;\n\n;- ;  ;> ;1. ;# ;a;*e*;**b**;`c`;~~s~~;[l](u);![i](u);&;<;|a|b|\n|-|-:|\n;```\n;    ;---;  \n;\\".split(";")
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_the_short_way_writes_what_the_rules_write(text: str) -> None:
    """What is written at once is what its rule would have made of it."""
    parser = Dialect()
    tokens = parser.parse(text)
    assert HtmlRenderer().render(tokens, parser.options, {}) == _ByRule().render(tokens, parser.options, {})
