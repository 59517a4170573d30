"""HTML comments, which the dialect leaves out of the text: a block rule, an inline rule, and where they may end."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from plansite.markdown.limits import MAX_BLOCK_TOKENS, MAX_QUOTED_LINES, TooMuchMarkupError


class CommentBlockParser(ParserBlock):
    """The stock block parser, which also notes in `env["block_end"]` the line after the block that is being parsed.

    `comment_block` needs it: when the paragraph rule tries it in silent mode, it passes the end of the whole text, also
    within a quotation. At the limits on blocks, TooMuchMarkupError is raised.
    """

    def __init__(self, stock: ParserBlock) -> None:
        """The rules are those of `stock`."""
        super().__init__()
        self.ruler = stock.ruler

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803  (the parser's own names)
        """Parse these lines, as the stock method does."""
        outer_end = state.env.get("block_end", endLine)
        state.env["block_end"] = endLine
        if state.parentType == "blockquote":
            quoted_lines = state.env["quoted_lines"] = state.env.get("quoted_lines", 0) + endLine - startLine
            if quoted_lines > MAX_QUOTED_LINES:
                raise TooMuchMarkupError
        super().tokenize(state, startLine, endLine)
        if len(state.tokens) > MAX_BLOCK_TOKENS:
            raise TooMuchMarkupError
        state.env["block_end"] = outer_end


def comment_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A rule for a comment that begins a line: leaves it out, up to the end of the line on which it is closed."""
    start = state.bMarks[line] + state.tShift[line]
    if state.is_code_block(line) or not state.src.startswith("<!--", start):
        return False
    stop = _find_comment_end(state.env, state.src, start + 4, state.eMarks[min(end, state.env["block_end"]) - 1])
    if stop < 0:
        return False
    last_line = bisect_left(state.eMarks, stop, line)
    if state.src[stop : state.eMarks[last_line]].strip():
        return False  # more text on the same line: left to the inline rule
    if not silent:
        state.line = last_line + 1
    return True


def comment_inline(state: StateInline, silent: bool) -> bool:
    """A rule for a comment within a text: leaves it out."""
    if not state.src.startswith("<!--", state.pos):
        return False
    stop = _find_comment_end(state.env, state.src, state.pos + 4, state.posMax)
    if stop < 0:
        return False
    if not silent:
        state.push("text", "", 0).content = ""
    state.pos = stop
    return True


def _find_comment_end(env: Any, source: str, start: int, limit: int) -> int:
    """The offset after the first `-->` at or after `start`; -1 where there is none before `limit`.

    The last search is remembered in `env`: it answers for every comment that begins before the `-->` it found, so that
    many unclosed comments do not take quadratic time.
    """
    search = env.get("comment_end")
    if search is None or search[0] is not source or start < search[1] or -1 < search[2] < start:
        search = env["comment_end"] = (source, start, source.find("-->", start))
    end: int = search[2] + 3
    return end if search[2] >= 0 and end <= limit else -1
