"""Renders tokens as HTML: prefixed heading ids, classes for alignment, placeholders for relative links."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from plansite.markdown.dialect import is_relative_url
from plansite.model.slugs import slugify

#: Enclose a relative URL that is resolved when a page is rendered. Reading a file replaces control characters.
PLACEHOLDER_START, PLACEHOLDER_END = "\x01", "\x02"
_PLACEHOLDER = re.compile(f"{PLACEHOLDER_START}([^{PLACEHOLDER_END}]*){PLACEHOLDER_END}")


class HtmlRenderer(RendererHTML):
    """The renderer. Headings are of level three or below, since a page and its sections have the first two.

    markdown-it-py calls a method for each token of the same name. One instance serves any number of texts; the state of
    one text is in its `env`.
    """

    def heading_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
        """The opening tag of a heading, with an id made from its text."""
        return (
            f"<h{self._heading_level(tokens[index])} "
            f'id="{escape(_assign_heading_id(extract_text(tokens[index + 1]), env))}">'
        )

    def heading_close(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The closing tag of a heading."""
        return f"</h{self._heading_level(tokens[index])}>\n"

    def _heading_level(self, token: Token) -> int:
        return max(3, int(token.tag[1]))

    def link_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The opening tag of a link; a relative URL becomes a placeholder."""
        return f'<a href="{_link_placeholder(str(tokens[index].attrGet("href") or ""))}">'

    def image(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """An image beside the file; one from another host becomes a link, so that no page loads anything from there."""
        token = tokens[index]
        url, text = str(token.attrGet("src") or ""), extract_text(token)
        if not is_relative_url(url):
            return f'<a href="{escape(url)}">{escape(text or url)}</a>'
        return f'<img src="{_link_placeholder(url)}" alt="{escape(text)}" loading="lazy">'

    def list_item_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The opening tag of an item; the state of a checkbox is written out in words."""
        done = tokens[index].meta.get("done")
        if done is None:
            return "<li>"
        return f'<li class="tick"><b class="soft">{"Done" if done else "To do"}:</b> '

    def table_open(self, *_args: Any) -> str:
        """The opening tag of a table, in a frame of its own that scrolls."""
        return '<div class="frame" role="region" aria-label="Table" tabindex="0"><table class="data">\n'

    def table_close(self, *_args: Any) -> str:
        """The closing tags of a table and its frame."""
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The opening tag of a column heading."""
        return f'<th scope="col"{_alignment_class(tokens[index])}>'

    def td_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The opening tag of a cell."""
        return f"<td{_alignment_class(tokens[index])}>"

    def code_block(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """Indented code; it can be focused, so that it scrolls with the keyboard."""
        return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'

    def fence(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Fenced code; the name of its language is dropped."""
        return self.code_block(tokens, index, options, env)


def _assign_heading_id(text: str, env: EnvType) -> str:
    """An id for a heading, unique in its text, under a prefix that no other id of a page has."""
    slug = slugify(text) if text.strip() else "part"
    ids: dict[str, int] = env.setdefault("heading_ids", {})
    ids[slug] = ids.get(slug, 0) + 1
    return f"s-{slug}" if ids[slug] == 1 else f"s-{slug}_{ids[slug]}"


def _link_placeholder(url: str) -> str:
    escaped = escape(url)
    return f"{PLACEHOLDER_START}{escaped}{PLACEHOLDER_END}" if is_relative_url(url) else escaped


def _alignment_class(token: Token) -> str:
    style = str(token.attrGet("style") or "")
    return f' class="is-{style.removeprefix("text-align:")}"' if style else ""


def extract_text(token: Token) -> str:
    """The text of an inline token without markup."""
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
    """HTML with its placeholders filled in; `resolve_url` maps a relative URL as written to the URL on the page."""
    if PLACEHOLDER_START not in html:
        return html
    return _PLACEHOLDER.sub(lambda match: escape(resolve_url(unescape(match.group(1)))), html)
