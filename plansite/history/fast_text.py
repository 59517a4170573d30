"""Plain parts of a text: a heading, then paragraphs, ticked steps or dated notes without any marks."""

from __future__ import annotations

import functools
import re

from plansite.history.change import ChangeValue
from plansite.history.versions import NOTES, STEPS, TEXT_PREFIX, format_note_value, format_step_value
from plansite.model.body import normalise_heading
from plansite.model.dates import parse_iso_date

#: Signs at which something other than plain text may begin, and white space other than a single space.
_MARKUP = re.compile(r"[\\`*_~\[\]<&#|]|[^\S \n]|  | \n|\A | \Z")
_HEADING = re.compile(r"##? ([A-Za-z].*)(?:\n|\Z)")
_STEP = re.compile(r"- \[([ xX])\] ([A-Za-z].*)")
_NOTE = re.compile(r"- (\d{4}-\d{2}-\d{2})(?: \(([A-Za-z][^()]{0,150})\))?: ([A-Za-z].*)")


def parse_plain_part(part: str) -> dict[str, ChangeValue] | None:
    """What `body_values` gives for a part of a body that is plain; None where it is not."""
    heading = _HEADING.match(part)
    title = heading.group(1) if heading else ""
    words = part[heading.end() :] if heading else part
    lines = words.strip("\n").split("\n")
    if _MARKUP.search(title):
        return None
    name = normalise_heading(title)
    if lines == [""]:
        return {}
    if heading and name == STEPS:
        return _parse_steps(lines)
    if heading and name == NOTES:
        return _parse_notes(lines)
    return _parse_paragraphs(name, words.strip("\n"))


def _parse_steps(lines: list[str]) -> dict[str, ChangeValue] | None:
    found = tuple(map(_parse_step, lines))
    return {STEPS: found} if "" not in found else None


def _parse_notes(lines: list[str]) -> dict[str, ChangeValue] | None:
    found = tuple(map(_parse_note, lines))
    return {NOTES: found} if "" not in found else None


@functools.lru_cache(maxsize=50_000)
def _parse_step(line: str) -> str:
    """A line as a step; empty where it is not plainly one."""
    step = _STEP.fullmatch(line)
    return (
        "" if step is None or _MARKUP.search(step.group(2)) else format_step_value(step.group(1) != " ", step.group(2))
    )


@functools.lru_cache(maxsize=50_000)
def _parse_note(line: str) -> str:
    """A line as a note; empty where it is not plainly one."""
    note = _NOTE.fullmatch(line)
    if note is None or _MARKUP.search(line[2:]) or (day := parse_iso_date(note.group(1))) is None:
        return ""
    return format_note_value(day, (note.group(2) or "").strip(), note.group(3))


def _parse_paragraphs(name: str, text: str) -> dict[str, ChangeValue] | None:
    """Every line begins with a letter: nothing but a paragraph can begin so, and nothing else can follow it."""
    if _MARKUP.search(text) or not all(line[:1].isalpha() for line in text.split("\n") if line):
        return None
    said = text.replace(">", "&gt;").replace('"', "&quot;")
    html = " ".join(f"<p>{' '.join(block.split())}</p>" for block in re.split(r"\n\n+", said))
    return {f"{TEXT_PREFIX}{name}": html}
