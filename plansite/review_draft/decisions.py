"""The decisions of an earlier review, as Markdown from its file."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily
from plansite.model.documents.review import Review

_COMMENT = compile_lazily(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LIST_MARKER = compile_lazily(r"( {0,3})(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]?\][ \t]+)?")
_UNDERLINE = compile_lazily(r" {0,3}(?:=+|-+)[ \t]*")
_HEADING = compile_lazily(r" {0,3}#{1,6}(?:[ \t]|$)")
_NO_DECISION_TEXTS = frozenset({"none", "none yet", "nothing", "no decisions", "-"})


def extract_decisions(review: Review, text: str) -> tuple[str, ...]:
    """The entries under "Decisions" in the text of a review's file, each with all its lines.

    Links are not changed, since they are relative to the folder of reviews. List markers and tick boxes are left out.
    """
    lines = text.split("\n")
    sections = review.body.sections
    section_ends = [*(section.line for section in sections[1:]), len(lines) + 1]
    decisions: list[str] = []
    for section, end in zip(sections, section_ends, strict=False):
        if section.key == "decisions":
            section_lines = lines[section.line : end - 1]
            is_underlined = bool(section_lines) and _UNDERLINE.fullmatch(section_lines[0])
            decisions += _split_entries(section_lines[1:] if is_underlined else section_lines)
    return tuple(decisions)


def _split_entries(lines: list[str]) -> list[str]:
    """The list items and paragraphs in order; nested lists belong to their item."""
    entries: list[list[str]] = []
    indent, continues = 4, False  # the indent of the list's items; whether a paragraph can continue on this line
    for line in _COMMENT.sub("", "\n".join(lines)).split("\n"):
        is_text = bool(line.strip()) and not _HEADING.match(line)
        marker = _LIST_MARKER.match(line)
        if marker and len(marker[1]) < indent + 2:
            indent = len(marker[1])
            entries.append([line[marker.end() :]])
        elif is_text and entries and (continues or line.startswith("  ")):
            entries[-1].append(line)
        elif is_text:
            entries.append([line.strip()])
        continues = is_text
    texts = ("\n".join(_indent_entry(entry)).rstrip() for entry in entries)
    return [text for text in texts if text.casefold().rstrip(".") not in _NO_DECISION_TEXTS]


def _indent_entry(lines: list[str]) -> list[str]:
    """The lines of a list item without its marker: those after the first are indented by two spaces at least."""
    return [lines[0].rstrip(), *(line if line.startswith("  ") else f"  {line.strip()}" for line in lines[1:])]
