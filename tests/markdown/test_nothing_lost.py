"""Nothing that was written is left out in silence, however deep, long or odd it is."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plansite.content.documents import DocumentLocation, parse_document
from plansite.markdown.body import parse_markdown
from plansite.markdown.dialect import MAX_URL_LENGTH
from plansite.markdown.html import resolve_links
from plansite.markdown.limits import RefusedMarkupError
from plansite.model.documents.action import Action

_SIGNS = ("> ", "- ", "1. ", "* ", "  - ")


def _words(text: str) -> str:
    body = parse_markdown(text)
    parts = (body.intro, *(part.html for part in body.sections), *(step.html for step in body.steps))
    return html.unescape(re.sub("<[^>]*>", "", " ".join(resolve_links(part, str) for part in parts)))


@pytest.mark.parametrize("signs", [*_SIGNS, "> - ", "- > 1. ", "1. > "])
def test_every_depth_is_shown_or_refused(signs: str) -> None:
    """The words at the bottom are on the page, or the text as a whole is refused and then shown as typed."""
    for depth in range(1, 80):
        text = f"{(signs * depth)[: depth * 3]}deepest\n\nafter\n"
        try:
            words = _words(text)
        except RefusedMarkupError:
            continue
        assert "deepest" in words, depth
        assert "after" in words, depth


@given(st.lists(st.sampled_from(_SIGNS), min_size=20, max_size=75))
def test_any_way_down(signs: list[str]) -> None:
    """Lists and quotations in any order."""
    try:
        assert "deepest" in _words("".join(signs) + "deepest")
    except RefusedMarkupError:
        return


@pytest.mark.parametrize(
    ("left", "right"), [("[", "](u)"), ("![", "](u)"), ("*a ", " b*"), ("**a ", " b**"), ("~~", "~~")]
)
def test_deep_marks_lose_no_word(left: str, right: str) -> None:
    """Marks beyond the depth that is followed show as they were typed."""
    for depth in (10, 59, 60, 61, 200):
        body = parse_markdown(f"Words {left * depth}deepest{right * depth} after")
        assert "deepest" in resolve_links(body.intro, str)
        assert "after" in resolve_links(body.intro, str)


def test_a_text_that_is_refused_is_shown_as_typed() -> None:
    """With a finding; no word of it is missing."""
    text = "---\ntitle: A\n---\n" + "> " * 100 + "deepest\n\n# More\nafter\n"
    result = parse_document(DocumentLocation("action", "p", "a", "a.md"), text.encode())
    assert [finding.rule.name for finding in result.findings] == ["nested-too-deeply"]
    assert isinstance(result.document, Action)
    assert "deepest" in result.document.body.intro[0]
    assert "after" in result.document.body.intro[0]


@pytest.mark.parametrize("form", ["[words]({})", "![words]({})", "<{}>", "[words]\n\n[words]: {}", "[words](<{}>)"])
@pytest.mark.parametrize("letter", ["a", "é"])
def test_an_address_that_is_too_long_stays_words(form: str, letter: str) -> None:
    """2,048 characters and no more, before they are encoded; whatever kind of link it is."""
    start = "https://example.org/"
    for length, is_link in ((MAX_URL_LENGTH, letter == "a"), (MAX_URL_LENGTH + 1, False)):
        (made,) = parse_markdown(form.format(start + letter * (length - len(start)))).intro
        assert ("href=" in made) is is_link, length
        assert "words" in made or start in made


def test_headings_have_each_their_own_name() -> None:
    """Under a prefix that nothing of the page itself has, whatever the headings say."""
    (made,) = parse_markdown(
        "".join(f"### {words}\n" for words in ["a", "a", "a_2", "A", "main", "é", "!", "", "a"])
    ).intro
    names = re.findall(r'<h3 id="([^"]*)"', made)
    assert len(names) == len(set(names)) == 9
    assert all(name.startswith("s-") for name in names)


def test_a_comment_ends_with_its_quotation() -> None:
    """One that is never closed there takes nothing with it, within or behind."""
    assert _words("> <!-- a\n> b\n\nc -->").split() == ["<!--", "a", "b", "c", "-->"]
    assert _words("> <!-- a\n> b -->\n> c\n\nd").split() == ["c", "d"]
