"""HTML comments are left out of a text, with the fast path and without."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.markdown.dialect import Dialect
from plansite.markdown.fast_path.dialect import FastDialect
from tests.markdown.stock import DIALECTS, tokens

_PIECES = "<!--|<!-- a -->|-->|--|a|b c|\n|\n|\n\n|> |- |  |    |# |*e*|`|[l](u)|1. |- [ ] a\n|\\|&amp;".split("|")


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_the_fast_path_reads_comments_as_the_dialect_does(text: str) -> None:
    """Whatever surrounds a comment, closed or not."""
    assert tokens(FastDialect(), text) == tokens(Dialect(), text)


def test_a_comment_in_a_quotation_ends_there() -> None:
    """An end outside the quotation does not close a comment within it."""
    for dialect in DIALECTS:
        types = [token["type"] for token in tokens(dialect, "> <!-- a\n> b\n\nc -->")]
        assert types.count("inline") == 2
        types = [token["type"] for token in tokens(dialect, "> a\n> <!-- b\n\nc -->")]
        assert types.count("inline") == 2
