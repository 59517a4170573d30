"""Paragraphs, with all their lines looked at once."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

from plansite.markdown.tokens import push_open

_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")


def plain_paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A paragraph, where every rule that begins with a sign of its own has refused its first line.

    A heading by underline, and a comment, are left to their rules.
    """
    start = state.bMarks[line] + state.tShift[line]
    if silent or end != state.lineMax or state.src[start : start + 1] == "<" or state.is_code_block(line):
        return False
    after = _after(state, line + 1)
    if after < 0:
        return False
    content = state.src[start : state.eMarks[line]]
    if after > line + 1:
        content += "\n" + state.getLines(line + 1, after, state.blkIndent, False)
    push_paragraph(state, line, after, mdTrim(content))
    state.line = after
    return True


def _after(state: StateBlock, line: int) -> int:
    """The line after a paragraph that may go on at `line`; -1 where it is underlined, and so a heading."""
    rules, parent = state.md.block.ruler.getRules("paragraph"), state.parentType
    state.parentType = "paragraph"
    while line < state.lineMax:
        start, stop, indent = state.bMarks[line] + state.tShift[line], state.eMarks[line], state.sCount[line]
        if start >= stop:
            break
        if 0 <= indent <= state.blkIndent + 3:
            if indent >= state.blkIndent and _UNDERLINE.fullmatch(state.src, start, stop):
                line = -1
                break
            if any(rule(state, line, state.lineMax, True) for rule in rules):
                break
        line += 1
    state.parentType = parent
    return line


def push_paragraph(state: StateBlock, first: int, after: int, content: str, *, hidden: bool = False) -> None:
    """Add a paragraph of the lines from `first` to before `after`; a hidden one shows its words alone."""
    push_open(state, "paragraph_open", "p", first, after).hidden = hidden
    inline = state.push("inline", "", 0)
    inline.map = [first, after]
    inline.content = content
    inline.children = []
    state.push("paragraph_close", "p", -1).hidden = hidden
