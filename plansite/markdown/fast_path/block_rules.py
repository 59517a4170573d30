"""Paragraphs, with all their lines looked at once."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

from plansite.markdown.fast_path.tokens import push_open

_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")


def fast_paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A paragraph, where every rule that begins with a sign of its own has refused its first line.

    A heading by underline, and a comment, are left to their rules.
    """
    start = state.bMarks[line] + state.tShift[line]
    if silent or end != state.lineMax or state.src[start : start + 1] == "<" or state.is_code_block(line):
        return False
    after = _find_paragraph_end(state, line + 1)
    if after < 0:
        return False
    content = state.src[start : state.eMarks[line]]
    if after > line + 1:
        content += "\n" + state.getLines(line + 1, after, state.blkIndent, False)
    push_paragraph(state, line, after, mdTrim(content))
    state.line = after
    return True


def _find_paragraph_end(state: StateBlock, line: int) -> int:
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


def push_paragraph(state: StateBlock, start_line: int, end_line: int, content: str, *, hidden: bool = False) -> None:
    """Add a paragraph of the lines from `first` to before `after`; a hidden one shows its words alone."""
    push_open(state, "paragraph_open", "p", start_line, end_line).hidden = hidden
    inline = state.push("inline", "", 0)
    inline.map = [start_line, end_line]
    inline.content = content
    inline.children = []
    state.push("paragraph_close", "p", -1).hidden = hidden


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
_MARKER_CHARACTERS = frozenset("-*+0123456789")
_MAX_LIST_LEVEL = 50


def fast_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A list without blank lines or further lines in or between its items. All else is left to the stock rule."""
    if silent or end != state.lineMax or state.level > _MAX_LIST_LEVEL:
        return False
    marks = _find_markers(state, line)
    after = state.skipEmptyLines(line + len(marks))
    if not marks or not _list_ends(state, line + len(marks), after):
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


def _find_markers(state: StateBlock, line: int) -> list[re.Match[str]]:
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


def _list_ends(state: StateBlock, line: int, next_line: int) -> bool:
    """Whether the list surely ends before `line`; `after` is the first line from there on that is not blank."""
    if next_line >= state.lineMax:
        return True
    indent, start = state.sCount[next_line], state.bMarks[next_line] + state.tShift[next_line]
    sign = state.src[start]
    if next_line > line:
        return 0 <= indent < state.blkIndent or (indent == state.blkIndent and sign not in _MARKER_CHARACTERS)
    if 0 <= indent < state.blkIndent:
        return _ITEM.match(state.src, start, state.eMarks[next_line]) is not None
    if indent != state.blkIndent or sign not in "<#":
        return False
    return any(rule(state, next_line, state.lineMax, True) for rule in state.md.block.ruler.getRules("paragraph"))
