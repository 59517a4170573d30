"""Brings into a body which steps a tracker has ticked since the last import; all its other lines stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

from plansite.deferred_pattern import compile_lazily

_STEP = compile_lazily(r"- \[([ x])\] (.+)")


def tick_steps(present: str, old: str, new: str) -> str:
    """The present body with the ticks that differ between what a tracker gave last time and gives now.

    A step is the same if its text is, and is there once. One that people have ticked already stays ticked.
    """
    before, now = dict(_list_steps(old)), dict(_list_steps(new))
    changed = {text: mark for text, mark in now.items() if text in before and before[text] != mark}
    lines = present.split("\n")
    for text, mark in changed.items():
        places = [index for index, line in enumerate(lines) if (found := _STEP.fullmatch(line)) and found[2] == text]
        if len(places) == 1:
            lines[places[0]] = f"- [{mark}] {text}"
    return "\n".join(lines)


def _list_steps(body: str) -> Iterator[tuple[str, str]]:
    """The text and the mark of each step in a body."""
    return ((found[2], found[1]) for line in body.split("\n") if (found := _STEP.fullmatch(line)))
