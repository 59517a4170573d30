"""The numbers that Word writes before paragraphs by itself, and that are not in their texts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from plansite.deferred_dataclass import dataclass

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: the sort of its numbers, how they are written (`%1.`), and the first of them."""

    sort: str
    pattern: str
    start: int


class ParagraphNumbers:
    """Counts the numbered paragraphs of a document, which have to be given in their order."""

    def __init__(self, numbering: Any) -> None:
        """`numbering` is the element with all lists of the document; None if there are none."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._counts: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        for each in numbering if numbering is not None else ():
            if each.tag == f"{_W}abstractNum":
                self._levels[each.get(f"{_W}abstractNumId", "")] = dict(map(_read_level, each.iter(f"{_W}lvl")))
            elif each.tag == f"{_W}num":
                self._lists[each.get(f"{_W}numId", "")] = _read_value(each.find(f"{_W}abstractNumId"))

    def find_number(self, paragraph: Any) -> str:
        """What Word writes before a paragraph: `3.`, `b)`, or a bullet; empty for a paragraph that is in no list."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        key = self._lists.get(_read_value(properties.find(f"{_W}numId")), "")
        text = _read_value(properties.find(f"{_W}ilvl"))
        level = min(int(text), _LEVELS - 1) if text.isdecimal() else 0
        levels = self._levels.get(key, {})
        if level not in levels:
            return ""
        counts = self._counts[key]
        present = counts[level]
        counts[level] = levels[level].start if present is None else present + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _format_pattern(levels, counts, level)


def _read_level(element: Any) -> tuple[int, _Level]:
    sort = _read_value(element.find(f"{_W}numFmt")) or "decimal"
    start = _read_value(element.find(f"{_W}start"))
    pattern = _read_value(element.find(f"{_W}lvlText"))
    number = element.get(f"{_W}ilvl", "0")
    level = _Level(sort, pattern, int(start) if start.isdecimal() else 1)
    return (int(number) if number.isdecimal() else 0), level


def _read_value(element: Any) -> str:
    return str(element.get(f"{_W}val", "")) if element is not None else ""


def _format_pattern(levels: dict[int, _Level], counts: list[int | None], level: int) -> str:
    if levels[level].sort in ("bullet", "none"):
        return BULLET if levels[level].sort == "bullet" else ""

    def fill(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        count = counts[index]
        other = levels.get(index, levels[level])
        return _format_count(other.start if count is None else count, other.sort)

    return re.sub(r"%([1-9])", fill, levels[level].pattern).strip()


def _format_count(count: int, sort: str) -> str:
    if sort in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr(ord("a" if sort == "lowerLetter" else "A") + count - 1)
    return str(count)
