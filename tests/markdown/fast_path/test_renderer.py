"""The fast renderer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plansite.markdown.dialect import Dialect
from plansite.markdown.fast_path.renderer import FastHtmlRenderer
from plansite.markdown.html import HtmlRenderer

_PIECES = st.sampled_from(
    "\n;\n\n;- ;  ;> ;1. ;# ;a;*e*;**b**;`c`;~~s~~;[l](u);![i](u);&;<;|a|b|\n|-|-:|\n;```\n;    ;---;  \n;\\".split(";")
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_the_html_is_that_of_the_plain_renderer(text: str) -> None:
    """What is rendered without a call is what the rule of the token gives."""
    parser = Dialect()
    tokens = parser.parse(text)
    assert FastHtmlRenderer().render(tokens, parser.options, {}) == HtmlRenderer().render(tokens, parser.options, {})
