"""What a Markdown file says and what a page says, by other libraries than the project's own code uses."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_FRONT_MATTER = re.compile(r"\A\ufeff?---\r?\n.*?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BOX = re.compile(r"\s*\[[ xX]?\](?=\s|$)")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset({"a", "code", "em", "s", "strong"})
_HIDDEN = frozenset({"script", "style"})


def read_source(text: str) -> tuple[Counter[str], Counter[str]]:
    """The words of the body of a Markdown file, and its headings; both as often as they occur.

    Front matter, comments and the boxes of task lists are none of them.
    """
    words: Counter[str] = Counter()
    headings: Counter[str] = Counter()
    tokens = _PARSER.parse(_FRONT_MATTER.sub("", text))
    for index, token in enumerate(tokens):
        said = " ".join(_say(token))
        if index > 1 and tokens[index - 2].type == "list_item_open":
            said = _BOX.sub("", said, count=1)
        words.update(split_words(said))
        if token.type == "inline" and tokens[index - 1].type == "heading_open":
            headings[" ".join(split_words(said))] += 1
    del headings[""]
    return words, headings


def _say(token: Token) -> Iterator[str]:
    if token.type in ("html_block", "html_inline"):
        yield _COMMENT.sub(" ", token.content)
    elif token.type in ("fence", "code_block", "text", "code_inline"):
        yield token.content
    elif token.type in ("softbreak", "hardbreak"):
        yield "\n"
    elif token.children:
        yield "".join(part for child in token.children for part in _say(child))


def read_page(page: str) -> tuple[Counter[str], Counter[str]]:
    """The words of a page, with those of machine-readable dates and of pictures, and its headings."""
    words: Counter[str] = Counter()
    headings: Counter[str] = Counter()
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    assert body is not None
    for element in body.iter():
        if element.tag in _HEADINGS:
            headings[" ".join(split_words("".join(_read_text(element))))] += 1
        said = " ".join(filter(None, (element.get("datetime"), element.get("alt"))))
        words.update(split_words(said))
    words.update(split_words("".join(_read_text(body))))
    return words, headings


def _read_text(element: Any) -> Iterator[str]:
    """The text of an element in pieces, with a blank around each element that is no part of a line."""
    if not isinstance(element.tag, str) or element.tag in _HIDDEN:
        return
    blank = "" if element.tag in _INLINE else " "
    yield f"{blank}{element.text or ''}"
    for child in element:
        yield from _read_text(child)
        yield child.tail or ""
    yield blank


def split_words(text: str) -> list[str]:
    """The runs of letters and digits of a text."""
    return re.findall(r"[^\W_]+", html.unescape(text))
