"""The same tokens sooner: plain runs of text in one stride, and rules tried only where they can apply.

What plans hold is mostly plain sentences and short list items. The stock parser asks every rule at every sign and at
every line; here a sign leads straight to its own rules, and a line that can only be a paragraph is taken as one.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    image,
    link,
    newline,
    strikethrough,
)
from markdown_it.token import Token

#: The signs at which a rule of the dialect can begin; all else is text.
_SIGN = re.compile(r"[\n\\`*_~\[!<&]")
_RULES: dict[str, tuple[RuleFuncInlineType, ...]] = {
    "\n": (newline,),
    "\\": (escape,),
    "`": (backtick,),
    "*": (emphasis.tokenize,),
    "_": (emphasis.tokenize,),
    "~": (strikethrough.tokenize,),
    "[": (link,),
    "!": (image,),
    "&": (entity,),
}


class QuickInline(ParserInline):
    """The inline parser of the dialect; `comment` is the dialect's own rule."""

    def __init__(self, stock: ParserInline, comment: RuleFuncInlineType) -> None:
        """The rulers are those of the `stock` parser, by whose rules the inside of links is measured."""
        super().__init__()
        self.ruler, self.ruler2 = stock.ruler, stock.ruler2
        self._rules = {**_RULES, "<": (autolink, comment)}

    def tokenize(self, state: StateInline) -> None:
        """Read `state` to its end, as the stock method does."""
        source, end, deepest = state.src, state.posMax, state.md.options.maxNesting
        while state.pos < end:
            found = _SIGN.search(source, state.pos, end)
            stop = found.start() if found else end
            if stop > state.pos:
                state.append_pending(source[state.pos : stop])
                state.pos = stop
            elif state.level >= deepest or not any(rule(state, False) for rule in self._rules[source[stop]]):
                state.append_pending(source[stop])
                state.pos += 1
        if state.pending:
            state.pushPending()


def plain_paragraph(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """A paragraph of one line that begins with a letter and ends at a blank line, a bullet or the end of the text.

    No other rule can begin with a letter, and nothing that follows can turn the line into anything else.
    """
    start = state.bMarks[line] + state.tShift[line]
    after = line + 1
    if silent or not state.src[start : start + 1].isalpha() or state.sCount[line] - state.blkIndent > 3:
        return False
    if after < state.lineMax and not state.isEmpty(after) and not _bullet(state, after):
        return False
    token = state.push("paragraph_open", "p", 1)
    token.map = [line, after]
    token = state.push("inline", "", 0)
    token.map = [line, after]
    token.content = mdTrim(state.getLines(line, after, state.blkIndent, False))
    token.children = []
    state.push("paragraph_close", "p", -1)
    state.line = after
    return True


def _bullet(state: StateBlock, line: int) -> bool:
    """Whether a list item with words in it begins here; it ends any paragraph before it, nested or not."""
    indent = state.sCount[line]
    if indent < 0 or indent - state.blkIndent > 3:
        return False
    if indent < state.blkIndent and 0 <= state.listIndent <= indent - 4:
        return False  # so far in, it is read as the paragraph going on
    start = state.bMarks[line] + state.tShift[line]
    return state.src.startswith("- ", start) and state.src[start + 2 : start + 3].isalnum()


#: A bullet whose words can only be a paragraph: a letter, or a date, perhaps behind a tick.
_ITEM = re.compile(r"- (?:\[[ xX]\] )?(?:[A-Za-z]|\d{4}-)")


def plain_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A list at the margin whose items are one line each, with no blank line between them and none indented after.

    Steps and progress notes are mostly written so. Anything else is left to the stock rule.
    """
    if silent or state.level or state.blkIndent:
        return False
    stop = line
    while stop < end and state.sCount[stop] == 0 and _ITEM.match(state.src, state.bMarks[stop]):
        stop += 1
    after = state.skipEmptyLines(stop)
    if stop == line or (after < end and (after == stop or state.sCount[after] or _at(state, after) == "-")):
        return False
    _open(state, "bullet_list_open", "ul", line, after, "-")
    for number in range(line, stop):
        below = number + 1 if number + 1 < stop else after
        _open(state, "list_item_open", "li", number, below, "-")
        _open(state, "paragraph_open", "p", number, number + 1).hidden = True
        inline = state.push("inline", "", 0)
        inline.map = [number, number + 1]
        inline.content = mdTrim(state.src[state.bMarks[number] + 2 : state.eMarks[number]])
        inline.children = []
        state.push("paragraph_close", "p", -1).hidden = True
        state.push("list_item_close", "li", -1).markup = "-"
    state.push("bullet_list_close", "ul", -1).markup = "-"
    state.line = after
    return True


def _open(state: StateBlock, kind: str, tag: str, first: int, last: int, markup: str = "") -> Token:
    token = state.push(kind, tag, 1)
    token.map = [first, last]
    token.markup = markup
    return token


def _at(state: StateBlock, line: int) -> str:
    """The first character of a line that is not indented."""
    return state.src[state.bMarks[line] : state.bMarks[line] + 1]
