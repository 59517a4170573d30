"""The stock parser, set up as the dialect is: what the dialect's tokens are held against."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt

from plansite.markdown.dialect import is_safe_url


class _Stock(MarkdownIt):
    """The stock parser with nothing of ours but the refusal of addresses."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's own name)
        return is_safe_url(url)


STOCK = _Stock("commonmark", {"html": False, "maxNesting": 60}).enable(["table", "strikethrough"])


def tokens(parser: MarkdownIt, text: str) -> list[MutableMapping[str, Any]]:
    """Everything that a text's tokens hold."""
    return [token.as_dict() for token in parser.parse(text)]
