"""Tokens and tables of lines are those of the stock parser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from plansite.markdown.fast_path.tokens import FastBlockState, make_token
from tests.markdown.stock import STOCK

_TABLES = ("src", "bMarks", "eMarks", "tShift", "sCount", "bsCount", "lineMax", "line", "level", "parentType")


@given(st.text(st.sampled_from("a \t\n\u00a0\u2028"), min_size=1, max_size=40))
def test_the_table_of_lines_is_the_stock_one(text: str) -> None:
    """Where each line begins and ends, and how far it is indented."""
    ours, stock = FastBlockState(text, STOCK, {}, []), StateBlock(text, STOCK, {}, [])
    assert [getattr(ours, name) for name in _TABLES] == [getattr(stock, name) for name in _TABLES]
    assert vars(ours).keys() == vars(stock).keys()


def test_a_token_lacks_nothing() -> None:
    """Every field has the value that the stock token begins with, and none is shared."""
    assert make_token("text", "", 0, 2, "words") == Token("text", "", 0, level=2, content="words")
    first, second = make_token("p", "p", 1, 0, block=True), make_token("p", "p", 1, 0)
    assert first == Token("p", "p", 1, block=True)
    assert first.attrs is not second.attrs
    assert first.meta is not second.meta
