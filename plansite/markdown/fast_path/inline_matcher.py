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

from plansite.markdown.fast_path.tokens import make_token

_PLAIN_CHARACTER = r"[^\n\\`*_~\[\]!<&]"
_EMPHASISED = rf"[A-Za-z0-9](?:{_PLAIN_CHARACTER}*[A-Za-z0-9.,:;?)])?"
_INLINE_FORM = re.compile(
    rf"""
    (?P<text> (?:
        [^\n\\`*_~\[!<&]+
      | (?<=[A-Za-z0-9])_(?=[A-Za-z0-9])                    # inside a word
      | (?<!~)~(?!~) | !(?!\[) | <(?=[ ])
      | &(?! \# | [A-Za-z][A-Za-z0-9]{{1,31}}; )             # no entity
      | \[{_PLAIN_CHARACTER}*\](?!\()                                 # words in brackets, such as a tick
    )+ )
  | `(?P<code>[^`]+)`(?!`)
  | (?: (?<=[ \n(]) | \A ) (?:
        \*\*(?P<strong>{_EMPHASISED})\*\* (?: (?=[ \n]|\Z) | (?<=[A-Za-z0-9]\*\*)(?=[.,:;?)]) )
      | \*(?P<em>{_EMPHASISED})\* (?: (?=[ \n]|\Z) | (?<=[A-Za-z0-9]\*)(?=[.,:;?)]) )
    )
  | \[(?P<label>{_PLAIN_CHARACTER}+)\]\((?P<url>[A-Za-z0-9/\#?=%+.,_:@~-]+)\)
  | (?<![ ])(?P<softbreak>\n)[ \t]*
    """,
    re.VERBOSE,
)


def match_inline(source: str, md: MarkdownIt) -> list[Token] | None:
    """The tokens of a text without reference links, as the parser proper makes them; None where it must."""
    made: list[Token] = []
    words, place, after_strong = "", 0, False
    while place < len(source):
        found = _INLINE_FORM.match(source, place)
        kind = found.lastgroup if found else None
        if found is None or kind is None:
            return None
        place = found.end()
        if kind == "text":
            words = found.group()
            continue
        piece = _TOKEN_BUILDERS[kind](found, md)
        if piece is None:
            return None
        if words or after_strong or kind == "strong":  # strong's outer marks are emptied, not taken away
            made.append(make_token("text", "", 0, 0, words))
        made += piece
        words, after_strong = "", kind == "strong"
    if words or after_strong:
        made.append(make_token("text", "", 0, 0, words))
    return made


def _build_code(found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    content = found["code"].replace("\n", " ")
    if content[0] == content[-1] == " " and content.strip(" "):
        content = content[1:-1]
    span = make_token("code_inline", "code", 0, 0, content)
    span.markup = "`"
    return [span]


def _build_strong(found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return _build_pair("strong", "strong", found["strong"], "**")


def _build_emphasis(found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return _build_pair("em", "em", found["em"], "*")


def _build_link(found: re.Match[str], md: MarkdownIt) -> list[Token] | None:
    href = md.normalizeLink(found["url"])
    if not md.validateLink(href):
        return None
    pair = _build_pair("link", "a", found["label"], "")
    pair[0].attrs["href"] = href
    return pair


def _build_softbreak(_found: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return [make_token("softbreak", "br", 0, 0)]


def _build_pair(kind: str, tag: str, words: str, markup: str) -> list[Token]:
    opening, closing = make_token(f"{kind}_open", tag, 1, 0), make_token(f"{kind}_close", tag, -1, 0)
    opening.markup = closing.markup = markup
    return [opening, make_token("text", "", 0, 1, words), closing]


_TOKEN_BUILDERS: dict[str, Callable[[re.Match[str], Any], list[Token] | None]] = {
    "code": _build_code,
    "strong": _build_strong,
    "em": _build_emphasis,
    "url": _build_link,
    "softbreak": _build_softbreak,
}
