"""No link of a page contains another, and nothing of either is lost."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plansite.markdown.body import parse_markdown
from plansite.markdown.html import resolve_links
from tests.examples import examples

_BADGE = "![badge](https://i.example/b.svg)"
_BADGE_LINK = '<a href="https://i.example/b.svg">badge</a>'


def _html(text: str) -> str:
    return resolve_links(parse_markdown(text).intro, str)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[![a](b.png)](u)", '<a href="u"><img src="b.png" alt="a" loading="lazy"></a>'),
        (f"[{_BADGE}](https://ci.example)", f'{_BADGE_LINK} (<a href="https://ci.example">https://ci.example</a>)'),
        (f"[a {_BADGE} b](u.md)", f'a {_BADGE_LINK} b (<a href="u.md">u.md</a>)'),
        (f"[{_BADGE}][r]\n\n[r]: u.md", f'{_BADGE_LINK} (<a href="u.md">u.md</a>)'),
        (f"[{_BADGE}]()", _BADGE_LINK),
        ("[*a <http://b.c> d*](u)", '<em>a <a href="http://b.c">http://b.c</a> d</em> (<a href="u">u</a>)'),
        ("[a@b.c](u)", '<a href="u">a@b.c</a>'),
        ("[<a@b.c>](u)", '<a href="mailto:a@b.c">a@b.c</a> (<a href="u">u</a>)'),
        ("[a [b](c)](d)", '[a <a href="c">b</a>](d)'),
        ("[![a [b](c) <http://d.e>](http://f.g)](h)", '<a href="http://f.g">a b http://d.e</a> (<a href="h">h</a>)'),
        ("[a ![b <http://c.d>](e.png)](f)", '<a href="f">a <img src="e.png" alt="b http://c.d" loading="lazy"></a>'),
    ],
)
def test_the_inner_link_stays(text: str, html: str) -> None:
    """The words of the outer one stand as words, and its address follows as a link of its own."""
    assert _html(text) == f"<p>{html}</p>"


_PIECES = st.sampled_from(
    "[;];![;](u);](https://e.org/x);][r];<https://f.org>;<a@b.c>;*;**;~~;`; ;one;two;&amp;;\\;(;)".split(";")
)


@settings(max_examples=examples(600))
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_no_link_is_in_another(text: str) -> None:
    """Links as a browser finds them are those that were written, and no word is missing."""
    html = _html(f"- x {text}\n\n[r]: https://r.org/")
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    links = list(tree.iter("a"))
    assert len(links) == html.count("<a ")
    assert not [inner for link in links for inner in link.iter("a") if inner is not link]
    attributes = (value for element in tree.iter() for value in element.attrib.values())
    assert len(re.findall("one|two", " ".join((*tree.itertext(), *attributes)))) >= len(re.findall("one|two", text))
