"""A matcher for whole inline texts: words, code spans, emphasis and links in the forms that are most frequent.

The forms are so narrow that no other rule can apply to them. A text with anything else in it is not matched at all, and
is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.fast_path.tokens import make_token

_PLAIN_CHARACTER = r"[^\n\\`*_~\[\]!<&]"
_EMPHASISED = rf"[A-Za-z0-9](?:{_PLAIN_CHARACTER}*[A-Za-z0-9.,:;?)])?"
_INLINE_FORM = compile_lazily(
    rf"""
    (?P<text> (?:
        [^\n\\`*_~\[!<&]+
      | (?<=[A-Za-z0-9])_(?=[A-Za-z0-9])                    # inside a word
      | (?<!~)~(?!~) | !(?!\[) | <(?=[ ])
      | &(?! \# | [A-Za-z][A-Za-z0-9]{{1,31}}; )             # no entity
      | \[{_PLAIN_CHARACTER}*\](?!\()                                 # text in brackets, such as a checkbox
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
    """The tokens of a text without reference links, as the parser makes them; None where the parser is needed."""
    tokens: list[Token] = []
    text, offset, after_strong = "", 0, False
    while offset < len(source):
        match = _INLINE_FORM.match(source, offset)
        kind = match.lastgroup if match else None
        if match is None or kind is None:
            return None
        offset = match.end()
        if kind == "text":
            text = match.group()
            continue
        built = _TOKEN_BUILDERS[kind](match, md)
        if built is None:
            return None
        # The parser leaves an empty text token in place of the outer delimiters of strong emphasis.
        if text or after_strong or kind == "strong":
            tokens.append(make_token("text", "", 0, 0, text))
        tokens += built
        text, after_strong = "", kind == "strong"
    if text or after_strong:
        tokens.append(make_token("text", "", 0, 0, text))
    return tokens


def _build_code(match: re.Match[str], _md: MarkdownIt) -> list[Token]:
    content = match["code"].replace("\n", " ")
    if content[0] == content[-1] == " " and content.strip(" "):
        content = content[1:-1]
    token = make_token("code_inline", "code", 0, 0, content)
    token.markup = "`"
    return [token]


def _build_strong(match: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return _build_pair("strong", "strong", match["strong"], "**")


def _build_emphasis(match: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return _build_pair("em", "em", match["em"], "*")


def _build_link(match: re.Match[str], md: MarkdownIt) -> list[Token] | None:
    href = md.normalizeLink(match["url"])
    if not md.validateLink(href):
        return None
    tokens = _build_pair("link", "a", match["label"], "")
    tokens[0].attrs["href"] = href
    return tokens


def _build_softbreak(_match: re.Match[str], _md: MarkdownIt) -> list[Token]:
    return [make_token("softbreak", "br", 0, 0)]


def _build_pair(kind: str, tag: str, text: str, markup: str) -> list[Token]:
    """The opening token, the text and the closing token."""
    opening, closing = make_token(f"{kind}_open", tag, 1, 0), make_token(f"{kind}_close", tag, -1, 0)
    opening.markup = closing.markup = markup
    return [opening, make_token("text", "", 0, 1, text), closing]


_TOKEN_BUILDERS: dict[str, Callable[[re.Match[str], Any], list[Token] | None]] = {
    "code": _build_code,
    "strong": _build_strong,
    "em": _build_emphasis,
    "url": _build_link,
    "softbreak": _build_softbreak,
}
