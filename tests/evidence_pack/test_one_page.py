"""Several pages on one: every word is there once, every id is unique, and links lead to their place."""

from __future__ import annotations

import re

from plansite.evidence_pack.one_page import join_pages

_COVER = (
    '<body><main id="main"><h1 id="top">Cover</h1><a href="plans/p/a.html#steps">A</a> <a href="pack.html">all</a> '
    '<a href="files/x.pdf">file</a></main></body>'
)
_ACTION = (
    '<header><a href="x">no</a></header><main id="main"><nav><a href="../../index.html">tabs</a></nav>'
    '<h1>Action</h1><section aria-labelledby="steps other"><h2 id="steps">Steps</h2></section>'
    '<svg><use href="#m-late"/><rect id="r" fill="url(#r)"/><rect fill="url(#hatch)"/></svg>'
    "<h6>low</h6><details><summary>more</summary></details>"
    '<a href="#steps">s</a><a href="../../index.html">c</a><a href="b.html">b</a><img src="../../files/p.png"></main>no'
)


def _joined() -> dict[str, str]:
    pages = [("index.html", _COVER), ("plans/p/a.html", _ACTION)]
    return {part.key: part.html for part in join_pages(pages, "pack.html")}


def test_what_is_joined() -> None:
    """It is the main part of each page, without menus; headings of all but the first are a level lower."""
    joined = _joined()
    assert list(joined) == ["part-1", "part-2"]
    assert joined["part-1"].startswith('<h1 id="part-1-top">Cover</h1>')
    assert re.findall(r"<(h\d)", joined["part-2"]) == ["h2", "h3", "h6"]
    assert "tabs" not in joined["part-2"]
    assert "no" not in re.sub("<[^>]*>", " ", joined["part-2"]).split()


def test_links_and_ids() -> None:
    """Ids are told apart by their page, icons are shared; links lead into the joined page, or to a file of the pack."""
    cover, action = _joined().values()
    assert re.findall(r'href="([^"]*)"', cover) == ["#part-2-steps", "#main", "files/x.pdf"]
    assert re.findall(r'href="([^"]*)"', action) == ["#m-late", "#part-2-steps", "#part-1", "plans/p/b.html"]
    assert 'aria-labelledby="part-2-steps other"' in action
    assert re.findall(r'fill="([^"]*)"', action) == ["url(#part-2-r)", "url(#hatch)"]
    assert 'src="files/p.png"' in action


def test_what_is_folded_is_open() -> None:
    """On paper nobody can open anything."""
    assert "<details open>" in _joined()["part-2"]
