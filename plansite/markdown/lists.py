"""Lists whose items are one line each, in one stride: steps and progress notes are mostly written so."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

from plansite.markdown.paragraphs import push_paragraph
from plansite.markdown.tokens import push_open

#: A mark, one space, and words that only a paragraph can begin with.
_ITEM = re.compile(
    r"""
    (?: [-*+] | (?P<number>\d{1,9})[.)] ) [ ]
    (?: \[[ xX]\][ ]                     # a tick
      | \[[^\[\]\\\n]+\](?!:)            # no definition of a link
      | \*{1,2}[^\s*] | _{1,2}[^\s_]     # neither a further list nor a rule
      | `{1,2}[^`] | ~(?!~)              # no fence
      | \#[^\s\#] | [-+][A-Za-z0-9]
      | <(?!!--)
      | (?! \d{1,9}[.)] ) [^\s\[*_`~\#<>+-]
    )
    """,
    re.VERBOSE | re.ASCII,
)
_MARKS = frozenset("-*+0123456789")
_DEEPEST = 50


def plain_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A list without blank lines or further lines in or between its items. All else is left to the stock rule."""
    if silent or end != state.lineMax or state.level > _DEEPEST:
        return False
    marks = _marks(state, line)
    after = state.skipEmptyLines(line + len(marks))
    if not marks or not _is_over(state, line + len(marks), after):
        return False
    kind, tag, number = ("ordered", "ol", marks[0]["number"]) if marks[0]["number"] else ("bullet", "ul", "")
    markup = marks[0].group()[len(number)]
    opening = push_open(state, f"{kind}_list_open", tag, line, after, markup)
    if number and int(number) != 1:
        opening.attrs = {"start": int(number)}
    for mark in marks:
        below = line + 1 if mark is not marks[-1] else after
        push_open(state, "list_item_open", "li", line, below, markup).info = mark["number"] or ""
        words = mdTrim(state.src[mark.start() + len(mark["number"] or "") + 2 : state.eMarks[line]])
        push_paragraph(state, line, line + 1, words, hidden=True)
        state.push("list_item_close", "li", -1).markup = markup
        line += 1
    state.push(f"{kind}_list_close", tag, -1).markup = markup
    state.line = after
    return True


def _marks(state: StateBlock, line: int) -> list[re.Match[str]]:
    """The marks of lines, from `line` on, that are items of one list."""
    marks: list[re.Match[str]] = []
    first = ""
    while line < state.lineMax and state.sCount[line] == state.blkIndent:
        mark = _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
        if mark is None:
            break
        sign = mark.group()[len(mark["number"] or "")]
        if marks and sign != first:
            return []
        first = sign
        marks.append(mark)
        line += 1
    return marks


def _is_over(state: StateBlock, line: int, after: int) -> bool:
    """Whether the list surely ends before `line`; `after` is the first line from there on that is not blank."""
    if after >= state.lineMax:
        return True
    indent, start = state.sCount[after], state.bMarks[after] + state.tShift[after]
    sign = state.src[start]
    if after > line:
        return 0 <= indent < state.blkIndent or (indent == state.blkIndent and sign not in _MARKS)
    if 0 <= indent < state.blkIndent:
        return _ITEM.match(state.src, start, state.eMarks[after]) is not None
    if indent != state.blkIndent or sign not in "<#":
        return False
    return any(rule(state, after, state.lineMax, True) for rule in state.md.block.ruler.getRules("paragraph"))
