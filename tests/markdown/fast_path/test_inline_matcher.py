"""A text that is matched as a whole has the tokens of the stock parser; all others are left to the parser."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.markdown.fast_path.dialect import FastDialect
from plansite.markdown.fast_path.inline_matcher import match_inline
from tests.examples import examples
from tests.markdown.stock import STOCK, tokens

_DIALECT = FastDialect()


@pytest.mark.parametrize(
    "text",
    [
        "words",
        "[x] A step",
        "a `code` span",
        "**Risk** is high",
        "(**Risk**), *two*.",
        "see the [notes](https://example.org/a_b)",
        "one\n  two",
        "snake_case, R&D, ~10, a < b, stop!",
    ],
)
def test_what_people_mostly_write_is_plain(text: str) -> None:
    """These need no other rule."""
    made = match_inline(text, _DIALECT)
    assert made is not None
    assert [token.as_dict() for token in made] == tokens(STOCK, text)[1]["children"]


@pytest.mark.parametrize(
    "text", ["`a", "**a", "a *b*c", "[l](u v)", "![i](u)", "&amp;", "<b>", "a  \nb", "\\*", "~~s~~"]
)
def test_the_rest_is_left_to_the_parser(text: str) -> None:
    """Nothing is taken that further rules might read otherwise."""
    assert match_inline(text, _DIALECT) is None


_PIECES = (
    "|word|a b|é|1|.|,|(|)|!|:| |  |\n| \n|  \n|\t|*|**|***|_|__|`|``|~|~~|[|]|](|<|>|&|\\\\|*e*|**b**|**b **|*e. *|`c`|` `|` c `|~~s~~|_e_|a_b"
    "|[l](u)|[l](u 't')|[x] |[r]|![i](u)|&amp;|&#35;|<https://e.org>|https://e.org|[l](javascript:x)|\u00a0|'|\""
).split("|")


@settings(max_examples=examples(1500))
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_the_tokens_are_those_of_the_stock_parser(text: str) -> None:
    """However the pieces meet, in a text with a reference and in one without."""
    assert tokens(_DIALECT, text) == tokens(STOCK, text)
    assert tokens(_DIALECT, f"[r]: /r\n\n{text}") == tokens(STOCK, f"[r]: /r\n\n{text}")


def test_a_reference_makes_links_of_words_in_brackets() -> None:
    """Where a text defines references, brackets are not taken as words."""
    assert any(token["type"] == "link_open" for token in tokens(_DIALECT, "[x]: /u\n\n[x] A step")[1]["children"])
