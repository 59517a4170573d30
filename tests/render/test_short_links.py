"""Links inside a page's own folders are relative in their shortest form, and lead where they led."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.render.short_links import shorten_links

_NAMES = st.sampled_from(["plans", "a", "b", "actions", "x.html"])
_PATHS = st.lists(_NAMES, min_size=1, max_size=4).map("/".join)


@pytest.mark.parametrize(
    ("target", "short"),
    [
        ("plans/falls/actions/b.html", "b.html"),
        ("plans/falls/actions/b.html#steps", "b.html#steps"),
        ("plans/falls/index.html", "../index.html"),
        ("plans/other/index.html", "../../other/index.html"),
        ("plans/falls/actions/", "./"),
        ("plans/falls/actions/#a", "./#a"),
        ("plans/falls/actions/?q=a", "./?q=a"),
        ("plans/falls-2/index.html", "../../falls-2/index.html"),
        ("owners/a.html", "../../../owners/a.html"),
    ],
)
def test_a_link_climbs_no_further_than_it_has_to(target: str, short: str) -> None:
    """A page of the same folder is named alone."""
    html = f'<a class="quiet" href="../../../{target}">A</a>'
    assert shorten_links(html, "plans/falls/actions/a.html") == f'<a class="quiet" href="{short}">A</a>'


@given(page=_PATHS, target=_PATHS, end=st.sampled_from(["", "/", "#a", "?q", "/#a"]))
def test_a_short_link_leads_to_the_same_address(page: str, target: str, end: str) -> None:
    """Whatever the two folders are, and it is never longer than the way from the one to the other."""
    up = "../" * page.count("/")
    html = shorten_links(f'<a href="{up}{target}{end}">', page)
    href = html.removeprefix('<a href="').removesuffix('">')
    base = f"https://example.org/{page}"
    assert href and urljoin(base, href) == urljoin(base, f"{up}{target}{end}")
    if not f"{page}/".startswith(f"{target}/") and not end.startswith("/"):
        assert href == posixpath.relpath(target, posixpath.dirname(page) or ".") + end


def test_words_and_other_attributes_stay() -> None:
    """Only links are changed: not a text that looks like one, and not an address that a script reads."""
    html = '<p data-href="../a/b.html">&#34; href=&#34;../a/b.html&#34; ../a/b.html</p>'
    assert shorten_links(html, "a/x.html") == html
