"""The dialect stays CommonMark wherever it does not say otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from plansite.markdown.dialect import is_local_url, is_safe_url
from tests.examples import examples
from tests.markdown.stock import DIALECTS, PLAIN_STOCK, STOCK, tokens

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


@settings(max_examples=examples(600))
@given(st.text(st.sampled_from("ab *_`~[]()#>-+1.\n\\|:!&;") | _ANY, max_size=150) | _LINES)
def test_same_tokens_as_the_stock_parser(text: str) -> None:
    """Without comments, the tokens are those of the stock parser, with the fast path and without."""
    assume("<!--" not in text)
    for dialect in DIALECTS:
        assert tokens(dialect, text) == tokens(STOCK, text)


#: The examples of CommonMark that the dialect shows otherwise, by their number, and why.
_DIFFERENCES = {
    **dict.fromkeys((177, 179, 183, 308, 309, 625, 626), "comments are left out; in the stock parser they are text"),
    **dict.fromkeys((596, 598, 599, 601), "only http, https and mailto become links"),
}


def test_the_examples_of_commonmark() -> None:
    """Of the 652 examples in the standard, 641 have the tokens of the stock parser; the others differ by design."""
    path = Path(__file__).with_name("commonmark_examples.json")
    examples_by_number = dict(enumerate(json.loads(path.read_text("utf-8"))["examples"], 1))
    assert len(examples_by_number) == 652
    for dialect in DIALECTS:
        different = {
            number for number, text in examples_by_number.items() if tokens(dialect, text) != tokens(PLAIN_STOCK, text)
        }
        assert different == set(_DIFFERENCES)


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
    ("url", "local"),
    [
        ("a.md", True),
        ("../a.md", True),
        ("#x", True),
        ("/a", True),
        ("", True),
        ("https://e.org", False),
        ("mailto:a@e.org", False),
    ],
)
def test_local_urls(url: str, local: bool) -> None:
    """What points into the site or the page is told from what names a host or a person."""
    assert is_local_url(url) is local


_URLS = st.tuples(
    st.sampled_from(["http://", "https://", "HTTP://", "mailto:", "//", "../", "./", "/", ""]),
    st.sampled_from(
        [
            "example.org",
            "Example.org",
            "a.b-c.org",
            "a@b.org",
            "e.org:80",
            "[::1]",
            "ä.org",
            "xn--4ca.org",
            "a",
            "a/b",
            "a/%zz",
        ]
    ),
    st.lists(st.sampled_from("/ /a .. a B é %20 %zz ( [ ~ _ ; ? & @ :".split()), max_size=3).map("".join),
    st.sampled_from(["", "#", "#a", "#a b", "#ä", "?q=1#a", " "]),
).map("".join)


@settings(max_examples=examples(1000))
@given(_URLS)
def test_addresses_are_encoded_as_by_the_stock_parser(url: str) -> None:
    """A URL that the fast path passes on as it is is one that encoding leaves as it is."""
    for dialect in DIALECTS:
        assert dialect.normalizeLink(url) == normalizeLink(url)


@pytest.mark.parametrize("sign", ["\\", "\x00", "\x1f", " ", "\t", "\n", "\r", "\x7f"])
@pytest.mark.parametrize(
    "form", ["https://example.org{}@a", "https://{}a.example", "mailto:a{}b@c", "a{}b", "/{}a", "a\n{}b", "{}a"]
)
def test_no_address_holds_what_browsers_take_for_something_else(form: str, sign: str) -> None:
    """A backslash is a slash to them, and they drop controls: the address would lead to another host."""
    assert not is_safe_url(form.format(sign))
    assert is_safe_url(form.replace("\n", "").format("a"))
