"""Tokens made without ceremony: the parser makes a hundred for a short text."""

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
    """The stock token, without the look at its attributes that making one costs."""
    made = _NEW(Token)
    made.type = kind
    made.tag = tag
    made.nesting = nesting
    made.attrs = {}
    made.map = None
    made.level = level
    made.children = None
    made.content = content
    made.markup = ""
    made.info = ""
    made.meta = {}
    made.block = block
    made.hidden = False
    return made


class FastBlockState(StateBlock):
    """The state of the block parser."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        """The stock state, with its table of lines made all at once."""
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            lines.pop()  # as in the stock table, what follows the last line end is no line unless it has words
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
        """Add a token at the present level."""
        if nesting < 0:
            self.level -= 1
        made = make_token(ttype, tag, nesting, self.level, block=True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(made)
        return made


def _measure_indent(line: str, shift: int) -> int:
    """The columns that the first `shift` signs of a line take up; a tab goes on to the next multiple of four."""
    return len(line[:shift].expandtabs(4))


def push_open(state: StateBlock, kind: str, tag: str, start_line: int, end_line: int, markup: str = "") -> Token:
    """Add a token that opens a block of the lines from `first` to before `after`."""
    made = state.push(kind, tag, 1)
    made.map = [start_line, end_line]
    made.markup = markup
    return made
