"""Plain parts of a text: a heading, then paragraphs, ticked steps or dated notes without any marks."""

from __future__ import annotations

import functools
import re

from plansite.history.change import Value
from plansite.history.version import NOTES, STEPS, TEXT, note_value, step_value
from plansite.model.dates import iso_date
from plansite.model.prose import heading_name

#: Signs at which something other than plain text may begin, and white space other than a single space.
_SIGNS = re.compile(r"[\\`*_~\[\]<&#|]|[^\S \n]|  | \n|\A | \Z")
_HEADING = re.compile(r"##? ([A-Za-z].*)(?:\n|\Z)")
_STEP = re.compile(r"- \[([ xX])\] ([A-Za-z].*)")
_NOTE = re.compile(r"- (\d{4}-\d{2}-\d{2})(?: \(([A-Za-z][^()]{0,150})\))?: ([A-Za-z].*)")


def plain_text(part: str) -> dict[str, Value] | None:
    """What `body_values` gives for a part of a body that is plain; None where it is not."""
    heading = _HEADING.match(part)
    title = heading.group(1) if heading else ""
    words = part[heading.end() :] if heading else part
    lines = words.strip("\n").split("\n")
    if _SIGNS.search(title):
        return None
    name = heading_name(title)
    if lines == [""]:
        return {}
    if heading and name == STEPS:
        return _steps(lines)
    if heading and name == NOTES:
        return _notes(lines)
    return _paragraphs(name, words.strip("\n"))


def _steps(lines: list[str]) -> dict[str, Value] | None:
    found = tuple(map(_step, lines))
    return {STEPS: found} if "" not in found else None


def _notes(lines: list[str]) -> dict[str, Value] | None:
    found = tuple(map(_note, lines))
    return {NOTES: found} if "" not in found else None


@functools.lru_cache(maxsize=50_000)
def _step(line: str) -> str:
    """A line as a step; empty where it is not plainly one."""
    step = _STEP.fullmatch(line)
    return "" if step is None or _SIGNS.search(step.group(2)) else step_value(step.group(1) != " ", step.group(2))


@functools.lru_cache(maxsize=50_000)
def _note(line: str) -> str:
    """A line as a note; empty where it is not plainly one."""
    note = _NOTE.fullmatch(line)
    if note is None or _SIGNS.search(line[2:]) or (day := iso_date(note.group(1))) is None:
        return ""
    return note_value(day, (note.group(2) or "").strip(), note.group(3))


def _paragraphs(name: str, words: str) -> dict[str, Value] | None:
    """Every line begins with a letter: nothing but a paragraph can begin so, and nothing else can follow it."""
    if _SIGNS.search(words) or not all(line[:1].isalpha() for line in words.split("\n") if line):
        return None
    said = words.replace(">", "&gt;").replace('"', "&quot;")
    html = " ".join(f"<p>{' '.join(block.split())}</p>" for block in re.split(r"\n\n+", said))
    return {f"{TEXT}{name}": html}
