"""Rules behind a dispatcher are tried as in the stock parser."""

from __future__ import annotations

import pytest
from markdown_it.rules_block import StateBlock

from plansite.markdown.fast_path.dialect import FastDialect
from tests.markdown.stock import STOCK, tokens


def _shout(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """A line of capitals."""
    if not state.src[state.bMarks[line] : state.eMarks[line]].isupper():
        return False
    if not silent:
        state.push("shout", "p", 0).map = [line, line + 1]
        state.line = line + 1
    return True


def test_an_unlisted_rule_is_tried_at_every_line() -> None:
    """A rule without listed first characters can begin with any, and can end a paragraph."""
    parser = FastDialect()
    parser.block.ruler.before("fence", "shout", _shout, {"alt": ["paragraph"]})
    kinds = [(token.type, token.map) for token in parser.parse("STOP\nwords\nSTOP\n- A\n") if token.map]
    assert ("shout", [0, 1]) in kinds
    assert ("paragraph_open", [1, 2]) in kinds
    assert ("shout", [2, 3]) in kinds


@pytest.mark.parametrize("rule", ["fence", "heading", "blockquote", "hr", "reference", "table", "code", "lheading"])
def test_rules_are_switched_as_in_the_stock_parser(rule: str) -> None:
    """A rule that is switched off leaves its lines to the others, also once the parser has been used."""
    text = "a\n===\n```\n# b\n> c\n***\n\n    d\n\n[e]: f\n\n|g|\n|-|\n"
    parser = FastDialect()
    parser.parse(text)
    parser.disable(rule)
    STOCK.disable(rule)
    try:
        assert tokens(parser, text) == tokens(STOCK, text)
    finally:
        STOCK.enable(rule)


@pytest.mark.parametrize("head", ["|a|b|", "a|b", "a \\| b | c", "ab", "  |a|b|"])
@pytest.mark.parametrize("below", ["|-|-|", ":-|-:", "-|-", "- | -", "  :-: | -", "--", "|", ""])
def test_tables_begin_as_in_the_stock_parser(head: str, below: str) -> None:
    """However the line below the head is written, at the margin and in a list."""
    for text in (f"{head}\n{below}\n1|2", f"- {head}\n  {below}\n  1|2", f"words\n{head}\n{below}"):
        assert tokens(FastDialect(), text) == tokens(STOCK, text)


@pytest.mark.parametrize("text", ["a\r\nb\r\n\r\nc", "a\rb\r\r- c\r- d", "- a\n- b\r\n", "a\0b\n\n# \0\n", "\0", "\r"])
def test_line_ends_and_nul_are_replaced_as_in_the_stock_parser(text: str) -> None:
    """All line ends become one, and a character that HTML forbids becomes the one that stands for it."""
    assert tokens(FastDialect(), text) == tokens(STOCK, text)
