"""Parsed bodies: the variant of each audience, and their HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.markdown.html import resolve_links
from plansite.model.body import Body, BodyHtml, join_html
from plansite.model.status import Audience

_BODY = Body(
    intro=("all",),
    audience_variants=((Audience.PARTNERS, Body(intro=("some",))), (Audience.PUBLIC, Body(intro=("little",)))),
)


@pytest.mark.parametrize(
    ("audience", "intro"),
    [(Audience.INTERNAL, "all"), (Audience.PARTNERS, "some"), (Audience.PUBLIC, "little")],
)
def test_each_audience_gets_its_own_variant(audience: Audience, intro: str) -> None:
    """Internal readers get the whole body, the others the variant made for them and not that of one another."""
    assert _BODY.filter_for(audience).intro == (intro,)


@pytest.mark.parametrize("audience", list(Audience))
def test_a_body_without_variants_is_the_same_for_all(audience: Audience) -> None:
    """It has no passages that some must not see."""
    assert Body(intro=("all",)).filter_for(audience).intro == ("all",)


_URL = st.sampled_from(["a.md", "b/c.png"])
_HTML: st.SearchStrategy[BodyHtml] = st.lists(st.tuples(_URL, st.text("<a>", min_size=1, max_size=3)), max_size=3).map(
    lambda links: ("<p>", *(part for link in links for part in link))
) | st.just(())


@given(st.lists(_HTML, max_size=5))
def test_html_that_is_joined_keeps_its_links(htmls: list[BodyHtml]) -> None:
    """The parts alternate between HTML and URLs, and each URL is resolved as before."""
    joined = join_html(*htmls)
    assert resolve_links(joined, str.upper) == "".join(resolve_links(html, str.upper) for html in htmls)
    assert joined[1::2] == tuple(url for html in htmls for url in html[1::2])
    assert len(joined) % 2 == (1 if joined else 0)
