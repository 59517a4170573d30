"""A body without links to files has the words of the links, and nothing else has changed."""

from __future__ import annotations

import pytest

from plansite.exports.body_markdown.body_text import format_body, read_body
from plansite.exports.body_markdown.file_links import remove_file_links


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("No link.", "No link."),
        ("[words](a.md) and [others](b/c.md#d)", "words and others"),
        ("[**strong** `code`](a.md)", "**strong** `code`"),
        ("[![picture](a.png)](b.md)", "picture"),
        ("![a < b](a.png)", "a < b"),
        ('[<span class="dead">x</span>](a.md)', '\\<span class="dead">x\\</span>'),
        (
            "[web](https://example.org/a.md) <mailto:a@example.org>",
            "[web](https://example.org/a.md) <mailto:a@example.org>",
        ),
        ("[here](#steps)\n\n- [item](a.md)", "here\n\n- item"),
        ("[a](b.md)\n\n::: internal\n[c](d.md)\n:::\n", "a\n\n::: internal\n\nc\n\n:::"),
    ],
)
def test_links(text: str, left: str) -> None:
    """Links to files and headings go, those to the web stay; in passages for some readers as well."""
    assert format_body(remove_file_links(read_body(text))) == left
