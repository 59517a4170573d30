"""A body is taken apart without losing or inventing a word."""

from __future__ import annotations

from datetime import date

import html5lib
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.markdown.body import parse_markdown
from plansite.markdown.html import resolve_links
from plansite.markdown.limits import RefusedMarkupError, TooDeepError
from plansite.markdown.passages import TextOrigin
from plansite.model.body import BodyLink

_TEXT = """\
Why it matters, see [the plan](../plan.md).

## Steps
Words before.
- [x] List the **plans**
- [ ] Rewrite

  with a second paragraph
## Progress
- 2025-01-04 (Deputy Manager): A programme is *agreed*.
- 04/01/25: written by hand
## Barriers
Time.
"""


def test_parts_are_found_with_their_lines() -> None:
    """Steps, progress notes and sections carry their words and the line of the file."""
    body = parse_markdown(_TEXT, TextOrigin(10))
    assert [(step.text, step.done, step.line) for step in body.steps] == [
        ("List the plans", True, 14),
        ("Rewrite", False, 15),
    ]
    first, second = body.progress
    assert (first.date, first.by, first.text, first.line) == (
        date(2025, 1, 4),
        "Deputy Manager",
        "A programme is agreed.",
        19,
    )
    assert (second.date, second.by, second.text) == (date(2025, 1, 4), "", "written by hand")
    assert [section.title for section in body.sections] == ["Steps", "Progress", "Barriers"]
    assert body.section_html("barriers") == ("<p>Time.</p>",)
    assert body.section_html("steps") == ("<p>Words before.</p>",)
    assert "with a second paragraph" in resolve_links(body.steps[1].html, str)


def test_links_wait_for_their_page() -> None:
    """A relative link is a part of its own until the page fills it in; its URL is escaped then."""
    body = parse_markdown(_TEXT, TextOrigin(10))
    assert body.links[0].target == "../plan.md"
    html = resolve_links(body.intro, lambda target: f"<{target}>")
    assert 'href="&lt;../plan.md&gt;"' in html


def test_pictures_are_links_as_well() -> None:
    """A picture beside the file is found with its line, and told from a link."""
    assert parse_markdown("a\n\n![b](c.png) [d](e.md)").links == (BodyLink("c.png", 3, True), BodyLink("e.md", 3))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <!-- gone --> b", "<p>a  b</p>"),
        ("<!-- gone\nstill -->\nb", "<p>b</p>"),
        ("a\n<!-- gone -->\nb", "<p>a</p>\n<p>b</p>"),
        ("<!-- never closed", "<p>&lt;!-- never closed</p>"),
        ("`<!-- code -->`", "<p><code>&lt;!-- code --&gt;</code></p>"),
        ("*a* **b** [c](#d)", '<p><em>a</em> <strong>b</strong> <a href="#d">c</a></p>'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
        ("[x](/\\evil.example)", '<p><a href="/%5Cevil.example">x</a></p>'),
        ("![alt](https://example.org/x.png)", '<p><a href="https://example.org/x.png">alt</a></p>'),
        ("- [x] done", '<ul>\n<li class="tick"><b class="soft">Done:</b> done</li>\n</ul>'),
    ],
)
def test_dialect(text: str, html: str) -> None:
    """Comments vanish, other HTML shows as text, unsafe addresses stay words."""
    assert resolve_links(parse_markdown(text).intro, str) == html


def test_table_alignment_is_a_class() -> None:
    """No style attribute ever leaves a table."""
    (html,) = parse_markdown("|a|b|\n|:-|-:|\n|1|2|").intro
    assert 'class="is-right"' in html
    assert "style=" not in html


def test_too_deep_is_said() -> None:
    """Nesting beyond the parser's depth is refused, never cut."""
    with pytest.raises(TooDeepError):
        parse_markdown("> " * 200 + "deep")


@pytest.mark.parametrize("text", ["<!--\n" * 40_000, "<!-- " * 40_000, "[" * 20_000, "**a" * 10_000, "- " * 400])
def test_long_hostile_texts_end(text: str) -> None:
    """Texts that make parsers slow still come to an end."""
    try:
        parse_markdown(text)
    except RefusedMarkupError:
        return


_TAGS = set(
    "p a img strong em code pre h3 h4 h5 h6 ul ol li blockquote hr br s b div table thead tbody tr th td".split()
)
_ATTRIBUTES = {
    "*": {"dir"},
    "a": {"href"},
    "img": {"src", "alt", "loading"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "pre": {"tabindex"},
    "ol": {"start"},
    **{tag: {"id"} for tag in ("h3", "h4", "h5", "h6")},
    **{tag: {"class"} for tag in ("li", "b", "table", "td")},
    "th": {"class", "scope"},
}


def _sanitised(html: str) -> str:
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None)


def _normal(html: str) -> str:
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return str(html5lib.serialize(tree, tree="etree", quote_attr_values="always", omit_optional_tags=False))


@given(
    st.text(
        st.sampled_from("ab[]()<>!*_`~|-#:/\\\"'&; \n\t1.") | st.characters(exclude_categories=("Cs", "Cc")),
        max_size=200,
    )
)
def test_no_text_makes_unsafe_html(text: str) -> None:
    """An independent sanitiser finds nothing to remove in the HTML of any text."""
    try:
        body = parse_markdown(text)
    except RefusedMarkupError:
        return
    for html in (body.intro, *(section.html for section in body.sections), *(step.html for step in body.steps)):
        plain = resolve_links(html, lambda target: target)
        assert _normal(_sanitised(plain)) == _normal(plain)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """No text makes the reader raise anything but what it says it raises."""
    try:
        parse_markdown(text.replace("\x00", ""))
    except RefusedMarkupError:
        return
