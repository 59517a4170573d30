"""The dialect stays CommonMark wherever it does not say otherwise."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plansite.markdown.dialect import Dialect, is_relative, is_safe_url


class _Stock(MarkdownIt):
    """The stock parser with nothing of ours but the refusal of addresses."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's own name)
        return is_safe_url(url)


_STOCK = _Stock("commonmark", {"html": False, "maxNesting": 60}).enable(["table", "strikethrough"])


def _tokens(parser: MarkdownIt, text: str) -> list[MutableMapping[str, Any]]:
    return [token.as_dict() for token in parser.parse(text)]


_ANY = st.characters(exclude_categories=["Cs"])
_LINES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "",
                "",
                "",
                " ",
                "  ",
                "   ",
                "    ",
                "\t",
                "> ",
                "- ",
                "-",
                "* ",
                "1. ",
                "2) ",
                "# ",
                "    - ",
                "- ",
                "- ",
                "- ",
            ]
        ),
        st.sampled_from(
            "|Word|two words|*a* b|- x|---|===|`c`|a:b|[l](u)|[x]: u|![i](u)|a  |e&amp;|~~s~~|\\*|<b>|é|\u00a0x\u2003"
            "|![a*b*](u)|[*a*](u 't')".split("|")
        )
        | st.sampled_from(["|a|b|", "|-|-|", "[x] Done", "[ ] *Open*", "2025-01-04 (A): b", "", ""]),
    ),
    max_size=12,
).map(lambda lines: "\n".join(indent + words for indent, words in lines))


@settings(max_examples=600)
@given(st.text(st.sampled_from("ab *_`~[]()#>-+1.\n\\|:!&;") | _ANY, max_size=150) | _LINES)
def test_same_tokens_as_the_stock_parser(text: str) -> None:
    """Without comments, the tokens are those of the stock parser."""
    assume("<!--" not in text)
    assert _tokens(Dialect(), text) == _tokens(_STOCK, text)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("mailto:a@example.org", True),
        ("evidence/audit.pdf", True),
        ("#part", True),
        ("?q=1", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//evil.example", False),
        ("\\\\evil.example", False),
        ("/\\evil.example", False),
        ("java\nscript:alert(1)", False),
        ("https:///evil", False),
        ("mailto:", False),
        ("a" * 3000, False),
    ],
)
def test_safe_urls(url: str, safe: bool) -> None:
    """Only http, https, mailto and paths of the site are published."""
    assert is_safe_url(url) is safe


@pytest.mark.parametrize(
    ("url", "relative"),
    [("a.md", True), ("../a.md", True), ("#x", False), ("/a", False), ("https://e.org", False), ("", False)],
)
def test_relative_urls(url: str, relative: bool) -> None:
    """What points into the site is told from what does not."""
    assert is_relative(url) is relative
