"""What an earlier review decided, word for word out of its file."""

from __future__ import annotations

import re

from plansite.model.body import normalise_heading
from plansite.model.plan import Review

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LIST_MARKER = re.compile(r"( {0,3})(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]?\][ \t]+)?")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_NO_DECISION_TEXTS = frozenset({"none", "none yet", "nothing", "no decisions", "-"})


def extract_decisions(review: Review, text: str) -> tuple[str, ...]:
    """The entries under "Decisions" in the text of a review's file, each with the lines that belong to it.

    Links stay as they are: they are relative to the folder of reviews. Marks of lists and ticks are left out.
    """
    lines = text.split("\n")
    sections = review.body.sections
    ends = [*(section.line for section in sections[1:]), len(lines) + 1]
    found: list[str] = []
    for section, end in zip(sections, ends, strict=False):
        if normalise_heading(section.title) == "decisions":
            part = lines[section.line : end - 1]
            found += _split_entries(part[1:] if part and _UNDERLINE.fullmatch(part[0]) else part)
    return tuple(found)


def _split_entries(lines: list[str]) -> list[str]:
    """Items of lists and paragraphs, in order; what lists within an item say belongs to it."""
    entries: list[list[str]] = []
    is_open, depth = False, 4
    for line in _COMMENT.sub("", "\n".join(lines)).split("\n"):
        mark = _LIST_MARKER.match(line)
        if mark and len(mark[1]) < depth + 2:
            depth = len(mark[1])
            entries.append([line[mark.end() :]])
        elif line.strip() and entries and not _HEADING.match(line) and (is_open or line.startswith("  ")):
            entries[-1].append(line)
        elif line.strip() and not _HEADING.match(line):
            entries.append([line.strip()])
        is_open = bool(line.strip()) and not _HEADING.match(line)
    whole = ("\n".join(_indent_entry(entry)).rstrip() for entry in entries)
    return [entry for entry in whole if entry.casefold().rstrip(".") not in _NO_DECISION_TEXTS]


def _indent_entry(entry: list[str]) -> list[str]:
    """Further lines as an item of our own list has them: two spaces in at least."""
    return [entry[0].rstrip(), *(line if line.startswith("  ") else f"  {line.strip()}" for line in entry[1:])]
