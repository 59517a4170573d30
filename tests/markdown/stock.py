"""The stock parser, with which the tokens of the dialect are compared, and the switch of the fast path for tests."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import pytest
from markdown_it import MarkdownIt

from plansite.markdown import body
from plansite.markdown.dialect import Dialect, is_safe_url
from plansite.markdown.fast_path.dialect import FastDialect


class _Stock(MarkdownIt):
    """The stock parser with nothing of ours but the refusal of URLs."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  (the parser's own name)
        return is_safe_url(url)


STOCK = _Stock("commonmark", {"html": False, "maxNesting": 60}).enable(["table", "strikethrough"])
#: The stock parser with nothing of ours at all, and without HTML.
PLAIN_STOCK = MarkdownIt("commonmark", {"html": False})
#: Our parser without the fast path, and with it.
DIALECTS = (Dialect(), FastDialect())


def tokens(parser: MarkdownIt, text: str) -> list[MutableMapping[str, Any]]:
    """All fields of the tokens of a text."""
    return [token.as_dict() for token in parser.parse(text)]


def switch_fast_path(monkeypatch: pytest.MonkeyPatch, *, enabled: bool) -> None:
    """Set the environment variable, and have texts parsed as it says until the end of the test."""
    monkeypatch.setenv("PLANSITE_NO_FAST_PATHS", "0" if enabled else "1")
    parser = body.create_parser()
    assert isinstance(parser, FastDialect) is enabled
    monkeypatch.setattr(body, "_PARSER", parser)
