"""Tokens to HTML: heading ids under a prefix, classes for alignment, placeholders for relative links."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from plansite.markdown.dialect import is_relative_url
from plansite.model.slugs import slugify

#: Control characters never get into a text, so these two can enclose what a page fills in later.
PLACEHOLDER_START, PLACEHOLDER_END = "\x01", "\x02"
#: Inline tags that are the same wherever they stand.
_FIXED_TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "link_close": "</a>",
}
_PLACEHOLDER = re.compile(f"{PLACEHOLDER_START}([^{PLACEHOLDER_END}]*){PLACEHOLDER_END}")


class HtmlRenderer(RendererHTML):
    """The renderer. Headings start at the third level, below the page's and its sections'.

    One instance serves any number of texts; what belongs to one text is in its `env`.
    """

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """The HTML of block tokens: what is most frequent at once, all else by its rule."""
        parts: list[str] = []
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                parts.append(self.renderInline(token.children or (), options, env))
            elif kind == "paragraph_open":
                parts.append("" if token.hidden else "<p>")
            elif kind == "paragraph_close":
                parts.append("" if token.hidden else "</p>\n")
            elif kind == "list_item_close":
                parts.append("</li>\n")
            elif kind in self.rules:
                parts.append(self.rules[kind](tokens, index, options, env))
            else:
                parts.append(self.renderToken(tokens, index, options, env))
        return "".join(parts)

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802
        """The HTML of inline tokens: what is most frequent at once, all else by its rule."""
        parts: list[str] = []
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                parts.append(escapeHtml(token.content))
            elif kind in _FIXED_TAGS:
                parts.append(_FIXED_TAGS[kind])
            elif kind in self.rules:
                parts.append(self.rules[kind](tokens, index, options, env))
            else:
                parts.append(self.renderToken(tokens, index, options, env))
        return "".join(parts)

    def heading_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
        """`<h3 id=…>` for what the text calls `###`."""
        return (
            f"<h{self._heading_level(tokens[index])} "
            f'id="{escape(_assign_heading_id(extract_text(tokens[index + 1]), env))}">'
        )

    def heading_close(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The end of a heading."""
        return f"</h{self._heading_level(tokens[index])}>\n"

    def _heading_level(self, token: Token) -> int:
        return max(3, int(token.tag[1]))

    def link_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """A link; a relative one waits for its page."""
        return f'<a href="{_link_placeholder(str(tokens[index].attrGet("href") or ""))}">'

    def image(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """A picture beside the file; one from another host is a link, so that no request leaves the site."""
        token = tokens[index]
        source, words = str(token.attrGet("src") or ""), extract_text(token)
        if not is_relative_url(source):
            return f'<a href="{escape(source)}">{escape(words or source)}</a>'
        return f'<img src="{_link_placeholder(source)}" alt="{escape(words)}" loading="lazy">'

    def list_item_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """An item, with its tick in words where it has one."""
        done = tokens[index].meta.get("done")
        if done is None:
            return "<li>"
        return f'<li class="tick"><b class="soft">{"Done" if done else "To do"}:</b> '

    def table_open(self, *_args: Any) -> str:
        """A table scrolls inside its own frame."""
        return '<div class="frame" role="region" aria-label="Table" tabindex="0"><table class="data">\n'

    def table_close(self, *_args: Any) -> str:
        """The end of a table and its frame."""
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """A column's heading."""
        return f'<th scope="col"{_alignment_class(tokens[index])}>'

    def td_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """A cell."""
        return f"<td{_alignment_class(tokens[index])}>"

    def code_block(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """Indented code, reachable by keyboard where it scrolls."""
        return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'

    def fence(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Fenced code; the language it names is not kept."""
        return self.code_block(tokens, index, options, env)


def _assign_heading_id(text: str, env: EnvType) -> str:
    """A fresh id for a heading with these words, under a prefix that no id of the page itself has."""
    slug = slugify(text) if text.strip() else "part"
    ids: dict[str, int] = env.setdefault("heading_ids", {})
    ids[slug] = ids.get(slug, 0) + 1
    return f"s-{slug}" if ids[slug] == 1 else f"s-{slug}_{ids[slug]}"


def _link_placeholder(url: str) -> str:
    safe = escape(url)
    return f"{PLACEHOLDER_START}{safe}{PLACEHOLDER_END}" if is_relative_url(url) else safe


def _alignment_class(token: Token) -> str:
    style = str(token.attrGet("style") or "")
    return f' class="is-{style.removeprefix("text-align:")}"' if style else ""


def extract_text(token: Token) -> str:
    """The words of an inline token without any marks."""
    if token.children is None:
        return token.content
    if len(token.children) == 1 and token.children[0].type == "text":
        return token.children[0].content
    parts = []
    for child in token.children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(extract_text(child))
        elif child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
    return "".join(parts)


def resolve_links(html: str, resolve_url: Callable[[str], str]) -> str:
    """Fill in the relative links of a text: `address` maps what was written to what the page links to."""
    if PLACEHOLDER_START not in html:
        return html
    return _PLACEHOLDER.sub(lambda match: escape(resolve_url(unescape(match.group(1)))), html)
