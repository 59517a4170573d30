"""Renders the blocks of a body; those of a passage for some readers are wrapped in a frame that says for whom it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from plansite.deferred_dataclass import dataclass
from plansite.markdown.html import HtmlRenderer
from plansite.markdown.passages import TextOrigin
from plansite.model.body import BodyHtml, join_html
from plansite.model.status import Audience

_RENDERER = HtmlRenderer()
#: The HTML before a passage for some readers, by its audience, and behind it.
_PASSAGE_START = {
    audience: (f'<div class="passage">\n<p class="passage__who">For {who} only</p>\n',)
    for audience, who in ((Audience.INTERNAL, "internal readers"), (Audience.PARTNERS, "partners and internal readers"))
}
_PASSAGE_END = ("\n</div>",)


def find_first_line(tokens: Sequence[Token]) -> int:
    """The line of the text, counted from 0, on which the first of these tokens begins."""
    for token in tokens:  # called so often that a loop is worth it
        if token.map:
            return token.map[0]
    return 0


@dataclass(frozen=True, slots=True)
class BodyRenderer:
    """Renders one body. `env` is the state of the renderer, for ids unique in it."""

    origin: TextOrigin
    options: OptionsDict
    env: dict[str, object] = field(default_factory=dict)

    def render_blocks(self, tokens: Sequence[Token]) -> BodyHtml:
        """The HTML of blocks, with a frame around each passage."""
        if not tokens:
            return ()
        if not self.origin.lines:
            return self._render_tokens(tokens)
        groups = [
            _wrap_passage(self._render_tokens(group), audience)
            for audience, group in _group_by_audience(tokens, self.origin)
        ]
        return join_html(*[html for group in groups for html in (("\n",), group)][1:])

    def render_item(self, tokens: Sequence[Token]) -> BodyHtml:
        """The HTML of an item, in a frame if it is in a passage."""
        html = self._render_tokens(tokens)
        return _wrap_passage(html, self.origin.audience_at(find_first_line(tokens))) if self.origin.lines else html

    def render_heading_links(self, heading: Token) -> BodyHtml:
        """A paragraph with the words of a heading, if they hold a link or a picture; a title is plain text."""
        if not any(child.type in ("link_open", "image") for child in heading.children or ()):
            return ()
        return join_html(("<p>",), self._render_tokens([heading]), ("</p>\n",))

    def _render_tokens(self, tokens: Sequence[Token]) -> BodyHtml:
        return _RENDERER.render_body(tokens, self.options, self.env)


def _wrap_passage(html: BodyHtml, audience: Audience | None) -> BodyHtml:
    return join_html(_PASSAGE_START[audience], html, _PASSAGE_END) if audience in _PASSAGE_START else html


def _group_by_audience(tokens: Sequence[Token], origin: TextOrigin) -> Iterator[tuple[Audience | None, list[Token]]]:
    """Groups of consecutive blocks for the same audience; None is everybody who sees the file."""
    audience, group = None, list[Token]()
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            block_audience = origin.audience_at(find_first_line([token]))
            if block_audience is not audience and group:
                yield audience, group
                group = []
            audience = block_audience
        group.append(token)
    if group:
        yield audience, group
