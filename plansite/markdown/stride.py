"""Inline text in one stride: words, code spans, emphasis and links in the forms that people mostly write.

The forms are narrow enough that no other rule can have a say in them. A text that holds anything else is refused as a
whole, and the parser proper reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from plansite.markdown.tokens import token

_INNER = r"[^\n\\`*_~\[\]!<&]"
_MARKED = rf"[A-Za-z0-9](?:{_INNER}*[A-Za-z0-9.,:;?)])?"
_PIECE = re.compile(
    rf"""
    (?P<text> (?:
        [^\n\\`*_~\[!<&]+
      | (?<=[A-Za-z0-9])_(?=[A-Za-z0-9])                    # inside a word
      | (?<!~)~(?!~) | !(?!\[) | <(?=[ ])
      | &(?! \# | [A-Za-z][A-Za-z0-9]{{1,31}}; )             # no entity
      | \[{_INNER}*\](?!\()                                 # words in brackets, such as a tick
    )+ )
  | `(?P<code>[^`]+)`(?!`)
  | (?: (?<=[ \n(]) | \A ) (?:
        \*\*(?P<strong>{_MARKED})\*\* (?: (?=[ \n]|\Z) | (?<=[A-Za-z0-9]\*\*)(?=[.,:;?)]) )
      | \*(?P<em>{_MARKED})\* (?: (?=[ \n]|\Z) | (?<=[A-Za-z0-9]\*)(?=[.,:;?)]) )
    )
  | \[(?P<label>{_INNER}+)\]\((?P<url>[A-Za-z0-9/\#?=%+.,_:@~-]+)\)
  | (?<![ ])(?P<softbreak>\n)[ \t]*
    """,
    re.VERBOSE,
)


def in_one_stride(source: str, md: MarkdownIt) -> list[Token] | None:
    """The tokens of a text without reference links, as the parser proper makes them; None where it must."""
    made: list[Token] = []
    words, place, after_strong = "", 0, False
    while place < len(source):
        found = _PIECE.match(source, place)
        kind = found.lastgroup if found else None
        if found is None or kind is None:
            return None
        place = found.end()
        if kind == "text":
            words = found.group()
            continue
        piece = _PIECES[kind](found, md)
        if piece is None:
            return None
        if words or after_strong or kind == "strong":  # strong's outer marks are emptied, not taken away
            made.append(token("text", "", 0, 0, words))
        made += piece
        words, after_strong = "", kind == "strong"
    if words or after_strong:
        made.append(token("text", "", 0, 0, words))
    return made


def _code(found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    content = found["code"].replace("\n", " ")
    if content[0] == content[-1] == " " and content.strip(" "):
        content = content[1:-1]
    span = token("code_inline", "code", 0, 0, content)
    span.markup = "`"
    return [span]


def _strong(found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return _pair("strong", "strong", found["strong"], "**")


def _em(found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return _pair("em", "em", found["em"], "*")


def _link(found: re.Match[str], md: MarkdownIt) -> list[Token] | None:
    href = md.normalizeLink(found["url"])
    if not md.validateLink(href):
        return None
    pair = _pair("link", "a", found["label"], "")
    pair[0].attrs["href"] = href
    return pair


def _softbreak(_found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return [token("softbreak", "br", 0, 0)]


def _pair(kind: str, tag: str, words: str, markup: str) -> list[Token]:
    opening, closing = token(f"{kind}_open", tag, 1, 0), token(f"{kind}_close", tag, -1, 0)
    opening.markup = closing.markup = markup
    return [opening, token("text", "", 0, 1, words), closing]


_PIECES: dict[str, Callable[[re.Match[str], Any], list[Token] | None]] = {
    "code": _code,
    "strong": _strong,
    "em": _em,
    "url": _link,
    "softbreak": _softbreak,
}
