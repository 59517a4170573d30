"""Renders tokens as HTML: prefixed heading ids, classes for alignment, relative links kept apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.dialect import is_local_url
from plansite.model.body import BodyHtml
from plansite.model.links.anchors import anchor_id

#: Tokens whose HTML is always the same.
_INLINE_TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "link_close": "</a>",
}


class _BodyHtmlWriter:
    """Collects pieces of HTML, and the relative URLs between them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._parts: list[str] = []

    def write_url(self, url: str) -> None:
        """Add the URL of a link or an image inside its quotation marks; a relative one as a part of its own."""
        if is_local_url(url):
            self._parts += ["".join(self.pieces), url]
            self.pieces.clear()
        else:
            self.pieces.append(escape(url))

    def finish(self) -> BodyHtml:
        """All that was written, without white space around it."""
        parts = [*self._parts, "".join(self.pieces)]
        parts[0], parts[-1] = parts[0].lstrip(), parts[-1].rstrip()
        return tuple(parts) if len(parts) > 1 or parts[0] else ()


class HtmlRenderer(RendererHTML):
    """The renderer. Headings are of level three or below, since a page and its sections have the first two.

    A method of markdown-it-py renders each token of the same name. One instance serves any number of texts; the state
    of one text is in its `env`.
    """

    def render_body(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> BodyHtml:
        """The HTML of block tokens. The most frequent tokens are rendered without a call."""
        writer = _BodyHtmlWriter()
        pieces = writer.pieces
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                self._write_inline(token.children or (), options, env, writer)
            elif kind == "paragraph_open":
                pieces.append("" if token.hidden else "<p>" if not token.attrs else f"<p{_direction(token)}>")
            elif kind == "paragraph_close":
                pieces.append("" if token.hidden else "</p>\n")
            elif kind == "list_item_close":
                pieces.append("</li>\n")
            else:
                pieces.append(self._render_token(tokens, index, options, env))
        return writer.finish()

    def _write_inline(
        self, tokens: Sequence[Token], options: OptionsDict, env: EnvType, writer: _BodyHtmlWriter
    ) -> None:
        pieces = writer.pieces
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                pieces.append(escapeHtml(token.content))
            elif kind in _INLINE_TAGS:
                pieces.append(_INLINE_TAGS[kind])
            elif kind == "link_open":
                pieces.append('<a href="')
                writer.write_url(str(token.attrGet("href") or ""))
                pieces.append('">')
            elif kind == "image":
                _write_image(token, writer)
            else:
                pieces.append(self._render_token(tokens, index, options, env))

    def _render_token(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        rule = self.rules.get(tokens[index].type)
        return rule(tokens, index, options, env) if rule else self.renderToken(tokens, index, options, env)

    def heading_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The opening tag of a heading, with the id of its first anchor (see `assign_anchors`)."""
        anchors = tokens[index].meta.get("anchors")
        page_id = f' id="{escape(anchor_id(anchors[0]))}"' if anchors else ""
        return f"<h{self._heading_level(tokens[index])}{page_id}{_direction(tokens[index])}>"

    def heading_close(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The closing tag of a heading."""
        return f"</h{self._heading_level(tokens[index])}>\n"

    def _heading_level(self, token: Token) -> int:
        return max(3, int(token.tag[1]))

    def anchor(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """An anchor within a text; nothing for one whose name was taken."""
        page_id = tokens[index].attrs.get("id")
        return f'<span id="{escape(str(page_id))}"></span>' if page_id else ""

    def list_item_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The opening tag of an item; the state of a checkbox is written out in words."""
        meta = tokens[index].meta
        done = meta.get("done")
        if done is None:
            return "<li>"
        # Words that nobody wrote do not count for the direction of the list.
        direction = ' dir="ltr"' if meta.get("in_mixed_text") else ""
        return f'<li class="tick"><b class="soft"{direction}>{"Done" if done else "To do"}:</b> '

    def table_open(self, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
        """The opening tag of a table, in a frame of its own that scrolls."""
        frame = '<div class="frame" role="region" aria-label="Table" tabindex="0">'
        return f'{frame}<table class="data"{_direction(tokens[index])}>\n'

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


def _write_image(token: Token, writer: _BodyHtmlWriter) -> None:
    """An image beside the file; one from another host becomes a link, so that no page loads anything from there."""
    url, text = str(token.attrGet("src") or ""), extract_text(token)
    is_shown = is_local_url(url)
    writer.pieces.append('<img src="' if is_shown else '<a href="')
    writer.write_url(url)
    writer.pieces.append(f'" alt="{escape(text)}" loading="lazy">' if is_shown else f'">{escape(text or url)}</a>')


def _direction(token: Token) -> str:
    return ' dir="auto"' if "dir" in token.attrs else ""


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


#: What stands before the address of a link, and around that of an image.
_HREF, _IMAGE, _IMAGE_TEXT = 'href="', '<img src="', compile_lazily(r'" alt="([^"]*)" loading="lazy">')


def resolve_links(html: BodyHtml, resolve_url: Callable[[str], str]) -> str:
    """The HTML of a page; `resolve_url` maps a relative URL as written to the URL on the page.

    Where it returns an empty text there is nothing to lead to: the words of the link stay, marked and without a link,
    and in place of an image stands its description.
    """
    if len(html) < 2:
        return html[0] if html else ""
    parts = list(html)
    for index in range(1, len(parts), 2):
        url = resolve_url(parts[index])
        if url:
            parts[index] = escape(url)
        elif image := _IMAGE_TEXT.match(parts[index + 1]) if parts[index - 1].endswith(_IMAGE) else None:
            parts[index - 1] = parts[index - 1].removesuffix(_IMAGE)
            parts[index] = f'<span class="dead">{image[1]}</span>'
            parts[index + 1] = parts[index + 1][image.end() :]
        else:
            parts[index - 1] = parts[index - 1].removesuffix(_HREF)
            parts[index] = 'class="dead'
    return "".join(parts)
