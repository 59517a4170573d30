"""Finds the first heading of a Markdown text."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.body import create_parser
from plansite.markdown.html import extract_text
from plansite.markdown.limits import MAX_BRACKETS

_PARSER = create_parser()
#: A line that may be a heading, or underline one.
_MAY_BE_HEADING = compile_lazily(r"^ {0,3}(?:#{1,6}(?:[ \t]|$)|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)


def find_first_heading(text: str) -> tuple[str, int] | None:
    """The words of the first heading outside lists and quotations, and its line, counted from 0; None without one."""
    if not _MAY_BE_HEADING.search(text) or text.count("[") > MAX_BRACKETS:
        return None
    tokens = _PARSER.parse(text)
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            words = " ".join(extract_text(tokens[index + 1]).split())
            if words:
                return words, token.map[0] if token.map else 0
    return None
