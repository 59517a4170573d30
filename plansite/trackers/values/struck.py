"""Words that are struck through: readers mark them, since a date that is struck is an earlier one."""

from __future__ import annotations

import re

from plansite.deferred_pattern import compile_lazily

#: How struck words are marked in the text of a cell, as in Markdown.
_STRUCK = compile_lazily(r"~~(?=\S)(.+?)(?<=\S)~~", re.DOTALL)
_TOUCHING = compile_lazily(r"~~(\s*)~~")


def mark_struck(text: str) -> str:
    """A text that is struck through, with its mark."""
    words = text.strip()
    if not words:
        return text
    start = text.index(words[0])
    return f"{text[:start]}~~{words}~~{text[start + len(words) :]}"


def split_struck(text: str) -> tuple[tuple[str, ...], str]:
    """The struck parts of a text, and the rest of it."""
    text = _TOUCHING.sub(r"\1", text)
    return tuple(found[1] for found in _STRUCK.finditer(text)), _STRUCK.sub(" ", text)


def describe_struck(text: str) -> str:
    """A text in which words say what is struck through."""
    if "~~" not in text:
        return text
    return _STRUCK.sub(r"\1 (struck through)", _TOUCHING.sub(r"\1", text))
