"""Pages are split into tags and text without losing anything, and links are resolved as browsers do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.evidence_pack.html_tokens import (
    format_tag,
    replace_attributes,
    resolve_address,
    split_html,
    strip_tags,
)

_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        '<a href="x">',
        "</a>",
        "<br>",
        "<!-- <p> -->",
        "<!doctype html>",
        "a < b",
        "&lt;",
        '"',
        "'",
        ">",
        "<",
        "<script>",
        "if (a < b) {'<p>'}",
        "</script>",
        "<use href='#m'/>",
        '<i title="a > b">',
        "words",
        "\n",
    ]
)


@given(st.lists(_PIECES).map("".join) | st.text())
def test_nothing_is_lost(page: str) -> None:
    """The tokens of any text make that text again."""
    assert "".join(token.text for token in split_html(page)) == page


def test_attributes_are_decoded() -> None:
    """Values come without quotes and entities, whatever the quotes are; a `>` in quotes ends no tag."""
    (token,) = split_html("""<A HREF="a&amp;b" title='x > y' hidden data-n=1>""")
    assert (token.name, token.attributes) == ("a", {"href": "a&b", "title": "x > y", "hidden": "", "data-n": "1"})


def test_a_script_is_no_markup() -> None:
    """What stands inside a script is one piece of text."""
    texts = [token.text for token in split_html("<script>a<b>c</b></script><p>")]
    assert texts == ["<script>", "a<b>c</b>", "</script>", "<p>"]


def test_a_tag_is_put_together_again() -> None:
    """Values are escaped, and an attribute can be replaced or removed."""
    (token,) = split_html('<a class="x" href="y" target="_blank">')
    assert replace_attributes(token, {"href": 'a"b<', "target": None}) == '<a class="x" href="a&quot;b&lt;">'
    assert format_tag("use", {"href": "#m"}, is_alone=True) == '<use href="#m"/>'


@pytest.mark.parametrize(
    ("address", "path", "fragment"),
    [
        ("../../index.html", "index.html", ""),
        ("b.html#top", "plans/p/b.html", "top"),
        ("#here", "plans/p/a.html", "here"),
        ("../q/c%20d.html?x=1", "plans/q/c d.html", ""),
        ("../../../out.html", None, ""),
        ("https://example.org/", None, ""),
        ("//example.org/", None, ""),
        ("/etc/passwd", None, ""),
        ("mailto:a@example.org", None, ""),
        ("javascript:alert(1)", None, ""),
        ("\\\\host\\share", None, ""),
    ],
)
def test_where_a_link_leads(address: str, path: str | None, fragment: str) -> None:
    """Relative links are counted from the page; whatever has a host or scheme, or climbs out, is outside."""
    place = resolve_address(address, "plans/p/a.html")
    assert (place.path, place.fragment if place.path else "") == (path, fragment)


def test_words_without_tags() -> None:
    """The words of a piece of HTML, with entities decoded."""
    assert strip_tags("<b>a</b>\n &amp;  <i>b</i>") == "a & b"
