"""A page of a pack leads nowhere else, and runs and sends nothing."""

from __future__ import annotations

import pytest

from plansite.evidence_pack.offline_pages import make_offline

_PATHS = {"index.html", "plans/p/a.html", "static/site.css", "files/photo.jpg"}


def offline(page: str) -> str:
    """The page at plans/p/a.html in a pack."""
    return make_offline(page, "plans/p/a.html", _PATHS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="../../index.html">x</a>', '<a href="../../index.html">x</a>'),
        ('<a href="#s">x</a>', '<a href="#s">x</a>'),
        ('<a class="quiet" dir="auto" href="b.html">x</a>', '<span class="quiet" dir="auto">x</span>'),
        ('<a href="b.html"><b>x</b></a>.', "<span><b>x</b></span>."),
        (
            '<a href="https://e.org/a?b&amp;c">x</a>',
            '<span>x</span> <span class="address">(https://e.org/a?b&amp;c)</span>',
        ),
        ('<a href="https://e.org/a">https://e.org/a</a>', "<span>https://e.org/a</span>"),
        ('<a href="https://e.org/">e.org</a>', "<span>e.org</span>"),
        ('<a href="mailto:a@e.org?subject=x">Ask</a>', '<span>Ask</span> <span class="address">(a@e.org)</span>'),
        ('<a href="javascript:alert(1)">x</a>', "<span>x</span>"),
        ("<a id='x'>y</a>", "<a id='x'>y</a>"),
        ('<a target="_blank" href="../../index.html">x</a>', '<a href="../../index.html">x</a>'),
    ],
)
def test_links(before: str, after: str) -> None:
    """Links inside the pack stay; others become words, with a web or e-mail address behind them if it says more."""
    assert offline(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a<script>if (a<b) x()</script>b", "ab"),
        ('a<script src="../../static/script.js" defer></script>b', "ab"),
        ('a<form action="s.html"><p><input></p></form>b', "ab"),
        ("a<iframe src='x'></iframe><object data='y'><p>z</p></object>b", "ab"),
        ("<noscript><p>words</p></noscript>", "<p>words</p>"),
        (
            '<link rel="stylesheet" href="../../static/site.css">',
            '<link rel="stylesheet" href="../../static/site.css">',
        ),
        ('<link rel="alternate" href="feed.atom">', ""),
        ('<img src="../../files/photo.jpg" alt="x">', '<img src="../../files/photo.jpg" alt="x">'),
        ('<img src="https://e.org/p.jpg" alt="A &amp; B">', "A &amp; B"),
        ('<video src="https://e.org/v">x</video>', "<video>x</video>"),
        ('<use href="#m-late"/>', '<use href="#m-late"/>'),
        ('<meta http-equiv="Refresh" content="0; url=https://e.org">', ""),
    ],
)
def test_nothing_runs_or_loads(before: str, after: str) -> None:
    """Scripts and forms are gone, files come from the pack alone, and words for readers without script are shown."""
    assert offline(before) == after


def test_menus_lose_what_they_cannot_offer() -> None:
    """An entry of a menu that leads nowhere is left out; one without any link stays, and so do lists outside menus."""
    menu = '<nav><ul><li><a href="b.html">Gone</a></li><li>Here</li><li><a href="a.html">Kept</a></li></ul></nav>'
    assert offline(menu) == '<nav><ul><li>Here</li><li><a href="a.html">Kept</a></li></ul></nav>'
    assert offline('<ul><li><a href="b.html">x</a></li></ul>') == "<ul><li><span>x</span></li></ul>"


def test_paragraphs_for_screens() -> None:
    """A paragraph for screens alone is left out where no link in it works; its neighbours are not."""
    assert offline('<p class="note no-print"><a href="b.html">Edit</a></p><p>x</p>') == "<p>x</p>"
    kept = '<p class="no-print"><a href="a.html">Board</a></p>'
    assert offline(kept) == kept
    assert (
        offline('<p class="no-print">Print this<div><p>words</p></div>')
        == '<p class="no-print">Print this<div><p>words</p></div>'
    )
