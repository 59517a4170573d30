"""In a text with letters from right to left, each outer block finds its direction by itself."""

from __future__ import annotations

import re

import pytest

from plansite.markdown.body import parse_markdown

_BLOCKS = "{0}\n\n### {0}\n\n- {0}\n- [ ] {0}\n\n1. {0}\n\n   {0}\n\n> {0}\n\n| {0} | b |\n|---|---|\n| c | d |\n"


@pytest.mark.parametrize("word", ["שלום", "سلام", "ܫܠܡܐ", "ߊ", "\ufb2a", "𞤀"])
def test_outer_blocks_have_a_direction(word: str) -> None:
    """Paragraphs, headings, lists, quotations and tables have the attribute; what is within them does not."""
    (html,) = parse_markdown(_BLOCKS.format(word)).intro
    tags = re.findall(r"<(\w+)[^<>]* dir=\"auto\"", html)
    assert tags == ["p", "h3", "ul", "ol", "blockquote", "table"]
    assert '<b class="soft" dir="ltr">To do:</b>' in html


@pytest.mark.parametrize("word", ["word", "Übergröße", "日本語", "हिन्दी"])
def test_other_texts_have_none(word: str) -> None:
    """Without such letters not a byte is added."""
    (html,) = parse_markdown(_BLOCKS.format(word)).intro
    assert "dir=" not in html
