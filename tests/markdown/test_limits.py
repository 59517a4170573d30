"""Limits on markup: beyond them a text is refused as a whole, so that it is shown as it was typed."""

from __future__ import annotations

import pytest

from plansite.content.documents import DocumentLocation, parse_document
from plansite.markdown.body import parse_markdown
from plansite.markdown.limits import (
    MAX_BLOCK_TOKENS,
    MAX_BRACKETS,
    MAX_QUOTED_LINES,
    MIN_PAGE_SIZE,
    RefusedMarkupError,
    TooMuchMarkupError,
    list_item_html,
)
from plansite.model.documents.action import Action
from tests.markdown.stock import switch_fast_path

_PADDING = "words " * 40_000  # a long text may become a large page

#: A unit of markup, how many of them are allowed, and what stands around them.
_LIMITS = {
    "brackets": ("[ ", MAX_BRACKETS, "", ""),
    "paragraphs": ("a\n\n", MAX_BLOCK_TOKENS // 3 - 1, "", f"\n{_PADDING}"),
    "quoted lines": ("a\n", MAX_QUOTED_LINES // 40, "> " * 40, ""),
    "steps": ("- [ ] a\n", MIN_PAGE_SIZE // 181, "## Steps\n", ""),
    "progress notes": ("- 2025-01-04: a\n", MIN_PAGE_SIZE // 181, "## Progress\n", ""),
    "sections": ("# a\nb\n", MIN_PAGE_SIZE // 188, "", ""),
    "links": ("[a](b) ", MIN_PAGE_SIZE // 78, "", ""),
}


@pytest.fixture(params=["fast path", "no fast path"], autouse=True)
def _markdown_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has texts parsed with the fast path, and then without it: the limits are the same."""
    switch_fast_path(monkeypatch, enabled=request.param == "fast path")


@pytest.mark.parametrize("name", _LIMITS)
def test_so_much_and_no_more(name: str) -> None:
    """A little below the limit a text is parsed, and a little above it is refused."""
    unit, count, before, after = _LIMITS[name]
    parse_markdown(before + unit * (count * 98 // 100) + after)
    with pytest.raises(TooMuchMarkupError):
        parse_markdown(before + unit * (count * 102 // 100) + after)


def test_it_shows_as_typed() -> None:
    """With a finding; no word of it is missing."""
    text = "---\ntitle: A\n---\n## Steps\n" + "- [ ] a\n" * 2_000 + "the end\n"
    result = parse_document(DocumentLocation("action", "p", "a", "a.md"), text.encode())
    assert [finding.rule.name for finding in result.findings] == ["too-much-markup"]
    assert isinstance(result.document, Action)
    (html,) = result.document.body.intro
    assert html.count("- [ ] a") == 2_000
    assert "the end" in html


@pytest.mark.parametrize(
    "text",
    ["- " * 27 + "a\n", "a|b\n-|-\n\n", "- a\n* a\n", "-\n", "[a](b)", "![a](b.png)", "# a\n", "```\n", '"', "***a***"],
)
def test_html_is_a_small_multiple_of_any_text(text: str) -> None:
    """Or the text is refused."""
    for size in (32 * 1024, 64 * 1024):
        try:
            body = parse_markdown(text * (size // len(text)))
        except RefusedMarkupError:
            continue
        assert sum(len(part) for html in (body.intro, *list_item_html(body)) for part in html) <= 7 * size
