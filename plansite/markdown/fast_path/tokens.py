"""Tokens and the state of the block parser, made faster than by their own constructors.

A short text has some hundred tokens, and the constructor of the stock class is slow.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

_NEW = Token.__new__


def make_token(
    kind: str,
    tag: str,
    nesting: Literal[-1, 0, 1],
    level: int,
    content: str = "",
    *,
    block: bool = False,
) -> Token:
    """A token equal to one from the stock constructor, which also checks and converts attributes."""
    token = _NEW(Token)
    token.type = kind
    token.tag = tag
    token.nesting = nesting
    token.attrs = {}
    token.map = None
    token.level = level
    token.children = None
    token.content = content
    token.markup = ""
    token.info = ""
    token.meta = {}
    token.block = block
    token.hidden = False
    return token


class FastBlockState(StateBlock):
    """The state of the block parser, equal to one from the stock constructor."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        """The tables of lines are computed from a split text; the stock constructor goes character by character."""
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            lines.pop()  # as in the stock tables, what follows the last line end is a line only if it is not blank
        ends = list(accumulate(map(len, lines), lambda end, length: end + 1 + length))
        shifts = [len(line) - len(line.lstrip(" \t")) for line in lines]
        self.bMarks = [0, *(end + 1 for end in ends)]
        self.bMarks[-1] = len(src)
        self.eMarks = [*ends, len(src)]
        self.tShift = [*shifts, 0]
        self.sCount = [*(map(_measure_indent, lines, shifts) if "\t" in src else shifts), 0]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(lines)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a block token at the current level and return it."""
        if nesting < 0:
            self.level -= 1
        token = make_token(ttype, tag, nesting, self.level, block=True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


def _measure_indent(line: str, shift: int) -> int:
    """The width in columns of the first `shift` characters of a line; a tab stop is at each multiple of four."""
    return len(line[:shift].expandtabs(4))


def push_open(state: StateBlock, kind: str, tag: str, start_line: int, end_line: int, markup: str = "") -> Token:
    """Add a token that opens a block of the lines from `start_line` to before `end_line`."""
    token = state.push(kind, tag, 1)
    token.map = [start_line, end_line]
    token.markup = markup
    return token
