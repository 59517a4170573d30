"""Block rules of the fast path: paragraphs, simple lists, and a quick look before the stock rule for tables."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, table

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.fast_path.tokens import push_open

_UNDERLINE = compile_lazily(r"(?:=+|-+)[ \t]*")
_DELIMITER_ROW_CHARACTERS = frozenset("|-:")


def fast_table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """The stock rule, tried only where a line has a `|` and the next can be the delimiter row of a table."""
    next_start = state.bMarks[line + 1] + state.tShift[line + 1]
    if state.src[next_start : next_start + 1] not in _DELIMITER_ROW_CHARACTERS:
        return False
    return state.src.find("|", state.bMarks[line], state.eMarks[line]) >= 0 and table(state, line, end, silent)


def fast_paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A paragraph; tried after all rules that begin with a character of their own.

    Underlined headings and comments are left to their rules.
    """
    start = state.bMarks[line] + state.tShift[line]
    if silent or end != state.lineMax or state.src[start : start + 1] == "<" or state.is_code_block(line):
        return False
    end_line = _find_paragraph_end(state, line + 1)
    if end_line < 0:
        return False
    content = state.src[start : state.eMarks[line]]
    if end_line > line + 1:
        content += "\n" + state.getLines(line + 1, end_line, state.blkIndent, False)
    push_paragraph(state, line, end_line, mdTrim(content))
    state.line = end_line
    return True


def _find_paragraph_end(state: StateBlock, line: int) -> int:
    """The line after a paragraph that may continue at `line`; -1 where it is underlined, and so a heading."""
    rules, outer_type = state.md.block.ruler.getRules("paragraph"), state.parentType
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
    state.parentType = outer_type
    return line


def push_paragraph(state: StateBlock, start_line: int, end_line: int, content: str, *, hidden: bool = False) -> None:
    """Add the tokens of a paragraph from `start_line` to before `end_line`; a hidden one has no tags of its own."""
    push_open(state, "paragraph_open", "p", start_line, end_line).hidden = hidden
    inline = state.push("inline", "", 0)
    inline.map = [start_line, end_line]
    inline.content = content
    inline.children = []
    state.push("paragraph_close", "p", -1).hidden = hidden


#: A list marker, one space, and text that only a paragraph can begin with.
_ITEM = compile_lazily(
    r"""
    (?: [-*+] | (?P<number>\d{1,9})[.)] ) [ ]
    (?: \[[ xX]\][ ]                     # a checkbox
      | \[[^\[\]\\\n]+\](?!:)            # no reference definition
      | \*{1,2}[^\s*] | _{1,2}[^\s_]     # neither a nested list nor a thematic break
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
    """A list of items of one line each, with no blank lines between them. All others are left to the stock rule."""
    if silent or end != state.lineMax or state.level > _MAX_LIST_LEVEL:
        return False
    markers = _find_markers(state, line)
    next_line = state.skipEmptyLines(line + len(markers))
    if not markers or not _list_ends(state, line + len(markers), next_line, markers[-1]):
        return False
    kind, tag, number = ("ordered", "ol", markers[0]["number"]) if markers[0]["number"] else ("bullet", "ul", "")
    markup = markers[0].group()[len(number)]
    opening = push_open(state, f"{kind}_list_open", tag, line, next_line, markup)
    if number and int(number) != 1:
        opening.attrs = {"start": int(number)}
    for marker in markers:
        item_end = line + 1 if marker is not markers[-1] else next_line
        push_open(state, "list_item_open", "li", line, item_end, markup).info = marker["number"] or ""
        content = mdTrim(state.src[marker.start() + len(marker["number"] or "") + 2 : state.eMarks[line]])
        push_paragraph(state, line, line + 1, content, hidden=True)
        state.push("list_item_close", "li", -1).markup = markup
        line += 1
    state.push(f"{kind}_list_close", tag, -1).markup = markup
    state.line = next_line
    return True


def _find_markers(state: StateBlock, line: int) -> list[re.Match[str]]:
    """Matches of _ITEM for the lines, from `line` on, that are items of one list; none if a line begins another."""
    markers: list[re.Match[str]] = []
    first_character = ""
    while line < state.lineMax and state.sCount[line] == state.blkIndent:
        marker = _ITEM.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
        if marker is None:
            break
        character = marker.group()[len(marker["number"] or "")]
        if markers and character != first_character:
            return []
        first_character = character
        markers.append(marker)
        line += 1
    return markers


def _list_ends(state: StateBlock, line: int, next_line: int, last_marker: re.Match[str]) -> bool:
    """Whether the list surely ends before `line`; `next_line` is the first line from there on that is not blank."""
    if next_line >= state.lineMax:
        return True
    indent, start = state.sCount[next_line], state.bMarks[next_line] + state.tShift[next_line]
    character = state.src[start]
    if next_line > line:
        return 0 <= indent < state.blkIndent or (indent == state.blkIndent and character not in _MARKER_CHARACTERS)
    if 0 <= indent < state.blkIndent:
        return _ITEM.match(state.src, start, state.eMarks[next_line]) is not None
    if indent != state.blkIndent or character not in "<#":
        return False
    return _ends_paragraph_in_item(state, next_line, last_marker)


def _ends_paragraph_in_item(state: StateBlock, line: int, marker: re.Match[str]) -> bool:
    """Whether `line` ends a paragraph of the item with that marker, rather than continue it.

    The rules are tried as within the item, where lines below the indentation of its text begin no table.
    """
    outer_indent, outer_type = state.blkIndent, state.parentType
    state.blkIndent, state.parentType = outer_indent + len(marker["number"] or "") + 2, "paragraph"
    ends = any(rule(state, line, state.lineMax, True) for rule in state.md.block.ruler.getRules("paragraph"))
    state.blkIndent, state.parentType = outer_indent, outer_type
    return ends
