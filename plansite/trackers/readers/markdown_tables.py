"""Reads the tables of Markdown files."""

from __future__ import annotations

import re

from plansite.trackers.sheets import Row, Sheet

_DELIMITER_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_CELL_END = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown_tables(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Each table of a Markdown file as a sheet that has the heading above it as its name.

    A table is a row, a row of hyphens below it, and the rows that follow (GitHub Flavored Markdown, section 4.10).
    """
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    sheets: list[Sheet] = []
    heading, index = "", 0
    while index < len(lines):
        line = lines[index]
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        if "|" in line and index + 1 < len(lines) and _is_delimiter_row(lines[index + 1]):
            start = index
            rows = [_split_row(line)]
            index += 2
            while index < len(lines) and "|" in lines[index]:
                rows.append(_split_row(lines[index]))
                index += 1
            sheets.append(Sheet(file=name, name=heading, rows=tuple(rows), first_row=start + 1))
            continue
        index += 1
    return tuple(sheets)


def _is_delimiter_row(line: str) -> bool:
    return "-" in line and "|" in line and _DELIMITER_ROW.fullmatch(line) is not None


def _split_row(line: str) -> Row:
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(_read_cell(cell) for cell in _CELL_END.split(inner))


def _read_cell(text: str) -> str | None:
    return _LINE_BREAK.sub("\n", text.replace("\\|", "|")).strip() or None
