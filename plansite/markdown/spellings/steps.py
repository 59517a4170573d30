"""Steps as other programs write them: without a blank, with a bullet of a word processor, with a box that is a sign."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.spellings.blocks import LineKind, SectionLines
from plansite.markdown.spellings.marks import LineStart, find_box, holds_box, split_line

#: The usual spelling, which is passed over at once.
_USUAL = compile_lazily(r"[-*+] \[[ xX]\] [^\s\[(]")
_PASSED_OVER = (LineKind.HEADING, LineKind.TABLE, LineKind.OTHER)
_DASH_MARK = compile_lazily(r"[‐‑‒–—―−o]|\(?[a-z]{1,4}\)|\\?[-+*]|\(?[0-9]{1,9}\\?[.)]")
_NUMBER_MARK = compile_lazily(r"\(?(?P<number>[0-9]{1,9})\\?[.)]")
_NATIVE_NUMBER = compile_lazily(r"[0-9]{1,9}[.)]")
_LETTER_MARK = compile_lazily(r"\(?[a-z]{1,4}\)")
_NAMED_STEP = compile_lazily(r"steps?\s{0,2}[0-9]{1,3}\s{0,2}[:.)–—-]\s{0,2}\S", re.IGNORECASE)


def respell_steps(section: SectionLines) -> dict[int, str]:
    """New text, by number, of the lines of a section of steps that are steps in another spelling."""
    respelt: dict[int, str] = {}
    follows_item = True  # nothing, a blank line or another item stands above
    for number, line, kind in section.list_lines():
        if _USUAL.match(line):
            follows_item = True
            continue
        if kind in _PASSED_OVER:
            follows_item = True
            continue
        start = split_line(line)
        new = _respell_step(start, follows_item=follows_item)
        if new is None and kind is LineKind.INDENTED and start.is_native:
            new = f"{start.mark} {start.rest}"
        if new is not None:
            new = section.indent(number, start) + new
            if new != line:
                respelt[number] = new
        follows_item = new is not None or start.is_native or not line.strip()
    return respelt


def _respell_step(start: LineStart, *, follows_item: bool) -> str | None:
    """The text of a step behind its indentation; None for a line that is none, or is one already without a box."""
    box = find_box(start.rest)
    if box is not None and not (holds_box(box.rest) and not start.is_native):
        mark, words = _native_mark(start)
        return f"{mark} [{'x' if box.done else ' '}] {words}{box.rest.strip()}".rstrip()
    if start.is_native or not start.rest or holds_box(start.rest):
        return None
    if not start.mark:
        is_named = follows_item and _NAMED_STEP.match(start.rest)
        return f"- {start.rest}" if is_named else None
    is_safe = start.gap or start.rest[0].isalpha()
    if not is_safe or (_DASH_MARK.fullmatch(start.mark) and not _is_meant(start, follows_item=follows_item)):
        return None
    mark, words = _native_mark(start)
    return f"{mark} {words}{start.rest}"


def _is_meant(start: LineStart, *, follows_item: bool) -> bool:
    """Whether a dash, letter or number, which may belong to a sentence, is the mark of an item."""
    return follows_item and not (start.mark == "*" and "*" in start.rest)


def _native_mark(start: LineStart) -> tuple[str, str]:
    """The mark of Markdown for that of a line, and words of that mark that belong to the text."""
    if number := _NUMBER_MARK.fullmatch(start.mark):
        return (start.mark if _NATIVE_NUMBER.fullmatch(start.mark) else f"{number['number']}."), ""
    if _LETTER_MARK.fullmatch(start.mark):
        return "-", f"{start.mark} "
    return (start.mark if start.mark in ("-", "*", "+") else "-"), ""
