"""Headings get the anchors that people write in links, and named places theirs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.markdown.body import parse_markdown
from plansite.model.links.anchors import AnchorIndex, AnchorNames, anchor_id, slugify_heading


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Steps", "steps"),
        ("What we've learned: a start!", "what-weve-learned-a-start"),
        ("R&D / NHS (2025)", "rd--nhs-2025"),
        ("snake_case-and hyphens", "snake_case-and-hyphens"),
        ("Über uns", "über-uns"),
        ("हिन्दी में", "हिन्दी-में"),
        ("日本語、テスト", "日本語テスト"),
        ("✅ Done", "-done"),
        ("½ m² Ⅷ", "-m-ⅷ"),
        ("a  b", "a--b"),
        ("✅", ""),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    """They are those of GitHub: letters, marks and digits of any script, hyphens for spaces, no punctuation."""
    assert slugify_heading(title) == slug


def test_repeated_headings() -> None:
    """Each has a number of its own, also where another heading has that number in its words."""
    names = AnchorNames()
    assert [names.add(title) for title in ("A", "A", "A-1", "A", "B")] == ["a", "a-1", "a-1-1", "a-2", "b"]


@given(st.lists(st.text("a-1 ", max_size=5), max_size=30))
def test_all_anchors_differ(titles: list[str]) -> None:
    """Whatever the headings are, no two have the same anchor, nor the same id."""
    names = AnchorNames()
    anchors = [names.add(title) for title in titles]
    assert len({*map(anchor_id, anchors)}) == len(set(anchors)) == len(titles)


def test_long_headings() -> None:
    """An id has about a hundred bytes at most, and two that begin alike have different ones."""
    ids = [anchor_id("ü" * 200 + end) for end in "ab"]
    assert all(len(each.encode()) <= 102 for each in ids)
    assert ids[0] != ids[1]


def test_anchors_of_a_body() -> None:
    """Sections have those of their headings, and the body those of the headings in its HTML."""
    body = parse_markdown(
        "### Über & Co {#ueber}\n\n## A\n\n### <a name='q'></a>Sub\n\n- # In a list\n\n## A {: #other}\n"
    )
    assert [(section.title, section.anchors) for section in body.sections] == [("A", ("a",)), ("A", ("a-1", "other"))]
    assert body.anchors == (
        ("über--co", "s-über--co"),
        ("ueber", "s-über--co"),
        ("sub", "s-sub"),
        ("q", "s-sub"),
        ("in-a-list", "s-in-a-list"),
    )
    html = "".join("".join(part) for part in (body.intro, *(section.html for section in body.sections)))
    assert re.findall(r'id="([^"]*)"', html) == ["s-über--co", "s-sub", "s-in-a-list"]
    assert "{" not in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('a <a name="here"></a> b', '<p>a <span id="s-here"></span> b</p>'),
        ("<a id=here />b", '<p><span id="s-here"></span>b</p>'),
        ("<A NAME='here'>\n</A>", '<span id="s-here"></span>'),
        ('<a name="x" onclick="y"></a>', "<p>&lt;a name=&quot;x&quot; onclick=&quot;y&quot;&gt;&lt;/a&gt;</p>"),
        ('<a name="a b"></a>', "<p>&lt;a name=&quot;a b&quot;&gt;&lt;/a&gt;</p>"),
        ('<a name="x">words</a>', "<p>&lt;a name=&quot;x&quot;&gt;words&lt;/a&gt;</p>"),
        ("`<a name='x'></a>`", "<p><code>&lt;a name='x'&gt;&lt;/a&gt;</code></p>"),
        ("<a name='x'></a><a name='x'></a>", '<span id="s-x"></span>'),
    ],
)
def test_named_places(text: str, html: str) -> None:
    """An empty `<a>` with a name is a place that links lead to, once; all other HTML is text as before."""
    assert parse_markdown(text).intro == (html,)


def test_a_heading_keeps_its_anchor() -> None:
    """A named place in front of it with the same name, as people write for other programs, takes nothing from it."""
    body = parse_markdown("<a name='part'></a>\n\n### Part\n")
    assert body.anchors == (("part", "s-part"),)
    assert body.intro == ('<h3 id="s-part">Part</h3>',)


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("r-d-costs", "s-rd-costs"),
        ("RD-Costs", "s-rd-costs"),
        ("rd_costs", "s-rd-costs"),
        ("user-content-rd-costs", "s-rd-costs"),
        ("s-rd-costs", "s-rd-costs"),
        ("%C3%BCber", "s-über"),
        ("u%CC%88ber", "s-über"),
        ("rd-costs-1", "s-rd-costs-1"),
        ("rd", ""),
        ("", ""),
    ],
)
def test_fragments_as_people_write_them(fragment: str, found: str) -> None:
    """Capitals, escapes, the form of accents and the hyphens of other programs make no difference."""
    anchors = tuple((name, anchor_id(name)) for name in ("rd-costs", "rd-costs-1", "über"))
    assert AnchorIndex(anchors).find_id(fragment) == found


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("See [the audit][audit].", ["[the audit][audit]"]),
        ("See [the audit][].", ["[the audit][]"]),
        ("See [the audit][audit].\n\n[Audit]: a.pdf", []),
        ("a[i][j] and [0][1], `[x][y]`", []),
        ("- [ ] [x][y]", ["[x][y]"]),
        ("\\[x][y]", []),
    ],
)
def test_references_without_a_definition(text: str, references: list[str]) -> None:
    """What looks like a link and is none is known; indexes and code are no such thing."""
    assert [each.text for each in parse_markdown(text).loose_references] == references
