"""Reads the tables of Markdown files."""

from __future__ import annotations

import html
import re

from plansite.deferred_pattern import compile_lazily
from plansite.trackers.readers.details import add_link
from plansite.trackers.sheets import Row, Sheet

_DELIMITER_ROW = compile_lazily(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_CELL_END = compile_lazily(r"(?<!\\)\|")
_LINE_BREAK = compile_lazily(r"<br\s*/?>", re.IGNORECASE)
_FENCE = compile_lazily(r"\s{0,3}(`{3,}|~{3,})")
#: Markup in cells: escapes and code first, of which nothing is markup; then links, struck words, tags and emphasis.
_PROTECTED = compile_lazily(r"\\([!-/:-@\[-`{-~])|(`+)(.+?)(?<!`)\2(?!`)", re.DOTALL)
_LINK = compile_lazily(
    r"!?\[([^\[\]]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?(?:\s+[\"'(][^\"')]*[\"')])?\s*\)"
)
_STRUCK = compile_lazily(r"<(s|del|strike)>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_TAG = compile_lazily(
    r"</?(?:b|strong|i|em|u|ins|sup|sub|span|small|p|div|font|mark|abbr|code)(?:\s[^<>]*)?>", re.IGNORECASE
)
_EMPHASIS = compile_lazily(
    r"(?<![\w*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])|(?<![\w_])(_{1,3})(?=\S)(.+?)(?<=\S)\3(?![\w_])", re.DOTALL
)
#: Protected characters are kept in this range meanwhile, which no text uses.
_PRIVATE = 0xF0000


def read_markdown_tables(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Each table of a Markdown file as a sheet that has the heading above it as its name.

    A table is a row, a row of hyphens below it, and the rows that follow (GitHub Flavored Markdown, section 4.10).
    """
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    sheets: list[Sheet] = []
    heading, index, fence = "", 0, ""
    while index < len(lines):
        line = lines[index]
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        elif not fence and line.startswith("#"):
            heading = _read_cell(line.strip().strip("#")) or ""
        elif not fence and "|" in line and index + 1 < len(lines) and _is_delimiter_row(lines[index + 1]):
            start = index
            rows = [_split_row(line)]
            index += 2
            while index < len(lines) and _continues_table(lines[index]):
                rows.append(_split_row(lines[index]))
                index += 1
            sheets.append(Sheet(file=name, name=heading, heading=heading, rows=tuple(rows), first_row=start + 1))
            continue
        index += 1
    return tuple(sheets)


def _is_delimiter_row(line: str) -> bool:
    return "-" in line and "|" in line and _DELIMITER_ROW.fullmatch(line) is not None


def _continues_table(line: str) -> bool:
    """Whether a line below a table is a row of it: a table ends with an empty line, or where another block begins."""
    return bool(line.strip()) and ("|" in line or not re.match(r"\s{0,3}(?:#|>|`{3}|~{3}|[-*+]\s|\d+[.)]\s)", line))


def _split_row(line: str) -> Row:
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(_read_cell(cell) for cell in _CELL_END.split(inner))


def _read_cell(text: str) -> str | None:
    """The text that a cell shows: links with their addresses behind their words, struck words with their mark."""
    text = _PROTECTED.sub(_protect, text.replace("\\|", "|"))
    text = _LINK.sub(lambda found: add_link(found[1], found[2]) if found[2] else found[1], text)
    text = _LINE_BREAK.sub("\n", text)
    text = _TAG.sub("", _STRUCK.sub(r"~~\2~~", text))
    for _ in range(3):  # strong words in emphasised ones
        text = _EMPHASIS.sub(lambda found: found[2] or found[4], text)
    text = html.unescape(text)
    return "".join(chr(ord(each) - _PRIVATE) if _is_protected(each) else each for each in text).strip() or None


def _protect(found: re.Match[str]) -> str:
    return "".join(chr(ord(each) + _PRIVATE) if ord(each) < 128 else each for each in found[1] or found[3])


def _is_protected(character: str) -> bool:
    return _PRIVATE <= ord(character) < _PRIVATE + 128
