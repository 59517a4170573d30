"""Adds a progress note to the text of an action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from plansite.deferred_pattern import compile_lazily
from plansite.markdown.spellings.dates import find_note_head
from plansite.model.body import Body, Section
from plansite.scaffold.imported.action_file import format_line

_BULLET = compile_lazily(r"\s*([-*+])\s")
_NEW_ITEM = compile_lazily(r"\s{0,3}(?:[-*+]|\d{1,9}[.)])\s|\s{0,3}#")
#: Sections that stand below progress in a new file.
_LATER_SECTIONS = ("barriers", "outcome")


def format_note(day: date, by: str, text: str, bullet: str = "-") -> list[str]:
    """The lines of a note: its text is shown as it is, each line of it on a line of its own."""
    head = f"{bullet} {day.isoformat()}{f' ({format_line(by)})' if by else ''}: "
    text_lines = [_format_text_line(line) for line in text.split("\n")]
    return [f"{head if number == 0 else '  '}{line}" for number, line in enumerate(_add_breaks(text_lines))]


def _format_text_line(text: str) -> str:
    """A line as plain text; a date at its start is not that of another note."""
    line = format_line(text)
    return f"&#{ord(line[0])};{line[1:]}" if find_note_head(text) and line[0].isalnum() else line


def _add_breaks(lines: Sequence[str]) -> list[str]:
    """The lines with the mark that ends a line in Markdown, but for the last."""
    return [*(f"{line}\\" for line in lines[:-1]), lines[-1]]


def list_texts_with_note(lines: Sequence[str], body: Body, day: date, by: str, text: str) -> Iterator[list[str]]:
    """The lines of a file with a new note, at each place where it may belong, the likeliest first.

    It comes last, or first where the newest notes stand at the top. `body` is that of the file, with its line numbers.
    """
    sections = body.find_sections("progress")
    if not sections:
        yield _add_section(lines, body, format_note(day, by, text))
        return
    section = sections[-1]
    end = _find_end(lines, body, section)
    inside = [note for note in body.progress if section.line < note.line <= end]
    bullet = next((match[1] for note in inside if (match := _BULLET.match(lines[note.line - 1]))), "-")
    new = format_note(day, by, text, bullet)
    days = [note.date for note in inside if note.date]
    if len(days) > 1 and days[0] > days[-1]:
        places = [inside[0].line - 1]
    else:
        places = [_find_note_end(lines, inside[-1].line, end)] if inside else []
    for place in (*places, end):
        yield [*lines[:place], *new, *lines[place:]]
        yield [*lines[:place], "", *new, *lines[place:]]


def _find_end(lines: Sequence[str], body: Body, section: Section) -> int:
    """The index behind the last line of a section, without the blank lines below it."""
    end = min((other.line - 1 for other in body.sections if other.line > section.line), default=len(lines))
    while end > section.line and not lines[end - 1].strip():
        end -= 1
    return end


def _find_note_end(lines: Sequence[str], line: int, end: int) -> int:
    """The index behind the last line of the note that begins on a line."""
    index = line
    while index < end and lines[index].strip() and not _NEW_ITEM.match(lines[index]):
        index += 1
    return index


def _add_section(lines: Sequence[str], body: Body, note: list[str]) -> list[str]:
    """The lines with a section for the note: above what stands below progress in a new file, else at the end."""
    below = [section.line - 1 for section in body.sections if section.key in _LATER_SECTIONS]
    place = min(below, default=len(lines))
    while place > 0 and not lines[place - 1].strip():
        place -= 1
    rest = list(lines[place:])
    return [*lines[:place], "", "## Progress", *note, *([""] if rest and rest[0].strip() else []), *rest]
