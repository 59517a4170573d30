"""HTML from tokens."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML

from plansite.markdown.dialect import Dialect
from plansite.markdown.html import HtmlRenderer, resolve_links

#: Little that is rendered otherwise than by the stock renderer: no images, tables, fences or titles.
_PIECES = st.sampled_from(
    '\n;\n\n;- ;  ;> ;1. ;a;é;*e*;**b**;`c`;~~s~~;[l](u);[*l*](https://e.org/?a&b);<https://e.org>;&;<;>;";---;\\'.split(
        ";"
    )
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_the_html_is_that_of_the_stock_renderer(text: str) -> None:
    """What is rendered without a call is what the stock renderer gives; links as well once they are resolved."""
    parser = Dialect()
    tokens = parser.parse(text)
    assume(not {"code_block", "heading_open"} & {token.type for token in tokens})
    html = resolve_links(HtmlRenderer().render_body(tokens, parser.options, {}), str)
    stock = RendererHTML().render(tokens, parser.options, {}).strip()
    assert html.replace("<li>\n", "<li>") == stock.replace("<li>\n", "<li>")
